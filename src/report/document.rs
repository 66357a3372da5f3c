//! Content laid out as headed tables, for people.

use super::Content;
use super::wording::{self, Citations};
use crate::catalog::{Catalog, Figure, HospitalKey, Mention};
use crate::compare::{Comparison, FactSide, Lists, Presence, Row, Side, Verdict};
use crate::text::Text;

/// A page: a title, headed tables, and the sources.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the page is of.
    pub title: String,
    /// Lines below the title.
    pub lead: Vec<String>,
    /// The tables.
    pub sections: Vec<Section>,
    /// The sources cited, numbered.
    pub sources: Vec<(usize, String)>,
}

/// A headed table.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading; empty for a table that needs none.
    pub heading: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows of as many cells as there are columns. A cell may hold several lines.
    pub rows: Vec<Vec<String>>,
}

impl Section {
    fn new(heading: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self { heading: heading.to_owned(), columns, rows: Vec::new() }
    }
}

/// Lays out `content`.
#[must_use]
pub fn build(content: &Content) -> Document {
    match content {
        Content::List(catalog, keys) => list(catalog, keys),
        Content::Hospital(catalog, key) => hospital(catalog, *key),
        Content::Comparison(comparison) => compared(comparison),
    }
}

fn list(catalog: &Catalog, keys: &[HospitalKey]) -> Document {
    let mut section = Section::new("", &["name", "native name", "place", "kind", "id"]);
    section.rows.extend(keys.iter().map(|&key| {
        let hospital = catalog.hospital(key);
        let text = |text: &Option<Text>| text.as_ref().map_or(String::new(), ToString::to_string);
        vec![
            hospital.name.to_string(),
            text(&hospital.native_name),
            hospital.place.line(),
            text(&hospital.kind),
            hospital.id.to_string(),
        ]
    }));
    Document { sections: vec![section], ..Document::default() }
}

fn hospital(catalog: &Catalog, key: HospitalKey) -> Document {
    let hospital = catalog.hospital(key);
    let mut citations = Citations::new(catalog, &[key]);
    let mut sections = Vec::new();
    let mut facts = Section::new("Statements", &["what", "statement", "source"]);
    for (label, fact) in hospital.facts() {
        let text = with_caveat(fact.text.to_string(), fact.caveat.as_deref());
        facts.rows.push(vec![label.to_owned(), text, citations.mark(key, &fact.source)]);
    }
    for campus in &hospital.campuses {
        let note = campus.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
        let source = citations.mark(key, &campus.source);
        facts.rows.push(vec!["campus".to_owned(), format!("{}{note}", campus.name), source]);
    }
    sections.push(facts);
    for (family, measure, figure) in catalog.figures_by_family(key) {
        if sections.last().is_none_or(|section: &Section| section.heading != family.label.as_str()) {
            sections.push(Section::new(&family.label, &["measure", "value", "period", "scope", "source"]));
        }
        let Some(section) = sections.last_mut() else { continue };
        section.rows.push(vec![
            measure.label.to_string(),
            with_notes(catalog, &wording::value(measure, figure), figure),
            wording::period(figure.period.as_ref()),
            wording::scope(hospital, figure).to_owned(),
            citations.marks(key, figure),
        ]);
    }
    for (kind, mentions) in hospital.mentions() {
        let mut section = Section::new(kind.label(), &["name", "detail", "period", "source"]);
        section.rows.extend(mentions.iter().map(|mention| {
            vec![
                mention.name().to_string(),
                with_caveat(mention.detail().unwrap_or_default(), mention.caveat().map(Text::as_str)),
                mention_period(mention),
                citations.mark(key, mention.source()),
            ]
        }));
        sections.push(section);
    }
    sections.retain(|section| !section.rows.is_empty());
    let mut lead = lead(catalog, key);
    if catalog.figures(key).next().is_none() {
        lead.push("The sources on it give no figures.".to_owned());
    }
    Document { title: hospital.name.to_string(), lead, sections, sources: sources(&citations) }
}

/// Native name and aliases, place, kind: the lines below a hospital's name.
fn lead(catalog: &Catalog, key: HospitalKey) -> Vec<String> {
    let hospital = catalog.hospital(key);
    let native = hospital.native_name.as_ref().map(ToString::to_string);
    let aliases: Vec<&str> = hospital.aliases.iter().map(Text::as_str).collect();
    let aliases = (!aliases.is_empty()).then(|| format!("also: {}", aliases.join("; ")));
    let kind = hospital.kind.as_ref().map(ToString::to_string);
    let place = Some(hospital.place.line()).filter(|place| !place.is_empty());
    let place = [place, kind].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    native
        .into_iter()
        .chain(aliases)
        .chain([place, format!("id: {}", hospital.id)])
        .filter(|line| !line.is_empty())
        .collect()
}

/// Rankings and accreditations say that a period is missing; of a specialty nobody expects one.
pub(super) fn mention_period(mention: &Mention) -> String {
    match (mention, mention.period()) {
        (Mention::Item(_), None) => String::new(),
        (_, period) => wording::period(period),
    }
}

/// A value with its formula and its caveat, a line each.
fn with_notes(catalog: &Catalog, value: &str, figure: &Figure) -> String {
    let formula = wording::formula(catalog, figure).map_or(String::new(), |formula| format!("\n{formula}"));
    with_caveat(format!("{value}{formula}"), figure.caveat.as_deref())
}

fn with_caveat(text: String, caveat: Option<&str>) -> String {
    match caveat {
        Some(caveat) if text.is_empty() => format!("caveat: {caveat}"),
        Some(caveat) => format!("{text}\ncaveat: {caveat}"),
        None => text,
    }
}

fn sources(citations: &Citations) -> Vec<(usize, String)> {
    citations.list().map(|(number, source)| (number, wording::source(source))).collect()
}

fn compared(comparison: &Comparison) -> Document {
    let (left, right) = (comparison.left_hospital(), comparison.right_hospital());
    let mut citations = Citations::new(comparison.catalog, &[comparison.left, comparison.right]);
    let columns = ["", left.name.as_ref(), right.name.as_ref(), "verdict"];
    let mut sections: Vec<Section> = Vec::new();
    sections.push(facts(comparison, &mut citations, &columns));
    for row in &comparison.rows {
        if sections.last().is_none_or(|section| section.heading != row.family.label.as_str()) {
            sections.push(Section::new(&row.family.label, &columns));
        }
        if let Some(section) = sections.last_mut() {
            section.rows.push(row_cells(comparison, row, &mut citations));
        }
    }
    for list in &comparison.lists {
        sections.push(list_section(comparison, list, &mut citations, &columns));
    }
    let tally: Vec<String> =
        comparison.tally().iter().map(|(verdict, count)| format!("{} {count}", verdict.words())).collect();
    let title = format!("{} — {}", left.name, right.name);
    sections.retain(|section| !section.rows.is_empty());
    let lead = if comparison.rows.is_empty() {
        vec!["The sources give no figures on either.".to_owned()]
    } else {
        vec![format!("{} measures: {}", comparison.rows.len(), tally.join(" · "))]
    };
    Document { title, lead, sections, sources: sources(&citations) }
}

fn facts(comparison: &Comparison, citations: &mut Citations, columns: &[&str]) -> Section {
    let mut section = Section::new("Statements", columns);
    for row in &comparison.facts {
        let mut cell = |key, side: &Option<FactSide>| match side {
            None => "not in the source".to_owned(),
            Some(side) => {
                let mark = side.source.map_or(String::new(), |id| format!(" {}", citations.mark(key, id)));
                with_caveat(format!("{}{mark}", side.text), side.caveat.map(Text::as_str))
            }
        };
        let (left, right) = (cell(comparison.left, &row.left), cell(comparison.right, &row.right));
        section.rows.push(vec![row.label.to_owned(), left, right, String::new()]);
    }
    section
}

fn row_cells(comparison: &Comparison, row: &Row, citations: &mut Citations) -> Vec<String> {
    let mut cell = |key, side: &Side| {
        let hospital = comparison.catalog.hospital(key);
        let figure_line = |figure: &&Figure| {
            let part =
                hospital.scope_name(figure.scope.as_ref()).map_or(String::new(), |part| format!(", {part} only"));
            let mark = citations.marks(key, figure);
            let when = wording::period(figure.period.as_ref());
            let text = format!("{}, {when}{part} {mark}", wording::value(row.measure, figure));
            with_notes(comparison.catalog, &text, figure)
        };
        let mut lines: Vec<String> = side.figures.iter().map(figure_line).collect();
        if lines.is_empty() {
            lines.push(wording::missing(row.measure, side).to_owned());
        }
        for figure in &side.instead {
            lines.push(format!(
                "instead {} {}",
                wording::aside(comparison.catalog, figure),
                citations.marks(key, figure)
            ));
        }
        for figure in &side.history {
            lines.push(format!("also {} {}", wording::aside(comparison.catalog, figure), citations.marks(key, figure)));
        }
        lines.join("\n")
    };
    let (left, right) = (cell(comparison.left, &row.left), cell(comparison.right, &row.right));
    let mut verdict: Vec<String> = row.reasons.iter().map(|reason| reason.words().to_owned()).collect();
    if let Some(larger) = larger(comparison, row) {
        verdict.push(larger);
    }
    vec![wording::row_label(row), left, right, verdict.join("\n")]
}

/// Which side is larger and by how much, where the rules allow to say it.
pub(super) fn larger(comparison: &Comparison, row: &Row) -> Option<String> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let side = match row.order()? {
        Equal => return Some("equal".to_owned()),
        Less => comparison.right_hospital(),
        Greater => comparison.left_hospital(),
    };
    wording::difference(row).map(|difference| format!("{}: {difference}", side.name))
}

fn list_section(comparison: &Comparison, list: &Lists, citations: &mut Citations, columns: &[&str]) -> Section {
    let mut section = Section::new(list.label, columns);
    for row in &list.rows {
        let mut cell = |key, mentions: &[Mention]| {
            let line = |mention: &Mention| {
                let detail = mention.detail().unwrap_or_else(|| "yes".to_owned());
                let when = mention_period(mention);
                let when = if when.is_empty() { when } else { format!(", {when}") };
                let text = format!("{detail}{when} {}", citations.mark(key, mention.source()));
                with_caveat(text, mention.caveat().map(Text::as_str))
            };
            let lines: Vec<String> = mentions.iter().map(line).collect();
            if lines.is_empty() { "not in the source".to_owned() } else { lines.join("\n") }
        };
        let (left, right) = (cell(comparison.left, &row.left), cell(comparison.right, &row.right));
        let reasons = row.reasons().into_iter().map(Verdict::words);
        let verdict: Vec<&str> = std::iter::once(presence(row.presence())).chain(reasons).collect();
        section.rows.push(vec![row.name.to_owned(), left, right, verdict.join("\n")]);
    }
    section
}

/// Who has it, in words.
#[must_use]
pub fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Shared => "shared",
        Presence::OnlyLeft => "only left",
        Presence::OnlyRight => "only right",
    }
}
