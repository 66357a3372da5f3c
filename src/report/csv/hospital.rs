//! A hospital as flat records, one for each fact, figure and name.

use std::io::Write;

use crate::catalog::{Catalog, Figure, HospitalKey, LabelledFact, Measure};
use crate::report::csv::sheet::{Column, Sheet, bound, row, text};
use crate::report::wording;
use crate::text::Text;

/// The columns.
const COLUMNS: [Column<Record>; 15] = [
    ("hospital", |record| &record.hospital),
    ("section", |record| &record.section),
    ("name", |record| &record.name),
    ("measure", |record| &record.measure),
    ("value", |record| &record.value),
    ("low", |record| &record.low),
    ("high", |record| &record.high),
    ("unit", |record| &record.unit),
    ("period", |record| &record.period),
    ("scope", |record| &record.scope),
    ("source", |record| &record.source),
    ("source_title", |record| &record.source_title),
    ("formula", |record| &record.formula),
    ("caveat", |record| &record.caveat),
    ("note", |record| &record.note),
];

/// A record. Fields that do not apply are empty.
#[derive(Default)]
struct Record {
    hospital: String,
    section: String,
    name: String,
    measure: String,
    value: String,
    low: String,
    high: String,
    unit: String,
    period: String,
    scope: String,
    source: String,
    source_title: String,
    formula: String,
    caveat: String,
    note: String,
}

/// Writes the hospital at `key` with a row of headings.
pub(super) fn write<W: Write>(sheet: &mut Sheet<W>, catalog: &Catalog, key: HospitalKey) -> csv::Result<()> {
    row(sheet, COLUMNS.map(|(heading, _)| heading))?;
    let records = Records { catalog, key };
    let all = records.names().into_iter().chain(records.statements()).chain(records.figures()).chain(records.lists());
    all.into_iter().try_for_each(|record| row(sheet, COLUMNS.iter().map(|(_, cell)| cell(&record))))
}

/// Makes the records of a hospital.
struct Records<'a> {
    catalog: &'a Catalog,
    key: HospitalKey,
}

impl Records<'_> {
    /// Names, kind and place.
    fn names(&self) -> Vec<Record> {
        let hospital = self.catalog.hospital(self.key);
        let plain = |name: &str, value: String| self.record("statement", name, value);
        let text_of = |name: &'static str| move |text: &Text| plain(name, text.to_string());
        let mut records: Vec<Record> = hospital.native_name.iter().map(text_of("native name")).collect();
        records.extend(hospital.aliases.iter().map(text_of("alias")));
        records.extend(hospital.details.names_note.iter().map(text_of("note on the names")));
        records.extend(hospital.kind.iter().map(text_of("kind")));
        records.extend(wording::place(hospital).map(|place| plain("place", place)));
        records.extend(wording::coordinates(hospital).map(|degrees| plain("coordinates", degrees)));
        records
    }

    /// Campuses, facts, and the additional columns of the datasets.
    fn statements(&self) -> Vec<Record> {
        let details = &self.catalog.hospital(self.key).details;
        let mut records = Vec::new();
        for campus in &details.campuses {
            let record = self.cited("statement", "campus", wording::campus(campus), &campus.source);
            records.push(Record { note: text(campus.note.as_ref()), ..record });
        }
        for LabelledFact { label, fact, is_superseded } in details.all_facts() {
            let section = if is_superseded { "earlier statement" } else { "statement" };
            let record = self.cited(section, label, fact.text.to_string(), &fact.source);
            let (caveat, note) = (text(fact.caveat.as_ref()), text(fact.note.as_ref()));
            records.push(Record { caveat, note, ..record });
        }
        for extra in &details.extra {
            let facts = extra.facts.iter();
            records.extend(
                facts.map(|(heading, value)| self.cited("other column", heading, value.to_string(), &extra.source)),
            );
        }
        records
    }

    fn figures(&self) -> Vec<Record> {
        let figures = self.catalog.figures_by_family(self.key);
        figures.map(|(family, measure, figure)| self.figure(&family.label, measure, figure)).collect()
    }

    fn figure(&self, section: &str, measure: &Measure, figure: &Figure) -> Record {
        let interval = figure.interval();
        Record {
            measure: measure.id.to_string(),
            low: bound(interval.map(|interval| interval.low)),
            high: bound(interval.map(|interval| interval.high)),
            unit: measure.unit.to_string(),
            period: wording::period(figure.period.as_ref()),
            scope: wording::scope(self.catalog.hospital(self.key), figure).to_owned(),
            source: figure.sources().map(Text::as_str).collect::<Vec<_>>().join("; "),
            source_title: self.titles(figure),
            formula: wording::formula(self.catalog, figure).unwrap_or_default(),
            caveat: text(figure.caveat.as_ref()),
            note: text(wording::note(figure).as_ref()),
            ..self.record(section, &measure.label, wording::value(measure, figure))
        }
    }

    fn lists(&self) -> Vec<Record> {
        let mut records = Vec::new();
        for (kind, mentions) in self.catalog.hospital(self.key).details.mentions() {
            records.extend(mentions.iter().map(|mention| Record {
                period: wording::mention_period(mention),
                caveat: text(mention.caveat()),
                note: text(mention.note()),
                ..self.cited(kind.label(), mention.name(), mention.detail().unwrap_or_default(), mention.source())
            }));
        }
        records
    }

    fn record(&self, section: &str, name: &str, value: String) -> Record {
        let hospital = self.catalog.hospital(self.key).id.to_string();
        Record { hospital, section: section.to_owned(), name: name.to_owned(), value, ..Record::default() }
    }

    /// A record with its source.
    fn cited(&self, section: &str, name: &str, value: String, source: &Text) -> Record {
        let source_title = self.title(source);
        Record { source: source.to_string(), source_title, ..self.record(section, name, value) }
    }

    fn title(&self, source: &Text) -> String {
        self.catalog.source(self.key, source).map_or(String::new(), |source| source.title.to_string())
    }

    /// The titles of a figure's sources.
    fn titles(&self, figure: &Figure) -> String {
        let mut titles: Vec<String> = figure.sources().map(|id| self.title(id)).collect();
        titles.dedup();
        titles.join("; ")
    }
}
