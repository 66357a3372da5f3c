//! A hospital as flat records, one for each fact, figure and name.

use std::io::Write;

use crate::catalog::{Catalog, Figure, Hospital, HospitalKey, LabelledFact, Measure};
use crate::report::csv::sheet::{Sheet, bound, row, text};
use crate::report::wording;
use crate::text::Text;

/// The columns. After `hospital`, they are the fields of [`Record`].
const COLUMNS: [&str; 13] = [
    "hospital",
    "section",
    "name",
    "measure",
    "value",
    "low",
    "high",
    "unit",
    "period",
    "scope",
    "source",
    "source_title",
    "caveat",
];

/// A record. Fields that do not apply are empty.
#[derive(Default)]
struct Record<'a> {
    section: &'a str,
    name: &'a str,
    measure: &'a str,
    value: String,
    low: String,
    high: String,
    unit: &'a str,
    period: String,
    scope: &'a str,
    source: String,
    source_title: String,
    caveat: String,
}

impl Record<'_> {
    fn write<W: Write>(&self, sheet: &mut Sheet<W>, hospital: &Hospital) -> csv::Result<()> {
        let Self { section, name, measure, value, low, high, unit, period, scope, source, source_title, caveat } = self;
        row(
            sheet,
            &[
                hospital.id.as_str(),
                section,
                name,
                measure,
                value,
                low,
                high,
                unit,
                period,
                scope,
                source,
                source_title,
                caveat,
            ],
        )
    }
}

/// Writes the hospital at `key` with a row of headings.
pub(super) fn write<W: Write>(sheet: &mut Sheet<W>, catalog: &Catalog, key: HospitalKey) -> csv::Result<()> {
    sheet.write_record(COLUMNS)?;
    let hospital = catalog.hospital(key);
    statements(catalog, key).iter().try_for_each(|record| record.write(sheet, hospital))?;
    for (family, measure, figure) in catalog.figures_by_family(key) {
        of_figure(catalog, key, measure, figure, &family.label).write(sheet, hospital)?;
    }
    let lists = hospital.details.mentions().into_iter();
    for (kind, mention) in lists.flat_map(|(kind, mentions)| mentions.into_iter().map(move |one| (kind, one))) {
        let record = Record {
            section: kind.label(),
            name: mention.name(),
            value: mention.detail().unwrap_or_default(),
            period: wording::mention_period(&mention),
            caveat: text(mention.caveat()),
            ..cited(catalog, key, mention.source())
        };
        record.write(sheet, hospital)?;
    }
    Ok(())
}

/// Names, kind, place, campuses, facts, and the additional columns of the dataset.
fn statements(catalog: &Catalog, key: HospitalKey) -> Vec<Record<'_>> {
    let hospital = catalog.hospital(key);
    let plain = |name: &'static str, value: String| Record { section: "statement", name, value, ..Record::default() };
    let text_of = |name: &'static str, text: &Text| plain(name, text.to_string());
    let place = Some(hospital.place.line()).filter(|place| !place.is_empty());
    let mut records: Vec<Record> = hospital.native_name.iter().map(|name| text_of("native name", name)).collect();
    records.extend(hospital.aliases.iter().map(|alias| text_of("alias", alias)));
    records.extend(hospital.kind.iter().map(|kind| text_of("kind", kind)));
    records.extend(place.map(|place| plain("place", place)));
    records.extend(hospital.details.campuses.iter().map(|campus| text_of("campus", &campus.name)));
    for LabelledFact { label, fact, is_superseded } in hospital.details.all_facts() {
        let cited = cited(catalog, key, &fact.source);
        let (value, caveat) = (fact.text.to_string(), text(fact.caveat.as_ref()));
        let section = if is_superseded { "earlier statement" } else { "statement" };
        records.push(Record { section, name: label, value, caveat, ..cited });
    }
    for extra in &hospital.details.extra {
        records.extend(extra.facts.iter().map(|(heading, value)| Record {
            section: "other column",
            name: heading,
            value: value.to_string(),
            ..cited(catalog, key, &extra.source)
        }));
    }
    records
}

/// A record with only the fields of its source.
fn cited<'a>(catalog: &Catalog, key: HospitalKey, source: &Text) -> Record<'a> {
    let title = catalog.source(key, source).map_or(String::new(), |source| source.title.to_string());
    Record { source: source.to_string(), source_title: title, ..Record::default() }
}

fn of_figure<'a>(
    catalog: &'a Catalog,
    key: HospitalKey,
    measure: &'a Measure,
    figure: &'a Figure,
    section: &'a str,
) -> Record<'a> {
    let interval = figure.interval();
    let notes: Vec<String> =
        wording::formula(catalog, figure).into_iter().chain(figure.caveat.as_ref().map(Text::to_string)).collect();
    Record {
        section,
        name: &measure.label,
        measure: &measure.id,
        value: wording::value(measure, figure),
        low: bound(interval.map(|interval| interval.low)),
        high: bound(interval.map(|interval| interval.high)),
        unit: &measure.unit,
        period: wording::period(figure.period.as_ref()),
        scope: wording::scope(catalog.hospital(key), figure),
        source: figure.sources().map(Text::as_str).collect::<Vec<_>>().join("; "),
        source_title: titles(catalog, key, figure),
        caveat: notes.join(" "),
    }
}

/// The titles of a figure's sources.
fn titles(catalog: &Catalog, key: HospitalKey, figure: &Figure) -> String {
    let title = |id: &Text| catalog.source(key, id).map_or(String::new(), |source| source.title.to_string());
    let mut titles: Vec<String> = figure.sources().map(title).collect();
    titles.dedup();
    titles.join("; ")
}
