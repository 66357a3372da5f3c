//! What a single question cannot find, told without an index.
//!
//! To fold all names for one question takes longer than to answer it. Which letters a text has is told by a look at its
//! bytes; what lacks letters of the query need not be folded at all.

use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey, Summary};
use crate::search::index::other::lookup::row_tests;
use crate::search::index::other::row::RowTest;
use crate::search::text::fold::{MAX_FIELD, fold, is_han, letter};
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::text::signature::{Signature, character_bit};
use crate::text::Text;

/// The hospitals of `catalog` that may have all of `words`, which are folded.
pub(crate) fn candidates(catalog: &Catalog, words: &[&str]) -> Vec<HospitalKey> {
    let needs: Vec<(u64, RowTest)> = words.iter().map(|word| present(word)).zip(row_tests(words)).collect();
    let parts: Vec<_> = catalog.summaries_in_parts().collect();
    let may_have = |(key, hospital), (letters, row): &(u64, RowTest)| {
        may_have_letters(&hospital, *letters) || row.may_be_in(&hospital, catalog.row_text(key))
    };
    let candidates = |(key, hospital)| needs.iter().all(|word| may_have((key, hospital), word)).then_some(key);
    parts.into_par_iter().flat_map_iter(|part| part.filter_map(candidates)).collect()
}

/// Whether the names, the place or the id of a hospital may have all of these letters.
fn may_have_letters(hospital: &Summary, letters: u64) -> bool {
    let place = hospital.place().into_iter().flatten().chain(hospital.aliases).map(Text::as_str);
    let mut texts = [hospital.name, hospital.id].into_iter().chain(hospital.native_name).chain(place);
    texts.any(|text| present_in(text) & letters == letters)
}

/// The bits of what each ASCII character is folded to; none of what is folded to a space or to nothing.
const ASCII_BITS: [u64; 128] = {
    let (mut bits, mut byte) = ([0; 128], 0_u8);
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            bits[byte as usize] = character_bit(byte.to_ascii_lowercase() as char);
        }
        byte += 1;
    }
    bits[b'&' as usize] = character_bit('a') | character_bit('n') | character_bit('d');
    bits
};

/// Which characters a text may have when it is folded, and those of its pinyin.
fn present_in(text: &str) -> u64 {
    if text.is_ascii() {
        return text.bytes().fold(0, |all, byte| all | ASCII_BITS[usize::from(byte)]);
    }
    // Most letters of other scripts become one letter, which needs no folding of the whole text.
    let mut all = 0;
    for c in text.chars() {
        if c.is_ascii() {
            all |= ASCII_BITS[c as usize];
            continue;
        }
        match letter(c) {
            Some(letter) if is_han(letter) => return ANY,
            Some(letter) => all |= character_bit(letter),
            None => return present_in_folded(&fold(text, MAX_FIELD)),
        }
    }
    all
}

/// The pinyin of a Chinese character may have any letter.
const ANY: u64 = u64::MAX;

fn present_in_folded(text: &str) -> u64 {
    if text.chars().any(is_han) { ANY } else { present(text) }
}

fn present(text: &str) -> u64 {
    Signature::new(text, &PinyinTable::default()).characters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::field::Field;
    use crate::search::index::normalized::NormalizedText;
    use crate::search::matching::word::Word;
    use crate::search::text::pinyin_table::PinyinTable;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_is_found_is_no_less_a_candidate(
            text in "[（“–&·a ß㈱⼈éع5'-]{0,4}[重庆⼤a医ع5 ]{1,4}([–) ][abc]{1,3})?",
            word in "[abdeghinqrsyzع5重医]{1,4}|and|ss",
        ) {
            let mut readings = PinyinTable::default();
            let normalized = NormalizedText::new(&text, &mut readings);
            let found = Word::new(&word, &readings).find(&normalized, Field::Name, &readings);
            let may_have = present_in(&text) & present(&word) == present(&word);
            prop_assert!(found.is_none() || may_have, "{} in {}", word, text);
        }
    }
}
