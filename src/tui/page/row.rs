//! A row of the comparison in full: both sides whole, what the measure means, other years, where each side stands
//! among the loaded hospitals, caveats and sources.

use crate::catalog::number::group;
use crate::compare::{Distribution, Rank};
use crate::report::view::{ComparisonView, Entry, SideView, Subject, ValueView};
use crate::report::wording;
use crate::text::pad;
use crate::tui::glyphs::Glyphs;
use crate::tui::page::{Page, PageLine, Role, SIDES, bar};

/// The page of an entry, laid out for so many columns. The `distributions` that its values are part of are none while
/// they are being counted.
pub(crate) fn page(
    comparison: &ComparisonView,
    entry: &Entry,
    distributions: Option<Vec<&Distribution>>,
    columns: usize,
    glyphs: &Glyphs,
) -> Page {
    let mut builder = Builder { comparison, columns, glyphs, page: Page::default() };
    builder.title(entry);
    for (at, (mark, role)) in SIDES.into_iter().enumerate() {
        builder.page.gap();
        builder.page.paragraph(&format!("{mark} {}", comparison.hospitals[at].name), role, 0, columns);
        builder.side(&entry.sides[at]);
    }
    if let Some(bars) = &entry.bars {
        builder.page.gap();
        bar::add_pair(&mut builder.page, bars, 2, columns, glyphs);
    }
    builder.distributions(distributions, entry);
    builder.sources(entry);
    builder.page
}

struct Builder<'a> {
    comparison: &'a ComparisonView,
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
        if !entry.answer_text.is_empty() {
            self.page.paragraph(&entry.answer_text, Role::Comparable, 0, self.columns);
        }
        for limit in &entry.limits {
            self.page.paragraph(&limit.text, Role::Limited, 2, self.columns);
        }
        for reference in &entry.references {
            self.page.paragraph(reference, Role::Muted, 2, self.columns);
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
            let line = PageLine::indented(4).with(pad(when, widest + 2), Role::Muted);
            let line = line.with(pad(&bar::draw(*bar, BAR, self.glyphs), BAR + 2), Role::Plain);
            self.page.push(line.with(value, Role::Value));
        }
    }

    fn said(&mut self, lead: &str, said: &ValueView) {
        self.page.paragraph(&format!("{lead}{} {}", said.phrase(), said.marks()), Role::Value, 2, self.columns);
        for text in said.formula.iter().chain(&said.note) {
            self.page.paragraph(text, Role::Muted, 4, self.columns);
        }
        if let Some(caveat) = &said.caveat {
            self.page.caveat(caveat, 4, self.columns);
        }
    }

    /// The rank of both sides in each distribution.
    fn distributions(&mut self, distributions: Option<Vec<&Distribution>>, entry: &Entry) {
        let is_scale = entry.measures.iter().any(|measure| measure.is_scale);
        let sides = &entry.sides;
        let Some(distributions) = distributions else {
            self.page.gap();
            return self.page.paragraph("counting the loaded hospitals…", Role::Muted, 0, self.columns);
        };
        // Ranks need at least three hospitals.
        for one in distributions.into_iter().filter(|one| one.hospitals() > 2) {
            let when = wording::period(one.basis.period());
            self.page.heading(&format!("Among the loaded hospitals of this source ({when})"));
            for ((who, said), (mark, role)) in self.comparison.hospitals.iter().zip(sides).zip(SIDES) {
                if let Some(rank) = one.rank(who.key) {
                    let value = one.value(who.key).and_then(|value| value.point());
                    let value = value.map(|value| step_in_words(said, value).unwrap_or_else(|| group(value)));
                    let line = PageLine::of(format!("  {mark} "), role);
                    self.page.push(line.with(rank_in_words(one, rank, value.as_deref(), is_scale), Role::Plain));
                }
            }
            if !is_scale {
                self.strip(one);
            }
        }
    }

    /// The values on a line from zero to the largest, each in the middle of its interval.
    fn strip(&mut self, distribution: &Distribution) {
        // The ends are named, not numbered: a number here would stand without its period and source.
        let (first, last) = ("zero", "largest");
        let room = self.columns.saturating_sub(first.len() + last.len() + 6).min(60);
        let mut positions = distribution.positions().peekable();
        if positions.peek().is_none() || room < 10 {
            return;
        }
        let mut strip: Vec<(char, Role)> = vec![(self.glyphs.maybe, Role::Muted); room + 1];
        for position in positions {
            strip[bar::columns_of(position, room)] = (self.glyphs.other, Role::Plain);
        }
        let [left, right] = self.comparison.hospitals.each_ref().map(|who| who.key);
        // The two sides come last, so that they are seen where values meet; of both in one column the later one.
        let mut sides = [(left, ('A', Role::SideA)), (right, ('B', Role::SideB))];
        sides.sort_by_key(|(key, _)| *key);
        for (key, sign) in sides {
            if let Some(position) = distribution.position(key) {
                strip[bar::columns_of(position, room)] = sign;
            }
        }
        let start = PageLine::of(format!("  {first} "), Role::Muted);
        let line = strip.into_iter().fold(start, |line, (sign, role)| line.with(sign.to_string(), role));
        self.page.push(line.with(format!(" {last}"), Role::Muted));
    }

    fn sources(&mut self, entry: &Entry) {
        let sources = self.comparison.sources_of(entry);
        let sources = sources.map(|source| (source.number, (&source.text).into(), source.note.as_deref()));
        self.page.sources("Sources", sources, self.columns);
    }
}

/// The name of a step, where the publisher names the steps of a scale.
fn step_in_words(side: &SideView, value: f64) -> Option<String> {
    let is_value = |said: &&ValueView| {
        let point = said.figure.as_ref().and_then(|figure| figure.interval()?.point());
        point.is_some_and(|point| (point - value).abs() < 0.5)
    };
    let said = side.shown.iter().chain(&side.also).find(is_value)?;
    said.text.chars().all(|c| c.is_alphabetic() || c == ' ').then(|| said.text.clone())
}

/// `931 have 305, this one included; 12 more, 2,107 fewer, of 3,050`; `937 stand at 3, this one included; 1,054 higher, 941
/// lower, of 2,932`. Those whose intervals overlap are counted apart.
fn rank_in_words(of: &Distribution, rank: Rank, value: Option<&str>, is_scale: bool) -> String {
    let Rank { larger, smaller, equal } = rank;
    let open = of.hospitals().saturating_sub(1 + larger + smaller + equal);
    let number = |count: usize| match count {
        0 => "none".to_owned(),
        count => wording::number(count),
    };
    let open = if open > 0 { format!(", {} cannot be told", number(open)) } else { String::new() };
    let all = wording::number(of.hospitals());
    let [have, more, fewer] = if is_scale { ["stand at", "higher", "lower"] } else { ["have", "more", "fewer"] };
    // A rank among equals would tell them apart.
    if let Some(value) = value.filter(|_| equal > 0) {
        let same = wording::number(equal + 1);
        let (larger, smaller) = (number(larger), number(smaller));
        return format!("{same} {have} {value}, this one included; {larger} {more}, {smaller} {fewer}{open}, of {all}");
    }
    let are = if is_scale { "are" } else { "have" };
    format!("{} {are} {more}, {} {fewer}{open}, of {all}", number(larger), number(smaller))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::catalog::HospitalKey;
    use crate::compare::Basis;
    use crate::formats::{Options, load_bytes};

    #[test]
    fn ties_are_told_as_ties() {
        let stars = [3, 3, 3, 5, 4, 1, 2];
        let rows: Vec<String> = stars.iter().enumerate().map(|(at, stars)| format!("{at},H{at},{stars}")).collect();
        let text = format!("id,name,beds\n{}", rows.join("\n"));
        let catalog = Arc::new(load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap());
        let keys: Vec<HospitalKey> = catalog.keys().collect();
        let figure = catalog.figures(keys[0]).next().unwrap().clone();
        let bases = vec![Basis::of(keys[0], &figure).unwrap()];
        let one = &Distribution::of_bases(&catalog, bases, [keys[0], keys[3]])[0];
        let said = |at: usize, value, is_scale| rank_in_words(one, one.rank(keys[at]).unwrap(), Some(value), is_scale);
        assert_eq!(said(0, "3", true), "3 stand at 3, this one included; 2 higher, 2 lower, of 7");
        assert_eq!(said(0, "3", false), "3 have 3, this one included; 2 more, 2 fewer, of 7");
        assert_eq!(said(3, "5", true), "none are higher, 6 lower, of 7");
        assert_eq!(said(3, "5", false), "none have more, 6 fewer, of 7");
    }
}
