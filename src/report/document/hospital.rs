//! One hospital as tables.

use crate::catalog::{Catalog, HospitalKey, LabelledFact};
use crate::report::document::layout::{Cell, Document, Section, sources};
use crate::report::wording::{self, Citations};
use crate::text::Text;

pub(super) fn document(catalog: &Catalog, key: HospitalKey) -> Document {
    let mut citations = Citations::new(catalog, &[key]);
    let mut sections = vec![statements(catalog, key, &mut citations)];
    sections.extend(figures(catalog, key, &mut citations));
    sections.extend(lists(catalog, key, &mut citations));
    sections.extend(extras(catalog, key, &mut citations));
    sections.retain(|section| !section.rows.is_empty());
    Document {
        title: catalog.hospital(key).name.to_string(),
        lead: lead(catalog, key),
        sections,
        sources: sources(&citations),
        data_files: wording::identity(catalog),
    }
}

/// The lines below a hospital's name: native name, aliases, place, kind, id.
fn lead(catalog: &Catalog, key: HospitalKey) -> Vec<String> {
    let hospital = catalog.hospital(key);
    let mut lines: Vec<String> = hospital.native_name.iter().map(Text::to_string).collect();
    if !hospital.aliases.is_empty() {
        let aliases: Vec<&str> = hospital.aliases.iter().map(Text::as_str).collect();
        lines.push(format!("also: {}", aliases.join("; ")));
    }
    lines.extend(hospital.details.names_note.iter().map(Text::to_string));
    let (place, coordinates) = (wording::place(hospital), wording::coordinates(hospital));
    let about: Vec<String> =
        place.into_iter().chain(coordinates).chain(hospital.kind.iter().map(Text::to_string)).collect();
    lines.extend((!about.is_empty()).then(|| about.join(" · ")));
    lines.push(format!("id: {} · {}", hospital.id, catalog.titles_on(key)));
    if catalog.figures(key).next().is_none() {
        lines.push("Its sources give no figures.".to_owned());
    }
    lines
}

fn statements(catalog: &Catalog, key: HospitalKey, citations: &mut Citations) -> Section {
    let hospital = catalog.hospital(key);
    let mut section = Section::new("Statements", &["what", "statement", "source"]);
    for one in hospital.details.all_facts() {
        let LabelledFact { label, fact, .. } = one;
        let statement = Cell::stated(one.text()).with_remarks(fact.caveat.as_ref(), fact.note.as_ref());
        section.rows.push(vec![Cell::stated(label), statement, Cell::citing(&[citations.number(key, &fact.source)])]);
    }
    for campus in &hospital.details.campuses {
        let statement = Cell::stated(wording::campus(campus)).with_remarks(None, campus.note.as_ref());
        let source = Cell::citing(&[citations.number(key, &campus.source)]);
        section.rows.push(vec![Cell::stated("campus"), statement, source]);
    }
    section
}

/// The additional columns of the datasets.
fn extras(catalog: &Catalog, key: HospitalKey, citations: &mut Citations) -> Vec<Section> {
    let mut section = Section::new(wording::EXTRA, &["heading", "text", "source"]);
    for extra in &catalog.hospital(key).details.extra {
        let source = Cell::citing(&[citations.number(key, &extra.source)]);
        let rows = extra.facts.iter();
        section.rows.extend(
            rows.map(|(heading, text)| {
                vec![Cell::stated(heading.as_str()), Cell::stated(text.as_str()), source.clone()]
            }),
        );
    }
    vec![section]
}

fn figures(catalog: &Catalog, key: HospitalKey, citations: &mut Citations) -> Vec<Section> {
    let hospital = catalog.hospital(key);
    let mut sections: Vec<Section> = Vec::new();
    for (family, measure, figure) in catalog.figures_by_family(key) {
        let row = vec![
            Cell::stated(wording::label(measure)),
            Cell::stated(wording::value(measure, figure)).with_notes(catalog, figure),
            Cell::stated(wording::period(figure.period.as_ref())),
            Cell::stated(wording::scope(hospital, figure)),
            Cell::citing(&citations.numbers(key, figure)),
        ];
        if sections.last().is_none_or(|section| section.heading != family.label.as_str()) {
            sections.push(Section::new(&family.label, &["measure", "value", "period", "scope", "source"]));
        }
        if let Some(section) = sections.last_mut() {
            section.rows.push(row);
        }
    }
    sections
}

fn lists(catalog: &Catalog, key: HospitalKey, citations: &mut Citations) -> Vec<Section> {
    let mut sections = Vec::new();
    for (kind, mentions) in catalog.hospital(key).details.mentions() {
        let mut section = Section::new(kind.label(), &["name", "detail", "period", "source"]);
        section.rows.extend(mentions.iter().map(|mention| {
            vec![
                Cell::stated(mention.name().as_str()),
                Cell::stated(mention.detail().unwrap_or_default()).with_remarks(mention.caveat(), mention.note()),
                Cell::stated(wording::mention_period(mention)),
                Cell::citing(&[citations.number(key, mention.source())]),
            ]
        }));
        sections.push(section);
    }
    sections
}
