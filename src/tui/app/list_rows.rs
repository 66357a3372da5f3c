//! How many lines each hospital takes in the list, one for its name and a second one where more is known of it; and how many
//! columns names take.

use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::Answer;
use crate::text::width;

/// The hospitals that are known of the list. Of a million only those on the screen are looked at.
#[derive(Debug, Default)]
pub(crate) struct ListRows {
    catalog: Arc<Catalog>,
    keys: Vec<HospitalKey>,
    /// The first hospital that matches only by letters with gaps. A line that says so stands above it.
    heading: Option<usize>,
}

impl ListRows {
    /// The rows of what was found.
    pub(super) fn of(catalog: &Arc<Catalog>, found: &Answer) -> Self {
        let heading = (found.by_gaps > 0).then_some(found.total);
        Self { catalog: Arc::clone(catalog), keys: found.keys.clone(), heading }
    }

    /// Whether a heading stands above the hospital.
    pub(crate) fn has_heading(&self, at: usize) -> bool {
        self.heading == Some(at)
    }

    /// The lines of a hospital and its heading where there is room for second lines or not. One that is not known yet may have two.
    pub(crate) fn height(&self, at: usize, has_second_lines: bool) -> u16 {
        let has_more = |key: &HospitalKey| {
            let hospital = self.catalog.summary(*key);
            hospital.native_name.is_some() || hospital.place().iter().any(Option::is_some)
        };
        let heading = u16::from(self.has_heading(at));
        heading + 1 + u16::from(has_second_lines && self.keys.get(at).is_none_or(has_more))
    }

    /// How many hospitals from `top` on fit whole into so many lines.
    pub(super) fn seen(&self, top: usize, lines: u16, has_second_lines: bool) -> usize {
        let heights = (top..).map(|at| self.height(at, has_second_lines));
        fitting(heights, lines)
    }

    /// The first hospital on the screen when `last` is the last one that fits whole.
    pub(super) fn top_before(&self, last: usize, lines: u16, has_second_lines: bool) -> usize {
        let heights = (0..=last).rev().map(|at| self.height(at, has_second_lines));
        (last + 1) - fitting(heights, lines).max(1)
    }

    /// The hospital at a line of the screen, `top` being the first.
    pub(super) fn at_line(&self, top: usize, line: u16, has_second_lines: bool) -> usize {
        let mut end = 0;
        let is_below = |at: &usize| {
            end += self.height(*at, has_second_lines);
            end > line
        };
        (top..=top + usize::from(line)).find(is_below).unwrap_or(top)
    }
}

/// How many of these heights fit into so many lines.
fn fitting(heights: impl Iterator<Item = u16>, lines: u16) -> usize {
    let mut left = lines;
    let fits = |height: &u16| {
        let rest = left.checked_sub(*height);
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    heights.take_while(fits).count()
}

/// Columns that names take, all but the longest twentieth of them. The first thousand stand for all.
pub(super) fn name_columns(catalog: &Catalog) -> u16 {
    let mut columns: Vec<usize> = catalog.summaries().take(1000).map(|(_, hospital)| width(hospital.name)).collect();
    columns.sort_unstable();
    let most = columns.get((columns.len() * 19 / 20).min(columns.len().saturating_sub(1)));
    most.map_or(0, |columns| u16::try_from(*columns).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Options, load_bytes};

    #[test]
    fn rows_of_one_and_two_lines_share_a_screen() {
        let text = "id,name,city\n1,A,Town\n2,B,\n3,C,\n4,D,Town\n5,E,Town\n";
        let catalog = Arc::new(load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap());
        let all = Answer::all(&catalog, 5);
        let rows = ListRows::of(&catalog, &all);
        assert_eq!(rows.seen(0, 5, true), 3);
        assert_eq!(rows.seen(0, 6, true), 4);
        assert_eq!(rows.seen(0, 5, false), 5);
        assert_eq!(rows.top_before(4, 5, true), 2);
        assert_eq!(rows.top_before(4, 1, true), 4);
        assert_eq!(rows.top_before(1, 20, true), 0);
        let hit: Vec<usize> = (0..7).map(|line| rows.at_line(0, line, true)).collect();
        assert_eq!(hit, [0, 0, 1, 2, 3, 3, 4]);
        assert_eq!(rows.at_line(2, 1, true), 3);
        let rows = ListRows::of(&catalog, &Answer { total: 3, by_gaps: 2, ..all });
        assert_eq!((rows.seen(0, 7, true), rows.seen(0, 6, true)), (4, 3), "a line stands above the fourth");
        assert_eq!((rows.at_line(0, 4, true), rows.at_line(0, 5, true)), (3, 3), "which belongs to it");
    }
}
