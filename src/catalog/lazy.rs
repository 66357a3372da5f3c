//! Details that are read when somebody looks.
//!
//! A dataset of a hundred thousand rows is opened to look at a few of them. Of a row only the names and the place are
//! read at once; its other cells stay as text, and become [`Details`] the first time that they are asked for.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::derive;
use super::hospital::{Details, Fact, Figure};
use super::measure::MeasureTable;
use super::period::{Age, Period};
use crate::text::Text;

/// How the cells of a dataset's rows are read.
pub trait ReadRow: fmt::Debug + Send + Sync {
    /// What the cells say.
    fn details(&self, cells: &str) -> Details;

    /// The id of the source of all that it says.
    fn source(&self) -> &Text;

    /// Whether any row may have a figure.
    fn has_figures(&self) -> bool;

    /// Which vintage of the dataset it is, as far as known.
    fn vintage(&self) -> Option<Period>;
}

/// A row of a dataset, not read yet; and, of a hospital that several vintages have, the row of the one before.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is left to read, in the form that the reader gave it.
    pub cells: Box<str>,
    /// Who reads it.
    pub reader: Arc<dyn ReadRow>,
    /// What an earlier vintage says.
    pub earlier: Option<Box<Earlier>>,
}

/// What an earlier vintage says of a hospital.
#[derive(Clone, Debug)]
pub struct Earlier {
    row: Row,
    /// What it says otherwise than the later one, and does not stand in its row.
    told: Vec<(&'static str, Text)>,
}

impl Row {
    fn details(&self) -> Details {
        let mut details = self.reader.details(&self.cells);
        if let Some(earlier) = &self.earlier {
            details.add_earlier(earlier.row.details(), &earlier.told, Some(earlier.row.reader.source()));
        }
        details
    }

    fn append(&mut self, before: Box<Earlier>) {
        match &mut self.earlier {
            Some(earlier) => earlier.row.append(before),
            none => *none = Some(before),
        }
    }

    fn has_figures(&self) -> bool {
        self.reader.has_figures() || self.earlier.as_ref().is_some_and(|earlier| earlier.row.has_figures())
    }
}

/// [`Details`], known or still to be read from a row.
#[derive(Clone, Default)]
pub struct LazyDetails {
    known: OnceLock<Box<Known>>,
    row: Option<Box<Row>>,
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
    pub fn is_none(&self) -> bool {
        self.row.is_none() && self.known.get().is_none()
    }

    /// Whether there may be figures; only a look tells.
    #[must_use]
    pub fn may_have_figures(&self) -> bool {
        match (&self.row, self.known.get()) {
            (_, Some(known)) => !known.details.figures.is_empty(),
            (Some(row), None) => row.has_figures(),
            (None, None) => false,
        }
    }

    /// What `table` derives of the figures; worked out once.
    pub(super) fn derived(&self, table: &MeasureTable) -> &[Figure] {
        if !self.may_have_figures() {
            return &[];
        }
        let figures = &self.figures;
        self.known.get().map_or(&[], |known| known.derived.get_or_init(|| derive::derived(figures, table)))
    }

    /// The details, read if they have not been.
    #[must_use]
    pub fn into_inner(mut self) -> Details {
        match self.known.take() {
            Some(known) => known.details,
            None => self.peek().into_owned(),
        }
    }

    /// The last day that some figure covers; of a row, that of its vintage. For knowing the later of two vintages.
    pub(super) fn newest(&self) -> Option<Age> {
        match (&self.row, self.known.get()) {
            (Some(row), None) => row.reader.vintage().map(|period| period.age()),
            _ => self.figures.iter().filter_map(|figure| Some(figure.period.as_ref()?.age())).max(),
        }
    }

    /// These details and, behind them, those of an earlier vintage; `told` is what it says otherwise of name and place.
    #[must_use]
    pub fn with_earlier(self, earlier: Self, told: Vec<(&'static str, Text)>) -> Self {
        match (self, earlier) {
            (Self { row: Some(mut row), .. }, Self { row: Some(before), .. }) => {
                row.append(Box::new(Earlier { row: *before, told }));
                Self { known: OnceLock::new(), row: Some(row) }
            }
            (later, earlier) => {
                let mut details = later.into_inner();
                details.add_earlier(earlier.into_inner(), &told, None);
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
        // Many hospitals have a name and no more.
        if details != Details::default() {
            let _ = known.set(details.into());
        }
        Self { known, row: None }
    }
}

impl From<Row> for LazyDetails {
    fn from(row: Row) -> Self {
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

impl Details {
    /// Adds what an earlier vintage says: all its figures and lists; its facts, behind those that the later gives; and
    /// `told`, what it says otherwise of what stands in no fact.
    fn add_earlier(&mut self, earlier: Self, told: &[(&'static str, Text)], source: Option<&Text>) {
        let own: Vec<&str> = self.facts().map(|(label, _)| label).collect();
        let behind = earlier.facts().filter(|(label, _)| own.contains(label));
        let behind: Vec<(&'static str, Fact)> = behind.map(|(label, fact)| (label, fact.clone())).collect();
        let moved = self.latitude.zip(self.longitude).zip(earlier.latitude.zip(earlier.longitude));
        let moved = moved.filter(|(here, there)| here != there);
        let moved = moved.map(|(_, (north, east))| ("coordinates", Text::clean(&format!("{north}, {east}"))));
        if let Some(source) = source.or_else(|| earlier.sources().next()).cloned() {
            let fact = |(label, text)| (label, Fact { text, source: source.clone(), caveat: None, note: None });
            self.earlier.extend(told.iter().cloned().chain(moved).map(fact));
        }
        self.earlier.extend(behind.into_iter().chain(earlier.earlier));
        macro_rules! keep_or_take { ($($field:ident)*) => { $(self.$field = self.$field.take().or(earlier.$field);)* } }
        macro_rules! add { ($($field:ident)*) => { $(self.$field.extend(earlier.$field);)* } }
        keep_or_take!(latitude longitude names_note grade ownership founded status address phone website);
        add!(figures rankings accreditations specialties affiliations partners programmes milestones people extra);
        for campus in earlier.campuses {
            if !self.campuses.iter().any(|known| known.id == campus.id) {
                self.campuses.push(campus);
            }
        }
    }
}
