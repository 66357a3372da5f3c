//! Flat records for spreadsheets and scripts.
//!
//! A cell that a spreadsheet would take for a formula is prefixed with an apostrophe, so opening a file
//! runs nothing. Numbers stay numbers: `low` and `high` bound what a value may mean, and an empty `high`
//! means that the source sets no top.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Content;
use super::document::{identity, mention_period, presence};
use super::wording;
use crate::catalog::{Catalog, Figure, Hospital, HospitalKey, Measure, Mention, Place};
use crate::compare::{Comparison, FactSide, Side, Verdict};
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
        Content::Comparison(comparison) => compared(&mut sheet, comparison),
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
        let middle = [value, String::new(), String::new(), String::new(), mention_period(&mention), String::new()];
        let cited = [mention.source().to_string(), title(mention.source()), text(mention.caveat())];
        row(sheet, &[&head[..], &middle, &cited].concat())?;
    }
    Ok(())
}

/// Value, low, high, period, scope, source, caveat.
fn figure_cells(catalog: &Catalog, hospital: &Hospital, measure: &Measure, figure: &Figure) -> [String; 7] {
    let interval = figure.interval();
    let notes: Vec<String> =
        wording::formula(catalog, figure).into_iter().chain(figure.caveat.as_ref().map(Text::to_string)).collect();
    let bound = |n: Option<f64>| n.filter(|n| n.is_finite()).map_or(String::new(), |n| n.to_string());
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

/// The columns of one side of a comparison. `other` is what the side publishes instead, and of other periods.
const SIDE: [&str; 9] = ["value", "low", "high", "period", "scope", "source", "source_title", "caveat", "other"];

fn compared<W: Write>(sheet: &mut Sheet<W>, comparison: &Comparison) -> csv::Result<()> {
    let side = |name: &str| SIDE.map(|head| format!("{name}_{head}"));
    let heads = ["section", "measure", "label", "unit"].map(str::to_owned);
    let tail = ["verdict", "reasons", "left_hospital", "right_hospital"].map(str::to_owned);
    row(sheet, &[&heads[..], &side("left"), &side("right"), &tail].concat())?;
    let ids = [comparison.left_hospital().id.to_string(), comparison.right_hospital().id.to_string()];
    for fact in &comparison.facts {
        let head = ["Statements".to_owned(), String::new(), fact.label.to_owned(), String::new()];
        let left = fact_cells(comparison, comparison.left, fact.left.as_ref());
        let right = fact_cells(comparison, comparison.right, fact.right.as_ref());
        let reasons: Vec<&str> = fact.reasons.iter().map(|reason| reason.words()).collect();
        let verdict = [reasons.first().copied().unwrap_or_default().to_owned(), reasons.join("; ")];
        row(sheet, &[&head[..], &left, &right, &verdict, &ids].concat())?;
    }
    for compared in &comparison.rows {
        let measure = compared.measure;
        let reasons: Vec<&str> = compared.reasons.iter().map(|reason| reason.words()).collect();
        let head = [compared.family.label.to_string(), measure.id.to_string(), wording::row_label(compared)];
        let unit = [measure.unit.to_string()];
        let left = side_cells(comparison, comparison.left, measure, &compared.left);
        let right = side_cells(comparison, comparison.right, measure, &compared.right);
        let verdict = [compared.verdict().words().to_owned(), reasons.join("; ")];
        row(sheet, &[&head[..], &unit, &left, &right, &verdict, &ids].concat())?;
    }
    for list in &comparison.lists {
        for listed in &list.rows {
            let head = [list.label.to_owned(), String::new(), listed.name.to_owned(), String::new()];
            let left = mention_cells(comparison, comparison.left, &listed.left);
            let right = mention_cells(comparison, comparison.right, &listed.right);
            let reasons: Vec<&str> = listed.reasons().into_iter().map(Verdict::words).collect();
            let verdict = [presence(listed.presence()).to_owned(), reasons.join("; ")];
            row(sheet, &[&head[..], &left, &right, &verdict, &ids].concat())?;
        }
    }
    ending(sheet, comparison, &ids)
}

/// What each side does not publish, the sources in full, and what it all was made from.
fn ending<W: Write>(sheet: &mut Sheet<W>, comparison: &Comparison, ids: &[String; 2]) -> csv::Result<()> {
    let keys = [comparison.left, comparison.right];
    let mut rows = Vec::new();
    for (at, key) in keys.into_iter().enumerate() {
        for (family, gaps) in wording::gaps(&comparison.gaps(key)) {
            let (left, right) = if at == 0 { (gaps, String::new()) } else { (String::new(), gaps) };
            rows.push(("Not published", family.to_owned(), left, right));
        }
    }
    for key in keys {
        for source in wording::Citations::new(comparison.catalog, &[key]).all() {
            rows.push(("Source", source.id.to_string(), wording::source(source), String::new()));
        }
    }
    rows.extend(identity(comparison.catalog).into_iter().map(|line| ("Made from", String::new(), line, String::new())));
    for (section, label, left, right) in rows {
        let mut cells = vec![section.to_owned(), String::new(), label, String::new(), left];
        cells.extend(std::iter::repeat_n(String::new(), SIDE.len() - 1));
        cells.push(right);
        cells.extend(std::iter::repeat_n(String::new(), SIDE.len() + 1));
        row(sheet, &[&cells[..], ids].concat())?;
    }
    Ok(())
}

/// One side of a row; several figures are joined cell by cell.
fn side_cells(comparison: &Comparison, key: HospitalKey, measure: &Measure, side: &Side) -> [String; 9] {
    let catalog = comparison.catalog;
    let mut cells = <[String; 9]>::default();
    if side.figures.is_empty() {
        wording::missing(measure, side).clone_into(&mut cells[0]);
    }
    for figure in &side.figures {
        let [value, low, high, period, scope, source, caveat] =
            figure_cells(catalog, catalog.hospital(key), measure, figure);
        let more = [value, low, high, period, scope, source, titles(catalog, key, figure), caveat];
        for (cell, more) in cells.iter_mut().zip(more) {
            if !cell.is_empty() {
                cell.push_str(" / ");
            }
            cell.push_str(&more);
        }
    }
    let aside = |lead: &str, figure: &Figure| {
        let caveat = figure.caveat.as_ref().map_or(String::new(), |caveat| format!(", caveat: {caveat}"));
        format!("{lead} {} (source: {}{caveat})", wording::aside(catalog, figure), titles(catalog, key, figure))
    };
    let instead = side.instead.iter().map(|figure| aside("instead", figure));
    let other = instead.chain(side.history.iter().map(|figure| aside("also", figure)));
    cells[8] = other.collect::<Vec<_>>().join("; ");
    cells
}

/// The titles of a figure's sources.
fn titles(catalog: &Catalog, key: HospitalKey, figure: &Figure) -> String {
    let title = |id: &Text| catalog.source(key, id).map_or(String::new(), |source| source.title.to_string());
    let mut titles: Vec<String> = figure.sources().map(title).collect();
    titles.dedup();
    titles.join("; ")
}

fn mention_cells(comparison: &Comparison, key: HospitalKey, mentions: &[Mention]) -> [String; 9] {
    let join = |cell: &dyn Fn(&Mention) -> String| mentions.iter().map(cell).collect::<Vec<_>>().join(" / ");
    let title = |mention: &Mention| {
        comparison.catalog.source(key, mention.source()).map_or(String::new(), |source| source.title.to_string())
    };
    let mut cells = <[String; 9]>::default();
    cells[0] = if mentions.is_empty() {
        "not in the source".to_owned()
    } else {
        join(&|mention| mention.detail().unwrap_or_else(|| "yes".to_owned()))
    };
    cells[3] = join(&|mention| mention_period(mention));
    cells[5] = join(&|mention| mention.source().to_string());
    cells[6] = join(&title);
    cells[7] = join(&|mention| text(mention.caveat()));
    cells
}

/// One side of a statement in words.
fn fact_cells(comparison: &Comparison, key: HospitalKey, side: Option<&FactSide>) -> [String; 9] {
    let mut cells = <[String; 9]>::default();
    let Some(side) = side else {
        "not in the source".clone_into(&mut cells[0]);
        return cells;
    };
    cells[0].clone_from(&side.text);
    cells[5] = text(side.source);
    cells[6] = side
        .source
        .and_then(|id| comparison.catalog.source(key, id))
        .map_or(String::new(), |one| one.title.to_string());
    cells[7] = text(side.caveat);
    let others = side.others.iter().map(|(text, id)| format!("also {text} (source: {id})"));
    cells[8] = others.collect::<Vec<_>>().join("; ");
    cells
}
