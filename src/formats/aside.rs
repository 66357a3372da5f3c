//! Whose the rows are that are set aside.
//!
//! A row that cannot be read is no sign that its hospital is gone. As far as the row still gives an id, it is kept.

use csv::{Reader, StringRecord};

use super::row::Maker;
use crate::catalog::Unread;

/// A row of a table that is set aside: its cells, and its text with what parts the cells in it.
pub struct Row<'a> {
    pub cells: &'a StringRecord,
    pub text: &'a str,
    pub part: u8,
    /// How many cells it should have.
    pub headings: usize,
}

impl Row<'_> {
    /// Adds its hospital to `unread`; of a row that a stray quote made of several, all of them as far as they can be told
    /// apart.
    pub fn note(&self, is_torn: bool, maker: &Maker, reader: fn(&str, u8) -> Reader<&[u8]>, unread: &mut Unread) {
        let id = |cells: &StringRecord| maker.id(|at| cells.get(at).unwrap_or_default());
        unread.push(id(self.cells));
        let mut is_rest_unknown = false;
        for line in self.text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            let mut cells = StringRecord::new();
            // Only a line that is a whole row by itself is one; others may well go on with the cell above.
            let is_row = reader(line, self.part).read_record(&mut cells).is_ok_and(|is_there| is_there)
                && cells.len() == self.headings;
            match is_row.then(|| id(&cells)).flatten() {
                Some(id) => unread.push(Some(id)),
                None => is_rest_unknown = true,
            }
        }
        if is_rest_unknown && is_torn {
            unread.push(None);
        }
    }
}
