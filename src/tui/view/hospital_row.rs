//! A hospital in the list: its mark and its name; below or beside it, why it was found and where it lies.

use std::borrow::Cow;

use ratatui::prelude::{Buffer, Line, Rect, Span, Widget};

use crate::catalog::{Hospital, HospitalKey, Missing, Place, SameName};
use crate::report::Column;
use crate::search::{Hit, SortBy};
use crate::text::{Text, clip, width};
use crate::tui::app::state::App;
use crate::tui::layout::Pane;
use crate::tui::page::Role;
use crate::tui::view::paint;
use crate::tui::view::search_line::highlighted;

/// Columns of the mark and the pointer.
const LEAD: u16 = 2;

pub(super) struct HospitalRow<'a> {
    pub(super) app: &'a App,
    pub(super) key: HospitalKey,
    pub(super) is_selected: bool,
}

impl Widget for HospitalRow<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let hit = self.app.browse.found.hit(self.key);
        let room = usize::from(area.width.saturating_sub(LEAD + 1));
        let first_line = Rect { height: area.height.min(1), ..area };
        let mut first = self.lead(true);
        if area.height > 1 {
            first.extend(self.name(&hit, room));
            let mut second = self.lead(false);
            second.extend(self.about(&hit, room));
            paint::line(&second, Rect { y: area.y + 1, ..first_line }, buf);
        } else {
            first.extend(self.in_one_line(&hit, room));
        }
        paint::line(&first, first_line, buf);
        if self.is_selected {
            let selected = Rect { x: area.x + LEAD, width: area.width.saturating_sub(LEAD), ..area };
            buf.set_style(selected, self.app.theme.selected(self.app.has_focus(Pane::List)));
        }
    }
}

impl<'a> HospitalRow<'a> {
    fn hospital(&self) -> &'a Hospital {
        self.app.catalog.hospital(self.key)
    }

    /// Whether another hospital has its name; none while that is being found out.
    fn same_name(&self) -> SameName {
        let catalog = &self.app.catalog;
        if catalog.is_surveyed() { catalog.same_name(self.key) } else { SameName::None }
    }

    /// The name, and beside it what else is to be seen. The name gives way only to what must be seen.
    fn in_one_line(&self, hit: &Hit, room: usize) -> Vec<Span<'a>> {
        /// Fewest columns for what stands beside the name.
        const LEAST: usize = 8;
        let needed = if self.needs_about(hit) { columns(&self.about(hit, room / 2)) } else { 0 };
        let mut spans = self.name(hit, room.saturating_sub(needed + if needed > 0 { 2 } else { 0 }));
        let left = room.saturating_sub(columns(&spans) + 2);
        if left > LEAST || needed > 0 {
            spans.push(Span::raw("  "));
            spans.extend(self.about(hit, left));
        }
        spans
    }

    /// The name, cut to so many columns.
    fn name(&self, hit: &Hit, room: usize) -> Vec<Span<'a>> {
        self.highlighted(clip(&self.hospital().name, room), &hit.name, Role::Plain)
    }

    /// The start of a line: on the first one the mark, and on both the pointer of the selected hospital.
    fn lead(&self, is_first: bool) -> Line<'a> {
        let (mark, role) = match self.app.browse.marks.map(|mark| is_first && mark == Some(self.key)) {
            [true, _] => ("A", Role::SideA),
            [_, true] => ("B", Role::SideB),
            _ => (" ", Role::Plain),
        };
        let pointer = if self.is_selected { self.app.glyphs.pointer } else { ' ' };
        Line::from(vec![self.app.theme.span(mark, role), self.app.theme.span(pointer.to_string(), Role::Heading)])
    }

    /// Whether the name is cut to make room for what stands beside it: the text that matched, if not the name; the
    /// number that the list is sorted by; or the place, if others have the same name.
    fn needs_about(&self, hit: &Hit) -> bool {
        let is_found_elsewhere = hit.name.is_empty() && (hit.through.is_some() || !hit.native.is_empty());
        is_found_elsewhere || self.same_name() != SameName::None || !self.asked().is_empty()
    }

    /// The number that the list is sorted by; the text in which the hospital was found, else its native name; where it
    /// lies; and its id where name and place do not tell it from another.
    fn about(&self, hit: &Hit, room: usize) -> Vec<Span<'a>> {
        let hospital = self.hospital();
        let mut spans: Vec<Span> = Vec::new();
        let left = |spans: &[Span]| room.saturating_sub(columns(spans));
        let separator = |spans: &[Span]| match spans {
            [] => String::new(),
            _ => format!(" {} ", self.app.glyphs.dot),
        };
        for asked in self.asked() {
            let asked = format!("{}{asked}", separator(&spans));
            spans.push(self.app.theme.span(clip(&asked, left(&spans)).into_owned(), Role::Value));
        }
        let (label, text, positions) = match (&hit.through, &hospital.native_name) {
            (Some(through), _) => (format!("{} ", through.label), &*through.text, &through.positions),
            (None, Some(native)) => (String::new(), native.as_str(), &hit.native),
            (None, None) => (String::new(), "", &hit.native),
        };
        if !text.is_empty() {
            let label = format!("{}{label}", separator(&spans));
            spans.push(self.app.theme.span(label, if hit.through.is_some() { Role::Message } else { Role::Plain }));
            spans.extend(self.highlighted(clip(text, left(&spans)).into_owned(), positions, Role::Muted));
        }
        let id = (self.same_name() == SameName::SamePlace).then(|| hospital.id.to_string());
        for forms in [near(hospital), id.into_iter().collect()] {
            let texts = forms.into_iter().map(|form| format!("{}{form}", separator(&spans)));
            if let Some(text) = texts.into_iter().find(|text| width(text) <= left(&spans)) {
                spans.push(self.app.theme.span(text, Role::Muted));
            }
        }
        spans
    }

    /// What the hospital has of what the list is sorted by, then of what else the query asks for.
    fn asked(&self) -> Vec<String> {
        let (catalog, browse) = (&self.app.catalog, &self.app.browse);
        let (sorted_by, near) = match browse.shown_order().by {
            SortBy::Measure(id) => (Some(Column::Figure(id)), None),
            SortBy::Distance(place) => (Some(Column::Distance), Some(place)),
            SortBy::Best | SortBy::Name | SortBy::Place => (None, None),
        };
        let near = near.or(browse.found.query.near());
        let said = |column: &Column| column.said_by(catalog, near, self.key);
        let first = sorted_by.as_ref().map(|column| {
            said(column).unwrap_or_else(|| match column {
                Column::Distance => "no coordinates".to_owned(),
                _ => Missing::NotInSource.words().to_owned(),
            })
        });
        let others = browse.found.query.shown().into_iter().map(Column::from);
        // What stands in every row is not said twice.
        let is_new = |column: &Column| Some(column) != sorted_by.as_ref() && !column.is_name_or_place();
        let labelled = |column: Column| Some(column.with_label(catalog, &said(&column)?));
        first.into_iter().chain(others.filter(is_new).filter_map(labelled)).collect()
    }

    /// `text` with the characters at `positions` highlighted.
    fn highlighted<'t>(&self, text: impl Into<Cow<'t, str>>, positions: &[usize], role: Role) -> Vec<Span<'t>> {
        highlighted(text, positions, [role, Role::Match].map(|role| self.app.theme.style(role)))
    }
}

/// The columns that pieces of a line take.
fn columns(spans: &[Span]) -> usize {
    spans.iter().map(|span| width(&span.content)).sum()
}

/// Where a hospital lies: the city and its region, else the region and its country; then in one word, for where two do
/// not fit.
fn near(hospital: &Hospital) -> Vec<String> {
    let Place { city, region, country } = &hospital.place;
    let (first, second) = if city.is_some() { (city, region) } else { (region, country) };
    let both: Vec<&str> = first.iter().chain(second.iter().filter(|_| first != second)).map(Text::as_str).collect();
    let one = both.first().map(|one| (*one).to_owned());
    (both.len() > 1).then(|| both.join(", ")).into_iter().chain(one).collect()
}
