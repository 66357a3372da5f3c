//! The summary of a comparison, readable within ten seconds.

use crate::compare::Answer;
use crate::report::view::comparison::ComparisonView;
use crate::report::view::entry::{Entry, Group, SideView, Subject, ValueView};
use crate::report::wording::count;

/// The largest number of answers written in full; further measures are only named.
const ANSWERS: usize = 2;

/// The largest number of names in a line.
const NAMES: usize = 3;

/// The number of answers below which examples of one-sided measures are added, to fill up to this number.
const EXAMPLES: usize = 3;

/// At most six lines: the two hospitals, the first answers, what cannot be told, how much only one text says.
pub(super) fn lines(view: &ComparisonView) -> Vec<String> {
    let mut lines: Vec<String> = ["A", "B"]
        .iter()
        .zip(&view.hospitals)
        .map(|(mark, who)| {
            let about = if who.about.is_empty() { String::new() } else { format!(" · {}", who.about) };
            format!("{mark} {}{about}", who.name)
        })
        .collect();
    let measures = |group| view.group(group).filter(|entry| entry.subject == Subject::Measure);
    let stated = |group| measures(group).filter(|entry| !entry.is_derived()).collect();
    let mut answered: Vec<&Entry> = measures(Group::SideBySide).collect();
    // Whole hospitals come first, derived measures last.
    answered.sort_by_key(|entry| (entry.is_of_part(), entry.is_derived()));
    lines.extend(answered.iter().take(ANSWERS).map(|entry| in_full(entry)));
    let rest = named("Also answered", answered.get(ANSWERS..).unwrap_or_default());
    let unknown: Vec<&Entry> = measures(Group::CannotTell).filter(|entry| entry.answer != Answer::Neither).collect();
    let unknown = match (&unknown[..], answered.is_empty()) {
        ([], true) => "No measure is in both texts.".to_owned(),
        (unknown, _) => with_reasons(unknown),
    };
    let both: Vec<String> = [rest, unknown].into_iter().filter(|line| !line.is_empty()).collect();
    lines.extend((!both.is_empty()).then(|| both.join(" ")));
    let examples = EXAMPLES.saturating_sub(answered.len());
    let one_sided = [(0, Group::OnlyLeft), (1, Group::OnlyRight)];
    let counts = one_sided.map(|(side, group)| only(view.title(group), side, stated(group), examples));
    lines.extend((!counts.concat().is_empty()).then(|| counts.join(" ").trim().to_owned()));
    lines
}

/// `Visits: A 4.7 million (2017), B 3.37 million (2019). A larger by 1.28–1.38 million; two years apart.`
fn in_full(entry: &Entry) -> String {
    let [left, right] = entry.sides.each_ref().map(values);
    // `values` names caveats.
    let limits: Vec<&str> = entry.brief_limits().collect();
    let limits = if limits.is_empty() { String::new() } else { format!("; {}", limits.join("; ")) };
    let derived = entry.derived_mark();
    format!("{}{derived}: A {left}, B {right}. {}{limits}.", upper_first(&entry.label), upper_first(&entry.answer_text))
}

/// The values of a side, each with its time and with a mark if it has a caveat: `880 (as of 2022-03-11, caveat)`.
fn values(side: &SideView) -> String {
    let value = |value: &ValueView| {
        let caveat = value.caveat.as_ref().map(|_| "caveat");
        let when = Some(value.when.as_str()).filter(|when| !when.is_empty());
        let remarks: Vec<&str> = when.into_iter().chain(caveat).collect();
        let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
        format!("{}{remarks}", value.counted())
    };
    side.shown.iter().map(value).collect::<Vec<_>>().join(" / ")
}

/// `Cannot be told: open beds, key disciplines and 2 more.`
fn named(lead: &str, entries: &[&Entry]) -> String {
    let label = |entry: &&Entry| format!("{}{}", entry.label, entry.derived_mark());
    let labels: Vec<String> = entries.iter().take(NAMES).map(label).collect();
    match entries.len().saturating_sub(NAMES) {
        _ if labels.is_empty() => String::new(),
        0 => format!("{lead}: {}.", labels.join(", ")),
        more => format!("{lead}: {} and {more} more.", labels.join(", ")),
    }
}

/// `Cannot be told: open beds (either may be larger); key disciplines, visits (different things are counted).`
fn with_reasons(entries: &[&Entry]) -> String {
    let mut by_reason: Vec<(&str, Vec<&str>)> = Vec::new();
    for entry in entries {
        let reason = entry.limits.first().map_or("", |limit| limit.brief.as_str());
        match by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, labels)) => labels.push(&entry.label),
            None => by_reason.push((reason, vec![&entry.label])),
        }
    }
    let text = |(reason, labels): (&str, Vec<&str>)| {
        let more = labels.len().saturating_sub(NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more} ({reason})", labels[..labels.len().min(NAMES)].join(", "))
    };
    let reasons: Vec<String> = by_reason.into_iter().map(text).collect();
    if reasons.is_empty() { String::new() } else { format!("Cannot be told: {}.", reasons.join("; ")) }
}

/// The line of a one-sided group: `Only in A's text 12 measures: deliveries 33,717 (2017) …` Examples without a caveat
/// come first.
fn only(title: &str, side: usize, mut measures: Vec<&Entry>, examples: usize) -> String {
    let count = count(measures.len(), "measure");
    measures.sort_by_key(|entry| entry.sides[side].shown.iter().any(|value| value.caveat.is_some()));
    let example = |entry: &&Entry| format!("{} {}", entry.label, values(&entry.sides[side]));
    let shown: Vec<String> = measures.iter().take(examples).map(example).collect();
    match (measures.len(), shown.len()) {
        (0, _) => String::new(),
        (_, 0) => format!("{title}: {count}."),
        (all, shown_count) if all == shown_count => format!("{title}: {}.", shown.join("; ")),
        _ => format!("{title} {count}: {} …", shown.join("; ")),
    }
}

/// `text` with its first letter in upper case.
pub(in crate::report) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
