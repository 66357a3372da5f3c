//! What numbers mean: the one table of measures.
//!
//! `assets/measures.json` is built in. Detail, comparison, commands and exports take labels, units,
//! families and definitions from here and nowhere else. A catalog file may add measures of its own.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::catalog::period::Period;
use crate::catalog::quantity::Quantity;
use crate::text::Text;

/// A group of measures that are shown together, such as beds or staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The name that measures refer to, such as `beds`.
    pub id: Text,
    /// The heading people read, such as `Beds`.
    pub label: Text,
    /// Whether its figures stand first, because they say most about a hospital.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub headline: bool,
}

/// What a number means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The name that figures refer to, such as `beds.open`.
    pub id: Text,
    /// The name people read, such as `open beds`.
    pub label: Text,
    /// The unit in words, such as `beds` or `visits a year`. With the words `a year` it is a count over a time, and numbers
    /// of times of different length are not compared.
    pub unit: Text,
    /// A sign that follows the number wherever it is shown, such as `%`; left out for plain counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Text>,
    /// The family it is shown in.
    pub family: Text,
    /// What rival definitions have in common: registered and open beds share the concept `beds`. Measures of one
    /// concept are set side by side, and never made into a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concept: Option<Text>,
    /// The term in the country's own statistics, where one exists: `编制床位`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_term: Option<Text>,
    /// What is counted, in a sentence or two.
    pub definition: Text,
    /// How it is calculated from other measures; left out for what sources state themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// Which way its publisher says is better, where it says so; never our own view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Whether the number may be negative. Counts and shares may not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
    /// Whether its numbers are steps of a scale, such as stars: one can be above another, and never so many times it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordinal: bool,
    /// The names of the steps of a scale that its publisher gives in words, the lowest first: number 1 is the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Text>,
    /// Another measure of the concept that is so close that the two are set against each other, with this as a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike: Option<Alike>,
    /// Changes of the method: numbers of before one and after it are shown, and never compared, ranked or drawn
    /// together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Break>,
    /// The total that it breaks down, as "better than the national value" is a part of the measures reported. All parts
    /// and the total are one row of a comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<PartOf>,
}

/// Why a measure cannot have a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum QuantityViolation {
    /// This number of it is negative, and the measure is a count or a share.
    Negative(f64),
    /// The range runs downward.
    Reversed {
        /// The end that is named first.
        from: f64,
        /// The end that is named last.
        to: f64,
    },
    /// A number cannot be rounded to such a step.
    Step(f64),
    /// No count or share lies below the bound.
    NothingBelow(f64),
}

impl Measure {
    /// Whether it counts over a time, as its unit says: `visits a year`.
    #[must_use]
    pub(crate) fn is_flow(&self) -> bool {
        let words: Vec<&str> = self.unit.split(' ').collect();
        words.windows(2).any(|pair| pair == ["a", "year"])
    }

    /// Whether its numbers are percentages.
    #[must_use]
    pub(crate) fn is_percentage(&self) -> bool {
        self.symbol.as_ref().unwrap_or(&self.unit).as_str() == "%"
    }

    /// Whether the measure can have such a quantity.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn check(&self, quantity: Quantity) -> Result<(), QuantityViolation> {
        QuantityViolation::of_form(quantity).map_or(Ok(()), Err)?;
        let negative = quantity.numbers().into_iter().find(|n| *n < 0.0);
        match (negative, quantity) {
            _ if self.signed => Ok(()),
            (Some(n), _) => Err(QuantityViolation::Negative(n)),
            (None, Quantity::Below(0.0)) => Err(QuantityViolation::NothingBelow(0.0)),
            _ => Ok(()),
        }
    }
}

impl QuantityViolation {
    /// What is wrong with a quantity, whatever is counted.
    #[must_use]
    pub(crate) fn of_form(quantity: Quantity) -> Option<Self> {
        match quantity {
            Quantity::Range { from, to } if from > to => Some(Self::Reversed { from, to }),
            Quantity::Rounded { to, .. } if to <= 0.0 => Some(Self::Step(to)),
            _ => None,
        }
    }

    /// What is wrong with a quantity of what `label` names.
    #[must_use]
    pub(crate) fn message(&self, label: &str) -> String {
        match self {
            Self::Negative(n) => format!("a negative number of {label}: {n}"),
            Self::Reversed { from, to } => format!("the range runs from {from} down to {to}"),
            Self::Step(to) => format!("a number cannot be rounded to {to}"),
            Self::NothingBelow(n) => format!("there is no number of {label} below {n}"),
        }
    }

    /// How to fix it.
    #[must_use]
    pub(crate) fn fix(&self) -> &'static str {
        match self {
            Self::Negative(_) => {
                "give the number as counted; when there is none, write {\"missing\": \"not-available\"}"
            }
            Self::Reversed { .. } => "swap `from` and `to`",
            Self::Step(_) => "`to` is the step, as 100000 for 4.7 million",
            Self::NothingBelow(_) => "give the bound that the source states",
        }
    }
}

/// A measure that is close enough to be set against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Alike {
    /// Its id.
    pub measure: Text,
    /// How the two differ, and by how much, in a few words.
    pub note: Text,
}

/// A change of the method by which numbers are made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// The first year of the new method.
    pub year: u16,
    /// What changed, in a few words.
    pub note: Text,
}

impl Break {
    /// Whether a figure of that period or edition is of the new method; none where the period does not tell.
    #[must_use]
    pub(crate) fn is_after(&self, period: &Period) -> Option<bool> {
        if let Period::NotBefore(date) = period {
            // Such a text may be of any later year.
            return (date.year >= self.year).then_some(true);
        }
        let [first, last] = period.years()?;
        if first >= self.year { Some(true) } else { (last < self.year).then_some(false) }
    }
}

/// What a part breaks down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartOf {
    /// The id of the measure that is the total.
    pub measure: Text,
    /// The part in a word or two, such as `better`.
    pub label: Text,
    /// Whether it is no part but the size of the whole group, which is the same for all hospitals and says nothing about one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_size: bool,
}

/// Which way a publisher says is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The more, the better.
    HigherIsBetter,
    /// The less, the better.
    LowerIsBetter,
}

impl Direction {
    /// In words that say whose they are.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::HigherIsBetter => "publisher's direction: higher is better",
            Self::LowerIsBetter => "publisher's direction: lower is better",
        }
    }
}

/// How a derived measure is calculated: one measure divided by another, of the same time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// The measure that is divided.
    pub divide: Text,
    /// The measure that it is divided by.
    pub by: Text,
    /// A number that the quotient is multiplied by, such as 100 for a percentage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<f64>,
}

/// The families and measures in force, in the order in which they are shown.
#[derive(Clone, Debug, Default)]
pub struct MeasureTable {
    families: Vec<Family>,
    measures: Vec<Measure>,
    /// For each family, its measures, so that nothing is searched where the order is walked.
    members: Vec<Vec<usize>>,
    by_id: HashMap<Text, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    families: Vec<Family>,
    measures: Vec<Measure>,
}

impl Measure {
    /// How this measure and another differ, if they are declared alike and may be compared.
    #[must_use]
    pub(crate) fn alike<'a>(&'a self, other: &'a Self) -> Option<&'a Text> {
        let declared = |one: &'a Self, other: &Self| {
            one.alike.as_ref().filter(|alike| alike.measure == other.id).map(|alike| &alike.note)
        };
        declared(self, other).or_else(|| declared(other, self))
    }
}

impl MeasureTable {
    /// The built-in table.
    ///
    /// # Panics
    ///
    /// Never in a release: a test reads the built-in file.
    #[must_use]
    pub(crate) fn standard() -> &'static Self {
        Self::arc()
    }

    /// The built-in table, to be added to.
    pub(super) fn shared() -> Arc<Self> {
        Arc::clone(Self::arc())
    }

    fn arc() -> &'static Arc<Self> {
        static TABLE: OnceLock<Arc<MeasureTable>> = OnceLock::new();
        TABLE.get_or_init(|| {
            let file: TableFile = serde_json::from_str(include_str!("../../assets/measures.json"))
                .expect("the built-in measures are valid, as a test shows");
            let mut table = Self::default();
            for family in file.families {
                table.add_family(family);
            }
            for measure in file.measures {
                table.add(measure);
            }
            Arc::new(table)
        })
    }

    /// Adds a family. One already there stays as it is.
    pub(crate) fn add_family(&mut self, family: Family) {
        if !self.families.iter().any(|known| known.id == family.id) {
            self.families.push(family);
            self.members.push(Vec::new());
        }
    }

    /// Adds a measure, and its family when that is new. A measure already there stays as it is.
    pub(crate) fn add(&mut self, measure: Measure) {
        if self.by_id.contains_key(&measure.id) {
            return;
        }
        self.add_family(Family { id: measure.family.clone(), label: measure.family.clone(), headline: false });
        let family = self.families.iter().position(|family| family.id == measure.family);
        if let Some(at) = family {
            self.members[at].push(self.measures.len());
        }
        self.by_id.insert(measure.id.clone(), self.measures.len());
        self.measures.push(measure);
    }

    /// The measure of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Measure> {
        self.by_id.get(id).map(|&at| &self.measures[at])
    }

    /// All measures, family by family, in the order in which they are shown.
    pub(crate) fn by_family(&self) -> impl Iterator<Item = (&Family, &Measure)> {
        let families = self.families.iter().zip(&self.members);
        families.flat_map(move |(family, members)| members.iter().map(move |&at| (family, &self.measures[at])))
    }

    /// The derived measures with their formulas.
    pub(crate) fn formulas(&self) -> impl Iterator<Item = (&Measure, &Formula)> {
        self.measures.iter().filter_map(|measure| Some((measure, measure.formula.as_ref()?)))
    }

    /// The ids of the measures that others are parts of.
    pub(crate) fn totals(&self) -> impl Iterator<Item = &str> {
        self.measures.iter().filter_map(|measure| Some(measure.part_of.as_ref()?.measure.as_str()))
    }

    /// The ids of all measures.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.measures.iter().map(|measure| measure.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_table_is_whole() {
        let table = MeasureTable::standard();
        assert!(table.measures.len() > 50);
        assert_eq!(table.by_id.len(), table.measures.len(), "duplicate id");
        assert_eq!(table.by_family().count(), table.measures.len(), "a family is missing");
        for measure in &table.measures {
            assert!(measure.definition.ends_with('.'), "{}", measure.id);
            assert!(!measure.label.is_empty() && !measure.unit.is_empty(), "{}", measure.id);
        }
    }

    #[test]
    fn formulas_divide_measures_that_sources_state() {
        let table = MeasureTable::standard();
        for (measure, formula) in table.formulas() {
            for part in [&formula.divide, &formula.by] {
                assert!(table.get(part).is_some_and(|part| part.formula.is_none()), "{}: {part}", measure.id);
            }
        }
    }

    #[test]
    fn measures_that_are_alike_share_a_concept() {
        let table = MeasureTable::standard();
        let (a, b) = (table.get("inpatients.admissions").unwrap(), table.get("inpatients.discharges").unwrap());
        assert!(a.alike(b).is_some() && a.alike(b) == b.alike(a));
        for measure in &table.measures {
            if let Some(alike) = &measure.alike {
                let other = table.get(&alike.measure).unwrap();
                assert!(measure.concept.is_some() && measure.concept == other.concept, "{}", measure.id);
            }
        }
    }

    #[test]
    fn a_concept_stays_within_a_family() {
        let table = MeasureTable::standard();
        for (family, measure) in table.by_family() {
            for (other_family, other) in table.by_family() {
                if measure.concept.is_some() && measure.concept == other.concept {
                    assert_eq!(family.id, other_family.id, "{} and {}", measure.id, other.id);
                }
            }
        }
    }
}
