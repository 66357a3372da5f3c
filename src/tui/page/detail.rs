//! One hospital in full: the figures that say most, then the rest by family, then everything else.
//!
//! ```text
//! 重庆医科大学附属儿童医院 · Chongqing, China · Children's hospital
//! all from [1] “About us” · 2019 or later unless another period is given · 6 caveats (v shows them)
//!
//!   1,925  open beds                 3.37 million  outpatient and emergency visits  2019 !
//!   2,480  registered beds                 95,300  hospitalizations  2019
//!
//! Staff          3,968  staff
//!                  302  senior experts
//! ```
//!
//! What all figures share, their source and mostly their period, is said once, at the top; what differs, at the figure.

mod figures;

use std::ops::Range;

use crate::catalog::{Catalog, Family, Figure, HospitalKey, Measure, Mention};
use crate::report::citation::{Citable, Statement};
use crate::report::wording::{self, Citations, count};
use crate::text::{Text, width, wrap};
use crate::tui::page::detail::figures::Widths;
use crate::tui::page::{GAP, Page, PageLine, Role};

/// Columns that what stands below a heading is off the edge.
const INDENT: usize = 2;

/// Fewest columns at which the figures that say most stand two in a line.
const TWO_COLUMNS: usize = 84;

/// The name of the hospital at `key` in lines of so many columns. The first stays in view; the page begins with the rest.
pub(crate) fn title(catalog: &Catalog, key: HospitalKey, columns: usize) -> Vec<String> {
    wrap(&catalog.hospital(key).name, columns)
}

/// The caveats and notes of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remarks<'a> {
    /// Whether they are shown, or only their number.
    pub(crate) are_shown: bool,
    /// The key that shows and hides them.
    pub(crate) key: Option<&'a str>,
}

/// What can be cited, and the lines of a page in which it stands.
pub(crate) type CitableLines = Vec<(Range<usize>, Citable)>;

/// The page of the hospital at `key`, laid out for `columns`, and what can be cited of it.
pub(crate) fn page(catalog: &Catalog, key: HospitalKey, columns: usize, remarks: Remarks) -> (Page, CitableLines) {
    let citations = Citations::new(catalog, &[key]);
    let mut builder = Builder {
        catalog,
        key,
        columns,
        widths: Widths::of(catalog, key, columns),
        has_remarks: remarks.are_shown,
        remarks_key: remarks.key,
        usual_period: figures::usual_period(catalog, key),
        has_one_source: citations.all().count() == 1,
        citations,
        page: Page::default(),
        citable: Vec::new(),
    };
    builder.identity();
    builder.common();
    builder.figures();
    builder.statements();
    builder.lists();
    builder.extras();
    builder.aliases();
    builder.sources();
    (builder.page, builder.citable)
}

struct Builder<'a> {
    catalog: &'a Catalog,
    key: HospitalKey,
    columns: usize,
    widths: Widths,
    /// Whether caveats and notes are shown.
    has_remarks: bool,
    remarks_key: Option<&'a str>,
    /// The period of most figures, which is said once.
    usual_period: Option<String>,
    /// Whether everything has the same source, which is said once.
    has_one_source: bool,
    citations: Citations<'a>,
    page: Page,
    citable: CitableLines,
}

impl Builder<'_> {
    fn identity(&mut self) {
        let hospital = self.catalog.hospital(self.key);
        for line in title(self.catalog, self.key, self.columns).into_iter().skip(1) {
            self.page.paragraph(&line, Role::Title, 0, self.columns);
        }
        let native = hospital.native_name.as_ref().filter(|native| **native != hospital.name).map(Text::to_string);
        let (place, coordinates) = (wording::place(hospital), wording::coordinates(hospital));
        let kind = hospital.kind.as_ref().map(Text::to_string);
        let about: Vec<String> = native.into_iter().chain(place).chain(coordinates).chain(kind).collect();
        if !about.is_empty() {
            self.page.paragraph(&about.join(" · "), Role::Plain, 0, self.columns);
        }
        if self.catalog.datasets().len() > 1 {
            let titles = self.catalog.titles_on(self.key);
            self.page.paragraph(&format!("{} · {titles}", hospital.id), Role::Muted, 0, self.columns);
        }
    }

    /// What is said once for the whole page: its source, the usual period, how many caveats and notes it has.
    fn common(&mut self) {
        let mut common = Vec::new();
        if self.has_one_source {
            common.extend(self.citations.all().map(|source| format!("all from [1] “{}”", source.title)));
        }
        common.extend(self.usual_period.as_ref().map(|period| format!("{period} unless another period is given")));
        let [caveats, notes] = self.remarks();
        let remarks = [(caveats, "caveat"), (notes, "note")].into_iter().filter(|(number, _)| *number > 0);
        let remarks: Vec<String> = remarks.map(|(number, what)| count(number, what)).collect();
        if !remarks.is_empty() {
            let them = if caveats + notes == 1 { "it" } else { "them" };
            let verb = if self.has_remarks { "hides" } else { "shows" };
            let hint = self.remarks_key.map_or_else(String::new, |key| format!(" ({key} {verb} {them})"));
            common.push(format!("{}{hint}", remarks.join(", ")));
        }
        if !common.is_empty() {
            self.page.paragraph(&common.join(" · "), Role::Muted, 0, self.columns);
        }
    }

    /// How many caveats and notes there are.
    fn remarks(&self) -> [usize; 2] {
        let details = &self.catalog.hospital(self.key).details;
        let mut counts = [0, 0];
        let mut add = |caveat: Option<&Text>, note: Option<&Text>| {
            counts[0] += usize::from(caveat.is_some());
            counts[1] += usize::from(note.is_some());
        };
        for (_, _, figure) in self.catalog.figures_by_family(self.key) {
            add(figure.caveat.as_ref(), wording::note(figure).as_ref());
        }
        for one in details.all_facts() {
            add(one.fact.caveat.as_ref(), one.fact.note.as_ref());
        }
        details.campuses.iter().for_each(|campus| add(None, campus.note.as_ref()));
        let mentions = details.mentions();
        mentions.iter().flat_map(|(_, all)| all).for_each(|mention| add(mention.caveat(), mention.note()));
        counts
    }

    /// The mark of a source, with a space before it; empty if all have the same.
    fn mark(&mut self, id: &str) -> String {
        let mark = self.citations.mark(self.key, id);
        if self.has_one_source { String::new() } else { format!(" {mark}") }
    }

    /// The sign of a caveat that is not shown.
    fn sign(&self, caveat: Option<&Text>) -> &'static str {
        if caveat.is_some() && !self.has_remarks { " !" } else { "" }
    }

    /// Tells what can be cited in the lines from `start` on.
    fn cite(&mut self, start: usize, citable: Citable) {
        self.citable.push((start..self.page.lines.len(), citable));
    }

    /// A caveat and a note in full, if they are to be shown.
    fn remark(&mut self, caveat: Option<&Text>, note: Option<&Text>, indent: usize) {
        if !self.has_remarks {
            return;
        }
        let indent = if self.columns < 50 { INDENT } else { indent };
        if let Some(caveat) = caveat {
            self.page.caveat(caveat, indent, self.columns);
        }
        if let Some(note) = note {
            self.page.paragraph(note, Role::Muted, indent + 2, self.columns);
        }
    }

    /// The figures that say most, then the rest, family by family.
    fn figures(&mut self) {
        let catalog = self.catalog;
        let all: Vec<_> = catalog.figures_by_family(self.key).collect();
        self.page.gap();
        if all.is_empty() {
            self.page.paragraph("Its sources give no figures.", Role::Muted, 0, self.columns);
        }
        let (first, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|(family, ..)| family.headline);
        if self.columns >= TWO_COLUMNS && !self.has_remarks {
            self.in_pairs(&first);
        } else {
            for (_, measure, figure) in &first {
                self.figure("", measure, figure);
            }
        }
        self.page.gap();
        let mut heading = "";
        for (family, measure, figure) in rest {
            let is_first = heading != family.label.as_str();
            heading = &family.label;
            let has_lead = self.widths.lead > 0;
            if is_first && !has_lead {
                self.page.heading(heading);
            }
            self.figure(if is_first && has_lead { heading } else { "" }, measure, figure);
        }
    }

    /// Figures two in a line.
    fn in_pairs(&mut self, figures: &[(&Family, &Measure, &Figure)]) {
        let half = (self.columns - GAP) / 2;
        let widths = Widths { lead: 0, ..self.widths };
        for pair in figures.chunks(2) {
            let start = self.page.lines.len();
            let cells: Vec<Vec<PageLine>> = pair
                .iter()
                .map(|(_, measure, figure)| {
                    let tail = self.tail(figure);
                    figures::lines(
                        "",
                        &wording::value(measure, figure),
                        &self.label(measure, figure),
                        tail,
                        widths,
                        half,
                    )
                })
                .collect();
            for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
                let mut line = cells[0].get(at).cloned().unwrap_or_default();
                if let Some(right) = cells.get(1).and_then(|cell| cell.get(at)) {
                    line = line.padded(half + GAP);
                    line.0.extend(right.0.iter().cloned());
                }
                self.page.push(line);
            }
            for (_, _, figure) in pair {
                self.cite(start, Citable::figure(figure));
            }
        }
    }

    /// A figure, below it its formula, its caveat and its note.
    fn figure(&mut self, lead: &str, measure: &Measure, figure: &Figure) {
        let start = self.page.lines.len();
        let tail = self.tail(figure);
        let (value, label) = (wording::value(measure, figure), self.label(measure, figure));
        for line in figures::lines(lead, &value, &label, tail, self.widths, self.columns) {
            self.page.push(line);
        }
        let indent = self.widths.before_label();
        if let Some(formula) = wording::formula(self.catalog, figure) {
            self.page.paragraph(&formula, Role::Muted, indent, self.columns);
        }
        self.remark(figure.caveat.as_ref(), wording::note(figure).as_ref(), indent);
        self.cite(start, Citable::figure(figure));
    }

    /// The measure, and the part of the hospital that is counted.
    fn label(&self, measure: &Measure, figure: &Figure) -> String {
        let details = &self.catalog.hospital(self.key).details;
        match details.scope_name(figure.scope.as_ref()) {
            Some(part) => format!("{}, {part} only", wording::label(measure)),
            None => wording::label(measure),
        }
    }

    /// What differs from the other figures: the period, the source; and whether there is a caveat.
    fn tail(&mut self, figure: &Figure) -> [(String, Role); 2] {
        let period = wording::period(figure.period.as_ref());
        let mark = self.citations.marks(self.key, figure);
        let period = if self.usual_period.as_ref() == Some(&period) { "" } else { &period };
        let mark = if self.has_one_source { "" } else { &mark };
        let tail = [period, mark].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        [(tail, Role::Muted), (self.sign(figure.caveat.as_ref()).to_owned(), Role::Caveat)]
    }

    fn statements(&mut self) {
        let hospital = self.catalog.hospital(self.key);
        let facts: Vec<_> = hospital.details.all_facts();
        if facts.is_empty() && hospital.details.campuses.is_empty() {
            return;
        }
        self.page.gap();
        for one in facts {
            let start = self.page.lines.len();
            let (caveat, note) = (one.fact.caveat.as_ref(), one.fact.note.as_ref());
            let text = format!("{}{}{}", one.text(), self.mark(&one.fact.source), self.sign(caveat));
            self.statement(one.label, &text);
            self.remark(caveat, note, self.widths.lead + INDENT);
            self.cite(start, Citable::fact(&one));
        }
        for campus in &hospital.details.campuses {
            let text = format!("{}{}", wording::campus(campus), self.mark(&campus.source));
            self.statement("campus", &text);
            self.remark(None, campus.note.as_ref(), self.widths.lead + INDENT);
        }
    }

    fn statement(&mut self, label: &str, text: &str) {
        let columns = self.widths.statement_label();
        let room = self.columns.saturating_sub(columns + 4).max(12);
        self.page.cells(0, &[(label, Role::Label, columns), (text, Role::Plain, room)]);
    }

    fn lists(&mut self) {
        for (kind, mentions) in self.catalog.hospital(self.key).details.mentions() {
            if mentions.is_empty() {
                continue;
            }
            self.page.heading(kind.label());
            for mention in mentions {
                let start = self.page.lines.len();
                self.mention(&mention);
                self.cite(start, Citable::mention(kind.label(), &mention));
            }
        }
    }

    fn mention(&mut self, mention: &Mention) {
        let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
        let when = wording::mention_period(mention);
        let when = if when.is_empty() { when } else { format!(", {when}") };
        let mark = self.mark(mention.source());
        let text = format!("{}{detail}{when}{mark}{}", mention.name(), self.sign(mention.caveat()));
        self.page.paragraph(&text, Role::Plain, INDENT, self.columns);
        self.remark(mention.caveat(), mention.note(), 2 * INDENT);
    }

    /// What datasets say under headings of their own.
    fn extras(&mut self) {
        let extras = &self.catalog.hospital(self.key).details.extra;
        if extras.is_empty() {
            return;
        }
        self.page.heading(wording::EXTRA);
        let widest = extras.iter().flat_map(|extra| &extra.facts).map(|(heading, _)| width(heading)).max().unwrap_or(0);
        let label = widest.clamp(4, (self.columns / 2).saturating_sub(INDENT + 2).max(4));
        let room = self.columns.saturating_sub(INDENT + label + 4).max(8);
        for extra in extras {
            let mark = self.mark(&extra.source);
            for (heading, text) in &extra.facts {
                let start = self.page.lines.len();
                let marked = format!("{text}{mark}");
                self.page.cells(INDENT, &[(heading, Role::Label, label), (&marked, Role::Plain, room)]);
                self.cite(start, Citable::statement(Statement::extra(heading, text, &extra.source)));
            }
        }
    }

    fn aliases(&mut self) {
        let aliases = &self.catalog.hospital(self.key).aliases;
        if !aliases.is_empty() {
            let aliases: Vec<&str> = aliases.iter().map(Text::as_str).collect();
            self.page.heading("Also called");
            self.page.paragraph(&aliases.join(" · "), Role::Plain, INDENT, self.columns);
        }
        if let Some(note) = &self.catalog.hospital(self.key).details.names_note {
            self.page.paragraph(note, Role::Muted, INDENT, self.columns);
        }
    }

    fn sources(&mut self) {
        let cited: Vec<_> = self.citations.list().collect();
        let heading = if cited.len() == 1 { "Source" } else { "Sources" };
        let sources = cited.into_iter();
        let sources = sources.map(|(number, source)| (number, wording::source(source).into(), source.note.as_deref()));
        self.page.sources(heading, sources, self.columns);
    }
}
