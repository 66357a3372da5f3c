//! What differs between two editions of one hospital: statements, lists, figures.

use crate::catalog::{Catalog, Details, Hospital, Mention};
use crate::compare::changes::change::{Change, with_caveat};
use crate::compare::changes::coverage::Common;
use crate::compare::changes::figures;
use crate::compare::changes::statement::{ALIASES, Statement, statements};
use crate::text::Text;

/// The changes of one hospital, from the old to the new dataset.
pub(super) fn changes(sides: [(&Catalog, &Hospital); 2], common: &Common) -> Vec<Change> {
    let details = sides.map(|(_, hospital)| hospital.details.peek());
    let [then, now] = [0, 1].map(|at| statements(sides[at].1, &details[at]));
    let mut changes = differing(&then, &now, common);
    let [then, now] = [0, 1].map(|at| entries(sides[at].1, &details[at]));
    for ((label, then), (_, now)) in then.into_iter().zip(now) {
        if label != ALIASES || common.has(label) {
            changes.extend(set(label, then, now));
        }
    }
    changes.extend(figures::changes([0, 1].map(|at| (sides[at].0, &*details[at])), common));
    changes
}

/// What differs: what both say in the order of the new one, then what only the old one says.
fn differing(then: &[Statement], now: &[Statement], common: &Common) -> Vec<Change> {
    let change = |label: &str, from: Option<&Statement>, to: Option<&Statement>| {
        Change::new(label, false, from.map(Statement::words), to.map(Statement::words))
    };
    let twin = |one: &Statement, side: &[Statement]| side.iter().position(|other| other.label == one.label);
    let mut changes = Vec::new();
    for to in now.iter().filter(|one| common.has(&one.label)) {
        let from = twin(to, then).map(|at| &then[at]);
        if !from.is_some_and(|from| from.is_same(to)) {
            changes.extend(change(&to.label, from, Some(to)));
        }
    }
    for from in then.iter().filter(|one| common.has(&one.label) && twin(one, now).is_none()) {
        changes.extend(change(&from.label, Some(from), None));
    }
    changes
}

/// An entry of a list: what it is known by, and all that is said of it.
type Entry = (String, String);

/// The lists of a hospital, each under its heading; the same ones for every hospital.
fn entries(hospital: &Hospital, details: &Details) -> Vec<(&'static str, Vec<Entry>)> {
    let aliases = hospital.aliases.iter().map(|alias| (alias.to_string(), alias.to_string())).collect();
    let campuses = details.campuses.iter().map(|campus| {
        let said: Vec<&str> = [Some(&campus.name), campus.native_name.as_ref(), campus.note.as_ref()]
            .into_iter()
            .flatten()
            .map(Text::as_str)
            .collect();
        (campus.id.to_string(), said.join(", "))
    });
    let mut lists = vec![(ALIASES, aliases), ("campuses", campuses.collect())];
    for (kind, mentions) in details.mentions() {
        lists.push((kind.label(), mentions.iter().map(entry).collect()));
    }
    lists
}

fn entry(mention: &Mention) -> Entry {
    let known_by = match mention {
        Mention::Ranking(ranking) => {
            let part = |text: &Option<Text>| text.as_ref().map_or(String::new(), Text::to_string);
            format!("{}|{}|{}", ranking.list, part(&ranking.field), part(&ranking.region))
        }
        other => other.name().to_string(),
    };
    let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
    let when = mention.period().map_or(String::new(), |period| format!(", {period}"));
    let text = with_caveat(format!("{}{detail}{when}", mention.name()), mention.caveat().map(Text::as_str));
    (known_by, text)
}

/// What came into a list and what went out of it, in whatever order it stands.
fn set(label: &str, mut then: Vec<Entry>, mut now: Vec<Entry>) -> Vec<Change> {
    now.retain(|entry| match then.iter().position(|other| other == entry) {
        Some(at) => {
            then.remove(at);
            false
        }
        None => true,
    });
    let mut changes = Vec::new();
    for (known_by, to) in now {
        let from = then.iter().position(|(other, _)| *other == known_by).map(|at| then.remove(at).1);
        changes.extend(Change::new(label, false, from, Some(to)));
    }
    changes.extend(then.into_iter().filter_map(|(_, from)| Change::new(label, false, Some(from), None)));
    changes
}
