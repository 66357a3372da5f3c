//! What has changed from one vintage of a dataset to another.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalog::{Catalog, Details, Fact, Figure, Hospital, Observed, Period, Quantity};
use crate::text::Text;

/// What has changed between two datasets whose ids mean the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// Hospitals that only the new one has.
    pub added: Vec<Named>,
    /// Hospitals that only the old one has.
    pub gone: Vec<Named>,
    /// Hospitals that have another name.
    pub renamed: Vec<Renamed>,
    /// Hospitals of which something else has changed.
    pub changed: Vec<Changed>,
}

/// A hospital.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Where it lies.
    pub place: String,
}

/// A hospital with another name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Renamed {
    /// Its id.
    pub id: Text,
    /// Its name in the old dataset.
    pub from: Text,
    /// Its name in the new one.
    pub to: Text,
}

/// A hospital of which something has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: Text,
    /// Its name in the new dataset.
    pub name: Text,
    /// What has changed.
    pub changes: Vec<Change>,
}

/// Something that has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What: a fact, a heading, a measure with its part.
    pub what: String,
    /// Whether it is a figure.
    pub is_figure: bool,
    /// What the old dataset says; none when it says nothing.
    pub from: Option<String>,
    /// What the new one says; none when it says nothing.
    pub to: Option<String>,
}

impl Changes {
    /// What has changed from `old` to `new`, each in the order of its dataset.
    #[must_use]
    pub fn between(old: &Catalog, new: &Catalog) -> Self {
        let before: HashMap<&str, &Hospital> = old.hospitals().map(|(_, one)| (one.id.as_str(), one)).collect();
        let after: HashMap<&str, &Hospital> = new.hospitals().map(|(_, one)| (one.id.as_str(), one)).collect();
        let mut changes = Self::default();
        for (_, hospital) in old.hospitals().filter(|(_, one)| !after.contains_key(one.id.as_str())) {
            changes.gone.push(Named::new(hospital));
        }
        for (_, now) in new.hospitals() {
            let Some(then) = before.get(now.id.as_str()) else {
                changes.added.push(Named::new(now));
                continue;
            };
            if then.name != now.name {
                changes.renamed.push(Renamed { id: now.id.clone(), from: then.name.clone(), to: now.name.clone() });
            }
            let found = between(&told(old, then), &told(new, now));
            if !found.is_empty() {
                changes.changed.push(Changed { id: now.id.clone(), name: now.name.clone(), changes: found });
            }
        }
        changes
    }

    /// Whether nothing has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.gone.is_empty() && self.renamed.is_empty() && self.changed.is_empty()
    }
}

impl Named {
    fn new(hospital: &Hospital) -> Self {
        Self { id: hospital.id.clone(), name: hospital.name.clone(), place: hospital.place.line() }
    }
}

/// What a dataset tells of a hospital, each under its name, and whether it is a figure.
type Told = Vec<(String, bool, String)>;

fn told(catalog: &Catalog, hospital: &Hospital) -> Told {
    let details = hospital.details.peek();
    let Details { latitude, longitude, extra, .. } = &*details;
    let mut told: Told = Vec::new();
    let mut tell = |what: &str, text: Option<String>| told.extend(text.map(|text| (what.to_owned(), false, text)));
    tell("native name", hospital.native_name.as_ref().map(Text::to_string));
    tell("place", Some(hospital.place.line()).filter(|place| !place.is_empty()));
    tell("coordinates", latitude.zip(*longitude).map(|(north, east)| format!("{north}, {east}")));
    tell("kind", hospital.kind.as_ref().map(Text::to_string));
    for (label, Fact { text, .. }) in details.facts() {
        tell(label, Some(text.to_string()));
    }
    for (heading, text) in extra.iter().flat_map(|extra| &extra.facts) {
        tell(heading, Some(text.to_string()));
    }
    let mut latest: Vec<&Figure> = Vec::new();
    for figure in &details.figures {
        match latest.iter_mut().find(|known| known.measure == figure.measure && known.scope == figure.scope) {
            Some(known) if age(figure) > age(known) => *known = figure,
            Some(_) => {}
            None => latest.push(figure),
        }
    }
    for figure in latest {
        let label = catalog.measures().get(&figure.measure).map_or(&figure.measure, |measure| &measure.label);
        let part = hospital.details.scope_name(figure.scope.as_ref()).map_or(String::new(), |part| format!(", {part}"));
        let value = match figure.value {
            Observed::Stated(quantity) => Quantity::to_string(&quantity),
            Observed::Missing(reason) => reason.words().to_owned(),
        };
        told.push((format!("{label}{part}"), true, value));
    }
    told
}

fn age(figure: &Figure) -> Option<[(u16, u8, u8); 2]> {
    figure.period.as_ref().and_then(Period::age)
}

/// What differs: what both tell in the order of the new one, then what only the old one tells. Headings that one of the
/// two vintages does not have at all are no change of a hospital.
fn between(then: &Told, now: &Told) -> Vec<Change> {
    let find = |told: &Told, what: &str| told.iter().find(|(known, ..)| known == what).map(|(.., text)| text.clone());
    let change = |what: &str, is_figure: bool, from: Option<String>, to: Option<String>| Change {
        what: what.to_owned(),
        is_figure,
        from,
        to,
    };
    let changed = now.iter().filter_map(|(what, is_figure, text)| {
        let from = find(then, what);
        (from.as_deref() != Some(text)).then(|| change(what, *is_figure, from, Some(text.clone())))
    });
    let lost = then.iter().filter(|(what, ..)| find(now, what).is_none());
    let lost = lost.map(|(what, is_figure, text)| change(what, *is_figure, Some(text.clone()), None));
    changed.chain(lost).collect()
}
