//! Orders that a list can stand in, other than best match first.

use std::cmp::Reverse;
use std::collections::HashMap;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey, Interval};
use crate::search::order::Order;

/// The position of each hospital in the orders that have been asked for.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    known: HashMap<Order, Vec<u32>>,
}

impl Orders {
    /// The position of each hospital, by that in the catalog; none where the catalog's own order stands.
    pub(super) fn of(&mut self, order: &Order, catalog: &Catalog) -> Option<&[u32]> {
        if *order == Order::Best {
            return None;
        }
        // One entry a measure that somebody sorts by: few.
        Some(self.known.entry(order.clone()).or_insert_with(|| positions(catalog, order)))
    }
}

fn positions(catalog: &Catalog, order: &Order) -> Vec<u32> {
    let keys: Vec<HospitalKey> = catalog.keys().collect();
    let collator = collator();
    match order {
        Order::Best => Vec::new(),
        Order::Name => ranked(&keys, |key| sort_key(&collator, catalog.summary(key).name)),
        Order::Place => ranked(&keys, |key| {
            let place = catalog.summary(key);
            // What lies nowhere known comes last.
            [place.country, place.region, place.city]
                .map(|part| (part.is_none(), part.map(|part| sort_key(&collator, part))))
        }),
        Order::Measure(id) => {
            let mut numbers = vec![None; catalog.len()];
            for figure in catalog.figures_of(id).latest() {
                // A bound that is open below counts by its other end: "less than 50" comes with 50.
                let number = |of: Interval| if of.low.is_finite() { of.low } else { of.high };
                numbers[figure.key.index()] = figure.interval.map(number).map(ordered);
            }
            ranked(&keys, |key| (numbers[key.index()].is_none(), Reverse(numbers[key.index()])))
        }
    }
}

/// The order of letters in no language in particular, the root collation of the Unicode CLDR: accents and case decide only
/// between words that are else the same.
fn collator() -> CollatorBorrowed<'static> {
    let root = Collator::try_new(CollatorPreferences::default(), CollatorOptions::default());
    root.expect("the root collation is compiled in")
}

/// Bytes that sort like `text`.
fn sort_key(collator: &CollatorBorrowed, text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * text.len());
    let Ok(()) = collator.write_sort_key_to(text, &mut key);
    key
}

/// A number as one that sorts like it.
fn ordered(number: f64) -> i64 {
    // The order of IEEE numbers of one sign is that of their bits; those below zero are turned round.
    let bits = number.to_bits().cast_signed();
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

/// The position of each hospital by `sort`, equal ones as in the catalog.
fn ranked<T: Ord + Send>(keys: &[HospitalKey], sort: impl Fn(HospitalKey) -> T + Sync) -> Vec<u32> {
    let mut sorted: Vec<(T, HospitalKey)> = keys.par_iter().map(|key| (sort(*key), *key)).collect();
    sorted.par_sort_unstable();
    let mut positions = vec![0; sorted.len()];
    for (position, (_, key)) in (0..).zip(sorted) {
        positions[key.index()] = position;
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{CatalogFile, Hospital};

    #[test]
    fn names_sort_as_people_sort_them() {
        let sorted = ["Ábaco", "abbey", "Abbey Road", "Ärztehaus", "éclair", "Eden", "Łódź", "Zeta", "Клиника", "医院"];
        let hospital = |name: &&str| Hospital { id: (*name).into(), name: (*name).into(), ..Hospital::default() };
        let hospitals: Vec<Hospital> = sorted.iter().rev().map(hospital).collect();
        let file = CatalogFile { title: "Names".into(), hospitals: hospitals.into(), ..CatalogFile::default() };
        let mut catalog = Catalog::default();
        catalog.add(file, "names".into(), String::new()).unwrap();
        let mut orders = Orders::default();
        let positions = orders.of(&Order::Name, &catalog).unwrap();
        let mut keys: Vec<HospitalKey> = catalog.hospitals().map(|(key, _)| key).collect();
        keys.sort_by_key(|key| positions[key.index()]);
        let names: Vec<&str> = keys.iter().map(|key| &*catalog.hospital(*key).name).collect();
        assert_eq!(names, sorted);
    }

    #[test]
    fn numbers_sort_like_their_stand_ins() {
        let numbers = [f64::NEG_INFINITY, -2.5, -1.0, 0.0, 0.5, 1.0, 1e9, f64::INFINITY];
        assert!(numbers.windows(2).all(|pair| ordered(pair[0]) < ordered(pair[1])));
    }
}
