//! Which hospitals say something in a field.

use rayon::prelude::*;

use crate::catalog::{Catalog, TextColumn, TextField};
use crate::search::field::Field;
use crate::search::index::catalog_index::Index;
use crate::search::index::normalized::NormalizedText;
use crate::search::matching::word::Word;
use crate::search::places::{self, Stands, WantedPlaces};
use crate::search::query::field::QueryField;
use crate::search::query::parse;
use crate::search::text::fold::{MAX_FIELD, fold, is_han};
use crate::search::text::phone::digits;
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::tier::Tier;
use crate::text::Text;

/// Fewest digits of a telephone number without the code of its country or its town.
const LOCAL_NUMBER: usize = 7;

/// Whether the hospital in a row says something.
pub(super) type Says<'a> = Box<dyn Fn(u32) -> bool + Sync + 'a>;

/// Whether the hospital in a row says one of some things in a field: words that start words there, or nothing else than these
/// words.
pub(super) fn says<'a>(
    field: &QueryField,
    any_of: &'a [Vec<String>],
    exactly: bool,
    catalog: &'a Catalog,
    index: &'a Index,
) -> Says<'a> {
    match field {
        QueryField::Id if !exactly => id_starts(any_of, index),
        QueryField::Name => name_says(any_of, exactly, index),
        QueryField::Region => region_says(any_of, exactly, catalog, index),
        QueryField::Source => {
            let fits = fits(field, any_of, exactly);
            let said: Vec<bool> =
                catalog.keys().map(|key| field.values(catalog, key).iter().any(|value| fits(value))).collect();
            Box::new(move |row| said[index.hospital(row).index()])
        }
        field => {
            let Some(column) = field.column(catalog) else { return Box::new(|_| false) };
            let fits = fits(field, any_of, exactly);
            let fits: Vec<bool> = column.values().par_iter().map(|value| fits(value)).collect();
            Box::new(move |row| column.numbers(index.hospital(row)).any(|at| fits[at]))
        }
    }
}

/// Whether a text is one of those that are asked for in a field.
fn fits<'a>(field: &QueryField, any_of: &'a [Vec<String>], exactly: bool) -> impl Fn(&str) -> bool + Sync + use<'a> {
    let countries: Vec<WantedPlaces> = match field {
        QueryField::Country => any_of.iter().map(|words| WantedPlaces::new(words, exactly, true)).collect(),
        _ => Vec::new(),
    };
    let (is_phone, is_zip) = (*field == QueryField::Phone, *field == QueryField::Zip);
    move |value| {
        let fits = |words: &Vec<String>| match words {
            words if is_phone && has_digits(words) => is_number(value, words, exactly),
            words if is_zip => is_postcode(value, words, exactly),
            words => is_said(value, words, exactly),
        };
        any_of.iter().any(fits) || countries.iter().any(|wanted| wanted.stands(value) == Stands::Yes)
    }
}

/// Whether a text has the words, or is nothing but them.
fn is_said(value: &str, words: &[String], exactly: bool) -> bool {
    if exactly { parse::words(value) == *words } else { holds(value, words) }
}

/// Whether every word starts a word of `value`, or is its pinyin.
fn holds(value: &str, words: &[String]) -> bool {
    let folded = fold(value, MAX_FIELD);
    let starts =
        |word: &String| folded.match_indices(word.as_str()).any(|(at, _)| at == 0 || folded.as_bytes()[at - 1] == b' ');
    if words.iter().all(starts) {
        return true;
    }
    if !folded.chars().any(is_han) {
        return false;
    }
    let mut table = PinyinTable::default();
    let text = NormalizedText::new(value, &mut table);
    let fits = |word: &String| Word::new(word, &table).find(&text, Field::Place, &table).is_some();
    words.iter().all(fits)
}

/// Whether the id has words that start with all of one alternative.
fn id_starts<'a>(any_of: &[Vec<String>], index: &'a Index) -> Says<'a> {
    let any_of: Vec<Vec<Word>> = any_of.iter().map(|words| Word::all(words, index.pinyin())).collect();
    let starts = |word: &Word, id: &NormalizedText| word.find_plain(id).is_some_and(|tier| tier <= Tier::WordPrefix);
    Box::new(move |row| {
        let id = index.ids().get(row as usize);
        any_of.iter().any(|words| words.iter().all(|word| starts(word, &id)))
    })
}

/// Whether one of the names has all words of one alternative.
fn name_says<'a>(any_of: &'a [Vec<String>], exactly: bool, index: &'a Index) -> Says<'a> {
    let table = index.pinyin();
    let prepared: Vec<Vec<Word>> = any_of.iter().map(|words| Word::all(words, table)).collect();
    let starts = move |word: &Word, text: &NormalizedText| {
        word.find(text, Field::Place, table).is_some_and(|tier| tier <= Tier::WordPrefix)
    };
    Box::new(move |row| {
        let is_name = |field: &Field| matches!(field, Field::Name | Field::NativeName | Field::Alias);
        index.texts(row as usize).filter(|(field, _)| is_name(field)).any(|(_, text)| {
            let mut alternatives = any_of.iter().zip(&prepared);
            alternatives.any(|(words, prepared)| {
                let is_whole = || text.text.split(' ').eq(words.iter().map(String::as_str));
                if exactly { is_whole() } else { prepared.iter().all(|word| starts(word, &text)) }
            })
        })
    })
}

/// How a region is what is asked for.
enum RegionFit {
    /// By its own words, or not.
    Surely(bool),
    /// By a name or code that it has in these countries; one in digits only where the country is known.
    In(Vec<String>, bool),
}

/// Whether the region has the words, or is the code or another name of such a region of its country.
fn region_says<'a>(any_of: &'a [Vec<String>], exactly: bool, catalog: &'a Catalog, index: &'a Index) -> Says<'a> {
    let regions = catalog.texts(&TextField::Region);
    let countries = catalog.texts(&TextField::Country);
    let wanted: Vec<WantedPlaces> = any_of.iter().map(|words| WantedPlaces::new(words, exactly, false)).collect();
    let fit = |value: &Text| {
        if any_of.iter().any(|words| is_said(value, words, exactly)) {
            return RegionFit::Surely(true);
        }
        let stands: Vec<Stands> = wanted.iter().map(|wanted| wanted.stands(value)).collect();
        let inside = stands.into_iter().filter_map(|stands| match stands {
            Stands::In(countries, is_number) => Some((countries, is_number)),
            Stands::No | Stands::Yes => None,
        });
        inside
            .reduce(|(mut all, is_number), (more, _)| {
                all.extend(more);
                (all, is_number)
            })
            .map_or(RegionFit::Surely(false), |(countries, is_number)| RegionFit::In(countries, is_number))
    };
    let fits: Vec<RegionFit> = regions.values().iter().map(fit).collect();
    let codes: Vec<Option<&'static str>> = countries.values().iter().map(|text| places::country(text)).collect();
    Box::new(move |row| {
        let key = index.hospital(row);
        let country = |countries: &TextColumn| countries.number(key).and_then(|at| codes[at]);
        regions.number(key).is_some_and(|at| match &fits[at] {
            RegionFit::Surely(fits) => *fits,
            RegionFit::In(inside, is_number) => match country(&countries) {
                Some(country) => inside.iter().any(|other| other == country),
                None => !is_number,
            },
        })
    })
}

fn has_digits(words: &[String]) -> bool {
    words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Whether a telephone number has the digits, however both are written: with the code of the country or without, with a zero
/// before the code of the town or without. A text may have several numbers.
fn is_number(value: &str, words: &[String], exactly: bool) -> bool {
    let typed = digits(&words.concat());
    let typed = typed.trim_start_matches('0');
    let mut numbers = value.split([';', ',', '/', '|', '、', '，']).map(digits);
    let is_whole = |number: &str| {
        number == typed
            || (number.len() >= LOCAL_NUMBER && typed.ends_with(number))
            || (typed.len() >= LOCAL_NUMBER && number.ends_with(typed))
    };
    numbers.any(|number| {
        let number = number.trim_start_matches('0');
        !number.is_empty() && !typed.is_empty() && (is_whole(number) || (!exactly && number.contains(typed)))
    })
}

/// Whether a postal code starts with what is asked for, whatever signs stand in them; also where a spreadsheet has stripped its
/// first zeros.
fn is_postcode(value: &str, words: &[String], exactly: bool) -> bool {
    let typed = words.concat();
    let code = fold(value, MAX_FIELD).replace(' ', "");
    let is_typed = |code: &str| if exactly { code == typed } else { code.starts_with(&typed) };
    let is_stripped =
        typed.starts_with('0') && (3..5).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    // A code may stand before the name of its town.
    is_typed(&code)
        || (is_stripped && is_typed(&format!("{code:0>5}")))
        || (!exactly && fold(value, MAX_FIELD).split(' ').any(|word| word.starts_with(&typed)))
        || (exactly && code.len() > 5 && code.starts_with(&typed) && value.contains('-') && typed.len() == 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(field: &QueryField, value: &str, typed: &str, exactly: bool) -> bool {
        fits(field, &[parse::words(typed)], exactly)(value)
    }

    #[test]
    fn telephone_numbers_are_compared_by_their_digits() {
        for (value, typed) in [
            ("(617) 726-2000", "6177262000"),
            ("(617) 726-2000", "617 726 2000"),
            ("(617) 726-2000", "+1 617-726-2000"),
            ("(617) 726-2000", "726-2000"),
            ("(617) 726-2000", "617"),
            ("+44 20 7188 7188", "020 7188 7188"),
            ("020 7188 7188", "+44 20 7188 7188"),
            ("021-1234567; 021-7654321", "7654321"),
        ] {
            assert!(says(&QueryField::Phone, value, typed, false), "{typed} in {value}");
        }
        for (value, typed) in
            [("(617) 726-2000", "6177262001"), ("021-12; 34-5678", "1234"), ("", "617"), ("none", "617"), ("617", "0")]
        {
            assert!(!says(&QueryField::Phone, value, typed, false), "{typed} in {value}");
        }
        assert!(says(&QueryField::Phone, "(617) 726-2000", "+16177262000", true));
        assert!(!says(&QueryField::Phone, "(617) 726-2000", "617726", true));
    }

    #[test]
    fn postal_codes_are_compared_without_signs() {
        for (value, typed) in [
            ("02114", "02114"),
            ("02114-2621", "02114"),
            ("02114", "021"),
            ("2114", "02114"),
            ("SE1 7EH", "se17eh"),
            ("SE1 7EH", "SE1"),
            ("24939 Flensburg", "24939"),
        ] {
            assert!(says(&QueryField::Zip, value, typed, false), "{typed} in {value}");
        }
        for (value, typed) in [("02114", "2114"), ("12114", "02114"), ("21140", "02114"), ("", "1")] {
            assert!(!says(&QueryField::Zip, value, typed, false), "{typed} in {value}");
        }
        assert!(says(&QueryField::Zip, "02114-2621", "02114", true) && !says(&QueryField::Zip, "02114", "0211", true));
    }

    #[test]
    fn words_start_words_and_an_exact_value_is_whole() {
        let column = QueryField::Column("County".into());
        assert!(says(&column, "SUFFOLK COUNTY", "suff", false) && !says(&column, "SUFFOLK", "folk", false));
        assert!(says(&column, "重庆市", "chongqing", false) && says(&column, "重庆市", "庆", false));
        assert!(says(&column, "St. Mary’s", "st marys", true) && !says(&column, "SUFFOLK COUNTY", "suffolk", true));
        assert!(says(&QueryField::Country, "USA", "united states", true));
    }
}
