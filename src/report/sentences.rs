//! Full sentences with every caveat attached, so that a listener hears the whole truth.

use std::io::{self, Write};

use super::Content;
use super::document::{identity, larger, mention_period};
use super::wording;
use crate::catalog::{Catalog, Figure, HospitalKey, Measure, Mention};
use crate::compare::{Comparison, FactRow, FactSide, ListRow, Presence, Row, Side, Verdict};
use crate::text::Text;

/// Writes `content`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    match content {
        Content::List(catalog, keys) => {
            keys.iter().try_for_each(|&key| writeln!(out, "{}", introduction(catalog, key)))
        }
        Content::Hospital(catalog, key) => hospital(out, catalog, *key),
        Content::Comparison(comparison) => compared(out, comparison),
    }
}

/// Name, native name, kind and place in one sentence.
fn introduction(catalog: &Catalog, key: HospitalKey) -> String {
    let hospital = catalog.hospital(key);
    let native = hospital.native_name.as_ref().map_or(String::new(), |name| format!(" ({name})"));
    let place = Some(hospital.place.line()).filter(|place| !place.is_empty());
    let about: Vec<String> = hospital.kind.as_ref().map(Text::to_string).into_iter().chain(place).collect();
    let about = if about.is_empty() { String::new() } else { format!(" {}.", about.join(", ")) };
    format!("{}{native}.{about} Id: {}.", hospital.name, hospital.id)
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Where a statement comes from: the source's title and date.
fn according_to(catalog: &Catalog, key: HospitalKey, id: &str) -> String {
    let Some(source) = catalog.source(key, id) else { return String::new() };
    match &source.published {
        Some(date) => format!("source: “{}” of {date}", source.title),
        None => format!("source: “{}”, {}", source.title, wording::date(source)),
    }
}

fn caveat(caveat: Option<&Text>) -> String {
    caveat.map_or(String::new(), |caveat| format!(" Caveat: {caveat}"))
}

fn figure(catalog: &Catalog, key: HospitalKey, measure: &Measure, figure: &Figure) -> String {
    let hospital = catalog.hospital(key);
    let mut sources: Vec<String> = figure.sources().map(|id| according_to(catalog, key, id)).collect();
    sources.dedup();
    let formula = wording::formula(catalog, figure).map_or(String::new(), |formula| format!("; {formula}"));
    format!(
        "{}, {}, {} ({}{formula}).{}",
        wording::value(measure, figure),
        wording::period(figure.period.as_ref()),
        wording::scope(hospital, figure),
        sources.join("; "),
        caveat(figure.caveat.as_ref())
    )
}

/// A place where a name stands: what is said, when, by which source, and what is doubtful.
#[must_use]
pub fn mention(catalog: &Catalog, key: HospitalKey, mention: &Mention) -> String {
    let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
    let when = mention_period(mention);
    let when = if when.is_empty() { when } else { format!(", {when}") };
    let source = according_to(catalog, key, mention.source());
    format!("{}{detail}{when} ({source}).{}", mention.name(), caveat(mention.caveat()))
}

fn hospital(out: &mut impl Write, catalog: &Catalog, key: HospitalKey) -> io::Result<()> {
    let hospital = catalog.hospital(key);
    writeln!(out, "{}", introduction(catalog, key))?;
    if !hospital.aliases.is_empty() {
        let aliases: Vec<&str> = hospital.aliases.iter().map(Text::as_str).collect();
        writeln!(out, "It is also called {}.", aliases.join("; "))?;
    }
    for (label, fact) in hospital.details.all_facts() {
        let source = according_to(catalog, key, &fact.source);
        writeln!(out, "{}: {} ({source}).{}", upper_first(label), fact.text, caveat(fact.caveat.as_ref()))?;
    }
    for campus in &hospital.details.campuses {
        let note = campus.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
        writeln!(out, "Campus: {}{note} ({}).", campus.name, according_to(catalog, key, &campus.source))?;
    }
    if catalog.figures(key).next().is_none() {
        writeln!(out, "The sources on it give no figures.")?;
    }
    let mut heading = "";
    for (family, measure, stated) in catalog.figures_by_family(key) {
        if heading != family.label.as_str() {
            heading = &family.label;
            writeln!(out, "\n{heading}.")?;
        }
        writeln!(out, "{}: {}", upper_first(&measure.label), figure(catalog, key, measure, stated))?;
    }
    for (kind, mentions) in hospital.details.mentions().iter().filter(|(_, mentions)| !mentions.is_empty()) {
        writeln!(out, "\n{}.", kind.label())?;
        for one in mentions {
            writeln!(out, "{}", mention(catalog, key, one))?;
        }
    }
    for extra in &hospital.details.extra {
        writeln!(out, "\n{}, {}.", wording::EXTRA, according_to(catalog, key, &extra.source))?;
        for (heading, text) in &extra.facts {
            writeln!(out, "{heading}: {text}.")?;
        }
    }
    ending(out, catalog, &[key])
}

/// What the measures of the rows count.
fn definitions(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    writeln!(out, "\nDefinitions.")?;
    let mut last = "";
    for measure in comparison.rows.iter().map(|row| row.measure) {
        if last != measure.id.as_str() {
            let term = measure.native_term.as_ref().map_or(String::new(), |term| format!(" ({term})"));
            writeln!(out, "{}{term}: {} Unit: {}.", upper_first(&measure.label), measure.definition, measure.unit)?;
            last = &measure.id;
        }
    }
    Ok(())
}

/// The sources in full, and what it all was made from.
fn ending(out: &mut impl Write, catalog: &Catalog, keys: &[HospitalKey]) -> io::Result<()> {
    writeln!(out, "\nSources.")?;
    for source in wording::Citations::new(catalog, keys).all() {
        let note = source.note.as_ref().map_or(String::new(), |note| format!(" {note}"));
        writeln!(out, "{}.{note}", wording::source(source))?;
    }
    writeln!(out, "\nMade from.")?;
    identity(catalog).iter().try_for_each(|line| writeln!(out, "{line}."))
}

fn compared(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let (left, right) = (comparison.left_hospital(), comparison.right_hospital());
    writeln!(out, "{} compared with {}.", left.name, right.name)?;
    writeln!(out, "{}.", wording::tally(comparison))?;
    for row in &comparison.facts {
        writeln!(out, "{}", fact_row(comparison, row))?;
    }
    let mut heading = "";
    for row in &comparison.rows {
        if heading != row.family.label.as_str() {
            heading = &row.family.label;
            writeln!(out, "\n{heading}.")?;
        }
        writeln!(out, "{}", compared_row(comparison, row))?;
    }
    for list in &comparison.lists {
        writeln!(out, "\n{}.", list.label)?;
        for row in &list.rows {
            writeln!(out, "{}", listed(comparison, row))?;
        }
    }
    writeln!(out, "\nNot published, although another loaded hospital reports it.")?;
    for key in [comparison.left, comparison.right] {
        let gaps: Vec<String> = comparison.gaps(key).iter().map(wording::gap).collect();
        let gaps = if gaps.is_empty() { "nothing".to_owned() } else { gaps.join("; ") };
        writeln!(out, "{}: {gaps}.", comparison.catalog.hospital(key).name)?;
    }
    definitions(out, comparison)?;
    ending(out, comparison.catalog, &[comparison.left, comparison.right])
}

/// One statement in words of a comparison, both sides.
#[must_use]
pub fn fact_row(comparison: &Comparison, row: &FactRow) -> String {
    let side = |key, side: &Option<FactSide>| match side {
        None => "not in the source.".to_owned(),
        Some(side) => {
            let source =
                side.source.map_or(String::new(), |id| format!(" ({})", according_to(comparison.catalog, key, id)));
            let other = |(text, id): &(String, &Text)| {
                format!(" Another source says: {text} ({}).", according_to(comparison.catalog, key, id))
            };
            let others: String = side.others.iter().map(other).collect();
            format!("{}{source}.{}{others}", side.text, caveat(side.caveat))
        }
    };
    let (left, right) = (comparison.left_hospital(), comparison.right_hospital());
    let (a, b) = (side(comparison.left, &row.left), side(comparison.right, &row.right));
    let limits = row.reasons.iter().map(|reason| format!(" Verdict: {}. {}", reason.words(), reason.sentence()));
    let limits = limits.collect::<String>();
    format!("{}. {}: {a} {}: {b}{limits}", upper_first(row.label), left.name, right.name)
}

/// A hospital's names and the sources on it, to paste into a text.
#[must_use]
pub fn citation(catalog: &Catalog, key: HospitalKey) -> String {
    let citations = wording::Citations::new(catalog, &[key]);
    let sources = citations.all().enumerate().map(|(at, source)| format!("\n[{}] {}", at + 1, wording::source(source)));
    let sources = sources.collect::<Vec<_>>().concat();
    format!("{}{sources}\n", introduction(catalog, key))
}

/// One side of a measure: every figure whole, and what stands in its place when there is none.
#[must_use]
pub fn side(comparison: &Comparison, key: HospitalKey, row: &Row, side: &Side) -> String {
    let catalog = comparison.catalog;
    let other = |lead: &str, stated: &Figure| {
        let measure = catalog.measures().get(&stated.measure);
        measure.map_or(String::new(), |measure| {
            format!(" {lead} {}: {}", measure.label, figure(catalog, key, measure, stated))
        })
    };
    let name = &catalog.hospital(key).name;
    let figures: Vec<String> = side.figures.iter().map(|stated| figure(catalog, key, row.measure, stated)).collect();
    let figures =
        if figures.is_empty() { format!("{}.", wording::missing(row.measure, side)) } else { figures.join(" And: ") };
    let instead: String = side.instead.iter().map(|stated| other("Instead it publishes", stated)).collect();
    let history: String = side.history.iter().map(|stated| other("For another period,", stated)).collect();
    format!("{name}: {figures}{instead}{history}")
}

/// One measure of a comparison: both sides whole, the verdict, and what it means.
#[must_use]
pub fn compared_row(comparison: &Comparison, row: &Row) -> String {
    let reasons: Vec<&str> = row.reasons.iter().map(|reason| reason.sentence()).collect();
    let larger = larger(comparison, row).map_or(String::new(), |larger| format!(" As stated, {larger}."));
    format!(
        "{}. {} {} Verdict: {}. {}{larger}",
        upper_first(&wording::row_label(row)),
        side(comparison, comparison.left, row, &row.left),
        side(comparison, comparison.right, row, &row.right),
        row.verdict().words(),
        reasons.join(" ")
    )
}

/// One name of a comparison's lists, and who has it.
#[must_use]
pub fn listed(comparison: &Comparison, row: &ListRow) -> String {
    let all = |key, mentions: &[Mention]| {
        mentions.iter().map(|one| mention(comparison.catalog, key, one)).collect::<Vec<_>>().join(" ")
    };
    let (a, b) = (all(comparison.left, &row.left), all(comparison.right, &row.right));
    match row.presence() {
        Presence::Shared => {
            let (left, right) = (&comparison.left_hospital().name, &comparison.right_hospital().name);
            let reasons: Vec<&str> = row.reasons().into_iter().map(Verdict::sentence).collect();
            let reasons = if reasons.is_empty() { String::new() } else { format!(" {}", reasons.join(" ")) };
            format!("Shared: {}. {left}: {a} {right}: {b}{reasons}", row.name)
        }
        Presence::OnlyLeft => format!("Only {}: {a}", comparison.left_hospital().name),
        Presence::OnlyRight => format!("Only {}: {b}", comparison.right_hospital().name),
    }
}
