//! Details that are read on first use.
//!
//! A dataset of a hundred thousand rows is opened to look at a few of them. Only the names and the place of a row are
//! read at once. Its other cells stay in the text of the file and become [`Details`] on first use.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::catalog::derive;
use crate::catalog::details::Details;
use crate::catalog::figure::Figure;
use crate::catalog::measure::MeasureTable;
use crate::catalog::period::Age;
use crate::catalog::text_field::TextField;
use crate::text::Text;

/// What is done with the figures of a row, the position of the row being given.
pub(crate) type LookAtFigures<'a> = dyn FnMut(usize, &[Figure]) + 'a;

/// What is done with the texts of a row in a field, the position of the row being given.
pub(crate) type LookAtTexts<'a> = dyn FnMut(usize, &[&str]) + 'a;

/// How the rows of a dataset are read.
pub(crate) trait ReadRow: fmt::Debug + Send + Sync {
    /// What a row says beyond names, place and kind.
    fn details(&self, row: &str) -> Details;

    /// Hands over what each of some rows says in a field of the details, as [`Self::details`] has it, with the position of the
    /// row among them, for one look at all rows. Rows that say nothing may be left out.
    fn for_each_texts(&self, rows: &mut dyn Iterator<Item = &str>, field: &TextField, look: &mut LookAtTexts);

    /// Where the hospital of a row lies, as [`Self::details`] says: degrees north and east.
    fn point(&self, row: &str) -> Option<[f64; 2]>;

    /// Under which headings rows may say something in words, each with the field that it fills.
    fn headings(&self) -> Vec<(Text, TextField)>;

    /// Hands over the figures of those measures in each of some rows, as [`Self::details`] has them, with the position of the
    /// row among them, for one look at all rows.
    fn for_each_figures(&self, rows: &mut dyn Iterator<Item = &str>, measures: &[Text], look: &mut LookAtFigures);

    /// The id of the source of all that rows say; none where each statement names its own.
    fn source(&self) -> Option<&Text>;

    /// Whether any row may have a figure of those measures.
    fn may_state(&self, measures: &[Text]) -> bool;

    /// How late a row is, among those of several editions, as far as known: its edition, or its latest figure.
    fn newest(&self, row: &str) -> Option<Age>;
}

/// Where a row stands in the text of its file.
#[derive(Clone, Debug)]
pub(crate) struct RowText {
    /// The text of the file.
    pub file: Arc<String>,
    /// The first byte of the row. The text of a file has at most 3 GiB, decoded, so it fits.
    pub start: u32,
    /// Its length in bytes.
    pub length: u32,
}

impl RowText {
    fn as_str(&self) -> &str {
        &self.file[self.start as usize..][..self.length as usize]
    }
}

/// A row of a dataset that is not read yet. Where several editions have the hospital, the row of the one before follows.
#[derive(Clone, Debug)]
pub(crate) struct UnreadRow {
    /// Where it stands.
    pub text: RowText,
    /// Who reads it.
    pub reader: Arc<dyn ReadRow>,
    /// The row of an earlier edition.
    pub earlier: Option<Box<EarlierRow>>,
}

/// What an earlier edition says of a hospital.
#[derive(Clone, Debug)]
pub(crate) struct EarlierRow {
    row: UnreadRow,
    /// Texts that the later edition replaces and that are not in the row, such as the place.
    replaced: Vec<(&'static str, Text)>,
}

impl UnreadRow {
    fn details(&self) -> Details {
        let mut details = self.reader.details(self.text.as_str());
        if let Some(earlier) = &self.earlier {
            details.merge_earlier(earlier.row.details(), &earlier.replaced, earlier.row.reader.source());
        }
        details
    }

    /// Puts `new` among the earlier rows, before those of its own and of earlier editions.
    fn insert(&mut self, mut new: Box<EarlierRow>) {
        match self.earlier.take() {
            Some(mut next) if next.row.newest() > new.row.newest() => {
                next.row.insert(new);
                self.earlier = Some(next);
            }
            next => {
                if let Some(next) = next {
                    new.row.insert(next);
                }
                self.earlier = Some(new);
            }
        }
    }

    /// How late the row is.
    fn newest(&self) -> Option<Age> {
        self.reader.newest(self.text.as_str())
    }
}

/// [`Details`], known or still to be read from a row.
#[derive(Clone, Default)]
pub struct LazyDetails {
    known: OnceLock<Box<Known>>,
    row: Option<Box<UnreadRow>>,
}

/// Details that have been read, and what is derived of their figures once that is asked for.
#[derive(Clone, Default)]
struct Known {
    details: Details,
    derived: OnceLock<Vec<Figure>>,
}

impl From<Details> for Box<Known> {
    fn from(details: Details) -> Self {
        Box::new(Known { details, derived: OnceLock::new() })
    }
}

impl LazyDetails {
    /// The details without keeping them, for one look at all hospitals.
    #[must_use]
    pub fn peek(&self) -> Cow<'_, Details> {
        match (&self.row, self.known.get()) {
            (Some(row), None) => Cow::Owned(row.details()),
            _ => Cow::Borrowed(self),
        }
    }

    /// Whether there are none, and none to be read.
    #[must_use]
    pub(crate) fn is_none(&self) -> bool {
        self.row.is_none() && self.known.get().is_none()
    }

    /// Who reads the rows that they come from, those of earlier editions too.
    pub(super) fn readers(&self) -> impl Iterator<Item = &dyn ReadRow> {
        let rows = std::iter::successors(self.row.as_deref(), |row| row.earlier.as_ref().map(|earlier| &earlier.row));
        rows.map(|row| &*row.reader)
    }

    /// The details that are known without reading a row.
    pub(super) fn known(&self) -> Option<&Details> {
        self.known.get().map(|known| &known.details)
    }

    /// Whether they have been read from a row.
    pub(super) fn is_read_from_row(&self) -> bool {
        self.row.is_some() && self.known.get().is_some()
    }

    /// Forgets what was read from a row.
    pub(super) fn forget(&mut self) {
        if self.row.is_some() {
            self.known = OnceLock::new();
        }
    }

    /// What `table` derives of the figures; calculated once.
    pub(super) fn derived(&self, table: &MeasureTable) -> &[Figure] {
        let figures = &self.figures;
        self.known.get().map_or(&[], |known| known.derived.get_or_init(|| derive::derived(figures, table)))
    }

    /// The details, read if they have not been.
    #[must_use]
    pub(crate) fn into_inner(mut self) -> Details {
        match self.known.take() {
            Some(known) => known.details,
            None => self.peek().into_owned(),
        }
    }

    /// The last day that some figure covers; for a row, that of its edition. It tells the later of two editions.
    pub(super) fn newest(&self) -> Option<Age> {
        match &self.row {
            Some(row) => row.newest(),
            None => self.figures.iter().filter_map(|figure| Some(figure.period.as_ref()?.age())).max(),
        }
    }

    /// These details, and behind them those of an earlier edition; `replaced` are its texts that are no facts.
    #[must_use]
    pub(crate) fn with_earlier(self, earlier: Self, replaced: Vec<(&'static str, Text)>) -> Self {
        match (self, earlier) {
            (Self { row: Some(mut row), .. }, Self { row: Some(before), .. }) => {
                row.insert(Box::new(EarlierRow { row: *before, replaced }));
                Self { known: OnceLock::new(), row: Some(row) }
            }
            (later, earlier) => {
                let mut details = later.into_inner();
                details.merge_earlier(earlier.into_inner(), &replaced, None);
                details.into()
            }
        }
    }
}

impl Deref for LazyDetails {
    type Target = Details;

    fn deref(&self) -> &Details {
        static NONE: OnceLock<Details> = OnceLock::new();
        match &self.row {
            Some(row) => &self.known.get_or_init(|| row.details().into()).details,
            None => self.known.get().map_or_else(|| NONE.get_or_init(Details::default), |known| &known.details),
        }
    }
}

impl From<Details> for LazyDetails {
    fn from(details: Details) -> Self {
        let known = OnceLock::new();
        // Many hospitals have only a name.
        if details != Details::default() {
            let _ = known.set(details.into());
        }
        Self { known, row: None }
    }
}

impl From<UnreadRow> for LazyDetails {
    fn from(row: UnreadRow) -> Self {
        Self { known: OnceLock::new(), row: Some(Box::new(row)) }
    }
}

impl PartialEq for LazyDetails {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for LazyDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::period::Period;

    #[derive(Debug)]
    struct Edition(Period);

    impl ReadRow for Edition {
        fn details(&self, _: &str) -> Details {
            Details::default()
        }

        fn for_each_texts(&self, _: &mut dyn Iterator<Item = &str>, _: &TextField, _: &mut LookAtTexts) {}

        fn point(&self, _: &str) -> Option<[f64; 2]> {
            None
        }

        fn headings(&self) -> Vec<(Text, TextField)> {
            Vec::new()
        }

        fn for_each_figures(&self, _: &mut dyn Iterator<Item = &str>, _: &[Text], _: &mut LookAtFigures) {}

        fn source(&self) -> Option<&Text> {
            None
        }

        fn may_state(&self, _: &[Text]) -> bool {
            false
        }

        fn newest(&self, _: &str) -> Option<Age> {
            Some(self.0.age())
        }
    }

    #[test]
    fn a_row_is_of_its_edition_whether_it_has_been_read_or_not() {
        let edition = Period::edition("2025").unwrap();
        let text = RowText { file: Arc::default(), start: 0, length: 0 };
        let row = UnreadRow { text, reader: Arc::new(Edition(edition.clone())), earlier: None };
        let details = LazyDetails::from(row);
        assert_eq!(details.newest(), Some(edition.age()));
        assert!(details.figures.is_empty() && details.is_read_from_row());
        assert_eq!(details.newest(), Some(edition.age()));
    }
}
