//! How a word of a query stands in a text that is no name.

use crate::search::text::fold::is_han;
use crate::search::text::phone;
use crate::search::tier::Tier;

/// Fewest letters of a word of which the start is enough.
pub(crate) const FEWEST_AT_START: usize = 3;

/// Fewest digits of a telephone number that is being typed.
const FEWEST_TYPED_DIGITS: usize = 6;

/// Most digits of a country's calling code.
const CALLING_CODE: usize = 3;

/// A folded word of a query, as it is looked for in these texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OtherWord {
    pub text: String,
    /// Whether it has Chinese characters.
    pub is_chinese: bool,
    /// Whether the start of a word is enough.
    pub may_be_start: bool,
    /// Whether it may be a telephone number, or the start of one.
    pub is_phone: bool,
}

impl OtherWord {
    pub(crate) fn new(word: &str) -> Self {
        let is_phone = word.len() >= FEWEST_TYPED_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            text: word.to_owned(),
            is_chinese: word.chars().any(is_han),
            may_be_start: word.chars().nth(FEWEST_AT_START - 1).is_some(),
            is_phone,
        }
    }

    /// How it stands in a text: `folded`, or as a telephone number in the text as it was.
    pub(crate) fn find(&self, folded: &str, original: &str) -> Option<Tier> {
        let tier = if self.is_chinese {
            self.is_among_characters(folded).then_some(Tier::Elsewhere)
        } else {
            words(folded).filter_map(|word| self.find_in_word(word)).min()
        };
        let is_number = || self.is_phone && phone::phones(original).any(|digits| self.is_number(&digits));
        tier.or_else(|| is_number().then_some(Tier::Elsewhere))
    }

    /// How it stands in one word of a text.
    pub(crate) fn find_in_word(&self, word: &str) -> Option<Tier> {
        if word == self.text {
            return Some(Tier::Elsewhere);
        }
        (self.may_be_start && word.starts_with(&self.text)).then_some(Tier::ElsewhereStart)
    }

    /// Whether it stands in a text with Chinese characters, from the start of a word on.
    pub(crate) fn is_among_characters(&self, folded: &str) -> bool {
        stands_together(folded, &self.text, false)
    }

    /// Whether it is the start of a telephone number of these digits. Either may have a calling code or a leading zero that
    /// the other has not.
    pub(crate) fn is_number(&self, digits: &str) -> bool {
        let typed = self.text.trim_start_matches('0');
        let known = digits.trim_start_matches('0');
        let is_start = || tails(known).any(|tail| tail.starts_with(typed));
        let is_longer = || phone::DIGITS.contains(&known.len()) && tails(typed).any(|tail| tail == known);
        typed.len() >= FEWEST_TYPED_DIGITS && (is_start() || is_longer())
    }
}

/// Whether words stand in a folded text as they are, from the start of a word on, and to the end of one if that is asked.
pub(crate) fn stands_together(folded: &str, words: &str, to_end: bool) -> bool {
    let is_edge = |at: usize| {
        let (before, after) = (folded[..at].chars().next_back(), folded[at..].chars().next());
        let is_part = |c: Option<char>| c.is_some_and(|c| c != ' ' && !is_han(c));
        !is_part(before) || !is_part(after)
    };
    let mut places = folded.match_indices(words);
    places.any(|(at, _)| is_edge(at) && (!to_end || is_edge(at + words.len())))
}

/// A number of digits with and without what may be a calling code, and zeros after that.
fn tails(digits: &str) -> impl Iterator<Item = &str> {
    (0..=CALLING_CODE).filter_map(|code| digits.get(code..)).map(|tail| tail.trim_start_matches('0'))
}

/// The words of a folded text that are not Chinese.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c| c == ' ' || is_han(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::text::fold::fold;

    #[test]
    fn words_are_found_whole_or_by_their_start() {
        use Tier::{Elsewhere, ElsewhereStart};
        for (word, text, tier) in [
            ("neonatology", "Neonatology", Some(Elsewhere)),
            ("neonat", "Neonatology", Some(ElsewhereStart)),
            ("natology", "Neonatology", None),
            ("elm", "Elmhurst, 12 Elm Street", Some(Elsewhere)),
            ("ct", "CT and MRI", Some(Elsewhere)),
            ("ct", "CTA", None),
            ("02114", "Boston, MA 02114-2696", Some(Elsewhere)),
            ("儿科", "新生儿科", Some(Elsewhere)),
            ("新生", "新生兒科", Some(Elsewhere)),
            ("ct室", "放射CT室", Some(Elsewhere)),
            ("t室", "放射CT室", None),
            ("ct", "放射CT室", Some(Elsewhere)),
            ("6177262000", "(617) 726-2000", Some(Elsewhere)),
            ("617726", "(617) 726-2000", Some(Elsewhere)),
            ("6177262000", "+1 617.726.2000", Some(Elsewhere)),
            ("16177262000", "617 726 2000", Some(Elsewhere)),
            ("02079460018", "+44 20 7946 0018", Some(Elsewhere)),
            ("442079460018", "Tel. 020 7946 0018, ext. 2", Some(Elsewhere)),
            ("7262000", "617-726-2000", Some(Elsewhere)),
            ("262000", "617-726-2000", None),
            ("61772", "617-726-2000", None),
            ("6177262000", "617 726 2001", None),
        ] {
            assert_eq!(OtherWord::new(word).find(&fold(text, 256), text), tier, "{word} in {text}");
        }
    }
}
