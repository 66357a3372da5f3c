//! A list of hospitals: its columns, and what stands in them.
//!
//! People get the columns that say something: one that no hospital of the list fills is left out. Programs get the same
//! columns whatever is found.

mod column;

use std::borrow::Cow;

use rayon::prelude::*;

pub use column::Column;
pub(super) use column::Reading;
use column::{ListRow, ReadCell};

use crate::catalog::{Catalog, HospitalKey};
use crate::search::{GeoPoint, Query};

/// Hospitals, a line each.
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// Where they are loaded.
    pub(super) catalog: &'a Catalog,
    /// The hospitals, in order.
    pub(super) keys: Vec<HospitalKey>,
    columns: Columns,
    /// The place that distances are from.
    near: Option<GeoPoint>,
}

/// Which columns a list has.
#[derive(Clone, Debug)]
enum Columns {
    /// The usual ones, and beside the name what the query asks for.
    Usual(Vec<Column>),
    /// Only these.
    Chosen(Vec<Column>),
}

impl<'a> List<'a> {
    /// A list with the usual columns.
    #[must_use]
    pub fn new(catalog: &'a Catalog, keys: Vec<HospitalKey>) -> Self {
        Self { catalog, keys, columns: Columns::Usual(Vec::new()), near: None }
    }

    /// The same with what a query filters and sorts by beside the names, unless it is a usual column.
    #[must_use]
    pub fn showing(self, query: &Query) -> Self {
        let can_be_filled = |column: &Column| !column.is_usual() && column.may_be_filled(self.catalog);
        let columns = query.shown().into_iter().map(Column::from).filter(can_be_filled);
        Self { columns: Columns::Usual(columns.collect()), near: query.near(), ..self }
    }

    /// The same with other columns.
    #[must_use]
    pub fn with_columns(self, columns: Vec<Column>) -> Self {
        Self { columns: Columns::Chosen(columns), ..self }
    }

    /// What its columns are read from.
    pub(super) fn reading(&self) -> Reading<'a> {
        Reading { catalog: self.catalog, near: self.near }
    }

    /// The columns that were chosen in the place of the usual ones.
    pub(super) fn chosen(&self) -> Option<&[Column]> {
        match &self.columns {
            Columns::Usual(_) => None,
            Columns::Chosen(columns) => Some(columns),
        }
    }

    /// What the query asks for, beside the usual columns.
    pub(super) fn shown(&self) -> &[Column] {
        match &self.columns {
            Columns::Usual(shown) => shown,
            Columns::Chosen(_) => &[],
        }
    }

    /// What stands in the columns that people read, those that nobody fills left out.
    pub(super) fn for_people(&self) -> Rows<'_> {
        let [name, rest @ ..] = Column::FOR_PEOPLE;
        let columns = match &self.columns {
            Columns::Chosen(columns) => columns.clone(),
            Columns::Usual(shown) => [name].into_iter().chain(shown.iter().cloned()).chain(rest).collect(),
        };
        Rows::new(self, columns).without_empty_columns()
    }

    /// What stands beside the usual columns, for a list in sentences.
    pub(super) fn for_sentences(&self) -> Rows<'_> {
        let (Columns::Chosen(columns) | Columns::Usual(columns)) = &self.columns;
        Rows::new(self, columns.clone()).without_empty_columns()
    }

    /// What stands in the columns that programs read.
    pub(super) fn for_programs(&self) -> Rows<'_> {
        let columns = match &self.columns {
            Columns::Chosen(columns) => columns.clone(),
            Columns::Usual(shown) => Column::FOR_PROGRAMS.into_iter().chain(shown.iter().cloned()).collect(),
        };
        Rows::new(self, columns)
    }
}

/// What stands in the columns of a list. What has to be read for that has been read, on all cores.
pub(super) struct Rows<'a> {
    list: &'a List<'a>,
    columns: Vec<ListColumn>,
}

struct ListColumn {
    column: Column,
    /// What has been read for it; none for what a summary says.
    read: Option<Vec<ReadCell>>,
}

impl<'a> Rows<'a> {
    fn new(list: &'a List<'a>, columns: Vec<Column>) -> Self {
        let read = |column: Column| {
            let cell = |key: &HospitalKey| column.read(list.reading(), *key);
            let read = column.must_be_read().then(|| list.keys.par_iter().map(cell).collect());
            ListColumn { column, read }
        };
        Self { list, columns: columns.into_iter().map(read).collect() }
    }

    /// Leaves out what no hospital of the list fills.
    fn without_empty_columns(mut self) -> Self {
        let list = self.list;
        self.columns.retain(|ListColumn { column, read }| {
            let is_filled = |key: &HospitalKey| !column.text(&ListRow::new(list.catalog, *key)).is_empty();
            let is_read = |cells: &Vec<ReadCell>| cells.iter().any(|cell| cell.has_value);
            read.as_ref().map_or_else(|| list.keys.par_iter().any(is_filled), is_read)
        });
        self
    }

    /// How many hospitals there are.
    pub(super) fn len(&self) -> usize {
        self.list.keys.len()
    }

    /// The columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().map(|one| &one.column)
    }

    /// The headings that people read.
    pub(super) fn headings(&self) -> Vec<Cow<'_, str>> {
        self.columns().map(|column| column.heading(self.list.catalog)).collect()
    }

    /// What people read of a hospital.
    pub(super) fn words(&self, at: usize) -> Vec<Cow<'_, str>> {
        self.row(at, |cell| &cell.words)
    }

    /// What programs read of a hospital: numbers without separators and signs.
    pub(super) fn plain(&self, at: usize) -> Vec<Cow<'_, str>> {
        self.row(at, |cell| cell.number.as_ref().unwrap_or(&cell.words))
    }

    fn row<'s>(&'s self, at: usize, text: impl Fn(&'s ReadCell) -> &'s str) -> Vec<Cow<'s, str>> {
        let row = ListRow::new(self.list.catalog, self.list.keys[at]);
        let cell = |ListColumn { column, read }: &'s ListColumn| match read {
            Some(cells) => Cow::Borrowed(text(&cells[at])),
            None => column.text(&row),
        };
        self.columns.iter().map(cell).collect()
    }
}
