//! The rules that a well-formed catalog file can still break: each fault with its path and its cure.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::hospital::{Figure, Hospital, Ranking, Scope};
use super::locate::Path;
use super::measure::{Formula, Measure, MeasureTable};
use super::quantity::{Observed, Quantity};
use super::record::CatalogFile;
use crate::text::Text;

/// A broken rule: where, what, and what to do about it.
pub struct Fault {
    pub path: Path,
    pub message: String,
    pub cure: String,
}

/// All faults of `file`, in file order within each kind.
pub fn faults(file: &CatalogFile) -> Vec<Fault> {
    let mut rules = Rules::new(file);
    rules.top(file);
    rules.terms(file);
    let hospitals = Path::default().field("hospitals");
    // Of ids in order, as most publishers give them, none can stand twice.
    let has_order = file.hospitals.iter().is_sorted_by(|one, next| one.id < next.id);
    // By hash alone, since there may be a million: two of one hash are looked at in full.
    let mut seen: HashSet<u64, FixedState> = HashSet::default();
    seen.reserve(if has_order { 0 } else { file.hospitals.len() });
    for (at, hospital) in file.hospitals.iter().enumerate() {
        if !has_order && !seen.insert(FixedState::default().hash_one(hospital.id.as_str())) {
            let earlier = file.hospitals.iter().take(at).position(|other| other.id == hospital.id);
            if let Some(first) = earlier {
                let message = format!("the id `{}` stands twice: hospitals[{first}] has it already", hospital.id);
                rules.fault(&hospitals.index(at), "id", message, "give each hospital an id of its own");
            }
        }
        if is_plain(hospital) {
            continue;
        }
        rules.hospital(&hospitals.index(at), hospital);
    }
    rules.faults
}

/// Whether nothing is said of a hospital that could be at fault: it has an id, a name and no details.
fn is_plain(hospital: &Hospital) -> bool {
    !hospital.id.is_empty() && !hospital.name.is_empty() && hospital.details.is_none()
}

/// The known word nearest to `word`, when one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Longest word that may be meant as another: to hold a longer one against all takes for ever.
    const LONGEST: usize = 200;
    if word.len() > LONGEST {
        return None;
    }
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

struct Rules<'a> {
    sources: HashSet<&'a str>,
    measures: MeasureTable,
    faults: Vec<Fault>,
}

impl<'a> Rules<'a> {
    fn new(file: &'a CatalogFile) -> Self {
        let mut measures = MeasureTable::standard().clone();
        for measure in &file.measures {
            measures.add(measure.clone());
        }
        Self { sources: file.sources.iter().map(|source| source.id.as_str()).collect(), measures, faults: Vec::new() }
    }

    fn fault(&mut self, record: &Path, field: &str, message: String, cure: impl Into<String>) {
        self.faults.push(Fault { path: record.field(field), message, cure: cure.into() });
    }

    fn top(&mut self, file: &CatalogFile) {
        let mut seen = HashSet::new();
        for (at, source) in file.sources.iter().enumerate() {
            if !seen.insert(source.id.as_str()) {
                let path = Path::default().field("sources").index(at);
                let message = format!("the source id `{}` stands twice", source.id);
                self.fault(&path, "id", message, "give each source an id of its own");
            }
        }
        let mut seen = HashSet::new();
        for (at, measure) in file.measures.iter().enumerate() {
            let path = Path::default().field("measures").index(at);
            let built_in = MeasureTable::standard().get(&measure.id);
            if built_in.is_some_and(|known| known != measure) {
                let message = format!("the measure `{}` is built in, with another definition", measure.id);
                self.fault(&path, "id", message, "choose another id, or leave the measure out to use the built-in one");
            } else if !seen.insert(measure.id.as_str()) {
                self.fault(&path, "id", format!("the measure `{}` stands twice", measure.id), "remove one of them");
            }
            for (field, text) in [("id", &measure.id), ("label", &measure.label), ("family", &measure.family)] {
                if text.is_empty() {
                    self.fault(
                        &path,
                        field,
                        format!("the {field} is empty"),
                        "a measure needs an id, a label and a family",
                    );
                }
            }
            if let Some(formula) = &measure.formula {
                self.formula(&path.field("formula"), formula);
            }
            let named = measure.alike.iter().map(|alike| ("alike", &alike.measure));
            for (field, other) in named.chain(measure.part_of.iter().map(|part| ("part_of", &part.measure))) {
                if self.measures.get(other).is_none() || *other == measure.id {
                    let cure = one_of("measures", other, self.measures.ids());
                    self.fault(&path.field(field), "measure", format!("there is no other measure `{other}`"), cure);
                }
            }
        }
    }

    /// A name can belong to one term only.
    fn terms(&mut self, file: &CatalogFile) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (at, term) in file.terms.iter().enumerate() {
            for name in term.aliases.iter().chain([&term.name]) {
                if seen.insert(name.to_lowercase(), at).is_some_and(|first| first != at) {
                    let path = Path::default().field("terms").index(at);
                    self.fault(
                        &path,
                        "aliases",
                        format!("`{name}` belongs to another term already"),
                        "keep it in one of them",
                    );
                }
            }
        }
    }

    fn formula(&mut self, path: &Path, formula: &Formula) {
        for (field, part) in [("divide", &formula.divide), ("by", &formula.by)] {
            let known = self.measures.get(part).is_some_and(|part| part.formula.is_none() && !part.signed);
            if !known {
                let stated = self
                    .measures
                    .ids()
                    .filter(|id| self.measures.get(id).is_some_and(|one| one.formula.is_none() && !one.signed));
                let cure = one_of("measures that sources state and that are never negative", part, stated);
                self.fault(path, field, format!("a formula cannot use `{part}`"), cure);
            }
        }
    }

    fn hospital(&mut self, path: &Path, hospital: &Hospital) {
        for (field, text) in [("id", &hospital.id), ("name", &hospital.name)] {
            if text.is_empty() {
                self.fault(path, field, format!("the {field} is empty"), "every hospital needs an id and a name");
            }
        }
        let place = path.field("place");
        for (field, degrees, most) in
            [("latitude", hospital.details.latitude, 90.0), ("longitude", hospital.details.longitude, 180.0)]
        {
            if let Some(degrees) = degrees.filter(|degrees| degrees.abs() > most) {
                let message = format!("a {field} of {degrees} lies outside the globe");
                self.fault(&place, field, message, format!("give degrees (WGS 84) from -{most} to {most}"));
            }
        }
        for (label, fact) in hospital.details.facts() {
            self.source(&path.field(label), &fact.source);
        }
        self.campuses(path, hospital);
        for (at, figure) in hospital.details.figures.iter().enumerate() {
            self.figure(&path.field("figures").index(at), figure, hospital);
        }
        for (at, ranking) in hospital.details.rankings.iter().enumerate() {
            self.ranking(&path.field("rankings").index(at), ranking);
        }
        for (at, accreditation) in hospital.details.accreditations.iter().enumerate() {
            self.source(&path.field("accreditations").index(at), &accreditation.source);
        }
        let fields = ["specialties", "affiliations", "partners", "programmes", "milestones", "people"];
        for (field, (_, items)) in fields.into_iter().zip(hospital.details.lists()) {
            for (at, item) in items.iter().enumerate() {
                self.source(&path.field(field).index(at), &item.source);
            }
        }
    }

    fn campuses(&mut self, path: &Path, hospital: &Hospital) {
        let mut seen = HashSet::new();
        for (at, campus) in hospital.details.campuses.iter().enumerate() {
            let path = path.field("campuses").index(at);
            if !seen.insert(campus.id.as_str()) {
                self.fault(
                    &path,
                    "id",
                    format!("the campus id `{}` stands twice", campus.id),
                    "give each campus its own",
                );
            }
            self.source(&path, &campus.source);
        }
    }

    fn figure(&mut self, path: &Path, figure: &Figure, hospital: &Hospital) {
        self.source(path, &figure.source);
        if let Some(Scope::Campus(id)) = &figure.scope
            && !hospital.details.campuses.iter().any(|campus| campus.id == *id)
        {
            let cure = one_of(
                "campuses of this hospital",
                id,
                hospital.details.campuses.iter().map(|campus| campus.id.as_str()),
            );
            self.fault(path, "scope", format!("this hospital has no campus `{id}`"), cure);
        }
        let Some(measure) = self.measures.get(&figure.measure) else {
            let mut cure = one_of("measures", &figure.measure, self.measures.ids());
            cure.push_str("; or define it under `measures` at the top of the file");
            self.fault(path, "measure", format!("unknown measure `{}`", figure.measure), cure);
            return;
        };
        if measure.formula.is_some() {
            let message = format!("`{}` is worked out, not stated", figure.measure);
            self.fault(
                path,
                "measure",
                message,
                "give the figures that it is worked out from, or use a measure of its own",
            );
            return;
        }
        if let Observed::Stated(quantity) = figure.value
            && let Some((message, cure)) = quantity_fault(quantity, measure)
        {
            self.fault(path, "value", message, cure);
        }
    }

    fn ranking(&mut self, path: &Path, ranking: &Ranking) {
        self.source(path, &ranking.source);
        let Observed::Stated(rank) = ranking.rank else { return };
        let place = rank.printed();
        if place < 1.0 || rank.numbers().iter().any(|n| n.fract() != 0.0) {
            self.fault(
                path,
                "rank",
                format!("a rank of {place} is no place in a list"),
                "ranks are whole numbers from 1",
            );
        } else if let Some(of) = ranking.of.filter(|of| f64::from(*of) < place) {
            self.fault(path, "of", format!("place {place} of {of} is impossible"), "correct `rank` or `of`");
        }
    }

    fn source(&mut self, record: &Path, id: &Text) {
        if !self.sources.contains(id.as_str()) {
            let cure = one_of("sources", id, self.sources.iter().copied());
            self.fault(record, "source", format!("unknown source `{id}`"), cure + "; or add it to `sources`");
        }
    }
}

/// Why `measure` cannot have such a number, and what to do about it.
pub fn quantity_fault(quantity: Quantity, measure: &Measure) -> Option<(String, String)> {
    let label = &measure.label;
    if !measure.signed && quantity.numbers().iter().any(|n| *n < 0.0) {
        let cure = "give the number as counted; when there is none, write {\"missing\": \"not-available\"}";
        return Some((format!("a negative number of {label}: {}", quantity.printed()), cure.into()));
    }
    match quantity {
        Quantity::Range { from, to } if from > to => {
            Some((format!("the range runs from {from} down to {to}"), "swap `from` and `to`".into()))
        }
        Quantity::Rounded { to, .. } if to <= 0.0 => {
            Some((format!("a number cannot be rounded to {to}"), "`to` is the step, as 100000 for 4.7 million".into()))
        }
        Quantity::Below(n) if n <= 0.0 && !measure.signed => {
            Some((format!("there is no number of {label} below {n}"), "give the bound that the source states".into()))
        }
        _ => None,
    }
}

/// A cure that names the word meant, or all that are known when they are few.
fn one_of<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("the {what} are none yet"),
        None if known.len() <= 12 => format!("the {what} are: {}", known.join(", ")),
        None => format!("{} {what} are known, none of them like it", known.len()),
    }
}
