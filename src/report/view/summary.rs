//! The summary of a comparison, readable within ten seconds.

use crate::report::view::comparison::ComparisonView;
use crate::report::view::entry::{Entry, Group, SideView, Subject};
use crate::report::view::labels::{by_reason, first_of};
use crate::report::wording::count;

/// The largest number of answers written in full; further measures are only named.
const ANSWERS: usize = 2;

/// The largest number of names in a line.
const NAMES: usize = 3;

/// The number of answers below which examples of one-sided measures are added, to fill up to this number.
const EXAMPLES: usize = 3;

/// At most six lines: the two hospitals, the first answers, what cannot be told, how much only one text says. Each line in
/// its sentences.
pub(super) fn lines(view: &ComparisonView) -> Vec<Vec<String>> {
    let mut lines: Vec<Vec<String>> = ["A", "B"]
        .iter()
        .zip(&view.hospitals)
        .map(|(mark, who)| {
            let about = if who.about.is_empty() { String::new() } else { format!(" · {}", who.about) };
            vec![format!("{mark} {}{about}", who.name)]
        })
        .collect();
    let measures = |group| view.rows(group).filter(|entry| entry.subject == Subject::Measure);
    let mut answered: Vec<&Entry> = measures(Group::SideBySide).collect();
    // Whole hospitals come first, derived measures last.
    answered.sort_by_key(|entry| (entry.is_of_part(), entry.is_derived()));
    lines.extend(answered.iter().take(ANSWERS).map(|entry| vec![in_full(entry)]));
    let rest = also_answered(answered.get(ANSWERS..).unwrap_or_default());
    let unknown: Vec<&Entry> = measures(Group::CannotTell).collect();
    let unknown = match (&unknown[..], answered.is_empty()) {
        ([], true) => Some("No measure is in both texts.".to_owned()),
        (unknown, _) => with_reasons(unknown),
    };
    lines.push(rest.into_iter().chain(unknown).collect());
    let examples = EXAMPLES.saturating_sub(answered.len());
    let one_sided = [(0, Group::OnlyLeft), (1, Group::OnlyRight)].into_iter();
    let counts = one_sided.map(|(side, group)| only(view.title(group), side, measures(group).collect(), examples));
    lines.push(counts.flatten().collect());
    lines.retain(|sentences| !sentences.is_empty());
    lines
}

/// `Visits: A 4.7 million (2017), B 3.37 million (2019). A larger by 1.28–1.38 million; two years apart.`
fn in_full(entry: &Entry) -> String {
    let [left, right] = entry.sides.each_ref().map(SideView::in_brief);
    // The values name their caveats.
    let limits: Vec<&str> = entry.brief_limits().collect();
    let limits = if limits.is_empty() { String::new() } else { format!("; {}", limits.join("; ")) };
    let derived = entry.derived_mark();
    format!("{}{derived}: A {left}, B {right}. {}{limits}.", upper_first(&entry.label), upper_first(&entry.answer_text))
}

/// `Also answered: open beds, key disciplines and 2 more.`
fn also_answered(entries: &[&Entry]) -> Option<String> {
    let label = |entry: &&Entry| format!("{}{}", entry.label, entry.derived_mark());
    let labels: Vec<String> = entries.iter().map(label).collect();
    (!labels.is_empty()).then(|| format!("Also answered: {}.", first_of(&labels, NAMES)))
}

/// `Cannot be told: open beds (either may be larger); key disciplines, visits (different things are counted).`
fn with_reasons(entries: &[&Entry]) -> Option<String> {
    let reason = |entry: &Entry| entry.limits.first().map_or(String::new(), |limit| limit.brief.clone());
    let reasons = by_reason(entries.iter().map(|entry| (reason(entry), entry.label.as_str()))).into_iter();
    let reasons: Vec<String> =
        reasons.map(|(reason, labels)| format!("{} ({reason})", first_of(&labels, NAMES))).collect();
    (!reasons.is_empty()).then(|| format!("Cannot be told: {}.", reasons.join("; ")))
}

/// The sentence on a one-sided group: `Only in A's text 12 measures: deliveries 33,717 (2017) …` Stated measures without a
/// caveat are the first examples.
fn only(title: &str, side: usize, mut measures: Vec<&Entry>, examples: usize) -> Option<String> {
    let count = count(measures.len(), "measure");
    let has_caveat = |entry: &Entry| entry.sides[side].shown.iter().any(|value| value.caveat.is_some());
    measures.sort_by_key(|entry| (entry.is_derived(), has_caveat(entry)));
    let example = |entry: &&Entry| format!("{}{} {}", entry.label, entry.derived_mark(), entry.sides[side].in_brief());
    let shown: Vec<String> = measures.iter().take(examples).map(example).collect();
    match (measures.len(), shown.len()) {
        (0, _) => None,
        (_, 0) => Some(format!("{title}: {count}.")),
        (all, shown_count) if all == shown_count => Some(format!("{title}: {}.", shown.join("; "))),
        _ => Some(format!("{title} {count}: {} …", shown.join("; "))),
    }
}

/// `text` with its first letter in upper case.
pub(in crate::report) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
