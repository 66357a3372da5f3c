//! How the figures of the detail page are laid out: value, label, and what differs from the other figures.

use std::collections::HashMap;

use crate::catalog::{Catalog, HospitalKey};
use crate::report::wording;
use crate::text::{width, wrap};
use crate::tui::page::{GAP, PageLine, Role};

/// Columns that figures are off the edge at least.
const INDENT: usize = 2;

/// Fewest columns at which the name of a family stands beside its figures.
const WITH_LEAD: usize = 60;

/// Most columns of a value; a longer one is wrapped.
const WIDEST_VALUE: usize = 17;

/// How the columns of a figure are shared out.
#[derive(Clone, Copy)]
pub(super) struct Widths {
    /// The name of the family; none where it stands above.
    pub(super) lead: usize,
    pub(super) value: usize,
}

impl Widths {
    pub(super) fn of(catalog: &Catalog, key: HospitalKey, columns: usize) -> Self {
        let values = catalog.figures_by_family(key).map(|(_, measure, figure)| width(&wording::value(measure, figure)));
        let leads = catalog.figures_by_family(key).filter(|(family, ..)| !family.headline);
        let lead = leads.map(|(family, ..)| width(&family.label)).max().unwrap_or(0).clamp(8, 15) + GAP;
        let lead = if columns < WITH_LEAD { 0 } else { lead };
        Self { lead, value: values.max().unwrap_or(0).clamp(5, WIDEST_VALUE) }
    }

    /// Columns of the label of a statement.
    pub(super) fn statement_label(self) -> usize {
        self.lead.saturating_sub(GAP).max(10)
    }

    /// Columns before the label of a figure.
    pub(super) fn before_label(self) -> usize {
        self.lead.max(INDENT) + self.value + GAP
    }
}

/// The period of most figures of a hospital; none if they differ too much to say it once.
pub(super) fn usual_period(catalog: &Catalog, key: HospitalKey) -> Option<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut all = 0;
    for figure in catalog.figures(key).filter(|figure| figure.parts().is_empty()) {
        *counts.entry(wording::period(figure.period.as_ref())).or_default() += 1;
        all += 1;
    }
    let usual = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)))?;
    (usual.1 > 1 && usual.1 * 2 >= all).then_some(usual.0)
}

/// A figure in lines: the name of its family, its value at the right of its column, its label, and the tail after it.
pub(super) fn lines(
    lead: &str,
    value: &str,
    label: &str,
    [tail, sign]: [(String, Role); 2],
    widths: Widths,
    columns: usize,
) -> Vec<PageLine> {
    let room = columns.saturating_sub(widths.before_label()).max(8);
    let indent = widths.lead.max(INDENT);
    let leads = if lead.is_empty() { Vec::new() } else { wrap(lead, indent.saturating_sub(GAP)) };
    let values = wrap(value, widths.value);
    let mut labels: Vec<PageLine> = wrap(label, room).into_iter().map(|line| PageLine::of(line, Role::Label)).collect();
    let after = if tail.0.is_empty() { 0 } else { GAP } + width(&tail.0) + width(&sign.0);
    if labels.last().is_some_and(|last| last.width() + after <= room) {
        let gap = if tail.0.is_empty() { 0 } else { GAP };
        let last = labels.pop().unwrap_or_default().with(" ".repeat(gap), Role::Plain);
        labels.push(last.with(tail.0, tail.1).with(sign.0, sign.1));
    } else {
        let mut tails = wrap(&tail.0, room.saturating_sub(width(&sign.0)));
        let last = tails.pop().unwrap_or_default();
        labels.extend(tails.into_iter().map(|line| PageLine::of(line, tail.1)));
        labels.push(PageLine::of(last, tail.1).with(sign.0, sign.1));
    }
    let height = leads.len().max(values.len()).max(labels.len());
    let line = |at: usize| {
        let value = values.get(at).map_or("", String::as_str);
        let start = PageLine::of(leads.get(at).map_or("", String::as_str), Role::Heading);
        let line = start.padded(indent + widths.value.saturating_sub(width(value))).with(value, Role::Value);
        let mut line = line.with(" ".repeat(GAP), Role::Plain);
        line.0.extend(labels.get(at).iter().flat_map(|label| label.0.iter().cloned()));
        line
    };
    (0..height).map(line).collect()
}
