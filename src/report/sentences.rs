//! Full sentences with every caveat attached, short enough to listen to.

use std::collections::HashSet;
use std::io::{self, Write};

use crate::catalog::{Catalog, Figure, HospitalKey, Measure, Mention};
use crate::report::content::Content;
use crate::report::view::{ComparisonView, Entry, Group, Said, Subject, upper_first};
use crate::report::wording;
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
        Content::Comparison(comparison) => compared(out, &ComparisonView::new(comparison)),
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

/// A place where a name stands: what is said, when, by which source, and its caveat.
fn mention(catalog: &Catalog, key: HospitalKey, mention: &Mention) -> String {
    let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
    let when = wording::mention_period(mention);
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
    hospital.details.names_note.iter().try_for_each(|note| writeln!(out, "{note}"))?;
    for (label, fact) in hospital.details.all_facts() {
        let source = according_to(catalog, key, &fact.source);
        writeln!(out, "{}: {} ({source}).{}", upper_first(label), fact.text, caveat(fact.caveat.as_ref()))?;
    }
    for campus in &hospital.details.campuses {
        let note = campus.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
        writeln!(out, "Campus: {}{note} ({}).", campus.name, according_to(catalog, key, &campus.source))?;
    }
    figures(out, catalog, key)?;
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

/// The figures by family, a line each.
fn figures(out: &mut impl Write, catalog: &Catalog, key: HospitalKey) -> io::Result<()> {
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
    wording::identity(catalog).iter().try_for_each(|line| writeln!(out, "{line}."))
}

fn compared(out: &mut impl Write, view: &ComparisonView) -> io::Result<()> {
    for line in &view.summary {
        writeln!(out, "{}", sentence(line))?;
    }
    let mut writer = TextWriter::new(view);
    for line in writer.said_once() {
        writeln!(out, "{line}")?;
    }
    for group in Group::ALL.into_iter().filter(|group| view.count(*group) > 0) {
        writeln!(out, "\n{}.", view.title(group))?;
        match group.side() {
            Some(side) => writer.one_sided(group, side),
            None => writer.two_sided(group),
        }
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))?;
    }
    writeln!(out, "\nSources.")?;
    for source in &view.sources {
        writeln!(out, "[{}] {}", source.number, sentence(&source.brief))?;
    }
    writeln!(out, "\nMade from.")?;
    view.made_from.iter().try_for_each(|line| writeln!(out, "{line}."))
}

/// `text` with a full stop.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// Puts a comparison in sentences. What holds of many numbers is said once: the source and the time of a side, and each
/// caveat.
struct TextWriter<'a> {
    view: &'a ComparisonView,
    /// The source of all that is said on each side.
    sources: [Option<usize>; 2],
    /// What is known of the time of the undated numbers of each side.
    times: [Option<&'a str>; 2],
    /// The caveats that have been said.
    said: HashSet<&'a str>,
}

impl<'a> TextWriter<'a> {
    fn new(view: &'a ComparisonView) -> Self {
        let sources = view.once.each_ref().map(|once| once.source);
        Self { view, sources, times: view.once.each_ref().map(|once| once.time.as_deref()), said: HashSet::new() }
    }

    /// What holds of all that follows.
    fn said_once(&self) -> Vec<String> {
        let line = |(side, mark): (usize, &str)| {
            let source = self.sources[side].map(|number| format!("source [{number}]"));
            let time = self.times[side].map(|time| format!("where no time is given: {time}"));
            let parts: Vec<String> = source.into_iter().chain(time).collect();
            (!parts.is_empty()).then(|| format!("{mark}: {}.", parts.join("; ")))
        };
        ["A", "B"].into_iter().enumerate().filter_map(line).collect()
    }

    /// What only one text says: figures and statements in one paragraph, names by their number.
    fn one_sided(&mut self, group: Group, side: usize) -> Vec<String> {
        let view = self.view;
        let mut plain = Vec::new();
        let mut reasons: Vec<&Said> = Vec::new();
        for entry in view.rows(group).filter(|entry| entry.subject != Subject::Names) {
            let all = entry.sides[side].shown.iter().chain(&entry.sides[side].also);
            let values: Vec<String> = all.map(|said| self.said(said, side, true)).collect();
            // The other text may speak of the concept. Why it has no number is said once, below.
            let beside = entry.sides[1 - side].also.iter();
            let (missing, beside): (Vec<&Said>, Vec<&Said>) = beside.partition(|said| is_missing(said));
            reasons.extend(entry.sides[1 - side].reasons.iter().chain(missing));
            let other = beside.into_iter().map(|said| self.said(said, 1 - side, true));
            let other = other.map(|said| format!(" ({}: {said})", ["B", "A"][side])).collect::<Vec<_>>().concat();
            plain.push(format!("{} {}{other}", title(entry), values.join(", also ")));
        }
        let mut lines: Vec<String> =
            (!plain.is_empty()).then(|| sentence(&upper_first(&plain.join("; ")))).into_iter().collect();
        let named = view.rows(group).filter(|entry| entry.subject == Subject::Names);
        let named: Vec<String> =
            named.map(|entry| format!("{} {}", entry.label, entry.sides[side].shown.len())).collect();
        lines.extend((!named.is_empty()).then(|| format!("Named: {}.", named.join("; "))));
        lines.extend(view.reasons(group).iter().map(|reason| sentence(reason)));
        let caveats =
            reasons.iter().filter_map(|said| said.caveat.as_deref()).filter(|caveat| self.said.insert(caveat));
        lines.extend(caveats.map(|caveat| format!("Caveat on {}: {}", ["B", "A"][side], sentence(caveat))));
        lines
    }

    /// What both texts say: a row a line, then the names of both.
    fn two_sided(&mut self, group: Group) -> Vec<String> {
        let view = self.view;
        let is_name = |entry: &&Entry| entry.subject == Subject::SharedName;
        // The summary has said already who the two are.
        let is_in_summary = |entry: &Entry| {
            let is_plain = entry.sides.iter().flat_map(|side| &side.shown).all(|said| said.caveat.is_none());
            entry.subject == Subject::Statement
                && is_plain
                && ["kind", "place", "grade"].contains(&entry.label.as_str())
        };
        let rows = view.rows(group).filter(|entry| !is_name(entry) && !is_in_summary(entry));
        let mut lines: Vec<String> = rows.map(|entry| self.row(entry)).collect();
        let names: Vec<&Entry> = view.rows(group).filter(is_name).collect();
        let labels: Vec<&str> = names.iter().map(|entry| entry.label.as_str()).collect();
        let has_caveat =
            |entry: &&&Entry| entry.sides.iter().flat_map(|side| &side.shown).any(|one| one.caveat.is_some());
        let caveats = match names.iter().filter(has_caveat).count() {
            0 => String::new(),
            count => format!(" ({} with a caveat)", wording::number(count)),
        };
        lines.extend((!names.is_empty()).then(|| format!("Named in both texts: {}{caveats}.", labels.join(", "))));
        if group == Group::CannotTell {
            lines.extend(
                view.without_number().into_iter().map(|(labels, [a, b])| {
                    format!("No number in either text (A: {a}; B: {b}): {}.", labels.join(", "))
                }),
            );
        }
        lines
    }

    /// A row of both texts: values, the answer, its limits, caveats.
    fn row(&mut self, entry: &'a Entry) -> String {
        let mut sides = Vec::new();
        for (at, mark) in ["A", "B"].into_iter().enumerate() {
            let side = &entry.sides[at];
            let shown: Vec<String> = side.shown.iter().map(|said| self.said(said, at, false)).collect();
            let shown = if shown.is_empty() { side.missing.to_owned() } else { shown.join(" and ") };
            let when = side.shown.first().map(|said| said.when.as_str());
            let also =
                side.also.iter().map(|said| self.said_beside(said, at, when.is_some_and(|when| when != said.when)));
            let also: Vec<String> = also.collect();
            let also = if also.is_empty() { String::new() } else { format!(" (also {})", also.join("; ")) };
            sides.push(format!("{mark} {shown}{also}"));
        }
        // Where nothing can be told, the first limit says why.
        let count = if entry.group == Group::CannotTell { 1 } else { entry.limits.len() };
        let limits = entry.brief_limits().take(count);
        let says = [entry.says.as_str()].into_iter().filter(|says| !says.is_empty() && *says != "cannot be told");
        let says: Vec<&str> = says.chain(limits).collect();
        let says = if says.is_empty() { String::new() } else { format!(" {}.", upper_first(&says.join("; "))) };
        let (mut caveats, mut again) = (String::new(), Vec::new());
        for (mark, side) in ["A", "B"].into_iter().zip(&entry.sides) {
            for caveat in side.shown.iter().filter_map(|said| said.caveat.as_deref()) {
                if self.said.insert(caveat) {
                    caveats.extend([" Caveat on ", mark, ": ", caveat]);
                } else {
                    again.push(mark);
                }
            }
        }
        again.dedup();
        if !again.is_empty() {
            caveats.extend([" Caveat on ", &again.join(" and "), " as said before."]);
        }
        format!("{}: {}.{says}{caveats}", upper_first(&title(entry)), sides.join("; "))
    }

    /// A value with its time and source, where these are not those of all; with its caveat where it is asked for and has
    /// not been said.
    fn said(&mut self, said: &'a Said, side: usize, has_caveat: bool) -> String {
        let is_usual = self.times[side] == Some(said.when.as_str());
        self.phrase(said, side, is_usual, has_caveat)
    }

    /// What stands beside a value: with its time where that is another than the value's.
    fn said_beside(&mut self, said: &'a Said, side: usize, is_other_time: bool) -> String {
        let is_usual = self.times[side] == Some(said.when.as_str()) && !is_other_time;
        self.phrase(said, side, is_usual, true)
    }

    fn phrase(&mut self, said: &'a Said, side: usize, is_usual: bool, has_caveat: bool) -> String {
        let text = if is_usual { said.counted() } else { said.phrase() };
        let marks = if self.sources[side].is_none() && !said.sources.is_empty() {
            format!(" {}", said.marks())
        } else {
            String::new()
        };
        let caveat = said.caveat.as_deref().filter(|caveat| has_caveat && self.said.insert(caveat));
        let caveat = caveat.map_or(String::new(), |caveat| format!(" (caveat: {})", caveat.trim_end_matches('.')));
        format!("{text}{marks}{caveat}")
    }
}

/// What a row is called, and whether we have worked it out.
fn title(entry: &Entry) -> String {
    entry.title() + entry.derived_mark()
}

/// Whether it says only that there is no number.
fn is_missing(said: &Said) -> bool {
    said.figure.as_ref().is_some_and(|figure| figure.quantity().is_none())
}

/// An entry in full, with its sources, to paste into a text.
#[must_use]
pub fn cited(view: &ComparisonView, entry: &Entry) -> String {
    let [a, b] = view.hospitals.each_ref().map(|who| who.name.as_str());
    // What is copied stands alone: each value has its time and its source.
    let mut writer = TextWriter { sources: [None; 2], times: [None; 2], ..TextWriter::new(view) };
    let row = match entry.group.side() {
        None => writer.row(entry),
        Some(side) => {
            let all = entry.sides[side].shown.iter().chain(&entry.sides[side].also);
            let values: Vec<String> = all.map(|said| writer.said(said, side, true)).collect();
            format!("{}, {}: {}.", upper_first(&title(entry)), entry.says, values.join("; "))
        }
    };
    let sources = view.sources.iter().map(|source| format!("\n[{}] {}", source.number, source.text));
    let sources = sources.collect::<Vec<_>>().concat();
    format!("A {a}, B {b}. {row}{sources}\n")
}

/// A hospital's names and the sources on it, to paste into a text.
#[must_use]
pub fn citation(catalog: &Catalog, key: HospitalKey) -> String {
    let citations = wording::Citations::new(catalog, &[key]);
    let sources = citations.all().enumerate().map(|(at, source)| format!("\n[{}] {}", at + 1, wording::source(source)));
    let sources = sources.collect::<Vec<_>>().concat();
    format!("{}{sources}\n", introduction(catalog, key))
}
