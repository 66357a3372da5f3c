//! Hospitals that stand in rows of a file, as columns.
//!
//! Of a row only what a list shows and a search reads is kept: id, name, place, kind. Everything else stays in the text of
//! the file and is read when somebody looks at the hospital.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use crate::catalog::details::Details;
use crate::catalog::hospital::{Hospital, Place};
use crate::catalog::lazy::{ReadRow, RowText, UnreadRow};
use crate::catalog::summary::Summary;
use crate::text::{Text, TextList};

/// The number of a text in [`RowChunk::texts`], from 1; 0 is none.
type TextCode = u16;

/// Hospitals that follow each other and that somebody may have looked at.
type SeenPart = OnceLock<Box<[OnceLock<Hospital>]>>;

/// Rows of a [`SeenPart`].
const PART: usize = 64;

/// Up to [`RowChunk::MOST`] hospitals of one file, by column.
#[derive(Clone, Debug)]
pub(crate) struct RowChunk {
    file: Arc<String>,
    reader: Arc<dyn ReadRow>,
    /// Where each row starts and how long it is, in bytes.
    rows: Vec<(u32, u32)>,
    ids: TextList,
    names: TextList,
    /// City, region, country and kind of each row, as numbers of texts.
    codes: Vec<[TextCode; 4]>,
    /// The distinct texts of those.
    texts: Vec<Text>,
    /// Native name and aliases of each row; empty where no row has any.
    other_names: Vec<OtherNames>,
    /// The hospitals that somebody looked at, in parts, so that one takes no room for all.
    seen: OnceLock<Box<[SeenPart]>>,
}

/// Names beside the first.
#[derive(Clone, Debug, Default)]
struct OtherNames {
    native_name: Option<Text>,
    aliases: Box<[Text]>,
}

impl RowChunk {
    /// Most rows of a chunk, so that the number of any text fits.
    pub(crate) const MOST: usize = 4_096;

    /// How many rows it has.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The id of a row.
    pub(crate) fn id(&self, at: usize) -> &str {
        self.ids.get(at)
    }

    /// Gives some rows other ids, in the order of the rows.
    pub(crate) fn replace_ids(&mut self, ids: &[(usize, Text)]) {
        self.ids.replace(ids);
    }

    /// What a list shows of a row.
    pub(crate) fn summary(&self, at: usize) -> Summary<'_> {
        let [city, region, country, kind] = self.codes[at].map(|code| self.text(code));
        let others = self.other_names.get(at);
        Summary {
            id: self.ids.get(at),
            name: self.names.get(at),
            native_name: others.and_then(|others| others.native_name.as_deref()),
            aliases: others.map_or(&[], |others| &*others.aliases),
            city,
            region,
            country,
            kind,
        }
    }

    /// City, region and country of a row.
    pub(crate) fn place(&self, at: usize) -> [Option<&Text>; 3] {
        let [city, region, country, _] = self.codes[at];
        [city, region, country].map(|code| self.text(code))
    }

    fn text(&self, code: TextCode) -> Option<&Text> {
        Some(&self.texts[usize::from(code).checked_sub(1)?])
    }

    /// The hospital in a row; it is kept.
    pub(crate) fn hospital(&self, at: usize) -> &Hospital {
        let parts = self.seen.get_or_init(|| (0..self.len().div_ceil(PART)).map(|_| SeenPart::new()).collect());
        let part = parts[at / PART].get_or_init(|| (0..PART).map(|_| OnceLock::new()).collect());
        part[at % PART].get_or_init(|| self.new_hospital(at))
    }

    /// The hospital in a row, its details unread.
    pub(crate) fn new_hospital(&self, at: usize) -> Hospital {
        let [city, region, country, kind] = self.codes[at].map(|code| self.text(code).cloned());
        let OtherNames { native_name, aliases } = self.other_names.get(at).cloned().unwrap_or_default();
        let (start, length) = self.rows[at];
        let text = RowText { file: Arc::clone(&self.file), start, length };
        Hospital {
            id: self.ids.get(at).into(),
            name: self.names.get(at).into(),
            native_name,
            aliases,
            place: Place { city, region, country },
            kind,
            details: UnreadRow { text, reader: Arc::clone(&self.reader), earlier: None }.into(),
        }
    }

    /// The hospital in a row, if somebody has looked at it.
    pub(crate) fn seen(&self, at: usize) -> Option<&Hospital> {
        self.seen.get()?[at / PART].get()?[at % PART].get()
    }

    /// The bytes of the file at which a row stands.
    pub(crate) fn bytes(&self, at: usize) -> Range<usize> {
        let (start, length) = self.rows[at];
        start as usize..start as usize + length as usize
    }

    /// The text of a row.
    pub(crate) fn row(&self, at: usize) -> &str {
        &self.file[self.bytes(at)]
    }

    /// Who reads the rows.
    pub(crate) fn reader(&self) -> &dyn ReadRow {
        &*self.reader
    }

    /// What the row says beyond the summary; read for one look unless it has been kept.
    pub(crate) fn details(&self, at: usize) -> Cow<'_, Details> {
        match self.seen(at) {
            Some(hospital) => hospital.details.peek(),
            None => Cow::Owned(self.reader.details(self.row(at))),
        }
    }

    /// Whether somebody has looked at any row.
    pub(crate) fn is_seen(&self) -> bool {
        self.seen.get().is_some()
    }

    /// Forgets what was read, so that it is read again.
    pub(crate) fn forget(&mut self) {
        self.seen = OnceLock::new();
    }
}

/// Collects the rows of a chunk.
pub(crate) struct RowChunkBuilder {
    chunk: RowChunk,
    codes: HashMap<Text, TextCode>,
}

/// What is kept of a row at once.
pub(crate) struct RowHead<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its name in its own script.
    pub native_name: Option<Text>,
    /// Other names.
    pub aliases: Box<[Text]>,
    /// City, region and country.
    pub place: [Option<Cow<'a, str>>; 3],
    /// What kind of hospital it is.
    pub kind: Option<Cow<'a, str>>,
}

impl RowChunkBuilder {
    /// A chunk of rows of `file`, which `reader` reads.
    pub(crate) fn new(file: Arc<String>, reader: Arc<dyn ReadRow>) -> Self {
        let (rows, ids, names, codes, texts, other_names, seen) = Default::default();
        let chunk = RowChunk { file, reader, rows, ids, names, codes, texts, other_names, seen };
        Self { chunk, codes: HashMap::new() }
    }

    /// How many rows it has.
    pub(crate) fn len(&self) -> usize {
        self.chunk.len()
    }

    /// Adds the row that stands at those bytes of the file; all its texts are clean.
    pub(crate) fn push(&mut self, head: RowHead, bytes: Range<usize>) {
        let RowHead { id, name, native_name, aliases, place: [city, region, country], kind } = head;
        let codes = [city, region, country, kind].map(|text| text.map_or(0, |text| self.code(&text)));
        let chunk = &mut self.chunk;
        if native_name.is_some() || !aliases.is_empty() || !chunk.other_names.is_empty() {
            chunk.other_names.resize_with(chunk.rows.len(), OtherNames::default);
            chunk.other_names.push(OtherNames { native_name, aliases });
        }
        let number = |bytes: usize| u32::try_from(bytes).expect("the text of a file has at most 3 GiB");
        chunk.rows.push((number(bytes.start), number(bytes.len())));
        chunk.ids.push(&id);
        chunk.names.push(&name);
        chunk.codes.push(codes);
    }

    fn code(&mut self, text: &str) -> TextCode {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let text = Text::clean(text);
        self.chunk.texts.push(text.clone());
        let code = TextCode::try_from(self.chunk.texts.len()).expect("a row has four texts at most");
        self.codes.insert(text, code);
        code
    }

    /// The chunk.
    pub(crate) fn finish(mut self) -> RowChunk {
        self.chunk.ids.shrink();
        self.chunk.names.shrink();
        self.chunk.rows.shrink_to_fit();
        self.chunk.codes.shrink_to_fit();
        self.chunk
    }
}
