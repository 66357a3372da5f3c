//! Countries and regions under all their names and codes, so that `region:ohio` finds OH and `country:kenya` finds KEN.
//!
//! Codes and names are those of ISO 3166; names that files and people use beside them are in `assets/place-names.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_iso3166::iso3166_2::SUBDIVISION_MAP;

use crate::search::text::fold::{MAX_FIELD, fold};

/// Names beside those of ISO 3166: a line has a code and its names, with tabs between them.
const OTHER_NAMES: &str = include_str!("../../assets/place-names.tsv");

/// Fewest letters of the start of a name that stands for the name: with fewer, `region:ma` would find Maine and Maryland.
const FEWEST: usize = 4;

/// Fewest letters of a word of a name that stands for the name.
const FEWEST_OF_WORD: usize = 3;

/// A country or a region, by its position among all.
type PlaceNumber = usize;

/// A country or a region.
#[derive(Debug)]
struct NamedPlace {
    /// Two letters of ISO 3166-1, in lower case.
    country: String,
    is_country: bool,
    /// Names and codes, folded.
    names: Vec<String>,
    codes: Vec<String>,
}

/// All countries and regions.
struct Places {
    all: Vec<NamedPlace>,
    /// The places that a folded text is the name or a code of.
    by_text: HashMap<String, Vec<PlaceNumber>>,
}

static PLACES: LazyLock<Places> = LazyLock::new(Places::new);

impl Places {
    fn new() -> Self {
        let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
        for line in OTHER_NAMES.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split('\t');
            names.entry(parts.next().unwrap_or_default()).or_default().extend(parts);
        }
        let other = |code: &str| names.get(code).into_iter().flatten().copied();
        let countries = rust_iso3166::ALL.iter().map(|country| NamedPlace {
            country: fold(country.alpha2, MAX_FIELD),
            is_country: true,
            names: forms(country.name).chain(other(country.alpha2)).map(|name| fold(name, MAX_FIELD)).collect(),
            codes: [country.alpha2, country.alpha3].map(|code| fold(code, MAX_FIELD)).into(),
        });
        let regions = SUBDIVISION_MAP.values().map(|region| NamedPlace {
            country: fold(region.country_code, MAX_FIELD),
            is_country: false,
            names: forms(region.name).chain(other(region.code)).map(|name| fold(name, MAX_FIELD)).collect(),
            codes: [region.region_code, region.code].map(|code| fold(code, MAX_FIELD)).into(),
        });
        let mut all: Vec<NamedPlace> = countries.chain(regions).collect();
        drop_parts_that_others_are_called(&mut all);
        let mut by_text: HashMap<String, Vec<PlaceNumber>> = HashMap::new();
        for (at, place) in all.iter().enumerate() {
            for text in place.names.iter().chain(&place.codes) {
                let places = by_text.entry(text.clone()).or_default();
                if !places.contains(&at) {
                    places.push(at);
                }
            }
        }
        Self { all, by_text }
    }

    fn of_text(&self, text: &str, is_country: bool) -> impl Iterator<Item = PlaceNumber> {
        let found = self.by_text.get(text).into_iter().flatten().copied();
        found.filter(move |at| self.all[*at].is_country == is_country)
    }
}

/// What stands before a bracket in the long name of a country is no name of it where another country is called so: Congo.
fn drop_parts_that_others_are_called(all: &mut [NamedPlace]) {
    let countries = all.iter().filter(|place| place.is_country);
    let whole: Vec<(String, String)> =
        countries.filter_map(|place| Some((place.names.first()?.clone(), place.country.clone()))).collect();
    for place in all.iter_mut().filter(|place| place.is_country) {
        let NamedPlace { names, country, .. } = place;
        names.retain(|name| !whole.iter().any(|(other, of)| other == name && of != country));
    }
}

/// A name, and its parts where it is written with another in brackets, behind a comma, or with the word for what it is.
fn forms(name: &'static str) -> impl Iterator<Item = &'static str> {
    let parts = name.split(['[', ']', '(', ')', ',']).map(str::trim).filter(move |part| *part != name);
    let kinds = [" Sheng", " Shi", " Zizhiqu", " oblast", "skaya oblast'"];
    let short = kinds.into_iter().filter_map(move |kind| name.strip_suffix(kind));
    std::iter::once(name).chain(parts.take(2)).chain(short).filter(|part| !part.is_empty())
}

/// Countries, or regions, that words name.
#[derive(Debug)]
pub(crate) struct WantedPlaces {
    numbers: Vec<PlaceNumber>,
    is_country: bool,
}

/// Whether a text stands for a place that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// It does not.
    No,
    /// It does.
    Yes,
    /// It does in these countries; what is written in digits, nowhere else.
    In(Vec<String>, bool),
}

impl WantedPlaces {
    /// The countries or regions that have such a name or code; by the start of a name, too, unless it is asked for `exactly`.
    pub(crate) fn new(words: &[String], exactly: bool, is_country: bool) -> Self {
        let joined = words.join(" ");
        let has = |name: &String| name == &joined || (!exactly && is_named(name, words, &joined));
        let is_code = PLACES.of_text(&joined, is_country).any(|at| PLACES.all[at].codes.contains(&joined));
        let is_wanted = |place: &NamedPlace| {
            // Who types a code does not mean the start of a name.
            place.codes.contains(&joined) || place.names.iter().any(|name| name == &joined || (!is_code && has(name)))
        };
        let all = || PLACES.all.iter().enumerate().filter(|(_, place)| place.is_country == is_country);
        // Ireland is a word of the long name of another country, too.
        let is_exact = |place: &NamedPlace| place.names.contains(&joined);
        let has_exact = is_country && all().any(|(_, place)| is_exact(place));
        let is_wanted = |place: &NamedPlace| if has_exact { is_exact(place) } else { is_wanted(place) };
        Self { numbers: all().filter(|(_, place)| is_wanted(place)).map(|(at, _)| at).collect(), is_country }
    }

    /// Whether a text stands for one of them.
    pub(crate) fn stands(&self, text: &str) -> Stands {
        if self.numbers.is_empty() {
            return Stands::No;
        }
        let text = fold(text, MAX_FIELD);
        let found = PLACES.of_text(&text, self.is_country).filter(|at| self.numbers.contains(at));
        let countries: Vec<String> = found.map(|at| PLACES.all[at].country.clone()).collect();
        match countries.is_empty() {
            true => Stands::No,
            false if self.is_country => Stands::Yes,
            false => Stands::In(countries, text.bytes().all(|byte| byte.is_ascii_digit())),
        }
    }
}

/// Whether words are the start of a name, or a whole word of it.
fn is_named(name: &str, words: &[String], joined: &str) -> bool {
    let length = joined.chars().count();
    (length >= FEWEST && name.starts_with(joined))
        || (length >= FEWEST_OF_WORD && words.len() == 1 && name.split(' ').any(|word| word == joined))
}

/// The country that a text names: two letters of ISO 3166-1, in lower case.
pub(crate) fn country(text: &str) -> Option<&'static str> {
    let text = fold(text, MAX_FIELD);
    let first = PLACES.of_text(&text, true).next();
    first.map(|at| PLACES.all[at].country.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse::words;

    fn region(typed: &str, value: &str) -> Stands {
        WantedPlaces::new(&words(typed), false, false).stands(value)
    }

    fn is_country(typed: &str, value: &str) -> bool {
        WantedPlaces::new(&words(typed), false, true).stands(value) == Stands::Yes
    }

    #[test]
    fn regions_are_found_by_name_and_by_code_within_their_country() {
        let inside = |country: &str| Stands::In(vec![country.to_owned()], false);
        for (typed, value, country) in [
            ("ohio", "OH", "us"),
            ("OH", "Ohio", "us"),
            ("oh", "US-OH", "us"),
            ("new york", "NY", "us"),
            ("new yor", "NY", "us"),
            ("carolina", "NC", "us"),
            ("bavaria", "Bayern", "de"),
            ("bayern", "BY", "de"),
            ("bavari", "Bayern", "de"),
            ("ontario", "ON", "ca"),
            ("québec", "QC", "ca"),
            ("victoria", "VIC", "au"),
            ("sao paulo", "SP", "br"),
            ("guangdong", "广东省", "cn"),
            ("tokyo", "東京都", "jp"),
            ("catalonia", "Cataluña", "es"),
            ("washington dc", "DC", "us"),
        ] {
            assert_eq!(region(typed, value), inside(country), "{typed} {value}");
        }
        assert_eq!(region("paris", "75C"), inside("fr"));
        for (typed, value) in
            [("ma", "MD"), ("ma", "ME"), ("ohio", "OK"), ("oh", "OHIO COUNTY"), ("xyz", "OH"), ("", "OH")]
        {
            assert_eq!(region(typed, value), Stands::No, "{typed} {value}");
        }
        assert_eq!(WantedPlaces::new(&words("oh"), true, false).stands("Ohio"), inside("us"));
        assert_eq!(WantedPlaces::new(&words("ohi"), true, false).stands("OH"), Stands::No);
        assert_eq!(region("burgenland", "1"), Stands::In(vec!["at".to_owned()], true));
    }

    #[test]
    fn countries_are_found_by_name_and_by_code() {
        for (typed, value) in [
            ("us", "United States"),
            ("usa", "US"),
            ("united states", "USA"),
            ("kenya", "KE"),
            ("ken", "Kenya"),
            ("uk", "GBR"),
            ("south korea", "KOR"),
            ("iran", "Iran (Islamic Republic of)"),
            ("vietnam", "Viet Nam"),
            ("中国", "CHN"),
            ("ivory coast", "Côte d'Ivoire"),
            ("germ", "DEU"),
        ] {
            assert!(is_country(typed, value), "{typed} {value}");
        }
        assert!(!is_country("us", "Australia") && !is_country("guinea", "PNG US"));
        assert_eq!((country("USA"), country("Deutschland"), country("Nowhere")), (Some("us"), Some("de"), None));
    }
}
