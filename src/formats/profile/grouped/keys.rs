//! Which measure a row gives.

use std::borrow::Cow;

use crate::formats::profile::measure_rows::RowColumns;
use crate::formats::profile::row_definition::{MeasurePart, PartRole};

/// Which measure a row gives: the text by which its rows are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowKeys {
    pub(crate) columns: RowColumns,
    /// Further columns that tell rows apart.
    pub(crate) more: Vec<usize>,
    /// What the ends of ids tell.
    pub(crate) parts: Vec<MeasurePart>,
}

/// The cells of a row, clean.
pub(crate) type RowCells<'a> = [Cow<'a, str>];

impl RowKeys {
    /// The key of a row, and what the row gives of the measure.
    pub(crate) fn of<'c>(&self, cells: &'c RowCells) -> (Cow<'c, str>, PartRole) {
        let cell = |at: &usize| cells.get(*at).map_or("", |cell| &**cell);
        let id = self.columns.id.as_ref().map(cell).filter(|id| !id.is_empty());
        let base = |part: &MeasurePart| Some((id?.strip_suffix(&*part.suffix)?, part.gives));
        let (key, role) = match (self.parts.iter().find_map(base), id) {
            (Some((base, role)), _) => (Cow::Borrowed(base), role),
            (None, Some(id)) => (Cow::Borrowed(id), PartRole::Value),
            (None, None) => (Cow::Owned(self.name(cells)), PartRole::Value),
        };
        let more = self.more.iter().map(cell).filter(|text| !text.is_empty());
        (more.fold(key, |key, more| if key.is_empty() { more.into() } else { format!("{key}, {more}").into() }), role)
    }

    /// The name of the measure of a row; empty where it has none.
    pub(crate) fn name(&self, cells: &RowCells) -> String {
        let names = self.columns.name.iter().filter_map(|at| cells.get(*at)).map(|cell| &**cell);
        names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(": ")
    }
}
