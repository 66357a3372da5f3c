//! Whether the text of a row may have a word, told without reading the row.
//!
//! To fold the other texts of all hospitals for one question would take longer than all the rest. A look at the bytes of a
//! row rules out nearly all of them. What it cannot tell, because a letter may be folded to others, it lets through.

use memchr::{memchr, memchr2_iter};

use crate::catalog::Summary;
use crate::search::index::other::stand::OtherWord;
use crate::search::text::fold::fold;
use crate::search::text::phone::phones;

/// A word, to be looked for in rows.
#[derive(Clone, Debug)]
pub(crate) struct RowTest {
    word: OtherWord,
    /// Its first letter, small and capital; none if it is not ASCII.
    first: Option<[u8; 2]>,
    /// Whether it may be a part of `and`, which `&` is folded to.
    is_and: bool,
}

/// Longest string of a JSON row of which the end is looked for, in bytes.
const LONGEST_KEY: usize = 80;

impl RowTest {
    pub(crate) fn new(word: &OtherWord) -> Self {
        let first = word.text.bytes().next().filter(|_| word.text.is_ascii());
        let is_and = "and".starts_with(&word.text) && (word.may_be_start || word.text == "and");
        Self { first: first.map(|byte| [byte, byte.to_ascii_uppercase()]), is_and, word: word.clone() }
    }

    /// Whether a hospital may have the word in its kind or in its row; none where it does not stand in one row.
    pub(crate) fn may_be_in(&self, hospital: &Summary, row: Option<&str>) -> bool {
        // Nothing but the id, a separator and the name.
        let is_bare = |row: &str| row.len() <= hospital.id.len() + 1 + hospital.name.len();
        row.is_none_or(|row| !is_bare(row) && self.may_be_in_text(row))
            || hospital.kind.is_some_and(|kind| self.may_be_in_text(kind))
    }

    /// Whether a text, such as a row, may have the word.
    fn may_be_in_text(&self, text: &str) -> bool {
        // An escape may stand for any letter.
        if memchr(b'\\', text.as_bytes()).is_some() {
            return true;
        }
        let Some(first) = self.first else {
            return !text.is_ascii() && fold(text, text.len()).contains(&self.word.text);
        };
        self.stands_in(text, first)
            || (self.is_and && memchr(b'&', text.as_bytes()).is_some())
            || (self.word.is_phone && phones(text).any(|digits| self.word.is_number(&digits)))
            || (!text.is_ascii() && may_start_with(text, char::from(first[0])))
    }

    /// Whether it stands at the start of a word, as far as the bytes tell.
    fn stands_in(&self, text: &str, [small, capital]: [u8; 2]) -> bool {
        let bytes = text.as_bytes();
        let is_json = bytes.first() == Some(&b'{');
        let mut places = memchr2_iter(small, capital, bytes);
        places.any(|at| {
            let is_start = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            is_start && self.goes_on(&bytes[at..]) && !(is_json && is_key(&bytes[at..]))
        })
    }

    /// Whether a text that starts with its first letter goes on with the others.
    fn goes_on(&self, text: &[u8]) -> bool {
        // Apostrophes are left out.
        let mut rest = text.iter().filter(|byte| **byte != b'\'');
        for letter in self.word.text.bytes() {
            match rest.next() {
                Some(byte) if byte.to_ascii_lowercase() == letter => {}
                Some(byte) if !byte.is_ascii() => return true,
                _ => return false,
            }
        }
        self.word.may_be_start || rest.next().is_none_or(|byte| !byte.is_ascii_alphanumeric())
    }
}

/// Whether a string of JSON ends with a colon behind it, and so is a key, which is no text of the hospital.
fn is_key(text: &[u8]) -> bool {
    let end = memchr(b'"', &text[..text.len().min(LONGEST_KEY)]);
    let behind = end.and_then(|end| text[end + 1..].iter().find(|byte| !byte.is_ascii_whitespace()));
    behind == Some(&b':')
}

/// Whether a character that is not ASCII may be folded to what starts with this letter.
fn may_start_with(text: &str, letter: char) -> bool {
    let mut others = text.chars().filter(|c| !c.is_ascii());
    others.any(|c| fold(c.encode_utf8(&mut [0; 4]), 1).starts_with(letter))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_has_a_word_may_have_it(
            text in "[,;\": '’&a-cA-CéÉß㎏ｂ重庆新疆١617()+.-]{0,24}",
            word in "[a-c]{1,4}|and?|k|kg|s|ss|e|[重庆]{1,2}|6[0-9]{0,9}|[ac重]{2}",
        ) {
            let word = OtherWord::new(&word);
            let has = word.find(&fold(&text, 256), &text).is_some();
            prop_assert!(!has || RowTest::new(&word).may_be_in_text(&text), "{:?} in {}", word, text);
        }
    }

    #[test]
    fn rows_without_a_word_are_ruled_out() {
        for (word, row, may) in [
            ("zzzz", "1,St. Mary Hospital,Ohio", false),
            ("mary", "1,St. Mary Hospital,Ohio", true),
            ("ary", "1,St. Mary Hospital,Ohio", false),
            ("women", "1,Women's Clinic", true),
            ("womens", "1,Women's Clinic", true),
            ("name", r#"{"id": "1", "name": "Clinic"}"#, false),
            ("clinic", r#"{"id": "1", "name": "Clinic"}"#, true),
            ("ecole", "1,École de médecine", true),
            ("medecine", "1,École de médecine", true),
            ("zurich", "1,École de médecine", false),
            ("重庆", "1,重慶", true),
            ("重庆", "1,Chongqing", false),
            ("6177262000", "1,(617) 726-2000", true),
            ("6177262000", "1,(617) 726-2001", false),
        ] {
            assert_eq!(RowTest::new(&OtherWord::new(word)).may_be_in_text(row), may, "{word} in {row}");
        }
    }
}
