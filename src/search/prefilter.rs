//! What a single question cannot find, told without an index.
//!
//! To fold all names for one question takes longer than to answer it. Which letters a text has is told by a look at its
//! bytes; what lacks letters of the query need not be folded at all.

use rayon::prelude::*;

use crate::catalog::{Catalog, Hospital, HospitalKey, Place};
use crate::search::index::normalized::MAX_FIELD;
use crate::search::index::normalized::{presence, present};
use crate::search::matching::scan::MANY;
use crate::search::text::fold::{self, fold, is_han, letter};

/// Hospitals looked at by one thread at a time.
const BATCH: usize = 8_192;

/// The bits of what ASCII is folded to; none of what is folded away.
const PLAIN: [u64; 128] = {
    let (mut bits, mut byte) = ([0; 128], 0);
    while byte < bits.len() {
        bits[byte] = if fold::PLAIN[byte] == 0 { 0 } else { presence(fold::PLAIN[byte] as char) };
        byte += 1;
    }
    bits
};

/// The hospitals of `catalog` that may have all of `words`, which are folded.
pub fn candidates(catalog: &Catalog, words: &[&str]) -> Vec<HospitalKey> {
    let needs: Vec<u64> = words.iter().map(|word| present(word)).collect();
    let keys: Vec<HospitalKey> = catalog.hospitals().map(|(key, _)| key).collect();
    let may_have = |key: &HospitalKey| may_have_all(catalog.hospital(*key), &needs);
    if keys.len() > MANY {
        let batches = keys.par_chunks(BATCH);
        return batches.flat_map_iter(|keys| keys.iter().copied().filter(may_have)).collect();
    }
    keys.into_iter().filter(may_have).collect()
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
        return text.bytes().fold(0, |all, byte| all | PLAIN[usize::from(byte) % PLAIN.len()]);
    }
    let mut all = 0;
    for c in text.chars() {
        all |= match (u8::try_from(c), letter(c)) {
            (Ok(byte), _) if byte.is_ascii() && byte != b'&' => PLAIN[usize::from(byte)],
            // The pinyin of a Chinese character may have any letter.
            (_, Some(letter)) if is_han(letter) => return u64::MAX,
            (_, Some(letter)) => presence(letter),
            _ => return present_in_folded(&fold(text, MAX_FIELD)),
        };
    }
    all
}

fn present_in_folded(text: &str) -> u64 {
    if text.chars().any(is_han) { u64::MAX } else { present(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::field::Field;
    use crate::search::index::normalized::OwnedKey;
    use crate::search::matching::word::Word;
    use crate::search::text::pinyin::Readings;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_is_found_is_no_less_a_candidate(
            text in "[（“–&·a ß㈱⼈éع5'-]{0,4}[重庆⼤a医ع5 ]{1,4}([–) ][abc]{1,3})?",
            word in "[abdeghinqrsyzع5重医]{1,4}|and|ss",
        ) {
            let mut readings = Readings::default();
            let key = OwnedKey::new(&text, &mut readings);
            let found = Word::new(&word, &readings).find(&key.get(), Field::Name, &readings);
            let may_have = present_in(&text) & present(&word) == present(&word);
            prop_assert!(found.tier.is_none() || may_have, "{} in {}", word, text);
        }
    }
}
