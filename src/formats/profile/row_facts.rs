//! Cells of a row → facts of a hospital: addresses, coordinates and what else is said in words.

use crate::catalog::{Fact, Missing};
use crate::formats::profile::belief::is_address;
use crate::formats::profile::cell;
use crate::formats::profile::row_reader::{Cells, RowReader};
use crate::text::Text;

impl RowReader {
    /// Takes the first cell of `columns` that says something.
    pub(super) fn take<'a>(&self, cells: &mut Cells<'a>, columns: &[usize]) -> Option<&'a str> {
        // A cell that says why there is no value stays, to be shown under its own heading.
        let is_stated = |at: &&usize| cells[**at].is_some_and(|cell| self.missing(cell).is_none());
        let at = columns.iter().find(is_stated)?;
        cells[*at].take()
    }

    pub(super) fn missing(&self, text: &str) -> Option<Missing> {
        self.plan.missing.reason(text)
    }

    pub(super) fn fact(&self, cells: &mut Cells, columns: &[usize]) -> Option<Fact> {
        let text = Text::clean(self.take(cells, columns)?);
        Some(Fact { text, source: self.source.clone(), caveat: None, note: None })
    }

    /// The first web address; other words, such as "see below", stay.
    pub(super) fn website(&self, cells: &mut Cells) -> Option<Fact> {
        let columns = self.plan.columns.website.iter().copied();
        let column = columns.into_iter().find(|at| cells[*at].is_some_and(is_address))?;
        self.fact(cells, &[column])
    }

    /// All parts of an address, joined.
    pub(super) fn address(&self, cells: &mut Cells) -> Option<Fact> {
        let stated = |at: &usize| cells[*at].filter(|cell| self.missing(cell).is_none());
        let filled =
            |columns: &[usize]| -> Vec<usize> { columns.iter().copied().filter(|at| stated(at).is_some()).collect() };
        let (street, rest) = (filled(&self.plan.columns.street), filled(&self.plan.columns.address));
        let street: Vec<&str> = street.iter().filter_map(|at| cells[*at].take()).collect();
        let street = street.join(" ");
        let rest = rest.iter().filter_map(|at| cells[*at].take());
        let parts: Vec<&str> = Some(&*street).filter(|street| !street.is_empty()).into_iter().chain(rest).collect();
        let text = (!parts.is_empty()).then(|| Text::clean(&parts.join(", ")))?;
        Some(Fact { text, source: self.source.clone(), caveat: None, note: None })
    }

    /// Degrees, when they lie on the globe; else the cell stays.
    fn degrees(cells: &mut Cells, columns: &[usize], most: f64) -> Option<f64> {
        let read = |at: &usize| Some((*at, cell::degrees(cells[*at]?).filter(|degrees| degrees.abs() <= most)?));
        let (at, degrees) = columns.iter().find_map(read)?;
        cells[at] = None;
        Some(degrees)
    }

    /// Latitude and longitude; one without the other, or 0, 0, is none.
    pub(super) fn point(&self, cells: &mut Cells) -> (Option<f64>, Option<f64>) {
        let before = cells.to_vec();
        let latitude = Self::degrees(cells, &self.plan.columns.latitude, 90.0);
        let longitude = Self::degrees(cells, &self.plan.columns.longitude, 180.0);
        match (latitude, longitude) {
            (Some(latitude), Some(longitude)) if latitude != 0.0 || longitude != 0.0 => {
                // Other columns that say the same need not be shown again.
                for (columns, degrees) in
                    [(&self.plan.columns.latitude, latitude), (&self.plan.columns.longitude, longitude)]
                {
                    for at in columns {
                        let same = |cell: &str| cell::degrees(cell).is_some_and(|other| (other - degrees).abs() < 1e-9);
                        cells[*at] = cells[*at].filter(|cell| !same(cell));
                    }
                }
                (Some(latitude), Some(longitude))
            }
            _ => {
                cells.copy_from_slice(&before);
                (None, None)
            }
        }
    }
}
