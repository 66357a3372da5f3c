//! A row of the comparison in full: both sides whole, what the measure means, other years, where each side stands
//! among the loaded hospitals, caveats and sources.

use super::compare::{columns_of, draw_bar};
use super::{Line, Page, Role};
use crate::catalog::HospitalKey;
use crate::compare::{Bar, Distribution, Rank};
use crate::report::view::{ComparisonView, Entry, Said, SideView, Subject};
use crate::report::wording;
use crate::text::pad;
use crate::tui::glyphs::Glyphs;

/// What is known of where the sides stand among all loaded hospitals.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It cannot be ranked: a part, a derived figure, or several figures.
    None,
    /// It is being counted.
    Counting,
    /// It has been counted: the basis of A, and that of B where it is another one.
    Counted(Vec<Distribution>),
}

/// The page of an entry, laid out for `columns`.
#[must_use]
pub fn page(view: &ComparisonView, entry: &Entry, standing: &Standing, columns: usize, glyphs: &Glyphs) -> Page {
    let mut builder = Builder { view, columns, glyphs, page: Page::default() };
    builder.title(entry);
    for (at, mark, role) in [(0, "A", Role::SideA), (1, "B", Role::SideB)] {
        builder.page.gap();
        builder.page.paragraph(&format!("{mark} {}", view.hospitals[at].name), role, 0, columns);
        builder.side(&entry.sides[at]);
    }
    if let Some(bars) = &entry.bars {
        builder.bars(bars);
    }
    builder.standing(standing, entry.measures.iter().any(|measure| measure.is_scale));
    builder.sources(entry);
    builder.page
}

struct Builder<'a> {
    view: &'a ComparisonView,
    columns: usize,
    glyphs: &'a Glyphs,
    page: Page,
}

impl Builder<'_> {
    fn title(&mut self, entry: &Entry) {
        let title = match entry.subject {
            Subject::SharedName | Subject::SharedRating | Subject::Names if entry.heading != entry.label => {
                format!("{}: {}", entry.heading, entry.label)
            }
            _ => entry.title(),
        };
        self.page.paragraph(&title, Role::Title, 0, self.columns);
        if !entry.says.is_empty() {
            self.page.paragraph(&entry.says, Role::Comparable, 0, self.columns);
        }
        for limit in &entry.limits {
            self.page.paragraph(&limit.text, Role::Limited, 2, self.columns);
        }
        for measure in &entry.measures {
            self.page.gap();
            let term = measure.native_term.as_ref().map_or(String::new(), |term| format!(" ({term})"));
            let text = format!("{}{term}: {} Unit: {}.", measure.label, measure.definition, measure.unit);
            self.page.paragraph(&text, Role::Muted, 0, self.columns);
        }
    }

    fn side(&mut self, side: &SideView) {
        if side.shown.is_empty() {
            self.page.paragraph(side.missing, Role::Muted, 2, self.columns);
        }
        side.shown.iter().for_each(|said| self.said("", said));
        side.reasons.iter().for_each(|said| self.said("", said));
        side.also.iter().for_each(|said| self.said("also ", said));
        let widest = side.timeline.iter().map(|(when, ..)| crate::text::width(when)).max().unwrap_or(0);
        for (when, value, bar) in &side.timeline {
            const BAR: usize = 30;
            let line = Line::of("    ", Role::Plain).with(pad(when, widest + 2), Role::Muted);
            let line = line.with(pad(&draw_bar(*bar, BAR, self.glyphs), BAR + 2), Role::Plain);
            self.page.push(line.with(value, Role::Value));
        }
    }

    fn said(&mut self, lead: &str, said: &Said) {
        self.page.paragraph(&format!("{lead}{} {}", said.phrase(), said.marks()), Role::Value, 2, self.columns);
        for text in said.formula.iter().chain(&said.note) {
            self.page.paragraph(text, Role::Muted, 4, self.columns);
        }
        if let Some(caveat) = &said.caveat {
            self.page.caveat(caveat, 4, self.columns);
        }
    }

    fn bars(&mut self, bars: &[Bar; 2]) {
        self.page.gap();
        for (bar, (mark, role)) in bars.iter().zip([("A", Role::SideA), ("B", Role::SideB)]) {
            let drawn = draw_bar(*bar, self.columns.saturating_sub(4).min(60), self.glyphs);
            self.page.push(Line::of(format!("  {mark} {drawn}"), role));
        }
    }

    /// Where both stand among the loaded hospitals of one source and one time.
    fn standing(&mut self, standing: &Standing, is_scale: bool) {
        let counted = match standing {
            Standing::None => return,
            Standing::Counting => {
                self.page.gap();
                return self.page.paragraph("counting where they stand…", Role::Muted, 0, self.columns);
            }
            Standing::Counted(counted) => counted,
        };
        // A value alone stands nowhere.
        for one in counted.iter().filter(|one| one.values.len() > 2) {
            let when = wording::period(one.basis.period());
            self.page.heading(&format!("Among the loaded hospitals of this source ({when})"));
            for (mark, who, role) in
                [("A", &self.view.hospitals[0], Role::SideA), ("B", &self.view.hospitals[1], Role::SideB)]
            {
                if let Some(rank) = one.rank(who.key) {
                    self.page.push(
                        Line::of(format!("  {mark} "), role).with(rank_in_words(one, rank, is_scale), Role::Plain),
                    );
                }
            }
            if !is_scale {
                self.strip(one);
            }
        }
    }

    /// The values on a line from zero to the largest, each in the middle of what it may be.
    fn strip(&mut self, standing: &Distribution) {
        let [left, right] = self.view.hospitals.each_ref().map(|who| who.key);
        let end = |value: &crate::catalog::Interval| if value.high.is_finite() { value.high } else { value.low };
        let top = standing.values.iter().map(|(_, value)| end(value)).fold(0.0, f64::max);
        // The ends are named, not numbered: a number here would stand without its period and source.
        let (start, last) = ("zero", "largest");
        let room = self.columns.saturating_sub(start.len() + last.len() + 6).min(60);
        if top <= 0.0 || room < 10 {
            return;
        }
        let mut strip: Vec<(char, Role)> = vec![(self.glyphs.maybe, Role::Muted); room + 1];
        // The two sides are set last, so that they are seen where values meet.
        let mut values: Vec<&(HospitalKey, crate::catalog::Interval)> = standing.values.iter().collect();
        values.sort_by_key(|(key, _)| *key == left || *key == right);
        for (key, value) in values {
            let (sign, role) = match *key {
                key if key == left => ('A', Role::SideA),
                key if key == right => ('B', Role::SideB),
                _ => (self.glyphs.other, Role::Plain),
            };
            strip[columns_of(f64::midpoint(value.low.max(0.0), end(value)) / top, room)] = (sign, role);
        }
        let start = Line::of(format!("  {start} "), Role::Muted);
        let line = strip.into_iter().fold(start, |line, (sign, role)| line.with(sign.to_string(), role));
        self.page.push(line.with(format!(" {last}"), Role::Muted));
    }

    fn sources(&mut self, entry: &Entry) {
        let all = entry.sides.iter().flat_map(SideView::said).flat_map(|said| &said.sources);
        let cited: Vec<usize> = all.copied().collect();
        let mut is_first = true;
        for source in self.view.sources.iter().filter(|source| cited.contains(&source.number)) {
            if std::mem::take(&mut is_first) {
                self.page.heading("Sources");
            }
            self.page.paragraph(&format!("[{}] {}", source.number, source.text), Role::Plain, 2, self.columns);
            if let Some(note) = &source.note {
                self.page.paragraph(note, Role::Muted, 6, self.columns);
            }
        }
    }
}

/// `12 hospitals have more, 930 as many, 2,107 fewer, of 3,050`; those that bounds leave open are counted as such.
fn rank_in_words(of: &Distribution, rank: Rank, is_scale: bool) -> String {
    let Rank { larger, smaller, equal } = rank;
    let open = of.values.len().saturating_sub(1 + larger + smaller + equal);
    let number = |count: usize| match count {
        0 => "none".to_owned(),
        count => wording::number(count),
    };
    let open = if open > 0 { format!(", {} cannot be told", number(open)) } else { String::new() };
    let all = number(of.values.len());
    let [more, same, fewer] =
        if is_scale { ["stand higher", "on the same step", "lower"] } else { ["have more", "as many", "fewer"] };
    format!("{} {more}, {} {same}, {} {fewer}{open}, of {all}", number(larger), number(equal), number(smaller))
}
