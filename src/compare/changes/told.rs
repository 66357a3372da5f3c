//! What a dataset says of a hospital beside figures, and what differs in it.

use std::collections::{HashMap, HashSet};

use super::{Change, figures};
use crate::catalog::{Catalog, Details, Fact, Hospital, Mention};
use crate::text::Text;

/// Of how many hospitals a dataset says what: facts and headings by their labels, measures by their ids.
#[derive(Default)]
pub(super) struct Says {
    pub(super) statements: HashMap<Text, usize>,
    pub(super) measures: HashMap<Text, usize>,
}

impl Says {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut says = Self::default();
        for (_, hospital) in catalog.hospitals() {
            let details = hospital.details.peek();
            let labels = statements(hospital, &details).into_iter().map(|one| one.label);
            for label in labels.chain((!hospital.aliases.is_empty()).then(|| ALIASES.into())) {
                *says.statements.entry(label).or_default() += 1;
            }
            let measures: HashSet<&Text> = details.figures.iter().map(|figure| &figure.measure).collect();
            for measure in measures {
                *says.measures.entry(measure.clone()).or_default() += 1;
            }
        }
        says
    }
}

/// What both datasets say of some hospital. Only that can change.
pub(super) struct Shared<'a>(pub(super) [&'a Says; 2]);

impl Shared<'_> {
    fn has(&self, label: &str) -> bool {
        self.0.iter().all(|says| says.statements.contains_key(label))
    }

    pub(super) fn has_measure(&self, id: &str) -> bool {
        self.0.iter().all(|says| says.measures.contains_key(id))
    }
}

/// What differs between what two datasets say of a hospital.
pub(super) fn changes(sides: [(&Catalog, &Hospital); 2], shared: &Shared) -> Vec<Change> {
    let details = sides.map(|(_, hospital)| hospital.details.peek());
    let [then, now] = [0, 1].map(|at| statements(sides[at].1, &details[at]));
    let mut changes = differing(&then, &now, shared);
    let [then, now] = [0, 1].map(|at| entries(sides[at].1, &details[at]));
    for ((label, then), (_, now)) in then.into_iter().zip(now) {
        if label != ALIASES || shared.has(label) {
            changes.extend(set(label, then, now));
        }
    }
    changes.extend(figures::changes([0, 1].map(|at| (sides[at].0, &*details[at])), shared));
    changes
}

const ALIASES: &str = "other names";
const PHONE: &str = "phone";

/// Something said in words.
struct Statement {
    label: Text,
    text: String,
    caveat: Option<String>,
}

impl Statement {
    fn words(&self) -> String {
        with_caveat(self.text.clone(), self.caveat.as_deref())
    }

    /// Whether both say the same. Telephone numbers do, however their digits are grouped.
    fn is_same(&self, other: &Self) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_number = || {
            let (own, others) = (digits(&self.text), digits(&other.text));
            self.label.as_str() == PHONE && !own.is_empty() && own == others
        };
        self.caveat == other.caveat && (self.text == other.text || is_number())
    }
}

pub(super) fn with_caveat(text: String, caveat: Option<&str>) -> String {
    match caveat {
        Some(caveat) => format!("{text} (caveat: {caveat})"),
        None => text,
    }
}

/// All statements on a hospital, each of its own label.
fn statements(hospital: &Hospital, details: &Details) -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    let mut say = |label: &str, text: String, caveat: Option<String>| {
        // Two sources may each have a column of that heading.
        match all.iter_mut().find(|known| known.label.as_str() == label) {
            Some(known) => known.text = format!("{}; {text}", known.text),
            None => all.push(Statement { label: label.into(), text, caveat }),
        }
    };
    let mut plain = |label: &str, text: Option<String>| text.into_iter().for_each(|text| say(label, text, None));
    plain("native name", hospital.native_name.as_ref().map(Text::to_string));
    plain("place", Some(hospital.place.line()).filter(|place| !place.is_empty()));
    plain("coordinates", details.latitude.zip(details.longitude).map(|(north, east)| format!("{north}, {east}")));
    plain("kind", hospital.kind.as_ref().map(Text::to_string));
    for (label, Fact { text, caveat, .. }) in details.facts() {
        say(label, text.to_string(), caveat.as_ref().map(Text::to_string));
    }
    for (heading, text) in details.extra.iter().flat_map(|extra| &extra.facts) {
        say(heading, text.to_string(), None);
    }
    all
}

/// What differs: what both say in the order of the new one, then what only the old one says.
fn differing(then: &[Statement], now: &[Statement], shared: &Shared) -> Vec<Change> {
    let change = |label: &str, from: Option<&Statement>, to: Option<&Statement>| {
        Change::new(label, false, from.map(Statement::words), to.map(Statement::words))
    };
    let twin = |one: &Statement, side: &[Statement]| side.iter().position(|other| other.label == one.label);
    let mut changes = Vec::new();
    for to in now.iter().filter(|one| shared.has(&one.label)) {
        let from = twin(to, then).map(|at| &then[at]);
        if !from.is_some_and(|from| from.is_same(to)) {
            changes.extend(change(&to.label, from, Some(to)));
        }
    }
    for from in then.iter().filter(|one| shared.has(&one.label) && twin(one, now).is_none()) {
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
