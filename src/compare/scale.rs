//! Values on a scale: bars for the two sides of a row, and where each stands among all loaded hospitals.

use std::cmp::Ordering;

use super::align::side;
use super::{Row, Side, Verdict};
use crate::catalog::{Catalog, HospitalKey, Interval, Measure};

/// A bar on the scale that both sides of a row share, in fractions of its length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where the least that the value may be lies.
    pub least: f64,
    /// Where the most lies; 1 when there is no top.
    pub most: f64,
    /// Whether the value has no top.
    pub is_open: bool,
}

/// How much of the scale is left beyond the largest number when a value has no top.
const BEYOND: f64 = 0.15;

impl Row<'_> {
    /// The bars of left and right; none unless both sides have a number for the same thing: bars are a
    /// comparison too, so other years, parts and contradictions get none.
    #[must_use]
    pub fn bars(&self) -> Option<[Bar; 2]> {
        if self.verdict() > Verdict::Overlapping {
            return None;
        }
        let sides = [self.left.interval()?, self.right.interval()?];
        let ends = sides.iter().flat_map(|side| [side.low, side.high]).filter(|end| end.is_finite());
        let top = ends.fold(0.0, f64::max);
        if top <= 0.0 || sides.iter().any(|side| side.high < 0.0) {
            return None;
        }
        let is_open = sides.iter().any(|side| side.high.is_infinite());
        let full = if is_open { top / (1.0 - BEYOND) } else { top };
        Some(sides.map(|side| Bar {
            least: side.low.max(0.0) / full,
            most: if side.high.is_finite() { side.high / full } else { 1.0 },
            is_open: side.high.is_infinite(),
        }))
    }
}

/// How many of the hospitals that report a measure are certainly larger, and certainly smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Certainly larger.
    pub larger: usize,
    /// Certainly smaller.
    pub smaller: usize,
}

/// One measure among all loaded hospitals: the latest figures of the whole hospital, of that very measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What each hospital that reports the measure may have, in catalog order.
    pub values: Vec<(HospitalKey, Interval)>,
    /// How many hospitals are loaded.
    pub loaded: usize,
}

impl Standing {
    /// Gathers the figures of `measure`.
    #[must_use]
    pub fn new(catalog: &Catalog, measure: &Measure) -> Self {
        let value = |key: HospitalKey| {
            let whole = |figure: &&_| is_whole(figure, measure);
            let interval = catalog.peek_figures(key, |figures| {
                let side: Side = side(figures.filter(whole).collect(), None);
                side.interval()
            });
            interval.map(|interval| (key, interval))
        };
        Self { values: catalog.hospitals().filter_map(|(key, _)| value(key)).collect(), loaded: catalog.len() }
    }

    /// Where the hospital at `key` stands; none when it does not report the measure.
    #[must_use]
    pub fn place(&self, key: HospitalKey) -> Option<Place> {
        let (_, mine) = self.values.iter().find(|(other, _)| *other == key)?;
        let count = |order| self.values.iter().filter(|(_, value)| value.order(mine) == Some(order)).count();
        Some(Place { larger: count(Ordering::Greater), smaller: count(Ordering::Less) })
    }

    /// `2nd largest of 4 that report it`, or `1st to 2nd …` where bounds leave it open.
    #[must_use]
    pub fn words(&self, place: Place) -> String {
        let (first, last) = (place.larger + 1, self.values.len() - place.smaller);
        let rank = if first == last { nth(first) } else { format!("{} to {}", nth(first), nth(last)) };
        format!("{rank} largest of {} that report it ({} loaded)", self.values.len(), self.loaded)
    }
}

fn is_whole(figure: &crate::catalog::Figure, measure: &Measure) -> bool {
    figure.measure == measure.id && figure.scope.is_none()
}

fn nth(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{CatalogFile, Details, Hospital};

    fn standing(values: &[&str]) -> (Catalog, Standing) {
        let hospital = |(at, value): (usize, &&str)| Hospital {
            id: at.to_string().into(),
            details: Details {
                figures: serde_json::from_str(&format!(
                    r#"[{{"measure": "beds.open", "value": {value}, "source": "s"}}]"#
                ))
                .unwrap(),
                ..Details::default()
            }
            .into(),
            ..Hospital::default()
        };
        let mut catalog = Catalog::default();
        let hospitals = values.iter().enumerate().map(hospital).collect();
        catalog.add(CatalogFile { hospitals, ..CatalogFile::default() }, "test".into(), String::new()).unwrap();
        let standing = Standing::new(&catalog, catalog.measures().get("beds.open").unwrap());
        (catalog, standing)
    }

    #[test]
    fn a_place_is_as_certain_as_the_bounds_allow() {
        let (catalog, standing) = standing(&["10", "20", r#"{"above": 15}"#, r#"{"missing": "suppressed"}"#]);
        let words = |id: &str| standing.place(catalog.by_id(id).unwrap()).map(|place| standing.words(place));
        assert_eq!(words("0").as_deref(), Some("3rd largest of 3 that report it (4 loaded)"));
        assert_eq!(words("1").as_deref(), Some("1st to 2nd largest of 3 that report it (4 loaded)"));
        assert_eq!(words("2").as_deref(), Some("1st to 2nd largest of 3 that report it (4 loaded)"));
        assert_eq!(words("3"), None);
    }

    #[test]
    fn ordinals() {
        let all = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(nth).join(" ");
        assert_eq!(all, "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th");
    }
}
