//! The page of a menu: its entries by group, each with how many hospitals have it.

use crate::compare::Bar;
use crate::text::width;
use crate::tui::glyphs::Glyphs;
use crate::tui::page::{GAP, Page, PageLine, Role, bar};

/// Columns of a bar or a histogram.
const BAR: usize = 8;

/// Fewest columns at which groups are named beside their entries.
const WITH_GROUPS: usize = 56;

/// Most columns of the name of a group, and fewest of a label.
const WIDEST_GROUP: usize = 16;
const NARROWEST_LABEL: usize = 10;

/// An entry, as it is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MenuRow<'a> {
    /// The group that it belongs to; empty for none.
    pub(crate) group: &'a str,
    pub(crate) label: &'a str,
    /// How many hospitals have it.
    pub(crate) count: &'a str,
    /// That as a part of the most.
    pub(crate) share: Option<f64>,
    /// How the figures of a measure are spread; empty where that is not known.
    pub(crate) histogram: &'a [usize],
    pub(crate) is_chosen: bool,
}

/// Lays out the entries for so many columns, each column as wide as it needs to be. The first entry of each group names it,
/// so that who hears line after line hears it, too.
pub(crate) fn page(rows: &[MenuRow], columns: usize, glyphs: &Glyphs) -> Page {
    let widest =
        |text: for<'a> fn(&'a MenuRow<'a>) -> &'a str| rows.iter().map(|row| width(text(row))).max().unwrap_or(0);
    let groups = widest(|row| row.group).min(WIDEST_GROUP);
    let (has_groups, counts) = (groups > 0 && columns >= WITH_GROUPS, widest(|row| row.count));
    let groups = if has_groups { groups } else { 0 };
    let bars = if rows.iter().any(|row| row.share.is_some()) { BAR } else { 0 };
    let beside = [groups, 1, bars, counts].into_iter().filter(|columns| *columns > 0).map(|columns| columns + GAP);
    let room = columns.saturating_sub(beside.sum::<usize>() + 2).max(NARROWEST_LABEL);
    let mut page = Page::default();
    let mut group = "";
    for row in rows {
        let is_first = group != row.group;
        group = row.group;
        if is_first && !page.lines.is_empty() {
            page.gap();
        }
        let lead = if is_first { group } else { "" };
        let label = if has_groups || lead.is_empty() { row.label.to_owned() } else { format!("{lead}: {}", row.label) };
        let drawn = match (row.histogram, row.share) {
            ([], Some(share)) => bar::draw(Bar { least: share, most: share, is_open: false }, BAR, glyphs),
            ([], None) => String::new(),
            (numbers, _) => bar::histogram(numbers, glyphs),
        };
        let count = format!("{}{}", " ".repeat(counts.saturating_sub(width(row.count))), row.count);
        let cells = [
            (lead, Role::Heading, groups),
            (if row.is_chosen { glyphs.check } else { " " }, Role::Plain, 1),
            (&*label, Role::Plain, widest(|row| row.label).max(if has_groups { 0 } else { room }).min(room)),
            (&*drawn, Role::Muted, bars),
            (&*count, Role::Muted, counts),
        ];
        let cells: Vec<_> = cells.into_iter().filter(|(.., columns)| *columns > 0).collect();
        let start = page.lines.len();
        page.cells(1, &cells);
        page.rows.push(start..page.lines.len());
    }
    page
}

/// A page of one line that says why there is nothing to choose.
pub(crate) fn empty(message: &str) -> Page {
    let mut page = Page::default();
    page.push(PageLine::of(message, Role::Muted));
    page
}
