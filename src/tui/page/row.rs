//! A row of the comparison in full: both figures whole, what the measure means, where each side stands,
//! other years, caveats and sources. And the ledger of what each side does not publish.

use super::compare::{Entry, columns_of, draw_bar};
use super::{Line, Page, Role};
use crate::catalog::{Figure, HospitalKey, Mention};
use crate::compare::{Bar, Comparison, FactSide, Row, Side, Standing, Verdict};
use crate::report::document::mention_period;
use crate::report::wording::{self, Citations};
use crate::text::{Text, pad};
use crate::tui::glyphs::Glyphs;

/// The page of a row, laid out for `columns`.
#[must_use]
pub fn page(comparison: &Comparison, entry: &Entry, columns: usize, glyphs: &Glyphs) -> Page {
    let citations = Citations::new(comparison.catalog, &[comparison.left, comparison.right]);
    let mut builder = Builder { comparison, columns, glyphs, citations, page: Page::default() };
    match entry {
        Entry::Fact(row) => {
            builder.title(row.label);
            builder.reasons(&row.reasons);
        }
        Entry::Listed(label, row) => builder.title(&format!("{label}: {}", row.name)),
        Entry::Measure(row) => builder.measure(row),
    }
    for is_left in [true, false] {
        let (mark, key, role) =
            if is_left { ("A", comparison.left, Role::SideA) } else { ("B", comparison.right, Role::SideB) };
        builder.page.gap();
        builder.page.paragraph(&format!("{mark} {}", comparison.catalog.hospital(key).name), role, 0, columns);
        match entry {
            Entry::Fact(row) => builder.fact(key, if is_left { row.left.as_ref() } else { row.right.as_ref() }),
            Entry::Listed(_, row) => builder.mentions(key, if is_left { &row.left } else { &row.right }),
            Entry::Measure(row) => builder.side(key, row, if is_left { &row.left } else { &row.right }),
        }
    }
    if let Entry::Measure(row) = entry {
        builder.standing(row);
    }
    builder.page.sources(&builder.citations, columns);
    builder.page
}

/// What each side does not publish although another loaded hospital does, laid out for `columns`.
#[must_use]
pub fn ledger(comparison: &Comparison, columns: usize) -> Page {
    let mut page = Page::default();
    for (mark, key, role) in [("A", comparison.left, Role::SideA), ("B", comparison.right, Role::SideB)] {
        page.gap();
        page.paragraph(&format!("{mark} {}", comparison.catalog.hospital(key).name), role, 0, columns);
        let gaps = comparison.gaps(key);
        let says = match gaps.len() {
            0 => "The sources on it give every measure that another loaded hospital reports.".to_owned(),
            count => {
                let measures = wording::count(count, "measure");
                format!("The sources on it do not give {measures} that another loaded hospital reports:")
            }
        };
        page.paragraph(&says, Role::Muted, 2, columns);
        let (family, text) = (22.min(columns / 3), columns.saturating_sub(columns / 3 + 6));
        for (heading, gaps) in wording::gaps(&gaps) {
            page.cells(2, &[(heading, Role::Heading, family), (&gaps, Role::Plain, text)]);
        }
    }
    page
}

struct Builder<'a, 'b> {
    comparison: &'b Comparison<'a>,
    columns: usize,
    glyphs: &'b Glyphs,
    citations: Citations<'a>,
    page: Page,
}

impl Builder<'_, '_> {
    fn title(&mut self, text: &str) {
        self.page.paragraph(text, Role::Title, 0, self.columns);
    }

    fn measure(&mut self, row: &Row) {
        self.title(&wording::row_label(row));
        if let Some(term) = &row.measure.native_term {
            self.page.paragraph(term, Role::Plain, 0, self.columns);
        }
        self.page.paragraph(&row.measure.definition, Role::Plain, 0, self.columns);
        self.page.paragraph(&format!("Unit: {}", row.measure.unit), Role::Muted, 0, self.columns);
        self.page.gap();
        self.reasons(&row.reasons);
    }

    fn reasons(&mut self, reasons: &[Verdict]) {
        for reason in reasons {
            let text = format!("{} {}: {}", reason.mark(), reason.words(), reason.sentence());
            self.page.paragraph(&text, Role::Limited, 0, self.columns);
        }
    }

    fn caveat(&mut self, caveat: Option<&Text>) {
        if let Some(caveat) = caveat {
            self.page.caveat(caveat, 4, self.columns);
        }
    }

    fn fact(&mut self, key: HospitalKey, side: Option<&FactSide>) {
        let Some(side) = side else { return self.page.paragraph("not in the source", Role::Muted, 2, self.columns) };
        let mark = side.source.map_or(String::new(), |id| format!(" {}", self.citations.mark(key, id)));
        self.page.paragraph(&format!("{}{mark}", side.text), Role::Value, 2, self.columns);
        self.caveat(side.caveat);
        for (text, id) in &side.others {
            let text = format!("also {text} {}", self.citations.mark(key, id));
            self.page.paragraph(&text, Role::Plain, 2, self.columns);
        }
    }

    fn mentions(&mut self, key: HospitalKey, mentions: &[Mention]) {
        if mentions.is_empty() {
            self.page.paragraph("not in the source", Role::Muted, 2, self.columns);
        }
        for mention in mentions {
            let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
            let when = mention_period(mention);
            let when = if when.is_empty() { when } else { format!(", {when}") };
            let text = format!("{}{detail}{when} {}", mention.name(), self.citations.mark(key, mention.source()));
            self.page.paragraph(&text, Role::Value, 2, self.columns);
            self.caveat(mention.caveat());
        }
    }

    fn side(&mut self, key: HospitalKey, row: &Row, side: &Side) {
        if side.figures.is_empty() {
            self.page.paragraph(wording::missing(row.measure, side), Role::Muted, 2, self.columns);
        }
        for figure in &side.figures {
            self.figure(key, row, "", figure);
        }
        for figure in &side.instead {
            self.figure(key, row, "instead ", figure);
        }
        for figure in &side.history {
            self.figure(key, row, "other period: ", figure);
        }
        self.history(row, side);
    }

    fn figure(&mut self, key: HospitalKey, row: &Row, lead: &str, figure: &Figure) {
        let catalog = self.comparison.catalog;
        let Some(measure) = catalog.measures().get(&figure.measure) else { return };
        let label = if figure.measure == row.measure.id { String::new() } else { format!(" {}", measure.label) };
        let text = format!(
            "{lead}{}{label}, {}, {} {}",
            wording::value(measure, figure),
            wording::period(figure.period.as_ref()),
            wording::scope(catalog.hospital(key), figure),
            self.citations.marks(key, figure)
        );
        self.page.paragraph(&text, Role::Value, 2, self.columns);
        if let Some(formula) = wording::formula(catalog, figure) {
            self.page.paragraph(&formula, Role::Muted, 4, self.columns);
        }
        self.caveat(figure.caveat.as_ref());
    }

    /// A bar a period, the earliest first, where there are several.
    fn history(&mut self, row: &Row, side: &Side) {
        const BAR: usize = 30;
        let dated = |figure: &&&Figure| {
            figure.quantity().is_some() && figure.period.as_ref().is_some_and(|one| one.end().is_some())
        };
        let mut figures: Vec<&Figure> = side.figures.iter().chain(&side.history).filter(dated).copied().collect();
        if figures.len() < 2 {
            return;
        }
        figures.sort_by_key(|figure| figure.period.as_ref().and_then(crate::catalog::Period::end));
        let intervals = |figure: &&Figure| figure.interval();
        let top =
            figures.iter().filter_map(intervals).flat_map(|one| [one.low, one.high]).filter(|end| end.is_finite());
        let top = top.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        for figure in &figures {
            let Some(interval) = intervals(figure) else { continue };
            let most = if interval.high.is_finite() { interval.high / top } else { 1.0 };
            let bar = Bar { least: (interval.low / top).clamp(0.0, 1.0), most, is_open: interval.high.is_infinite() };
            let line = Line::of("    ", Role::Plain)
                .with(pad(&wording::period(figure.period.as_ref()), 12), Role::Muted)
                .with(pad(&draw_bar(bar, BAR, self.glyphs), BAR + 2), Role::Plain);
            self.page.push(line.with(wording::value(row.measure, figure), Role::Value));
        }
    }

    /// Where both stand among all loaded hospitals, and how the values are spread.
    fn standing(&mut self, row: &Row) {
        let comparison = self.comparison;
        if row.part.is_some() {
            return;
        }
        let standing = Standing::new(comparison.catalog, row.measure);
        if standing.values.len() < 2 {
            return;
        }
        self.page.heading("Among all loaded hospitals, whatever the period");
        for (mark, key, role) in [("A", comparison.left, Role::SideA), ("B", comparison.right, Role::SideB)] {
            let words =
                standing.place(key).map_or_else(|| "does not report it".to_owned(), |place| standing.words(place));
            self.page.push(Line::of(format!("  {mark} "), role).with(words, Role::Plain));
        }
        self.strip(&standing);
    }

    /// The values on a line from zero to the largest, each in the middle of what it may be.
    fn strip(&mut self, standing: &Standing) {
        let comparison = self.comparison;
        let ends = standing.values.iter().map(|(_, value)| if value.high.is_finite() { value.high } else { value.low });
        let top = ends.fold(0.0, f64::max);
        // The ends are named, not numbered: a number here would stand without its period and source.
        let (start, end) = ("zero", "largest");
        let room = self.columns.saturating_sub(start.len() + end.len() + 6).min(60);
        if top <= 0.0 || room < 10 {
            return;
        }
        let mut strip: Vec<(char, Role)> = vec![(self.glyphs.maybe, Role::Muted); room + 1];
        // The two sides are set last, so that they are seen where values meet.
        let sides = |key| usize::from(key == comparison.left || key == comparison.right);
        let mut values = standing.values.clone();
        values.sort_by_key(|(key, _)| sides(*key));
        for (key, value) in values {
            let (sign, role) = match key {
                key if key == comparison.left => ('A', Role::SideA),
                key if key == comparison.right => ('B', Role::SideB),
                _ => (self.glyphs.other, Role::Plain),
            };
            let (least, most) = (value.low.max(0.0), if value.high.is_finite() { value.high } else { value.low });
            strip[columns_of(f64::midpoint(least, most) / top, room)] = (sign, role);
        }
        let start = Line::of(format!("  {start} "), Role::Muted);
        let line = strip.into_iter().fold(start, |line, (sign, role)| line.with(sign.to_string(), role));
        self.page.push(line.with(format!(" {end}"), Role::Muted));
    }
}
