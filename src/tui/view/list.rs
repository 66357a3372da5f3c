//! The list pane: the filter, and the hospitals that it leaves.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Paint;
use crate::catalog::{Hospital, HospitalKey, Missing, Place, SameName};
use crate::report::wording;
use crate::search::{Hit, Order};
use crate::text::{Text, clip, width};
use crate::tui::layout::{self, Pane};
use crate::tui::page::Role;
use crate::tui::theme::Theme;

impl Paint<'_> {
    pub(super) fn list(&self, frame: &mut Frame, parts: &layout::Browse) {
        let browse = &self.app.browse;
        let focused = self.has_keys(Pane::List);
        let possibly = match browse.found.possibly {
            0 => String::new(),
            more => format!("+ {more} possibly "),
        };
        let rejected = match self.app.catalog.rejected_rows() {
            0 => String::new(),
            rows if parts.list.width < 40 => format!("+ {rows} rejected "),
            1 => "· 1 row rejected ".to_owned(),
            rows => format!("· {rows} rows rejected "),
        };
        let count = format!(" {} of {} {possibly}{rejected}", browse.found.total, self.app.catalog.len());
        let sort = match self.order() {
            Order::Best => String::new(),
            Order::Name => "by name ".to_owned(),
            Order::Place => "by place ".to_owned(),
            Order::Measure(id) => {
                let label = self.app.catalog.measures().get(id).map_or(id, |measure| &measure.label);
                format!("by {label} ")
            }
        };
        let title = Line::from(self.span(format!(" Hospitals {sort}"), Role::Heading));
        let count = Line::from(self.span(count, Role::Muted)).right_aligned();
        frame.render_widget(self.block(focused).title(title).title(count), parts.list);
        self.filter(frame, parts.filter);
        if browse.found.total == 0 {
            self.nothing_found(frame, parts.rows);
        }
        let lines = layout::lines_per_hospital(parts.rows);
        let shown = usize::from(parts.rows.height / lines);
        for (at, key) in browse.found.keys.iter().enumerate().skip(browse.top).take(shown) {
            let row = u16::try_from(at - browse.top).unwrap_or(u16::MAX);
            let area = Rect { y: parts.rows.y + row * lines, height: lines, ..parts.rows };
            self.hospital(frame, area, *key, at == browse.selected, focused);
        }
        self.scrollbar(frame, parts.list, browse.found.total, shown, browse.top);
    }

    /// The filter's line, with the real cursor at the caret while it is edited.
    fn filter(&self, frame: &mut Frame, area: Rect) {
        const LEAD: u16 = 3;
        let browse = &self.app.browse;
        let text = browse.filter.value();
        let room = usize::from(area.width.saturating_sub(LEAD + 1));
        let skip = browse.filter.visual_scroll(room);
        let line = if text.is_empty() && !browse.editing {
            Line::from(self.span(" / to filter, in any script", Role::Muted))
        } else {
            let role = if browse.editing { Role::Key } else { Role::Muted };
            let mut spans = vec![self.span(" / ", role)];
            spans.extend(self.query(text, skip));
            Line::from(spans)
        };
        frame.render_widget(line, area);
        if browse.editing && self.app.overlays.is_empty() && !area.is_empty() {
            let caret = browse.filter.visual_cursor().saturating_sub(skip);
            let caret = u16::try_from(caret).unwrap_or(u16::MAX).saturating_add(LEAD).min(area.width - 1);
            frame.set_cursor_position(Position::new(area.x + caret, area.y));
        }
    }

    /// The query from column `skip` on, its mistakes pointed at, and what Tab would add to it.
    fn query(&self, text: &str, skip: usize) -> Vec<Span<'static>> {
        let browse = &self.app.browse;
        let mistakes = &browse.found.query.mistakes;
        let is_wrong = |at: usize| mistakes.iter().any(|mistake| mistake.at.contains(&at));
        let from = text.len() - after(text, skip).len();
        let shown = text.char_indices().filter(|(at, _)| *at >= from);
        let marked: Vec<usize> =
            shown.enumerate().filter(|(_, (at, _))| is_wrong(*at)).map(|(position, _)| position).collect();
        let wrong = self.theme.style(Role::Caveat).add_modifier(Modifier::UNDERLINED);
        let mut spans = runs(&text[from..], &marked, [self.theme.style(Role::Plain), wrong]);
        // Without colour it could not be told from what was typed; the footer has it too.
        let suggested = self.app.suggested().filter(|_| self.theme != Theme::Plain);
        spans.extend(suggested.map(|rest| self.span(rest.to_owned(), Role::Muted)));
        spans
    }

    fn nothing_found(&self, frame: &mut Frame, area: Rect) {
        let lines = if self.app.catalog.is_empty() {
            vec![Line::from(" The catalog has no hospitals.")]
        } else {
            vec![Line::from(" Nothing matches."), Line::from(self.span(" Esc clears the filter.", Role::Muted))]
        };
        frame.render_widget(ratatui::widgets::Paragraph::new(lines), area);
    }

    fn hospital(&self, frame: &mut Frame, area: Rect, key: HospitalKey, selected: bool, focused: bool) {
        let hospital = self.app.catalog.hospital(key);
        let hit = &self.app.browse.found.hit(key);
        let (letter, letter_role) = match self.app.marks.map(|mark| mark == Some(key)) {
            [true, _] => ("A", Role::SideA),
            [_, true] => ("B", Role::SideB),
            _ => (" ", Role::Plain),
        };
        let pointer = if selected { self.app.glyphs.pointer } else { ' ' };
        let lead = [self.span(letter, letter_role), self.span(pointer.to_string(), Role::Heading)];
        let room = usize::from(area.width).saturating_sub(3);
        let mut name: Vec<Span> = lead.to_vec();
        // A hit that is not in the name is shown beside it, even where the name must be cut for it.
        let is_elsewhere = hit.name.is_empty() && (hit.through.is_some() || !hit.native.is_empty());
        let is_wanted = is_elsewhere
            || self.app.catalog.same_name(key) != SameName::None
            || matches!(self.order(), Order::Measure(_));
        let for_about = if area.height == 1 && is_wanted { room / 2 } else { 0 };
        let shown = clip(&hospital.name, room - for_about).into_owned();
        name.extend(self.matched(&shown, &hit.name, Role::Plain));
        let first = Rect { height: area.height.min(1), ..area };
        if area.height > 1 {
            frame.render_widget(Line::from(name), first);
            let mut about = vec![self.span(" ", Role::Plain), self.span(pointer.to_string(), Role::Heading)];
            about.extend(self.about(key, hit, room));
            frame.render_widget(Line::from(about), Rect { y: area.y + 1, ..first });
        } else {
            let left = room.saturating_sub(width(&shown) + 2);
            if left > 8 {
                name.push(Span::raw("  "));
                name.extend(self.about(key, hit, left));
            }
            frame.render_widget(Line::from(name), first);
        }
        if selected {
            let name_only = Rect { x: first.x + 2, width: first.width.saturating_sub(2), ..first };
            frame.buffer_mut().set_style(name_only, self.theme.selected(focused));
        }
    }

    /// The order that the list stands in: the query's own, or else the chosen one.
    fn order(&self) -> &Order {
        self.app.browse.found.query.order().unwrap_or(&self.app.browse.order)
    }

    /// The second line: the number that the list is sorted by; through what the hospital was found, else its native
    /// name; where it lies; and its id where name and place do not tell it from another.
    fn about(&self, key: HospitalKey, hit: &Hit, room: usize) -> Vec<Span<'static>> {
        let hospital = self.app.catalog.hospital(key);
        let mut spans: Vec<Span> = Vec::new();
        let mut left = room;
        if let Some(number) = self.sorted_by(key) {
            let number = clip(&number, left).into_owned();
            left = left.saturating_sub(width(&number));
            spans.push(self.span(number, Role::Value));
        }
        let native = hospital.native_name.as_deref().unwrap_or_default();
        let dot = format!(" {} ", self.app.glyphs.dot);
        let gap = |spans: &Vec<Span>| if spans.is_empty() { String::new() } else { dot.clone() };
        if let Some(through) = &hit.through {
            let label = format!("{}{} ", gap(&spans), through.label);
            let text = clip(&through.text, left.saturating_sub(width(&label))).into_owned();
            left = left.saturating_sub(width(&label) + width(&text));
            spans.push(self.span(label, Role::Caveat));
            spans.extend(self.matched(&text, &through.positions, Role::Muted));
        } else if !native.is_empty() {
            let lead = gap(&spans);
            let text = clip(native, left.saturating_sub(width(&lead))).into_owned();
            left = left.saturating_sub(width(&lead) + width(&text));
            spans.push(Span::raw(lead));
            spans.extend(self.matched(&text, &hit.native, Role::Muted));
        }
        let same_name = self.app.catalog.same_name(key);
        let id = (same_name == SameName::SamePlace).then(|| hospital.id.to_string());
        for forms in [near(hospital), id.into_iter().collect()] {
            let texts = forms.into_iter().map(|form| format!("{}{form}", gap(&spans)));
            if let Some(text) = texts.into_iter().find(|text| width(text) <= left) {
                left -= width(&text);
                spans.push(self.span(text, Role::Muted));
            }
        }
        spans
    }

    /// What the hospital has of the measure that the list is sorted by.
    fn sorted_by(&self, key: HospitalKey) -> Option<String> {
        let Order::Measure(id) = self.order() else { return None };
        let catalog = &self.app.catalog;
        let measure = catalog.measures().get(id)?;
        Some(match catalog.latest(key, id) {
            Some(figure) => wording::value(measure, &figure),
            None => Missing::NotInSource.words().to_owned(),
        })
    }

    /// `text` with the characters at `positions` highlighted.
    fn matched(&self, text: &str, positions: &[usize], role: Role) -> Vec<Span<'static>> {
        runs(text, positions, [role, Role::Match].map(|role| self.theme.style(role)))
    }
}

/// Where a hospital lies, in a word or two: the city and its region, else the region and its country; then in one word,
/// for where two do not fit.
fn near(hospital: &Hospital) -> Vec<String> {
    let Place { city, region, country } = &hospital.place;
    let (first, second) = if city.is_some() { (city, region) } else { (region, country) };
    let both: Vec<&str> = first.iter().chain(second.iter().filter(|_| first != second)).map(Text::as_str).collect();
    let one = both.first().map(|one| (*one).to_owned());
    (both.len() > 1).then(|| both.join(", ")).into_iter().chain(one).collect()
}

/// `text` in the first style, the characters at `positions`, which ascend, in the second.
fn runs(text: &str, positions: &[usize], [style, other]: [Style; 2]) -> Vec<Span<'static>> {
    let mut spans: Vec<(String, bool)> = Vec::new();
    for (at, c) in text.chars().enumerate() {
        let hit = positions.binary_search(&at).is_ok();
        match spans.last_mut() {
            Some((run, same)) if *same == hit => run.push(c),
            _ => spans.push((c.to_string(), hit)),
        }
    }
    spans.into_iter().map(|(run, hit)| Span::styled(run, if hit { other } else { style })).collect()
}

/// `text` without its first `columns` display columns.
fn after(text: &str, columns: usize) -> String {
    let mut skipped = 0;
    let rest = text.chars().skip_while(|c| {
        let skip = skipped < columns;
        skipped += width(&c.to_string());
        skip
    });
    rest.collect()
}
