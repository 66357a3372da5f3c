//! Menus: the order of the list, and the facets to filter it by.

use std::mem;

use crate::catalog::Catalog;
use crate::report::addresses::Address;
use crate::report::wording::count;
use crate::search::{Order, SortBy};
use crate::text::Text;
use crate::tui::app::browse::Browse;
use crate::tui::glyphs::Glyphs;
use crate::tui::page::{Page, PageLine, Role};

/// What a menu chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MenuKind {
    /// The order of the list.
    Sort,
    /// The facets to filter by.
    Facets,
    /// The web address to open.
    OpenAddress,
    /// The web address to copy.
    CopyAddress,
}

/// What a choice does.
#[derive(Clone, Debug)]
pub(super) enum Choice {
    /// Sorts the list.
    Sort(Order),
    /// Adds a term to the query, or takes it out.
    Toggle {
        term: String,
        /// What is filtered by, for the message.
        name: String,
    },
    /// Opens a web address.
    Open(String),
    /// Copies a web address.
    Copy(String),
}

/// Something to choose.
#[derive(Debug)]
struct MenuEntry {
    /// The heading above it, if it is the first below one.
    heading: Option<String>,
    label: String,
    /// How many hospitals have it.
    count: Option<usize>,
    is_chosen: bool,
    choice: Choice,
}

/// A menu.
#[derive(Debug)]
pub struct Menu {
    pub(super) kind: MenuKind,
    entries: Vec<MenuEntry>,
}

impl Menu {
    pub(super) fn new(kind: MenuKind) -> Self {
        Self { kind, entries: Vec::new() }
    }

    /// A menu of web addresses, to open or to copy one.
    pub(super) fn of_addresses(kind: MenuKind, addresses: Vec<Address>) -> Self {
        let choice = if kind == MenuKind::CopyAddress { Choice::Copy } else { Choice::Open };
        let entry = |Address { label, text, target }| MenuEntry {
            heading: Some(label),
            label: text,
            count: None,
            is_chosen: false,
            choice: choice(target),
        };
        Self { kind, entries: addresses.into_iter().map(entry).collect() }
    }

    /// The first entry that is chosen now.
    pub(super) fn chosen(&self) -> usize {
        self.entries.iter().position(|entry| entry.is_chosen).unwrap_or(0)
    }

    /// The label of an entry, and what it does.
    pub(super) fn choice(&self, entry: usize) -> Option<(String, Choice)> {
        let entry = self.entries.get(entry)?;
        Some((entry.label.clone(), entry.choice.clone()))
    }

    /// Works out the entries, and lays them out for so many columns.
    pub(super) fn lay_out(&mut self, browse: &Browse, catalog: &Catalog, columns: usize, glyphs: &Glyphs) -> Page {
        match self.kind {
            MenuKind::Sort => self.entries = orders(&browse.order, catalog),
            MenuKind::Facets => self.entries = facets(browse),
            MenuKind::OpenAddress | MenuKind::CopyAddress => {}
        }
        // What is counted stands at the right.
        let counts = if self.entries.iter().any(|entry| entry.count.is_some()) { 26 } else { 0 };
        let mut page = Page::default();
        if self.entries.is_empty() {
            let is_counting = browse.found.facets.is_none();
            let message = if is_counting { "counting…" } else { "no filters available" };
            page.push(PageLine::of(message, Role::Muted));
        }
        for entry in &self.entries {
            if let Some(heading) = &entry.heading {
                page.heading(&Text::clean(heading));
            }
            let count = entry.count.map_or(String::new(), |number| match self.kind {
                MenuKind::Sort => format!("{} with a figure", count(number, "hospital")),
                _ => count(number, "hospital"),
            });
            let check = if entry.is_chosen { glyphs.check } else { " " };
            let room = columns.saturating_sub(counts + 6).max(10);
            let start = page.lines.len();
            page.cells(1, &[(check, Role::Plain, 1), (&entry.label, Role::Plain, room), (&count, Role::Muted, counts)]);
            page.rows.push(start..page.lines.len());
        }
        page
    }
}

/// Every order that the list can have.
fn orders(present: &Order, catalog: &Catalog) -> Vec<MenuEntry> {
    let entry = |heading: Option<&str>, label: &str, count, by: SortBy| MenuEntry {
        heading: heading.map(str::to_owned),
        label: label.to_owned(),
        count,
        is_chosen: by == present.by,
        choice: Choice::Sort(by.into()),
    };
    let mut all = vec![
        entry(None, "relevance (or file order)", None, SortBy::Best),
        entry(None, "name", None, SortBy::Name),
        entry(None, "place", None, SortBy::Place),
    ];
    let mut heading = "";
    // Among many hospitals this is found out behind the screen, which draws again then.
    let measures = catalog.is_surveyed().then(|| catalog.measures().by_family());
    for (family, measure) in measures.into_iter().flatten() {
        let reporting = catalog.reporting(&measure.id);
        if reporting > 0 {
            let is_new = mem::replace(&mut heading, &family.label) != family.label.as_str();
            let family = is_new.then_some(heading);
            all.push(entry(family, &measure.label, Some(reporting), SortBy::Measure(measure.id.clone())));
        }
    }
    all
}

/// Every value of every facet of the present list.
fn facets(browse: &Browse) -> Vec<MenuEntry> {
    let mut all = Vec::new();
    for facet in browse.found.facets.iter().flatten() {
        let more = if facet.more > 0 {
            format!(" (the {} most frequent; {} more)", facet.values.len(), facet.more)
        } else {
            String::new()
        };
        let mut heading = Some(format!("{}{more}", facet.label));
        all.extend(facet.values.iter().map(|value| {
            let is_chosen = browse.search_box.has_term(&value.term);
            let name = format!("{}: {}", facet.label, value.label);
            MenuEntry {
                heading: heading.take(),
                label: value.label.clone(),
                count: Some(value.count),
                is_chosen,
                choice: Choice::Toggle { term: value.term.clone(), name },
            }
        }));
    }
    all
}
