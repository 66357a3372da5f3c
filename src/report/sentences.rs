//! Writes short full sentences with every caveat, suited to screen readers.

use std::collections::HashSet;
use std::io::{self, Write};

use crate::catalog::{Catalog, Figure, HospitalKey, Measure, Mention, Missing};
use crate::report::content::Content;
use crate::report::list::List;
use crate::report::view::{ComparisonView, Entry, Group, Subject, ValueView, upper_first};
use crate::report::wording::{self, sentence};
use crate::text::Text;

/// Writes `content`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(crate) fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    match content {
        Content::List(hospitals) => list(out, hospitals),
        Content::Hospital(catalog, key) => hospital(out, catalog, *key),
        Content::Comparison(_, view) => compared(out, view),
    }
}

/// A line for each hospital: what it is, or what was asked of it.
fn list(out: &mut impl Write, list: &List) -> io::Result<()> {
    let rows = list.for_sentences();
    let headings: Vec<String> = rows.headings().iter().map(|heading| upper_first(heading)).collect();
    for (at, key) in list.keys.iter().enumerate() {
        let introduction = list.chosen().is_none().then(|| introduction(list.catalog, *key));
        let said = headings.iter().zip(rows.words(at)).map(|(heading, words)| {
            let words = if words.is_empty() { Missing::NotInSource.words() } else { &words };
            format!("{heading}: {}", sentence(words))
        });
        writeln!(out, "{}", introduction.into_iter().chain(said).collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}

/// Name, native name, kind and place in one sentence.
fn introduction(catalog: &Catalog, key: HospitalKey) -> String {
    let hospital = catalog.hospital(key);
    let native = hospital.native_name.as_ref().map_or(String::new(), |name| format!(" ({name})"));
    let about: Vec<String> = hospital.kind.iter().map(Text::to_string).chain(wording::place(hospital)).collect();
    let about = if about.is_empty() { String::new() } else { format!(" {}.", about.join(", ")) };
    format!("{}{native}.{about} Id: {}.", hospital.name, hospital.id)
}

/// The source of a statement: its title and date.
fn according_to(catalog: &Catalog, key: HospitalKey, id: &str) -> String {
    let Some(source) = catalog.source(key, id) else { return String::new() };
    match &source.published {
        Some(date) => format!("source: “{}” of {date}", source.title),
        None => format!("source: “{}”, {}", source.title, wording::date(source)),
    }
}

/// A caveat and a note, each as a sentence after another one.
fn remarks(caveat: Option<&Text>, note: Option<&Text>) -> String {
    let remark =
        |name: &str, text: Option<&Text>| text.map_or(String::new(), |text| format!(" {name}: {}", sentence(text)));
    remark("Caveat", caveat) + &remark("Note", note)
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
        remarks(figure.caveat.as_ref(), wording::note(figure).as_ref())
    )
}

/// A mention of a name: its detail, period, source, caveat and note.
fn mention(catalog: &Catalog, key: HospitalKey, mention: &Mention) -> String {
    let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
    let when = wording::mention_period(mention);
    let when = if when.is_empty() { when } else { format!(", {when}") };
    let source = according_to(catalog, key, mention.source());
    format!("{}{detail}{when} ({source}).{}", mention.name(), remarks(mention.caveat(), mention.note()))
}

fn hospital(out: &mut impl Write, catalog: &Catalog, key: HospitalKey) -> io::Result<()> {
    let hospital = catalog.hospital(key);
    writeln!(out, "{}", introduction(catalog, key))?;
    if !hospital.aliases.is_empty() {
        let aliases: Vec<&str> = hospital.aliases.iter().map(Text::as_str).collect();
        writeln!(out, "It is also called {}.", aliases.join("; "))?;
    }
    hospital.details.names_note.iter().try_for_each(|note| writeln!(out, "{note}"))?;
    for one in hospital.details.all_facts() {
        let source = according_to(catalog, key, &one.fact.source);
        let remarks = remarks(one.fact.caveat.as_ref(), one.fact.note.as_ref());
        writeln!(out, "{}: {} ({source}).{remarks}", upper_first(one.label), one.text())?;
    }
    for campus in &hospital.details.campuses {
        let source = according_to(catalog, key, &campus.source);
        writeln!(out, "Campus: {} ({source}).{}", wording::campus(campus), remarks(None, campus.note.as_ref()))?;
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

/// The figures, grouped by family, a line each.
fn figures(out: &mut impl Write, catalog: &Catalog, key: HospitalKey) -> io::Result<()> {
    if catalog.figures(key).next().is_none() {
        writeln!(out, "Its sources give no figures.")?;
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

/// The full references of the sources, and the data files.
fn ending(out: &mut impl Write, catalog: &Catalog, keys: &[HospitalKey]) -> io::Result<()> {
    writeln!(out, "\nSources.")?;
    for source in wording::Citations::new(catalog, keys).all() {
        let note = source.note.as_ref().map_or(String::new(), |note| format!(" {note}"));
        writeln!(out, "{}.{note}", wording::source(source))?;
    }
    writeln!(out, "\nData files.")?;
    wording::identity(catalog).iter().try_for_each(|line| writeln!(out, "{line}."))
}

fn compared(out: &mut impl Write, view: &ComparisonView) -> io::Result<()> {
    for line in view.summary_lines() {
        writeln!(out, "{}", sentence(&line))?;
    }
    let mut writer = TextWriter::new(view);
    for line in writer.side_summaries() {
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
    writeln!(out, "\nData files.")?;
    view.data_files.iter().try_for_each(|line| writeln!(out, "{line}."))
}

/// Writes a comparison in sentences. The source and time that most values of a side share are written once, and so is
/// each caveat.
struct TextWriter<'a> {
    view: &'a ComparisonView,
    /// The source of all values of each side, if they share one.
    sources: [Option<usize>; 2],
    /// The time of most undated numbers of each side, if they share one.
    times: [Option<&'a str>; 2],
    /// The caveats that have been written.
    written_caveats: HashSet<&'a str>,
}

impl<'a> TextWriter<'a> {
    fn new(view: &'a ComparisonView) -> Self {
        let sources = view.side_summaries.each_ref().map(|side| side.source);
        let times = view.side_summaries.each_ref().map(|side| side.time.as_deref());
        Self { view, sources, times, written_caveats: HashSet::new() }
    }

    /// The source and time that most values of each side share.
    fn side_summaries(&self) -> Vec<String> {
        let line = |(side, mark): (usize, &str)| {
            let source = self.sources[side].map(|number| format!("source [{number}]"));
            let time = self.times[side].map(|time| format!("where no time is given: {time}"));
            let parts: Vec<String> = source.into_iter().chain(time).collect();
            (!parts.is_empty()).then(|| format!("{mark}: {}.", parts.join("; ")))
        };
        ["A", "B"].into_iter().enumerate().filter_map(line).collect()
    }

    /// A one-sided group: figures and facts in one paragraph, and the number of names in each list.
    fn one_sided(&mut self, group: Group, side: usize) -> Vec<String> {
        let view = self.view;
        let mut plain = Vec::new();
        let mut reasons: Vec<&ValueView> = Vec::new();
        for entry in view.rows(group).filter(|entry| entry.subject != Subject::Names) {
            let all = entry.sides[side].shown.iter().chain(&entry.sides[side].also);
            let values: Vec<String> = all.map(|value| self.value(value, side, true)).collect();
            // The other text may have related figures. Its reasons for missing numbers are written once, below.
            let related = entry.sides[1 - side].also.iter();
            let (missing, related): (Vec<&ValueView>, Vec<&ValueView>) = related.partition(|value| is_missing(value));
            reasons.extend(entry.sides[1 - side].reasons.iter().chain(missing));
            let other = related.into_iter().map(|value| self.value(value, 1 - side, true));
            let other = other.map(|value| format!(" ({}: {value})", ["B", "A"][side])).collect::<Vec<_>>().concat();
            plain.push(format!("{} {}{other}", title(entry), values.join(", also ")));
        }
        let mut lines: Vec<String> =
            (!plain.is_empty()).then(|| sentence(&upper_first(&plain.join("; ")))).into_iter().collect();
        let named = view.rows(group).filter(|entry| entry.subject == Subject::Names);
        let named: Vec<String> =
            named.map(|entry| format!("{} {}", entry.label, entry.sides[side].shown.len())).collect();
        lines.extend((!named.is_empty()).then(|| format!("Named: {}.", named.join("; "))));
        lines.extend(view.reasons(group).iter().map(|reason| sentence(reason)));
        let caveats = reasons
            .iter()
            .filter_map(|value| value.caveat.as_deref())
            .filter(|caveat| self.written_caveats.insert(caveat));
        lines.extend(caveats.map(|caveat| format!("Caveat on {}: {}", ["B", "A"][side], sentence(caveat))));
        lines
    }

    /// A group of both texts: a line for each row, then the shared names.
    fn two_sided(&mut self, group: Group) -> Vec<String> {
        let view = self.view;
        let is_name = |entry: &&Entry| entry.subject == Subject::SharedName;
        // The summary already has kind, place and grade.
        let is_in_summary = |entry: &Entry| {
            let is_plain = entry.sides.iter().flat_map(|side| &side.shown).all(|value| value.caveat.is_none());
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

    /// A row of both texts: values, answer, limits, caveats.
    fn row(&mut self, entry: &'a Entry) -> String {
        let mut sides = Vec::new();
        for (at, mark) in ["A", "B"].into_iter().enumerate() {
            let side = &entry.sides[at];
            let shown: Vec<String> = side.shown.iter().map(|value| self.value(value, at, false)).collect();
            let shown = if shown.is_empty() { side.missing.to_owned() } else { shown.join(" and ") };
            let when = side.shown.first().map(|value| value.when.as_str());
            let also = side
                .also
                .iter()
                .map(|value| self.related_value(value, at, when.is_some_and(|when| when != value.when)));
            let also: Vec<String> = also.collect();
            let also = if also.is_empty() { String::new() } else { format!(" (also {})", also.join("; ")) };
            sides.push(format!("{mark} {shown}{also}"));
        }
        // Without an answer, the first limit is the reason for that.
        let count = if entry.group == Group::CannotTell { 1 } else { entry.limits.len() };
        let limits = entry.brief_limits().take(count);
        let answer =
            [entry.answer_text.as_str()].into_iter().filter(|text| !text.is_empty() && *text != "cannot be told");
        let answer: Vec<&str> = answer.chain(limits).collect();
        let answer = if answer.is_empty() { String::new() } else { format!(" {}.", upper_first(&answer.join("; "))) };
        let (mut caveats, mut repeated) = (String::new(), Vec::new());
        for (mark, side) in ["A", "B"].into_iter().zip(&entry.sides) {
            for caveat in side.shown.iter().filter_map(|value| value.caveat.as_deref()) {
                if self.written_caveats.insert(caveat) {
                    caveats.extend([" Caveat on ", mark, ": ", caveat]);
                } else {
                    repeated.push(mark);
                }
            }
        }
        repeated.dedup();
        if !repeated.is_empty() {
            caveats.extend([" Caveat on ", &repeated.join(" and "), ": see above."]);
        }
        format!("{}: {}.{answer}{caveats}", upper_first(&title(entry)), sides.join("; "))
    }

    /// A value. Its time and source are left out if they are those of the side. Its caveat is added if `has_caveat` is set
    /// and it has not been written before.
    fn value(&mut self, value: &'a ValueView, side: usize, has_caveat: bool) -> String {
        let is_usual = self.times[side] == Some(value.when.as_str());
        self.phrase(value, side, is_usual, has_caveat)
    }

    /// A related value. Its time is left out only if it is that of the side and of the compared value.
    fn related_value(&mut self, value: &'a ValueView, side: usize, is_other_time: bool) -> String {
        let is_usual = self.times[side] == Some(value.when.as_str()) && !is_other_time;
        self.phrase(value, side, is_usual, true)
    }

    fn phrase(&mut self, value: &'a ValueView, side: usize, is_usual: bool, has_caveat: bool) -> String {
        let text = if is_usual { value.counted() } else { value.phrase() };
        let marks = if self.sources[side].is_none() && !value.sources.is_empty() {
            format!(" {}", value.marks())
        } else {
            String::new()
        };
        let caveat = value.caveat.as_deref().filter(|caveat| has_caveat && self.written_caveats.insert(caveat));
        let caveat = caveat.map_or(String::new(), |caveat| format!(" (caveat: {})", caveat.trim_end_matches('.')));
        format!("{text}{marks}{caveat}")
    }
}

/// The label of a row, with a mark if the row is derived.
fn title(entry: &Entry) -> String {
    entry.title() + entry.derived_mark()
}

/// Whether it is only the reason for a missing number.
fn is_missing(value: &ValueView) -> bool {
    value.figure.as_ref().is_some_and(|figure| figure.quantity().is_none())
}

/// An entry with its sources, for the clipboard.
#[must_use]
pub(crate) fn entry_for_clipboard(view: &ComparisonView, entry: &Entry) -> String {
    let [a, b] = view.hospitals.each_ref().map(|who| who.name.as_str());
    // The copied text is read alone, so each value has its time and source.
    let mut writer = TextWriter { sources: [None; 2], times: [None; 2], ..TextWriter::new(view) };
    let row = match entry.group.side() {
        None => writer.row(entry),
        Some(side) => {
            let all = entry.sides[side].shown.iter().chain(&entry.sides[side].also);
            let values: Vec<String> = all.map(|value| writer.value(value, side, true)).collect();
            format!("{}, {}: {}.", upper_first(&title(entry)), entry.answer_text, values.join("; "))
        }
    };
    let sources = view.sources_of(entry).map(|source| format!("\n[{}] {}", source.number, source.text));
    let sources = sources.collect::<Vec<_>>().concat();
    format!("A {a}, B {b}. {row}{sources}\n")
}

/// A hospital's names and its sources, for the clipboard.
#[must_use]
pub(crate) fn hospital_for_clipboard(catalog: &Catalog, key: HospitalKey) -> String {
    let citations = wording::Citations::new(catalog, &[key]);
    let sources = citations.all().enumerate().map(|(at, source)| format!("\n[{}] {}", at + 1, wording::source(source)));
    let sources = sources.collect::<Vec<_>>().concat();
    format!("{}{sources}\n", introduction(catalog, key))
}
