//! What a single question cannot find, told without an index.
//!
//! To fold all names for one question takes longer than to answer it. Which letters a text has is told by a look at its
//! bytes; what lacks letters of the query need not be folded at all.

use rayon::prelude::*;

use crate::catalog::{Catalog, Hospital, HospitalKey, Place};
use crate::search::text::fold::{MAX_FIELD, fold, is_han};
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::text::signature::{Signature, character_bit};

/// Hospitals looked at by one thread at a time.
const BATCH: usize = 8_192;

/// The hospitals of `catalog` that may have all of `words`, which are folded.
pub(crate) fn candidates(catalog: &Catalog, words: &[&str]) -> Vec<HospitalKey> {
    let needs: Vec<u64> = words.iter().map(|word| present(word)).collect();
    let keys: Vec<HospitalKey> = catalog.hospitals().map(|(key, _)| key).collect();
    let may_have = |key: &HospitalKey| may_have_all(catalog.hospital(*key), &needs);
    let batches = keys.par_chunks(BATCH);
    batches.flat_map_iter(|keys| keys.iter().copied().filter(may_have)).collect()
}

fn may_have_all(hospital: &Hospital, needs: &[u64]) -> bool {
    let Place { city, region, country } = &hospital.place;
    let others = [&hospital.native_name, city, region, country].into_iter().flatten();
    let texts = || [&hospital.name, &hospital.id].into_iter().chain(&hospital.aliases).chain(others.clone());
    needs.iter().all(|needs| texts().any(|text| present_in(text) & needs == *needs))
}

/// Which characters a text may have when it is folded, and those of its pinyin.
fn present_in(text: &str) -> u64 {
    if text.is_ascii() && memchr::memchr(b'&', text.as_bytes()).is_none() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.fold(0, |all, byte| all | character_bit(byte.to_ascii_lowercase().into()));
    }
    let folded = fold(text, MAX_FIELD);
    // The pinyin of a Chinese character may have any letter.
    if folded.chars().any(is_han) { u64::MAX } else { present(&folded) }
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
