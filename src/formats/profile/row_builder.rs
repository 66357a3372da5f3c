//! From the cells of a row to a hospital. What need not be known at once is kept as text and read on first use.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::catalog::lazy::UnreadRow;
use crate::catalog::{Hospital, Place};
use crate::formats::profile::cell;
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_reader::{CELL_END, FIRST_COLUMN, RowReader};
use crate::text::{self, Text};

/// Builds hospitals from the rows of one dataset.
pub(crate) struct RowBuilder {
    reader: Arc<RowReader>,
    /// How often each id has been given.
    ids: HashMap<Text, u32>,
    /// Texts that many rows share.
    shared: HashMap<Box<str>, Text>,
    /// Which columns of the present row are already in the hospital's own fields.
    taken: Vec<bool>,
    /// The other cells of the present row, as [`RowReader`] reads them.
    kept: String,
    /// Whether numbers have shown new decimal marks since that was last asked.
    has_new_marks: bool,
}

/// A hospital built from a row.
pub(crate) struct BuiltRow {
    /// The hospital.
    pub(crate) hospital: Hospital,
    /// The id that the row gave, when an earlier row has it already and this one got another.
    pub(crate) duplicate_id: Option<Text>,
}

/// What a short word such as `NA` means in a cell.
#[derive(Clone, Copy, PartialEq)]
enum ShortWords {
    /// Names and places are taken as they are: Naples, Namibia.
    AreNames,
    /// What the profile says.
    MayBeMissing,
}

impl Plan {
    /// The first cell of `columns` that says something, with its column.
    fn first<'a>(
        &self,
        columns: &[usize],
        cells: &impl Fn(usize) -> &'a str,
        short_words: ShortWords,
    ) -> Option<(usize, Cow<'a, str>)> {
        let is_name = |text: &str| short_words == ShortWords::AreNames && cell::is_short_word(text);
        let is_stated = |text: &str| is_name(text) || self.missing.reason(text).is_none();
        let mut texts = columns.iter().map(|at| (*at, text::clean(cells(*at))));
        texts.find(|(_, text)| !text.is_empty() && is_stated(text))
    }
}

impl RowBuilder {
    /// Builds hospitals from rows whose details `reader` reads.
    #[must_use]
    pub(crate) fn new(reader: RowReader) -> Self {
        let taken = vec![false; reader.plan.headings.len()];
        let (ids, shared, kept) = Default::default();
        Self { reader: Arc::new(reader), ids, shared, taken, kept, has_new_marks: false }
    }

    /// Who reads the rows' details.
    #[must_use]
    pub(crate) fn reader(&self) -> &RowReader {
        &self.reader
    }

    /// Whether any column holds numbers.
    pub(crate) fn has_numbers(&self) -> bool {
        self.reader.marks.columns().next().is_some()
    }

    /// Collects the decimal marks of a row without building a hospital.
    pub(crate) fn collect_marks<'a>(&mut self, cells: impl Fn(usize) -> &'a str) {
        for at in self.reader.marks.columns() {
            self.has_new_marks |= self.reader.marks.collect(at, &text::clean(cells(at)));
        }
    }

    /// Whether numbers have shown new decimal marks since this was last asked.
    pub(crate) fn take_new_marks(&mut self) -> bool {
        std::mem::take(&mut self.has_new_marks)
    }

    /// What was kept of the last row.
    #[must_use]
    pub(crate) fn kept(&self) -> &str {
        &self.kept
    }

    /// Builds a hospital from a row; none when it has no name.
    pub(crate) fn hospital<'a>(&mut self, cells: impl Fn(usize) -> &'a str) -> Option<BuiltRow> {
        self.taken.fill(false);
        let reader = Arc::clone(&self.reader);
        let plan = &reader.plan;
        let name = Text::clean(&self.first(&plan.columns.name, &cells, ShortWords::AreNames)?);
        let native = self
            .first(&plan.columns.native_name, &cells, ShortWords::AreNames)
            .filter(|native| **native != *name)
            .map(|native| Text::clean(&native));
        let aliases = self.aliases(plan, &cells, &name, native.as_ref());
        let constants = &plan.profile.constants;
        let place = Place {
            city: self.shared(&plan.columns.city, &cells, ShortWords::AreNames),
            region: self
                .shared(&plan.columns.region, &cells, ShortWords::AreNames)
                .or_else(|| constants.region.clone()),
            country: self
                .shared(&plan.columns.country, &cells, ShortWords::AreNames)
                .or_else(|| constants.country.clone()),
        };
        let kind = self.shared(&plan.columns.kind, &cells, ShortWords::MayBeMissing).or_else(|| constants.kind.clone());
        let given = self.first(&plan.columns.id, &cells, ShortWords::MayBeMissing).map(|id| Text::clean(&id));
        let wanted = given.clone().unwrap_or_else(|| made_id(&name, &place));
        let id = self.assign_id(&wanted);
        let duplicate_id = given.filter(|given| *given != id);
        self.keep(&cells);
        let row = UnreadRow { cells: self.kept.as_str().into(), reader: reader.clone(), earlier: None };
        Some(BuiltRow {
            hospital: Hospital { id, name, native_name: native, aliases, place, kind, details: row.into() },
            duplicate_id,
        })
    }

    /// The id that a row gives, though no hospital can be built from it.
    pub(crate) fn id<'a>(&self, cells: impl Fn(usize) -> &'a str) -> Option<Text> {
        let plan = &self.reader.plan;
        let (_, id) = plan.first(&plan.columns.id, &cells, ShortWords::MayBeMissing)?;
        Some(Text::clean(&id))
    }

    /// Takes the first cell of `columns` that says something. One that says why there is nothing is left, to be shown
    /// under its own heading.
    fn first<'a>(
        &mut self,
        columns: &[usize],
        cells: &impl Fn(usize) -> &'a str,
        short_words: ShortWords,
    ) -> Option<Cow<'a, str>> {
        let (at, text) = self.reader.plan.first(columns, cells, short_words)?;
        self.taken[at] = true;
        Some(text)
    }

    /// The same, as a text that many rows share.
    fn shared<'a>(
        &mut self,
        columns: &[usize],
        cells: &impl Fn(usize) -> &'a str,
        short_words: ShortWords,
    ) -> Option<Text> {
        let text = self.first(columns, cells, short_words)?;
        if let Some(known) = self.shared.get(&*text) {
            return Some(known.clone());
        }
        let shared = Text::clean(&text);
        self.shared.insert(text.into(), shared.clone());
        Some(shared)
    }

    fn aliases<'a>(
        &mut self,
        plan: &Plan,
        cells: &impl Fn(usize) -> &'a str,
        name: &Text,
        native: Option<&Text>,
    ) -> Box<[Text]> {
        let mut aliases: Vec<Text> = Vec::new();
        for &at in &plan.columns.aliases {
            let text = text::clean(cells(at));
            if text.is_empty() || self.taken[at] {
                continue;
            }
            if plan.missing.reason(&text).is_some() {
                continue;
            }
            self.taken[at] = true;
            let is_known = *text == **name || native.is_some_and(|native| **native == *text);
            if !is_known && !aliases.iter().any(|known| **known == *text) {
                aliases.push(Text::clean(&text));
            }
        }
        aliases.into()
    }

    /// `id`, or with a number behind it when an earlier row has it.
    fn assign_id(&mut self, id: &Text) -> Text {
        let mut wanted = id.clone();
        while self.ids.contains_key(&wanted) {
            let times = self.ids.entry(id.clone()).or_insert(1);
            *times += 1;
            wanted = Text::clean(&format!("{id}~{times}"));
        }
        self.ids.insert(wanted.clone(), 1);
        wanted
    }

    /// Keeps what is not taken.
    fn keep<'a>(&mut self, cells: &impl Fn(usize) -> &'a str) {
        self.kept.clear();
        for at in (0..self.taken.len()).filter(|at| !self.taken[*at]) {
            let text = text::clean(cells(at));
            let sign = u32::try_from(at).ok().and_then(|at| char::from_u32(FIRST_COLUMN + at));
            if let Some(sign) = sign.filter(|_| !text.is_empty()) {
                self.kept.push(sign);
                self.kept.push_str(&text);
                self.kept.push(CELL_END);
                self.has_new_marks |= self.reader.marks.collect(at, &text);
            }
        }
    }
}

/// An id made from name and place, so that a row has the same one in every edition: ten letters and digits.
fn made_id(name: &str, place: &Place) -> Text {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let parts = [Some(name), place.city.as_deref(), place.region.as_deref(), place.country.as_deref()];
    // FNV-1a: a hash that stays what it is, as those of the standard library need not.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.unwrap_or_default().bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let id: String = (0..10).map(|at| char::from(LETTERS[(hash >> (at * 5) & 31) as usize])).collect();
    Text::clean(&id)
}
