//! Which columns say what a row is of, in files of several rows a hospital.

use crate::formats::profile::headings::Headings;
use crate::formats::profile::row_definition::MeasureRows;

/// The columns by their use.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowColumns {
    /// The id of the measure.
    pub(crate) id: Option<usize>,
    /// Its name, in parts.
    pub(crate) name: Vec<usize>,
    /// Its value.
    pub(crate) value: Option<usize>,
    /// The first day of the period.
    pub(crate) start: Option<usize>,
    /// The last day of the period.
    pub(crate) end: Option<usize>,
    /// The year, week or day.
    pub(crate) period: Option<usize>,
    /// The month or the quarter of the year.
    pub(crate) part: Option<usize>,
    /// The unit of the value.
    pub(crate) unit: Option<usize>,
}

impl RowColumns {
    /// Those of a profile that a file has.
    #[must_use]
    pub(crate) fn new(wanted: &MeasureRows, headings: &Headings) -> Self {
        let first = |wanted: &[_]| headings.columns(wanted).into_iter().next();
        let (start, end) = (first(&wanted.start), first(&wanted.end));
        Self {
            id: first(&wanted.id),
            name: headings.columns(&wanted.name),
            value: first(&wanted.value),
            // One without the other is no period.
            start: start.filter(|_| end.is_some()),
            end: end.filter(|_| start.is_some()),
            period: first(&wanted.period),
            part: first(&wanted.part).filter(|part| first(&wanted.period) != Some(*part)),
            unit: first(&wanted.unit),
        }
    }

    /// The columns of the first and the last day of the period.
    #[must_use]
    pub(crate) fn span(&self) -> Option<(usize, usize)> {
        self.start.zip(self.end)
    }

    /// Whether rows name the measure that they give.
    #[must_use]
    pub(crate) fn name_measures(&self) -> bool {
        self.id.is_some() || !self.name.is_empty()
    }

    /// Whether rows name the period that they are of.
    #[must_use]
    pub(crate) fn name_periods(&self) -> bool {
        self.start.is_some() || self.period.is_some()
    }

    /// Whether a column is one of them, other than that of the value.
    #[must_use]
    pub(crate) fn contains(&self, at: usize) -> bool {
        let single = [self.id, self.start, self.end, self.period, self.part, self.unit];
        single.contains(&Some(at)) || self.name.contains(&at)
    }
}
