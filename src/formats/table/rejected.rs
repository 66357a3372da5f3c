//! The hospitals of rejected rows.
//!
//! A row that cannot be read is no sign that its hospital is gone. The ids that such rows still give are kept.

use csv::StringRecord;

use crate::catalog::RejectedIds;
use crate::formats::profile::row_head::HeadReader;
use crate::formats::table::start::reader;

/// A rejected row: its cells, and its text with the separator.
pub(crate) struct RejectedRow<'a> {
    pub(crate) cells: &'a StringRecord,
    pub(crate) text: &'a str,
    pub(crate) separator: u8,
    /// How many cells it should have.
    pub(crate) headings: usize,
    /// Whether a stray quote may have made one row of several.
    pub(crate) has_stray_quote: bool,
}

impl RejectedRow<'_> {
    /// Adds its hospital to `rejected`; for a row that a stray quote made of several, all that can be told apart.
    pub(crate) fn note(&self, head: &HeadReader, rejected: &mut RejectedIds) {
        let id = |cells: &StringRecord| head.id(|at| cells.get(at).unwrap_or_default());
        rejected.push(id(self.cells));
        let mut is_rest_unknown = false;
        for line in self.text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            let mut cells = StringRecord::new();
            // Only a line that is a whole row by itself counts; others may well continue the cell above.
            let is_row = reader(line, self.separator).read_record(&mut cells).is_ok_and(|is_there| is_there)
                && cells.len() == self.headings;
            match is_row.then(|| id(&cells)).flatten() {
                Some(id) => rejected.push(Some(id)),
                None => is_rest_unknown = true,
            }
        }
        if is_rest_unknown && self.has_stray_quote {
            rejected.push(None);
        }
    }
}
