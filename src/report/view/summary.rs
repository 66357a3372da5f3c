//! The summary: what a reader should know within ten seconds.

use crate::compare::Answer;
use crate::report::view::comparison::ComparisonView;
use crate::report::view::entry::{Entry, Group, Said, SideView, Subject};
use crate::report::wording::count;

/// Most answers that stand in full; the others are named.
const ANSWERS: usize = 2;

/// Most names in a line.
const NAMES: usize = 3;

/// Answers and examples of what only one text says together, where there are few answers.
const EXAMPLES: usize = 3;

/// At most six lines: who the two are, the first answers, what cannot be told, how much only one text says.
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
    // Whole hospitals first; what we have worked out last.
    answered.sort_by_key(|entry| (entry.is_of_part(), entry.is_derived()));
    lines.extend(answered.iter().take(ANSWERS).map(|entry| in_full(entry)));
    let rest = named("Also answered", answered.get(ANSWERS..).unwrap_or_default());
    let untold: Vec<&Entry> = measures(Group::CannotTell).filter(|entry| entry.answer != Answer::Neither).collect();
    let untold = match (&untold[..], answered.is_empty()) {
        ([], true) => "No measure stands in both texts.".to_owned(),
        (untold, _) => with_reasons(untold),
    };
    let both: Vec<String> = [rest, untold].into_iter().filter(|line| !line.is_empty()).collect();
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
    // A caveat is named with its value.
    let limits: Vec<&str> = entry.brief_limits().collect();
    let limits = if limits.is_empty() { String::new() } else { format!("; {}", limits.join("; ")) };
    let derived = entry.derived_mark();
    format!("{}{derived}: A {left}, B {right}. {}{limits}.", upper_first(&entry.label), upper_first(&entry.says))
}

/// The values of a side, each with its time and whether it has a caveat: `880 (as of 2022-03-11, caveat)`.
fn values(side: &SideView) -> String {
    let value = |said: &Said| {
        let caveat = said.caveat.as_ref().map(|_| "caveat");
        let when = Some(said.when.as_str()).filter(|when| !when.is_empty());
        let beside: Vec<&str> = when.into_iter().chain(caveat).collect();
        let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
        format!("{}{beside}", said.counted())
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
        let why = entry.limits.first().map_or("", |limit| limit.brief.as_str());
        match by_reason.iter_mut().find(|(known, _)| *known == why) {
            Some((_, labels)) => labels.push(&entry.label),
            None => by_reason.push((why, vec![&entry.label])),
        }
    }
    let reason = |(why, labels): (&str, Vec<&str>)| {
        let more = labels.len().saturating_sub(NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more} ({why})", labels[..labels.len().min(NAMES)].join(", "))
    };
    let reasons: Vec<String> = by_reason.into_iter().map(reason).collect();
    if reasons.is_empty() { String::new() } else { format!("Cannot be told: {}.", reasons.join("; ")) }
}

/// `Only in A's text 12 measures: deliveries 33,717 (2017) …` Where answers are few, examples give an idea, those
/// without a caveat first.
fn only(title: &str, side: usize, mut measures: Vec<&Entry>, examples: usize) -> String {
    let count = count(measures.len(), "measure");
    measures.sort_by_key(|entry| entry.sides[side].shown.iter().any(|said| said.caveat.is_some()));
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
