//! The rules that a well-formed catalog file can still violate: each violation with its path and its fix.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rayon::prelude::*;

use crate::catalog::measure::QuantityViolation;
use crate::catalog::{
    CatalogFile, Citation, Figure, Formula, Hospital, Measure, MeasureTable, Observed, Ranking, Scope, Source, Synonyms,
};
use crate::diagnostic::suggest::one_of;
use crate::formats::native::path::JsonPath;
use crate::text::Text;

/// A violated rule: where, what is wrong, and how to fix it.
pub(crate) struct Violation {
    pub(crate) path: JsonPath,
    pub(crate) message: String,
    pub(crate) fix: String,
}

/// Whether a file violates no rule; of its hospitals only those at some positions are looked at.
pub(crate) fn is_sound(file: &CatalogFile, doubtful: &[usize]) -> bool {
    let mut rules = Rules::new(file);
    rules.file(file);
    let allowed =
        doubtful.par_iter().map_init(|| Rules::new(file), |rules, at| rules.allow(&file.hospitals.copy_of(*at)));
    rules.violations.is_empty() && allowed.all(|is_allowed| is_allowed)
}

/// All violations of `file`, in file order within each kind.
pub(crate) fn violations(file: &CatalogFile) -> Vec<Violation> {
    let mut rules = Rules::new(file);
    rules.file(file);
    let hospitals = JsonPath::default().field("hospitals");
    for (at, hospital) in file.hospitals.iter().enumerate().filter(|(_, hospital)| !is_plain(hospital)) {
        rules.hospital(&hospitals.index(at), hospital);
    }
    rules.violations
}

/// Whether nothing is said of a hospital that could violate a rule: it has an id, a name and no details.
fn is_plain(hospital: &Hospital) -> bool {
    !hospital.id.is_empty() && !hospital.name.is_empty() && hospital.details.is_none()
}

/// The rules, as far as a file is known.
pub(crate) struct Rules<'a> {
    known_sources: HashSet<&'a str>,
    known_measures: MeasureTable,
    violations: Vec<Violation>,
}

impl<'a> Rules<'a> {
    /// The rules for hospitals of a file.
    pub(crate) fn new(file: &'a CatalogFile) -> Self {
        let mut known_measures = MeasureTable::standard().clone();
        for measure in &file.measures {
            known_measures.add(measure.clone());
        }
        let known_sources = file.sources.iter().map(|source| source.id.as_str()).collect();
        Self { known_sources, known_measures, violations: Vec::new() }
    }

    /// Whether a hospital violates none.
    pub(crate) fn allow(&mut self, hospital: &Hospital) -> bool {
        if !is_plain(hospital) {
            self.hospital(&JsonPath::default(), hospital);
        }
        let is_allowed = self.violations.is_empty();
        self.violations.clear();
        is_allowed
    }

    /// The rules for all but what the hospitals say.
    fn file(&mut self, file: &'a CatalogFile) {
        self.sources(&file.sources);
        self.measures(&file.measures);
        self.terms(&file.terms);
        self.unique_ids(&JsonPath::default().field("hospitals"), file);
    }

    fn add(&mut self, record: &JsonPath, field: &str, message: String, fix: impl Into<String>) {
        self.violations.push(Violation { path: record.field(field), message, fix: fix.into() });
    }

    fn sources(&mut self, sources: &[Source]) {
        let mut seen = HashSet::new();
        for (at, source) in sources.iter().enumerate() {
            if !seen.insert(source.id.as_str()) {
                let path = JsonPath::default().field("sources").index(at);
                let message = format!("duplicate source id `{}`", source.id);
                self.add(&path, "id", message, "give each source an id of its own");
            }
        }
    }

    fn measures(&mut self, measures: &[Measure]) {
        let mut seen = HashSet::new();
        for (at, measure) in measures.iter().enumerate() {
            let path = JsonPath::default().field("measures").index(at);
            let built_in = MeasureTable::standard().get(&measure.id);
            if built_in.is_some_and(|known| known != measure) {
                let message = format!("the measure `{}` is built in, with another definition", measure.id);
                self.add(&path, "id", message, "choose another id, or leave the measure out to use the built-in one");
            } else if !seen.insert(measure.id.as_str()) {
                self.add(&path, "id", format!("duplicate measure `{}`", measure.id), "remove one of them");
            }
            for (field, text) in [("id", &measure.id), ("label", &measure.label), ("family", &measure.family)] {
                if text.is_empty() {
                    let fix = "a measure needs an id, a label and a family";
                    self.add(&path, field, format!("the {field} is empty"), fix);
                }
            }
            if let Some(formula) = &measure.formula {
                self.formula(&path.field("formula"), formula);
            }
            self.related_measures(&path, measure);
        }
    }

    fn related_measures(&mut self, path: &JsonPath, measure: &Measure) {
        let alike = measure.alike.iter().map(|alike| ("alike", &alike.measure));
        let total = measure.part_of.iter().map(|part| ("part_of", &part.measure));
        for (field, other) in alike.chain(total) {
            if self.known_measures.get(other).is_none() || *other == measure.id {
                let fix = one_of("measures", other, self.known_measures.ids());
                self.add(&path.field(field), "measure", format!("there is no other measure `{other}`"), fix);
            }
        }
    }

    fn formula(&mut self, path: &JsonPath, formula: &Formula) {
        let known = &self.known_measures;
        let can_be_part = |id: &str| known.get(id).is_some_and(|measure| measure.formula.is_none() && !measure.signed);
        let parts = [("divide", &formula.divide), ("by", &formula.by)];
        let wrong: Vec<_> = parts
            .into_iter()
            .filter(|(_, part)| !can_be_part(part))
            .map(|(field, part)| {
                let stated = known.ids().filter(|id| can_be_part(id));
                (field, part, one_of("measures that sources state and that are never negative", part, stated))
            })
            .collect();
        for (field, part, fix) in wrong {
            self.add(path, field, format!("a formula cannot use `{part}`"), fix);
        }
    }

    /// A name can belong to one term only.
    fn terms(&mut self, terms: &[Synonyms]) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (at, term) in terms.iter().enumerate() {
            for name in term.aliases.iter().chain([&term.name]) {
                if seen.insert(name.to_lowercase(), at).is_some_and(|first| first != at) {
                    let path = JsonPath::default().field("terms").index(at);
                    let message = format!("`{name}` belongs to another term already");
                    self.add(&path, "aliases", message, "keep it in one of them");
                }
            }
        }
    }

    fn unique_ids(&mut self, path: &JsonPath, file: &CatalogFile) {
        let ids = || file.hospitals.summaries().map(|hospital| hospital.id);
        // Most publishers sort by id: in sorted ids there are no duplicates.
        if ids().is_sorted_by(|one, next| one < next) {
            return;
        }
        // There may be a million: only hashes are kept, and two equal ones are compared in full.
        let mut seen: HashSet<u64, FixedState> = HashSet::default();
        seen.reserve(file.hospitals.len());
        for (at, id) in ids().enumerate() {
            if !seen.insert(FixedState::default().hash_one(id))
                && let Some(first) = ids().take(at).position(|other| other == id)
            {
                let message = format!("duplicate id `{id}`: hospitals[{first}] has it already");
                self.add(&path.index(at), "id", message, "give each hospital an id of its own");
            }
        }
    }

    fn hospital(&mut self, path: &JsonPath, hospital: &Hospital) {
        for (field, text) in [("id", &hospital.id), ("name", &hospital.name)] {
            if text.is_empty() {
                self.add(path, field, format!("the {field} is empty"), "every hospital needs an id and a name");
            }
        }
        let details = &hospital.details;
        for (field, degrees, most) in [("latitude", details.latitude, 90.0), ("longitude", details.longitude, 180.0)] {
            if let Some(degrees) = degrees.filter(|degrees| degrees.abs() > most) {
                let message = format!("a {field} of {degrees} lies outside the globe");
                let fix = format!("give degrees (WGS 84) from -{most} to {most}");
                self.add(&path.field("place"), field, message, fix);
            }
        }
        for Citation { field, index, source } in details.citations() {
            if !self.known_sources.contains(source.as_str()) {
                let field = path.field(field);
                self.unknown_source(&index.map_or_else(|| field.clone(), |at| field.index(at)), source);
            }
        }
        self.campuses(path, hospital);
        for (at, figure) in details.figures.iter().enumerate() {
            self.figure(&path.field("figures").index(at), figure, hospital);
        }
        for (at, ranking) in details.rankings.iter().enumerate() {
            self.ranking(&path.field("rankings").index(at), ranking);
        }
    }

    fn campuses(&mut self, path: &JsonPath, hospital: &Hospital) {
        let mut seen = HashSet::new();
        for (at, campus) in hospital.details.campuses.iter().enumerate() {
            if !seen.insert(campus.id.as_str()) {
                let path = path.field("campuses").index(at);
                self.add(&path, "id", format!("duplicate campus id `{}`", campus.id), "give each campus its own");
            }
        }
    }

    fn figure(&mut self, path: &JsonPath, figure: &Figure, hospital: &Hospital) {
        let campuses = || hospital.details.campuses.iter().map(|campus| campus.id.as_str());
        if let Some(Scope::Campus(id)) = &figure.scope
            && !campuses().any(|campus| campus == id.as_str())
        {
            let fix = one_of("campuses of this hospital", id, campuses());
            self.add(path, "scope", format!("this hospital has no campus `{id}`"), fix);
        }
        let Some(measure) = self.known_measures.get(&figure.measure) else {
            let mut fix = one_of("measures", &figure.measure, self.known_measures.ids());
            fix.push_str("; or define it under `measures` at the top of the file");
            return self.add(path, "measure", format!("unknown measure `{}`", figure.measure), fix);
        };
        if measure.formula.is_some() {
            let message = format!("`{}` is calculated, not stated", figure.measure);
            let fix = "give the figures that it is calculated from, or use a measure of its own";
            return self.add(path, "measure", message, fix);
        }
        if let Observed::Stated(quantity) = figure.value
            && let Err(violation) = measure.check(quantity)
        {
            let (message, fix) = (violation.message(&measure.label), violation.fix());
            self.add(path, "value", message, fix);
        }
        if let Some((low, high)) = figure.estimate.as_ref().and_then(|estimate| estimate.low.zip(estimate.high))
            && low > high
        {
            self.add(path, "estimate", format!("the interval runs from {low} down to {high}"), "swap `low` and `high`");
        }
    }

    fn ranking(&mut self, path: &JsonPath, ranking: &Ranking) {
        let Observed::Stated(rank) = ranking.rank else { return };
        let numbers = rank.numbers();
        let [first, last] = numbers;
        if let Some(violation) = QuantityViolation::of_form(rank) {
            self.add(path, "rank", violation.message("places"), violation.fix());
        } else if let Some(no_place) = numbers.into_iter().find(|n| *n < 1.0 || n.fract() != 0.0) {
            let message = format!("a rank of {no_place} is no place in a list");
            self.add(path, "rank", message, "ranks are whole numbers from 1");
        } else if let Some(of) = ranking.of.filter(|of| f64::from(*of) < last) {
            let place = if first < last { format!("{first}–{last}") } else { last.to_string() };
            self.add(path, "of", format!("place {place} of {of} is impossible"), "correct `rank` or `of`");
        }
    }

    fn unknown_source(&mut self, record: &JsonPath, id: &Text) {
        let fix = one_of("sources", id, self.known_sources.iter().copied());
        self.add(record, "source", format!("unknown source `{id}`"), fix + "; or add it to `sources`");
    }
}
