//! Orders that a list can stand in, other than best match first.

use super::Order;
use crate::catalog::{Catalog, Hospital};

/// The place of each hospital in an order, worked out when first asked for.
#[derive(Debug, Default)]
pub struct Orders {
    by_name: Option<Vec<u32>>,
    by_place: Option<Vec<u32>>,
}

impl Orders {
    /// The place of each hospital, by its position in the catalog; none where the catalog's own order stands.
    pub fn of(&mut self, order: Order, catalog: &Catalog) -> Option<&[u32]> {
        let (known, sort): (_, fn(&Hospital) -> [String; 3]) = match order {
            Order::Best => return None,
            Order::Name => (&mut self.by_name, |hospital| [hospital.name.to_lowercase(), String::new(), String::new()]),
            Order::Place => (&mut self.by_place, |hospital| {
                let place = &hospital.place;
                // What lies nowhere known comes last.
                [&place.country, &place.region, &place.city]
                    .map(|part| part.as_deref().unwrap_or("\u{10ffff}").to_lowercase())
            }),
        };
        Some(known.get_or_insert_with(|| places(catalog, sort)))
    }
}

fn places(catalog: &Catalog, sort: fn(&Hospital) -> [String; 3]) -> Vec<u32> {
    let mut sorted: Vec<_> = catalog.hospitals().map(|(key, hospital)| (sort(hospital), key)).collect();
    sorted.sort_unstable();
    let mut places = vec![0; sorted.len()];
    for (place, (_, key)) in (0..).zip(sorted) {
        places[key.index()] = place;
    }
    places
}
