//! Flat records for spreadsheets and scripts.
//!
//! A cell that a spreadsheet would take for a formula is prefixed with an apostrophe, so opening a file
//! runs nothing. Numbers stay numbers: `low` and `high` bound what a value may mean, and an empty `high`
//! means that the source sets no top.

mod comparison;

use std::borrow::Cow;
use std::io::{self, Write};

use super::Content;
use super::view::ComparisonView;
use super::wording;
use crate::catalog::{Catalog, Figure, Hospital, HospitalKey, Measure, Place};
use crate::text::Text;

/// Writes `content`, headings first.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    match content {
        Content::List(catalog, keys) => list(&mut sheet, catalog, keys),
        Content::Hospital(catalog, key) => hospital(&mut sheet, catalog, *key),
        Content::Comparison(view) => comparison::write(&mut sheet, &ComparisonView::new(view)),
    }
    .map_err(as_io)?;
    sheet.flush()
}

/// The I/O error within, whose kind says whether the reader went away.
fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

type Sheet<W> = csv::Writer<W>;

fn row<W: Write>(sheet: &mut Sheet<W>, cells: &[impl AsRef<str>]) -> csv::Result<()> {
    for cell in cells {
        sheet.write_field(&*safe(cell.as_ref()))?;
    }
    sheet.write_record(None::<&[u8]>)
}

/// Signs with which a spreadsheet begins a formula, some of them in full width where that is how they are typed.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// `cell` made harmless to a spreadsheet.
#[must_use]
pub fn safe(cell: &str) -> Cow<'_, str> {
    let is_number = || cell.parse::<f64>().is_ok_and(f64::is_finite);
    if cell.starts_with(FORMULA) && !is_number() { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

fn text(text: Option<&Text>) -> String {
    text.map_or(String::new(), Text::to_string)
}

fn list<W: Write>(sheet: &mut Sheet<W>, catalog: &Catalog, keys: &[HospitalKey]) -> csv::Result<()> {
    sheet.write_record(["id", "name", "native_name", "city", "region", "country", "kind", "dataset"])?;
    for &key in keys {
        let (hospital, titles) = (catalog.hospital(key), catalog.titles_on(key));
        let Place { city, region, country } = &hospital.place;
        let known = [&hospital.native_name, city, region, country, &hospital.kind];
        let [native, city, region, country, kind] = known.map(|text| text.as_deref().unwrap_or_default());
        row(sheet, &[&hospital.id, &hospital.name, native, city, region, country, kind, &titles])?;
    }
    Ok(())
}

fn hospital<W: Write>(sheet: &mut Sheet<W>, catalog: &Catalog, key: HospitalKey) -> csv::Result<()> {
    let heads = ["hospital", "section", "name", "measure", "value", "low", "high", "unit", "period", "scope"];
    sheet.write_record(heads.iter().chain(&["source", "source_title", "caveat"]))?;
    let hospital = catalog.hospital(key);
    let title = |id: &str| catalog.source(key, id).map_or(String::new(), |source| source.title.to_string());
    let place = Some(hospital.place.line()).filter(|place| !place.is_empty());
    let campuses = hospital.details.campuses.iter().map(|campus| ("campus", campus.name.to_string()));
    let names = hospital.native_name.iter().map(|name| ("native name", name.to_string()));
    let aliases = hospital.aliases.iter().map(|alias| ("alias", alias.to_string()));
    let kind = hospital.kind.iter().map(|kind| ("kind", kind.to_string()));
    let place = place.into_iter().map(|place| ("place", place));
    for (label, value) in names.chain(aliases).chain(kind).chain(place).chain(campuses) {
        let mut cells = <[String; 13]>::default();
        cells[..5].clone_from_slice(&[hospital.id.to_string(), "statement".into(), label.into(), String::new(), value]);
        row(sheet, &cells)?;
    }
    for (label, fact) in hospital.details.all_facts() {
        let cited = [fact.source.to_string(), title(&fact.source), text(fact.caveat.as_ref())];
        let empty = String::new;
        let cells = [hospital.id.to_string(), "statement".into(), label.into(), empty(), fact.text.to_string()];
        row(sheet, &[&cells[..], &[empty(), empty(), empty(), empty(), empty()], &cited].concat())?;
    }
    let extra = hospital.details.extra.iter().flat_map(|extra| extra.facts.iter().map(move |fact| (extra, fact)));
    for (extra, (heading, said)) in extra {
        let mut cells = <[String; 13]>::default();
        let head =
            [hospital.id.to_string(), "other column".into(), heading.to_string(), String::new(), said.to_string()];
        cells[..5].clone_from_slice(&head);
        cells[10..12].clone_from_slice(&[extra.source.to_string(), title(&extra.source)]);
        row(sheet, &cells)?;
    }
    for (family, measure, figure) in catalog.figures_by_family(key) {
        let [value, low, high, period, scope, source, caveat] = figure_cells(catalog, hospital, measure, figure);
        let head = [hospital.id.to_string(), family.label.to_string(), measure.label.to_string()];
        let middle = [measure.id.to_string(), value, low, high, measure.unit.to_string(), period, scope];
        let title = titles(catalog, key, figure);
        row(sheet, &[&head[..], &middle, &[source, title, caveat]].concat())?;
    }
    let lists = hospital.details.mentions().into_iter();
    for (kind, mention) in lists.flat_map(|(kind, mentions)| mentions.into_iter().map(move |one| (kind, one))) {
        let head = [hospital.id.to_string(), kind.label().to_owned(), mention.name().to_string(), String::new()];
        let value = mention.detail().unwrap_or_default();
        let middle =
            [value, String::new(), String::new(), String::new(), wording::mention_period(&mention), String::new()];
        let cited = [mention.source().to_string(), title(mention.source()), text(mention.caveat())];
        row(sheet, &[&head[..], &middle, &cited].concat())?;
    }
    Ok(())
}

/// An end of an interval; empty where there is none.
fn bound(n: Option<f64>) -> String {
    n.filter(|n| n.is_finite()).map_or(String::new(), |n| n.to_string())
}

/// Value, low, high, period, scope, source, caveat.
fn figure_cells(catalog: &Catalog, hospital: &Hospital, measure: &Measure, figure: &Figure) -> [String; 7] {
    let interval = figure.interval();
    let notes: Vec<String> =
        wording::formula(catalog, figure).into_iter().chain(figure.caveat.as_ref().map(Text::to_string)).collect();
    [
        wording::value(measure, figure),
        bound(interval.map(|interval| interval.low)),
        bound(interval.map(|interval| interval.high)),
        wording::period(figure.period.as_ref()),
        wording::scope(hospital, figure).to_owned(),
        figure.sources().map(Text::as_str).collect::<Vec<_>>().join("; "),
        notes.join(" "),
    ]
}

/// The titles of a figure's sources.
fn titles(catalog: &Catalog, key: HospitalKey, figure: &Figure) -> String {
    let title = |id: &Text| catalog.source(key, id).map_or(String::new(), |source| source.title.to_string());
    let mut titles: Vec<String> = figure.sources().map(title).collect();
    titles.dedup();
    titles.join("; ")
}
