//! Places on the globe that a query names: `near:42.36,-71.06`, the id of a hospital, the name of a city.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, HospitalKey, TextField, number};
use crate::search::geo::{GeoPoint, middle};
use crate::search::query::mistake::MistakeKind;
use crate::search::text::fold::{MAX_FIELD, fold};
use crate::text::Text;

/// How far hospitals of one city lie from its middle at most, in metres. Those of the largest cities lie within it.
const CITY: f64 = 100_000.0;

/// The place that `value` names, which is a point in degrees, the id of a hospital, or a city, also with its region: `Boston, MA`.
pub(super) fn place(value: &str, catalog: &Catalog) -> Result<GeoPoint, MistakeKind> {
    if value.trim().is_empty() {
        return Err(MistakeKind::NoPlace);
    }
    if let Some(degrees) = degrees(value) {
        return GeoPoint::new(degrees).ok_or_else(|| MistakeKind::NotOnGlobe(value.to_owned()));
    }
    let hospitals: Vec<HospitalKey> = catalog.all_by_id(value.trim()).collect();
    if !hospitals.is_empty() {
        return middle_of(&hospitals, catalog).ok_or_else(|| MistakeKind::NoCoordinates(value.to_owned()));
    }
    city(value, catalog)
}

/// Degrees north and east with a comma or spaces between them.
fn degrees(value: &str) -> Option<[f64; 2]> {
    let parts: Vec<&str> = value.split([',', ';', ' ', '，']).filter(|part| !part.is_empty()).collect();
    let [north, east] = parts[..] else { return None };
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
    Some([number(north)?, number(east)?])
}

fn middle_of(hospitals: &[HospitalKey], catalog: &Catalog) -> Option<GeoPoint> {
    let points = catalog.points();
    middle(hospitals.iter().filter_map(|key| points.of(*key)))
}

/// The middle of the hospitals whose city is that; several cities of one name that lie apart are told by their regions.
fn city(value: &str, catalog: &Catalog) -> Result<GeoPoint, MistakeKind> {
    let mut found = hospitals_in(value, None, catalog);
    if let (true, Some((city, region))) = (found.is_empty(), value.split_once([',', '，'])) {
        found = hospitals_in(city, Some(region), catalog);
    }
    if found.is_empty() {
        return Err(MistakeKind::UnknownPlace { place: value.to_owned(), meant: similar_city(value, catalog) });
    }
    let all: Vec<HospitalKey> = found.values().flatten().copied().collect();
    let Some(centre) = middle_of(&all, catalog) else { return Err(MistakeKind::NoCoordinates(value.to_owned())) };
    let points = catalog.points();
    if all.iter().filter_map(|key| points.of(*key)).all(|point| centre.metres_to(point) <= CITY) {
        return Ok(centre);
    }
    let located = |keys: &&Vec<HospitalKey>| keys.iter().any(|key| points.of(*key).is_some());
    let places: Vec<Text> = found.iter().filter(|(_, keys)| located(keys)).map(|(place, _)| place.clone()).collect();
    match places.len() {
        // One region says the same of hospitals that lie apart; the middle is all there is.
        0 | 1 => Ok(centre),
        _ => Err(MistakeKind::SeveralPlaces { place: value.to_owned(), places }),
    }
}

/// The hospitals whose city is that, and whose region or country if one is given, by city and region.
fn hospitals_in(city: &str, region: Option<&str>, catalog: &Catalog) -> BTreeMap<Text, Vec<HospitalKey>> {
    let wanted = fold(city, MAX_FIELD);
    let column = catalog.texts(&TextField::City);
    let is_wanted: Vec<bool> = column.values().iter().map(|value| fold(value, MAX_FIELD) == wanted).collect();
    let region = region.map(|region| fold(region, MAX_FIELD));
    let mut found: BTreeMap<Text, Vec<HospitalKey>> = BTreeMap::new();
    if wanted.is_empty() || !is_wanted.contains(&true) {
        return found;
    }
    for key in catalog.keys().filter(|key| column.number(*key).is_some_and(|at| is_wanted[at])) {
        let [city, own_region, country] = catalog.place(key);
        let parts = [own_region, country].into_iter().flatten();
        let is_there = |region: &String| parts.clone().any(|part| fold(part, MAX_FIELD) == *region);
        if region.as_ref().is_none_or(is_there) {
            let place: Vec<&str> = city.into_iter().chain(own_region.or(country)).map(Text::as_str).collect();
            found.entry(Text::from(place.join(", "))).or_default().push(key);
        }
    }
    found
}

/// A city of nearly that name.
fn similar_city(value: &str, catalog: &Catalog) -> Option<Text> {
    let wanted = fold(value, MAX_FIELD);
    let column = catalog.texts(&TextField::City);
    let near = column.values().iter().map(|city| (strsim::damerau_levenshtein(&wanted, &fold(city, MAX_FIELD)), city));
    near.filter(|(distance, _)| *distance <= 2 && wanted.chars().count() > 3).min().map(|(_, city)| city.clone())
}

/// How many metres `value` says: `25km`, `10mi`, `500m`. A number alone is none, since nobody can tell what it counts.
pub(super) fn metres(value: &str) -> Option<f64> {
    let value = value.trim().to_lowercase();
    let (digits, unit) = value.split_at(value.find(|c: char| c.is_alphabetic())?);
    let number = number::typed(digits.trim())?;
    let unit = match unit.trim() {
        "m" | "metres" | "meters" => 1.0,
        "km" | "kilometres" | "kilometers" => 1_000.0,
        "mi" | "mile" | "miles" => 1_609.344,
        "nmi" => 1_852.0,
        _ => return None,
    };
    (number.is_finite() && number >= 0.0).then_some(number * unit)
}
