//! Menus: the order of the list, and the facets to filter it by.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::catalog::Catalog;
use crate::report::addresses::Address;
use crate::report::wording::{count, direction};
use crate::search::{FacetChoice, Order, SortBy};
use crate::text::letters;
use crate::tui::app::browse::Browse;
use crate::tui::glyphs::Glyphs;
use crate::tui::page::Page;
use crate::tui::page::menu::{self, MenuRow};

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
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    /// Sorts the list.
    Sort(Order),
    /// Adds a value to the query, or takes it out.
    Toggle(FacetChoice),
    /// Opens a web address.
    Open(String),
    /// Copies a web address.
    Copy(String),
}

/// Something to choose.
#[derive(Clone, Debug)]
pub(super) struct MenuEntry {
    /// The group that it belongs to; empty for none.
    pub(super) group: String,
    pub(super) label: String,
    /// How many hospitals have it, in words.
    pub(super) count: String,
    /// That as a part of the most.
    pub(super) share: Option<f64>,
    /// How the figures of a measure are spread.
    pub(super) histogram: Vec<usize>,
    pub(super) is_chosen: bool,
    pub(super) choice: Choice,
}

/// A menu.
#[derive(Debug)]
pub struct Menu {
    pub(super) kind: MenuKind,
    entries: Vec<MenuEntry>,
    /// What is looked for among the entries; none when nothing is.
    find: Option<String>,
    /// Whether something has been chosen while it was open.
    pub(super) has_toggled: bool,
    /// Whether its entries are still being counted.
    pub(super) is_counting: bool,
}

impl Menu {
    pub(super) fn new(kind: MenuKind) -> Self {
        Self { kind, entries: Vec::new(), find: None, has_toggled: false, is_counting: false }
    }

    /// A menu of web addresses, to open or to copy one.
    pub(super) fn of_addresses(kind: MenuKind, addresses: Vec<Address>) -> Self {
        let choice = if kind == MenuKind::CopyAddress { Choice::Copy } else { Choice::Open };
        let entry = |Address { label, text, target }| MenuEntry::new(label, text, choice(target));
        Self { entries: addresses.into_iter().map(entry).collect(), ..Self::new(kind) }
    }

    /// Works out the entries anew, where they depend on the list.
    pub(super) fn refresh(&mut self, browse: &Browse, catalog: &Catalog) {
        match self.kind {
            MenuKind::Sort => self.entries = orders(&browse.shown_order(), catalog),
            MenuKind::Facets => {
                self.entries = facets(browse);
                self.is_counting = browse.found.facets.is_none();
            }
            MenuKind::OpenAddress | MenuKind::CopyAddress => {}
        }
    }

    /// Its page, laid out for so many columns.
    pub(super) fn page(&self, columns: usize, glyphs: &Glyphs) -> Page {
        let rows: Vec<MenuRow> = self.entries().map(MenuEntry::row).collect();
        match (&self.find, self.is_counting) {
            _ if !rows.is_empty() => menu::page(&rows, columns, glyphs),
            (_, true) => menu::empty("counting…"),
            (Some(find), _) if !self.entries.is_empty() => menu::empty(&format!("nothing here has “{find}”")),
            _ => menu::empty("no filters available"),
        }
    }

    /// The entries that are seen: those that are looked for, or all.
    pub(super) fn entries(&self) -> impl Iterator<Item = &MenuEntry> {
        let wanted = letters(self.find.as_deref().unwrap_or_default());
        self.entries.iter().filter(move |entry| entry.has(&wanted))
    }

    /// The first entry that is chosen now.
    pub(super) fn chosen(&self) -> usize {
        self.entries().position(|entry| entry.is_chosen).unwrap_or(0)
    }

    /// The entry that is seen at a place.
    pub(super) fn entry(&self, at: usize) -> Option<&MenuEntry> {
        self.entries().nth(at)
    }

    /// The place of what does the same as a choice.
    pub(super) fn position(&self, choice: &Choice) -> Option<usize> {
        self.entries().position(|entry| entry.choice == *choice)
    }

    // Finding an entry by its letters.

    /// What is looked for.
    pub(super) fn find(&self) -> Option<&str> {
        self.find.as_deref()
    }

    /// Begins to look for an entry.
    pub(super) fn begin_find(&mut self) {
        self.find.get_or_insert_default();
    }

    /// Shows all entries again; whether some were hidden or could be.
    pub(super) fn end_find(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// Takes a key of what is looked for; whether it is one. A letter that means nothing else begins it.
    pub(super) fn type_key(&mut self, key: KeyEvent, is_bound: bool) -> bool {
        if !(key.modifiers - KeyModifiers::SHIFT).is_empty() {
            return false;
        }
        match (key.code, &mut self.find) {
            (KeyCode::Char(c), Some(find)) if c != ' ' => find.push(c),
            (KeyCode::Char(c), None) if c.is_alphanumeric() && !is_bound => self.find = Some(c.to_string()),
            (KeyCode::Backspace, Some(find)) => {
                find.pop();
            }
            _ => return false,
        }
        true
    }
}

impl MenuEntry {
    fn new(group: impl Into<String>, label: impl Into<String>, choice: Choice) -> Self {
        Self {
            group: group.into(),
            label: label.into(),
            count: String::new(),
            share: None,
            histogram: Vec::new(),
            is_chosen: false,
            choice,
        }
    }

    /// Whether a word of the label or of its group starts with these letters, or they are in the label.
    fn has(&self, wanted: &str) -> bool {
        let words = self.label.split_whitespace().chain(self.group.split_whitespace());
        wanted.is_empty()
            || words.into_iter().any(|word| letters(word).starts_with(wanted))
            || letters(&self.label).contains(wanted)
    }

    fn row(&self) -> MenuRow<'_> {
        let Self { group, label, count, share, histogram, is_chosen, .. } = self;
        MenuRow { group, label, count, share: *share, histogram, is_chosen: *is_chosen }
    }

    /// Group and label, for messages.
    pub(super) fn name(&self) -> String {
        if self.group.is_empty() { self.label.clone() } else { format!("{}: {}", self.group, self.label) }
    }
}

/// Every order that the list can have. The present one can be turned.
fn orders(present: &Order, catalog: &Catalog) -> Vec<MenuEntry> {
    let entry = |group: &str, label: &str, count: String, by: SortBy| {
        let is_chosen = by == present.by;
        let (label, order) = match by {
            SortBy::Best | SortBy::Distance(_) => (label.to_owned(), Order::from(by)),
            _ if is_chosen => (format!("{label}, {} (again turns it)", direction(present)), present.turned()),
            _ => (label.to_owned(), Order::from(by)),
        };
        MenuEntry { count, is_chosen, ..MenuEntry::new(group, label, Choice::Sort(order)) }
    };
    let mut all = vec![
        entry("", "relevance (or file order)", String::new(), SortBy::Best),
        entry("", "name", String::new(), SortBy::Name),
        entry("", "place", String::new(), SortBy::Place),
    ];
    if let SortBy::Distance(_) = present.by {
        all.push(entry("", "distance", String::new(), present.by.clone()));
    }
    // Among many hospitals this is found out behind the screen, which draws again then.
    let measures = catalog.is_surveyed().then(|| catalog.measures().by_family());
    for (family, measure) in measures.into_iter().flatten() {
        let reporting = catalog.reporting(&measure.id);
        if reporting > 0 {
            let count = format!("{} with a figure", count(reporting, "hospital"));
            all.push(entry(&family.label, &measure.label, count, SortBy::Measure(measure.id.clone())));
        }
    }
    all
}

/// Every value of every facet of the present list.
fn facets(browse: &Browse) -> Vec<MenuEntry> {
    let mut all = Vec::new();
    for facet in browse.found.facets.iter().flatten() {
        let most = facet.values.iter().map(|value| value.count).max().unwrap_or(0).max(1);
        all.extend(facet.values.iter().map(|value| {
            #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
            let share = value.count as f64 / most as f64;
            MenuEntry {
                count: count(value.count, "hospital"),
                share: Some(share),
                histogram: value.histogram.clone(),
                is_chosen: browse.search_box.has(&value.choice),
                ..MenuEntry::new(&*facet.label, &*value.label, Choice::Toggle(value.choice.clone()))
            }
        }));
    }
    all
}
