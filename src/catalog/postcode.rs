//! Postal codes: the columns that hold them, and where they stand in an address.

use std::borrow::Cow;

use crate::catalog::details::Details;
use crate::text::{Text, letters};

/// What columns of postal codes are headed in several languages, by their letters and digits.
const HEADINGS: [&str; 43] = [
    "zip",
    "zipcode",
    "zip5",
    "postcode1",
    "addresszip",
    "addresszipcode",
    "postcode",
    "postalcode",
    "postal",
    "postalzip",
    "postalzipcode",
    "zippostalcode",
    "addresspostcode",
    "addrpostcode",
    "pincode",
    "plz",
    "postleitzahl",
    "plzort",
    "cap",
    "codepostal",
    "cp",
    "cpostal",
    "codigopostal",
    "códigopostal",
    "códigopostalcp",
    "codpostal",
    "codipostal",
    "codicepostale",
    "cep",
    "kodepos",
    "postnummer",
    "postnr",
    "kodpocztowy",
    "psč",
    "irányítószám",
    "почтовыйиндекс",
    "индекс",
    "邮编",
    "郵便號碼",
    "邮政编码",
    "郵遞區號",
    "郵便番号",
    "우편번호",
];

/// Whether a column of that heading holds postal codes.
#[must_use]
pub(crate) fn is_heading(heading: &str) -> bool {
    HEADINGS.contains(&&*letters(heading))
}

/// The postal code that details give: in a column of its own, or in the address.
pub(super) fn of_details(details: &Details) -> Option<Cow<'_, str>> {
    let facts = details.extra.iter().flat_map(|extra| &extra.facts);
    let own = facts.into_iter().find(|(heading, _)| is_heading(heading)).map(|(_, text)| text.as_str());
    own.or_else(|| in_address(details.address.as_ref().map(|fact| &fact.text)?)).map(Cow::Borrowed)
}

/// The postal code in an address: the last part of it that is written like one. The number of a house is none, so four digits
/// and more are needed, and what stands first is not taken.
#[must_use]
pub(crate) fn in_address(address: &Text) -> Option<&str> {
    let words: Vec<(usize, &str)> = words(address).collect();
    let end = |(at, word): (usize, &str)| at + word.len();
    for nth in (1..words.len()).rev() {
        let (at, word) = words[nth];
        let before = words[nth - 1];
        // The two halves of a code of Canada, the Netherlands or the United Kingdom.
        let is_dutch = nth > 1 && is_two_letters(word) && is_digits(before.1, 4..=4);
        if is_dutch || (is_second_half(word) && is_first_half(before.1)) {
            return Some(&address[before.0..end((at, word))]);
        }
        if is_code(word) {
            return Some(word);
        }
    }
    None
}

/// The words of an address with where each starts; a hyphen is part of a word.
fn words(address: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = address.split(|c: char| !c.is_alphanumeric() && c != '-');
    let start = |part: &str| part.as_ptr().addr() - address.as_ptr().addr();
    parts.filter(|part| !part.is_empty()).map(move |part| (start(part), part))
}

/// Whether a word is a code: 02114, 02114-2621, 310003, 150-0001, 01-234.
fn is_code(word: &str) -> bool {
    match word.split_once('-') {
        None => is_digits(word, 5..=7),
        Some(("D" | "A" | "CH" | "F" | "I" | "B" | "L", digits)) => is_digits(digits, 4..=5),
        Some((first, second)) => {
            (is_digits(first, 5..=5) && is_digits(second, 3..=4))
                || (is_digits(first, 3..=4) && is_digits(second, 3..=4))
                || (is_digits(first, 2..=2) && is_digits(second, 3..=3))
        }
    }
}

fn is_digits(word: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_two_letters(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a word is like the `SE1` of `SE1 7EH`, or the `K1A` of `K1A 0B1`.
fn is_first_half(word: &str) -> bool {
    let bytes = word.as_bytes();
    (2..=4).contains(&bytes.len())
        && bytes[0].is_ascii_uppercase()
        && bytes.iter().any(u8::is_ascii_digit)
        && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Whether a word is like `7EH` or `0B1`.
fn is_second_half(word: &str) -> bool {
    let [first, second, third] = word.as_bytes() else { return false };
    first.is_ascii_digit() && second.is_ascii_uppercase() && (third.is_ascii_uppercase() || third.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postal_code_is_told_from_a_house_number() {
        for (address, code) in [
            ("1108 ROSS CLARK CIRCLE, 36301", Some("36301")),
            ("55 Fruit Street, Boston, MA 02114-2621", Some("02114-2621")),
            ("Knuthstr. 1, 24939 Flensburg", Some("24939")),
            ("Westminster Bridge Road, London SE1 7EH", Some("SE1 7EH")),
            ("501 Smyth Rd, Ottawa, ON K1H 8L6", Some("K1H 8L6")),
            ("Meibergdreef 9, 1105 AZ Amsterdam", Some("1105 AZ")),
            ("浙江省杭州市上城区解放路88号 310009", Some("310009")),
            ("渋谷区1-1, 150-0001", Some("150-0001")),
            ("10025 State Highway", None),
            ("2505 US Highway 431", None),
            ("", None),
        ] {
            assert_eq!(in_address(&address.into()), code, "{address}");
        }
        assert!(is_heading("ZIP Code") && is_heading("Código Postal") && is_heading("addr:postcode"));
        assert!(!is_heading("ZIP4") && !is_heading("Capacity"));
    }
}
