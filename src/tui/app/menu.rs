//! Menus: the order of the list, and the facets that narrow it.

use super::{App, Effect, Overlay};
use crate::report::wording::count;
use crate::search::Order;
use crate::search::query::pieces;
use crate::text::Text;
use crate::tui::page::{Line, Page, Role};

/// What a menu chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// The order of the list.
    Sort,
    /// What narrows the list.
    Facets,
}

impl Menu {
    /// Its heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Sort => "Sort",
            Self::Facets => "Narrow the list",
        }
    }
}

/// Something to choose.
struct Entry {
    /// The heading that it starts, when it starts one.
    heading: Option<String>,
    label: String,
    /// How many hospitals have it.
    count: Option<usize>,
    is_on: bool,
    does: Does,
}

/// What a choice does.
enum Does {
    Sort(Order),
    Toggle(String),
}

impl App {
    /// Opens a menu on what is chosen now.
    pub(super) fn open_menu(&mut self, kind: Menu) {
        let at = if kind == Menu::Sort { self.orders().iter().position(|entry| entry.is_on) } else { None };
        self.overlays.push(Overlay::Menu { kind, selected: at.unwrap_or(0), scroll: 0 });
    }

    fn entries(&self, kind: Menu) -> Vec<Entry> {
        match kind {
            Menu::Sort => self.orders(),
            Menu::Facets => self.facets(),
        }
    }

    /// Every order that the list can stand in.
    fn orders(&self) -> Vec<Entry> {
        let present = &self.browse.order;
        let entry = |heading: Option<&str>, label: &str, count, order: Order| Entry {
            heading: heading.map(str::to_owned),
            label: label.to_owned(),
            count,
            is_on: order == *present,
            does: Does::Sort(order),
        };
        let mut all = vec![
            entry(None, "best match, else catalog order", None, Order::Best),
            entry(None, "name", None, Order::Name),
            entry(None, "place", None, Order::Place),
        ];
        let mut heading = "";
        for (family, measure) in self.catalog.measures().by_family() {
            let reporting = self.catalog.reporting(&measure.id);
            if reporting == 0 {
                continue;
            }
            let is_new = std::mem::replace(&mut heading, &family.label) != family.label.as_str();
            let family = is_new.then_some(family.label.as_str());
            all.push(entry(family, &measure.label, Some(reporting), Order::Measure(measure.id.clone())));
        }
        all
    }

    /// Every value of every facet of the present list.
    fn facets(&self) -> Vec<Entry> {
        let mut all = Vec::new();
        for facet in self.browse.found.facets.iter().flatten() {
            let more = if facet.more > 0 {
                format!(" (the {} most frequent; {} more)", facet.values.len(), facet.more)
            } else {
                String::new()
            };
            for (at, value) in facet.values.iter().enumerate() {
                all.push(Entry {
                    heading: (at == 0).then(|| format!("{}{more}", facet.label)),
                    label: value.label.clone(),
                    count: Some(value.count),
                    is_on: self.has_term(&value.term),
                    does: Does::Toggle(value.term.clone()),
                });
            }
        }
        all
    }

    fn has_term(&self, term: &str) -> bool {
        let text = self.browse.filter.value();
        pieces(text).into_iter().any(|piece| text[piece] == *term)
    }

    /// How many entries a menu has.
    pub(super) fn menu_len(&self, kind: Menu) -> usize {
        self.entries(kind).len()
    }

    /// A menu, laid out for `columns`.
    pub(super) fn menu_page(&self, kind: Menu, columns: usize) -> Page {
        let mut page = Page::default();
        let entries = self.entries(kind);
        if entries.is_empty() {
            let counting = self.browse.found.facets.is_none();
            let says = if counting { "counting…" } else { "there is nothing to divide the list by" };
            page.push(Line::of(says, Role::Muted));
        }
        for entry in entries {
            if let Some(heading) = &entry.heading {
                page.heading(&Text::clean(heading));
            }
            let count = entry.count.map_or(String::new(), |number| match kind {
                Menu::Sort => format!("{} with a figure", count(number, "hospital")),
                Menu::Facets => count(number, "hospital"),
            });
            let (sign, role) = if entry.is_on { ("✓", Role::Comparable) } else { (" ", Role::Plain) };
            let sign = if entry.is_on && self.glyphs.dot == '-' { "*" } else { sign };
            let room = columns.saturating_sub(32).max(10);
            let start = page.lines.len();
            page.cells(1, &[(sign, role, 1), (&entry.label, Role::Plain, room), (&count, Role::Muted, 26)]);
            page.rows.push(start..page.lines.len());
        }
        page
    }

    /// Takes what is selected.
    pub(super) fn choose(&mut self) -> Option<Effect> {
        let Some(Overlay::Menu { kind, selected, .. }) = self.overlays.last().copied() else { return None };
        let entry = self.entries(kind).into_iter().nth(selected)?;
        match entry.does {
            Does::Sort(order) => {
                self.overlays.pop();
                self.message = Some(format!("sorted by {}", entry.label));
                self.browse.order = order;
                self.browse.chosen = self.selected();
                Some(self.search())
            }
            Does::Toggle(term) => {
                let text = self.browse.filter.value();
                let kept: Vec<&str> =
                    pieces(text).into_iter().map(|piece| &text[piece]).filter(|one| *one != term).collect();
                let mut text = kept.join(" ");
                if !entry.is_on {
                    let gap = if text.is_empty() { "" } else { " " };
                    text = format!("{text}{gap}{term}");
                }
                self.overlays.pop();
                self.set_filter(text)
            }
        }
    }
}
