//! How wide the columns of a table are.

/// The space between columns.
pub(super) const GAP: usize = 2;

/// The minimum width of a column that is shrunk to fit.
const NARROWEST: usize = 8;

/// The minimum width of names, before columns are left out for them.
const NARROWEST_NAMES: usize = 24;

/// The maximum width of a column if the width of the table is not limited.
const WIDEST: usize = 60;

/// How a column gives way where a table is too wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GiveWay {
    /// It does not; only its heading does, in several lines.
    Never,
    /// It is shrunk, after all others.
    Last,
    /// It is shrunk.
    First,
    /// It is shrunk, and then left out, the lowest number first.
    Wholly(u8),
}

/// What a column needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnRoom {
    pub(super) gives_way: GiveWay,
    /// The width of its heading.
    pub(super) heading: usize,
    /// The width of its widest cell.
    pub(super) cells: usize,
}

impl ColumnRoom {
    fn full(&self) -> usize {
        self.heading.max(self.cells)
    }

    /// The width to which it can be shrunk.
    fn least(&self) -> usize {
        match self.gives_way {
            GiveWay::Never => self.cells.max(self.heading.min(NARROWEST)),
            GiveWay::Last => self.full().min(NARROWEST_NAMES),
            GiveWay::First | GiveWay::Wholly(_) => self.full().min(NARROWEST),
        }
    }
}

/// The width of each column: what its cells need. If that is more than the limit in total, the widest columns are shrunk;
/// then columns are left out, which have none.
pub(super) fn widths(columns: &[ColumnRoom], limit: Option<usize>) -> Vec<Option<usize>> {
    let Some(limit) = limit else {
        let unlimited = |column: &ColumnRoom| match column.gives_way {
            GiveWay::Never => column.full(),
            _ => column.full().min(WIDEST),
        };
        return columns.iter().map(|column| Some(unlimited(column))).collect();
    };
    let mut is_in = vec![true; columns.len()];
    let least =
        |is_in: &[bool]| total(columns.iter().zip(is_in).filter(|(_, is_in)| **is_in).map(|(one, _)| one.least()));
    while least(&is_in) > limit {
        let wholly =
            columns.iter().enumerate().filter(|(at, _)| is_in[*at]).filter_map(|(at, one)| match one.gives_way {
                GiveWay::Wholly(order) => Some((order, at)),
                _ => None,
            });
        let Some((_, at)) = wholly.min() else { break };
        is_in[at] = false;
    }
    let mut widths: Vec<Option<usize>> =
        columns.iter().zip(is_in).map(|(column, is_in)| is_in.then_some(column.full())).collect();
    for is_last in [false, true] {
        while total(widths.iter().copied().flatten()) > limit {
            let shrinkable = widths.iter_mut().zip(columns).filter_map(|(width, column)| {
                let least = if is_last { NARROWEST.min(column.full()) } else { column.least() };
                let may_shrink = (column.gives_way == GiveWay::Last) == is_last;
                width.as_mut().filter(|width| may_shrink && **width > least)
            });
            let Some(widest) = shrinkable.max() else { break };
            *widest -= 1;
        }
    }
    widths
}

/// The width of columns beside each other.
fn total(widths: impl Iterator<Item = usize>) -> usize {
    widths.map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(gives_way: GiveWay, heading: usize, cells: usize) -> ColumnRoom {
        ColumnRoom { gives_way, heading, cells }
    }

    #[test]
    fn an_id_keeps_its_width_and_names_are_cut_last() {
        let columns = [
            room(GiveWay::Last, 4, 51),
            room(GiveWay::Never, 23, 2),
            room(GiveWay::Wholly(1), 11, 30),
            room(GiveWay::Wholly(2), 5, 30),
            room(GiveWay::Wholly(0), 4, 32),
            room(GiveWay::Never, 2, 20),
        ];
        let fitted = |limit| widths(&columns, limit);
        assert_eq!(fitted(None), [51, 23, 30, 30, 32, 20].map(Some));
        assert_eq!(fitted(Some(200)), fitted(None));
        // The others give way before the name, and a heading before its numbers.
        assert_eq!(fitted(Some(120)), [Some(51), Some(10), Some(10), Some(10), Some(9), Some(20)]);
        assert_eq!(fitted(Some(100)), [Some(38), Some(8), Some(8), Some(8), Some(8), Some(20)]);
        // The kind is left out first, then the native name.
        assert_eq!(fitted(Some(80)), [Some(28), Some(8), Some(8), Some(8), None, Some(20)]);
        assert_eq!(fitted(Some(60)), [Some(28), Some(8), None, None, None, Some(20)]);
        // The id is never cut.
        assert_eq!(fitted(Some(20)), [Some(8), Some(8), None, None, None, Some(20)]);
        for limit in 46..200 {
            let widths = fitted(Some(limit));
            assert!(total(widths.iter().copied().flatten()) <= limit, "{limit}: {widths:?}");
        }
    }
}
