//! The differences between two editions of one hospital: text fields, lists, figures.

use std::collections::HashMap;

use crate::catalog::{Catalog, Details, Hospital, Mention};
use crate::compare::changes::change::{Change, with_caveat};
use crate::compare::changes::coverage::Common;
use crate::compare::changes::field::{ALIASES, Field, fields};
use crate::compare::changes::figures;
use crate::text::Text;

/// The changes of one hospital from the old to the new dataset.
pub(super) fn changes(sides: [(&Catalog, &Hospital); 2], common: &Common) -> Vec<Change> {
    let details = sides.map(|(_, hospital)| hospital.details.peek());
    let [old, new] = [0, 1].map(|at| fields(sides[at].1, &details[at]));
    let mut changes = field_changes(&old, &new, common);
    let [old, new] = [0, 1].map(|at| lists(sides[at].1, &details[at]));
    for ((label, old), (_, new)) in old.into_iter().zip(new) {
        if label != ALIASES || common.has(label) {
            changes.extend(list_changes(label, old, new));
        }
    }
    changes.extend(figures::changes([0, 1].map(|at| (sides[at].0, &*details[at])), common));
    changes
}

/// The changed fields: first those of the new dataset in its order, then those that only the old dataset has.
fn field_changes(old: &[Field], new: &[Field], common: &Common) -> Vec<Change> {
    let change = |label: &str, from: Option<&Field>, to: Option<&Field>| {
        Change::new(label, false, from.map(Field::text), to.map(Field::text))
    };
    let [old_labels, new_labels] =
        [old, new].map(|side| side.iter().map(|one| (&one.label, one)).collect::<HashMap<&Text, &Field>>());
    let mut changes = Vec::new();
    for to in new.iter().filter(|one| common.has(&one.label)) {
        let from = old_labels.get(&to.label).copied();
        if !from.is_some_and(|from| from.is_same(to)) {
            changes.extend(change(&to.label, from, Some(to)));
        }
    }
    for from in old.iter().filter(|one| common.has(&one.label) && !new_labels.contains_key(&one.label)) {
        changes.extend(change(&from.label, Some(from), None));
    }
    changes
}

/// An entry of a list: the key that identifies it in both editions, and its whole text.
type ListEntry = ([String; 3], String);

/// The lists of a hospital with their labels. Every hospital has the same lists, some of them empty.
fn lists(hospital: &Hospital, details: &Details) -> Vec<(&'static str, Vec<ListEntry>)> {
    let key = |name: &Text| [name.to_string(), String::new(), String::new()];
    let aliases = hospital.aliases.iter().map(|alias| (key(alias), alias.to_string())).collect();
    let campuses = details.campuses.iter().map(|campus| {
        let texts: Vec<&str> = [Some(&campus.name), campus.native_name.as_ref(), campus.note.as_ref()]
            .into_iter()
            .flatten()
            .map(Text::as_str)
            .collect();
        (key(&campus.id), texts.join(", "))
    });
    let mut lists = vec![(ALIASES, aliases), ("campuses", campuses.collect())];
    for (kind, mentions) in details.mentions() {
        lists.push((kind.label(), mentions.iter().map(entry).collect()));
    }
    lists
}

fn entry(mention: &Mention) -> ListEntry {
    let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
    let when = mention.period().map_or(String::new(), |period| format!(", {period}"));
    let text = with_caveat(format!("{}{detail}{when}", mention.name()), mention.caveat().map(Text::as_str));
    (mention.key(mention.name()), text)
}

/// The entries added to, removed from or changed in a list. The order of the entries is ignored.
fn list_changes(label: &str, mut old: Vec<ListEntry>, mut new: Vec<ListEntry>) -> Vec<Change> {
    new.retain(|entry| match old.iter().position(|other| other == entry) {
        Some(at) => {
            old.remove(at);
            false
        }
        None => true,
    });
    let mut changes = Vec::new();
    for (key, to) in new {
        let from = old.iter().position(|(other, _)| *other == key).map(|at| old.remove(at).1);
        changes.extend(Change::new(label, false, from, Some(to)));
    }
    changes.extend(old.into_iter().filter_map(|(_, from)| Change::new(label, false, Some(from), None)));
    changes
}
