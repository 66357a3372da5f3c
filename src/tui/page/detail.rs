//! One hospital in full: grouped, aligned figures with period and source mark.

use crate::catalog::{Catalog, Figure, HospitalKey, Measure, Mention};
use crate::report::wording::{self, Citations};
use crate::text::{Text, width};
use crate::tui::page::{Page, Role};

/// Columns that a source mark such as `[12]` takes.
const MARK: usize = 4;

/// Columns that figures stand off the edge.
const INDENT: usize = 2;

/// The page of the hospital at `key`, laid out for `columns`.
pub(crate) fn page(catalog: &Catalog, key: HospitalKey, columns: usize) -> Page {
    let widest = catalog.figures_by_family(key).map(|(_, measure, figure)| width(&wording::value(measure, figure)));
    let values = widest.max().unwrap_or(0).clamp(8, 22);
    let mut builder =
        Builder { catalog, key, columns, values, citations: Citations::new(catalog, &[key]), page: Page::default() };
    builder.identity();
    builder.statements();
    builder.figures();
    builder.lists();
    builder.extras();
    builder.aliases();
    builder.sources();
    builder.page
}

struct Builder<'a> {
    catalog: &'a Catalog,
    key: HospitalKey,
    columns: usize,
    /// Columns that values take, the same for all figures so that they stand in line.
    values: usize,
    citations: Citations<'a>,
    page: Page,
}

impl Builder<'_> {
    fn identity(&mut self) {
        let hospital = self.catalog.hospital(self.key);
        for (text, role) in [(hospital.native_name.as_deref(), Role::Title), (Some(&*hospital.name), Role::Title)] {
            if let Some(text) = text {
                self.page.paragraph(text, role, 0, self.columns);
            }
        }
        let (place, coordinates) = (wording::place(hospital), wording::coordinates(hospital));
        let about: Vec<String> =
            place.into_iter().chain(coordinates).chain(hospital.kind.as_ref().map(Text::to_string)).collect();
        if !about.is_empty() {
            self.page.paragraph(&about.join(" · "), Role::Plain, 0, self.columns);
        }
        if self.catalog.datasets().len() > 1 {
            let titles = self.catalog.titles_on(self.key);
            self.page.paragraph(&format!("{} · {titles}", hospital.id), Role::Muted, 0, self.columns);
        }
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
            let mark = self.citations.mark(self.key, &extra.source);
            for (heading, text) in &extra.facts {
                let text = format!("{text} {mark}");
                self.page.cells(INDENT, &[(heading, Role::Label, label), (&text, Role::Plain, room)]);
            }
        }
    }

    fn aliases(&mut self) {
        let aliases = &self.catalog.hospital(self.key).aliases;
        if !aliases.is_empty() {
            let aliases: Vec<&str> = aliases.iter().map(Text::as_str).collect();
            self.page.heading("Also called");
            self.page.paragraph(&aliases.join(" · "), Role::Plain, 2, self.columns);
        }
        if let Some(note) = &self.catalog.hospital(self.key).details.names_note {
            self.page.paragraph(note, Role::Muted, 2, self.columns);
        }
    }

    fn statements(&mut self) {
        let hospital = self.catalog.hospital(self.key);
        let facts: Vec<_> = hospital.details.all_facts();
        if facts.is_empty() && hospital.details.campuses.is_empty() {
            return;
        }
        self.page.gap();
        for one in facts {
            let mark = self.citations.mark(self.key, &one.fact.source);
            let remarks = [one.fact.caveat.as_ref(), one.fact.note.as_ref()];
            self.statement(one.label, &format!("{} {mark}", one.text()), remarks);
        }
        for campus in &hospital.details.campuses {
            let mark = self.citations.mark(self.key, &campus.source);
            self.statement("campus", &format!("{} {mark}", wording::campus(campus)), [None, campus.note.as_ref()]);
        }
    }

    fn statement(&mut self, label: &str, text: &str, remarks: [Option<&Text>; 2]) {
        const LABEL: usize = 10;
        let room = self.columns.saturating_sub(LABEL + 4).max(12);
        self.page.cells(0, &[(label, Role::Label, LABEL), (text, Role::Plain, room)]);
        self.remarks(remarks, LABEL + 2);
    }

    /// A caveat and a note.
    fn remarks(&mut self, [caveat, note]: [Option<&Text>; 2], indent: usize) {
        let indent = if self.columns < 50 { 2 } else { indent };
        if let Some(caveat) = caveat {
            self.page.caveat(caveat, indent, self.columns);
        }
        if let Some(note) = note {
            self.page.paragraph(note, Role::Muted, indent, self.columns);
        }
    }

    fn figures(&mut self) {
        if self.catalog.figures(self.key).next().is_none() {
            self.page.gap();
            self.page.paragraph("Its sources give no figures.", Role::Muted, 0, self.columns);
        }
        let mut heading = "";
        for (family, measure, figure) in self.catalog.figures_by_family(self.key) {
            if heading != family.label.as_str() {
                heading = &family.label;
                self.page.heading(heading);
            }
            self.figure(measure, figure);
        }
    }

    /// A figure: one line where it fits, label above value where not; its formula and remarks below.
    fn figure(&mut self, measure: &Measure, figure: &Figure) {
        const PERIOD: usize = 18;
        /// Widest label: farther off, the eye loses the line.
        const LABEL: usize = 48;
        let hospital = self.catalog.hospital(self.key);
        let label = match hospital.details.scope_name(figure.scope.as_ref()) {
            Some(part) => format!("{}, {part} only", wording::label(measure)),
            None => wording::label(measure),
        };
        let value = wording::value(measure, figure);
        let period = wording::period(figure.period.as_ref());
        let mark = self.citations.marks(self.key, figure);
        // Three gaps of two between four cells, and the one that ends the line.
        let room = self.columns.saturating_sub(INDENT + PERIOD + MARK + 8);
        if self.columns >= 64 {
            let cells = [
                (label.as_str(), Role::Label, (room - self.values).min(LABEL)),
                (&value, Role::Value, self.values),
                (&period, Role::Muted, PERIOD),
                (&mark, Role::Muted, MARK),
            ];
            self.page.cells(INDENT, &cells);
        } else {
            self.page.paragraph(&label, Role::Label, INDENT, self.columns);
            self.page.paragraph(&format!("{value}, {period} {mark}"), Role::Value, INDENT + 2, self.columns);
        }
        if let Some(formula) = wording::formula(self.catalog, figure) {
            self.page.paragraph(&formula, Role::Muted, INDENT + 2, self.columns);
        }
        self.remarks([figure.caveat.as_ref(), figure.note.as_ref()], INDENT + 2);
    }

    fn sources(&mut self) {
        let cited = self.citations.list();
        let sources = cited.map(|(number, source)| (number, wording::source(source).into(), source.note.as_deref()));
        self.page.sources("Sources", sources, self.columns);
    }

    fn lists(&mut self) {
        for (kind, mentions) in self.catalog.hospital(self.key).details.mentions() {
            if mentions.is_empty() {
                continue;
            }
            self.page.heading(kind.label());
            for mention in mentions {
                self.mention(&mention);
            }
        }
    }

    fn mention(&mut self, mention: &Mention) {
        let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
        let when = wording::mention_period(mention);
        let when = if when.is_empty() { when } else { format!(", {when}") };
        let mark = self.citations.mark(self.key, mention.source());
        let text = format!("{}{detail}{when} {mark}", mention.name());
        self.page.paragraph(&text, Role::Plain, 2, self.columns);
        self.remarks([mention.caveat(), mention.note()], 4);
    }
}
