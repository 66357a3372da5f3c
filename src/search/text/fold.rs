//! Folding: what people type and what names say, brought to one spelling.
//!
//! Lower case; accents and width removed (NFKD); Traditional characters made Simplified; `&` spelt out; apostrophes
//! left out, except after the article in l'Enfant and d'Hebron; every other sign a single space. So `hopital` finds
//! Hôpital, `womens` Women's, `重慶` 重庆 and `st marys` St. Mary’s.
//! Positions in the folded text lead back to the original, for highlights.

use std::sync::{LazyLock, OnceLock};

use hanconv::TSCharacters;
use hashbrown::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text searched, in characters.
pub(crate) const MAX_FIELD: usize = 256;

/// The Simplified form of each Traditional character, by `OpenCC`'s table; the first where it gives several.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = TSCharacters.iter().filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)));
    pairs.collect()
});

/// The Traditional characters that fold to a Simplified one.
static TRADITIONAL: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut all: HashMap<char, Vec<char>> = HashMap::new();
    for (&traditional, &simplified) in &*SIMPLIFIED {
        all.entry(simplified).or_default().push(traditional);
    }
    all
});

/// The Traditional characters that are searched as `simplified`.
pub(crate) fn traditional(simplified: char) -> &'static [char] {
    TRADITIONAL.get(&simplified).map_or(&[], Vec::as_slice)
}

/// Whether `c` is a Chinese character, which is a word of its own.
#[inline]
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// For each character of what at most `limit` characters of `original` are folded to, the position of the one it came
/// from.
pub(crate) fn origins(original: &str, limit: usize) -> Vec<usize> {
    let mut origins = Vec::new();
    fold_into(&mut String::new(), original, limit, |at| origins.push(at));
    origins
}

/// The folded spelling of at most `limit` characters of `original`.
pub(crate) fn fold(original: &str, limit: usize) -> String {
    let mut text = String::with_capacity(original.len());
    fold_into(&mut text, original, limit, |_| {});
    text
}

/// Appends the folded spelling to `text`, and tells of each character that it adds where it came from.
pub(crate) fn fold_into(text: &mut String, original: &str, limit: usize, mut came_from: impl FnMut(usize)) {
    let start = text.len();
    let mut gap: Option<usize> = None;
    let mut add = |spelling: Spelling, at: usize| {
        if let (Spelling::Letter(letter), None) = (&spelling, gap) {
            // As nearly always.
            text.push(*letter);
            return came_from(at);
        }
        let after_article = || is_article(&text[start..]);
        let parts = matches!(spelling, Spelling::Gap | Spelling::And);
        if parts || (matches!(spelling, Spelling::Apostrophe) && after_article()) {
            gap = Some(at);
        }
        let letters = match spelling {
            Spelling::Letter(c) => [Some(c), None, None],
            Spelling::Two(first, second) => [Some(first), Some(second), None],
            Spelling::And => ['a', 'n', 'd'].map(Some),
            Spelling::Gap | Spelling::Apostrophe | Spelling::Nothing => return,
        };
        if let Some(gap) = gap.take().filter(|_| text.len() > start) {
            text.push(' ');
            came_from(gap);
        }
        for letter in letters.into_iter().flatten() {
            text.push(letter);
            came_from(at);
        }
        gap = parts.then_some(at);
    };
    for (at, c) in original.chars().take(limit).enumerate() {
        match c {
            _ if c.is_ascii() => add(spelling(c.to_ascii_lowercase()), at),
            _ => match letter(c) {
                Some(letter) => add(Spelling::Letter(letter), at),
                None => spellings(c).for_each(|spelling| add(spelling, at)),
            },
        }
    }
}

/// What becomes of a character: of each that it decomposes into, in lower case.
fn spellings(c: char) -> impl Iterator<Item = Spelling> {
    std::iter::once(c).nfkd().flat_map(char::to_lowercase).map(spelling)
}

/// The letter that is all that becomes of a character, as of nearly every letter of every script. Each is worked out
/// once, with its neighbours.
pub(crate) fn letter(c: char) -> Option<char> {
    static BLOCKS: [OnceLock<Box<[Option<char>]>>; 256] = [const { OnceLock::new() }; 256];
    let block = u32::from(c) >> 8;
    let letters = BLOCKS.get(block as usize)?.get_or_init(|| {
        let of = |at| char::from_u32(block << 8 | at).and_then(only_letter);
        (0..256).map(of).collect()
    });
    letters[u32::from(c) as usize & 0xff]
}

fn only_letter(c: char) -> Option<char> {
    if ('\u{4e00}'..='\u{9fff}').contains(&c) {
        // These have no other form but the Traditional one; there are many.
        return Some(SIMPLIFIED.get(&c).copied().unwrap_or(c));
    }
    let mut only = None;
    for spelling in spellings(c) {
        match spelling {
            Spelling::Letter(letter) if only.is_none() => only = Some(letter),
            Spelling::Nothing => {}
            _ => return None,
        }
    }
    only
}

/// What becomes of a character.
enum Spelling {
    Letter(char),
    Two(char, char),
    /// It stands for a word of its own.
    And,
    /// It parts words.
    Gap,
    /// It parts words after an article, and is nothing elsewhere.
    Apostrophe,
    Nothing,
}

/// Whether a text ends with an article that is written together with the next word: l' and d'.
fn is_article(text: &str) -> bool {
    matches!(text, "l" | "d") || text.ends_with(" l") || text.ends_with(" d")
}

fn spelling(c: char) -> Spelling {
    match c {
        'a'..='z' | '0'..='9' => Spelling::Letter(c),
        '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '\u{2b9}' => Spelling::Apostrophe,
        '&' => Spelling::And,
        _ if c.is_ascii() => Spelling::Gap,
        'ß' => Spelling::Two('s', 's'),
        'æ' => Spelling::Two('a', 'e'),
        'œ' => Spelling::Two('o', 'e'),
        'ł' => Spelling::Letter('l'),
        'ø' => Spelling::Letter('o'),
        'đ' => Spelling::Letter('d'),
        'ı' => Spelling::Letter('i'),
        'ς' => Spelling::Letter('σ'),
        // Marks, and signs that only steer how text is shaped or joined.
        _ if is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | 'ـ') => {
            Spelling::Nothing
        }
        '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => Spelling::Gap,
        '・' | '،' | '؛' | '؟' => Spelling::Gap,
        _ if c.is_whitespace() => Spelling::Gap,
        _ if is_han(c) => Spelling::Letter(SIMPLIFIED.get(&c).copied().unwrap_or(c)),
        _ => Spelling::Letter(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        /// A sign that is not ASCII and becomes nothing makes plain text take the way of all others.
        #[test]
        fn plain_text_is_folded_like_any_other(text in "[ldaM '`.-]{0,12}|[ -%'-~]{0,90}") {
            let other = format!("\u{ad}{text}");
            prop_assert_eq!(fold(&text, 80), fold(&other, 81), "{}", text);
            let shifted: Vec<usize> = origins(&text, 80).iter().map(|at| at + 1).collect();
            prop_assert_eq!(shifted, origins(&other, 81), "{}", text);
        }
    }

    #[test]
    fn folding_is_one_spelling_with_a_way_back() {
        for (original, folded) in [
            ("Hôpital Necker–Enfants", "hopital necker enfants"),
            ("Women’s & Children's", "womens and childrens"),
            ("B&B&", "b and b and"),
            ("L'Enfant, Vall d’Hebron", "l enfant vall d hebron"),
            ("O'Connor", "oconnor"),
            ("ΕΥΑΓΓΕΛΙΣΜΟΣ", "ευαγγελισμοσ"),
            (" St. Mary's (Old) ", "st marys old"),
            ("Bệnh Viện Đa Khoa", "benh vien da khoa"),
            ("ＳＣＭＣ", "scmc"),
            ("重慶醫院", "重庆医院"),
            ("北京（协和）", "北京 协和"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("Cœur", "coeur"),
            ("İstanbul", "istanbul"),
            ("مُسْتَشْفَى", "مستشفى"),
            ("'", ""),
        ] {
            assert_eq!(fold(original, 100), folded);
        }
        // What is worked out beforehand is what would become of each character by itself.
        for c in ('\u{80}'..='\u{2ffff}').chain('\u{e0000}'..='\u{e0fff}') {
            let mut alone = String::new();
            let mut letters = 0;
            for spelling in spellings(c) {
                match spelling {
                    Spelling::Letter(c) => alone.push(c),
                    Spelling::Nothing => continue,
                    _ => letters += 1,
                }
                letters += 1;
            }
            let is_alone = letters == 1 && c <= '\u{ffff}';
            assert_eq!(letter(c).map(String::from), is_alone.then_some(alone), "{c:?}");
        }
        assert_eq!(fold("Women’s  ﬁrst", 100), "womens first");
        assert_eq!([5, 7, 8, 9].map(|at| origins("Women’s  ﬁrst", 100)[at]), [6, 9, 9, 10]);
        assert_eq!(fold("abcdef", 3), "abc");
    }
}
