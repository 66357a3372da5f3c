//! Folding: what people type and what names say, brought to one spelling.
//!
//! Lower case, accents and width removed (NFKD), typographic quotes and dashes made plain, apostrophes
//! left out, so that `hopital` finds Hôpital and `womens` finds Women's. Positions in the folded text lead back
//! to the original, for highlights.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text and the way back to its original.
pub struct Folded {
    /// The text as it was.
    pub original: String,
    /// The folded text.
    pub text: String,
    /// For each character of the folded text, the position of the character it came from.
    origin: Vec<usize>,
}

impl Folded {
    /// Folds at most `limit` characters of `original`.
    pub fn new(original: &str, limit: usize) -> Self {
        let mut folded =
            Self { original: original.to_owned(), text: String::with_capacity(original.len()), origin: Vec::new() };
        for (at, c) in original.chars().take(limit).enumerate() {
            for plain in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
                for lower in plain.to_lowercase().filter_map(plain_sign) {
                    folded.text.push(lower);
                    folded.origin.push(at);
                }
            }
        }
        folded
    }

    /// The positions in the original of positions in the folded text.
    pub fn originals(&self, folded: &[usize]) -> Vec<usize> {
        folded.iter().filter_map(|&at| self.origin.get(at).copied()).collect()
    }
}

/// Plain signs for typographic ones; none for apostrophes, which nobody types.
fn plain_sign(c: char) -> Option<char> {
    match c {
        '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' => None,
        '\u{2010}'..='\u{2015}' => Some('-'),
        '\u{201c}' | '\u{201d}' => Some('"'),
        'ß' => Some('s'),
        'ł' => Some('l'),
        'ø' => Some('o'),
        'đ' => Some('d'),
        'ı' => Some('i'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_one_spelling_with_a_way_back() {
        for (original, folded) in [
            ("Hôpital Necker", "hopital necker"),
            ("Women’s", "womens"),
            ("Bệnh Viện Đa Khoa", "benh vien da khoa"),
            ("ＳＣＭＣ", "scmc"),
            ("重庆", "重庆"),
            ("Łódź", "lodz"),
        ] {
            assert_eq!(Folded::new(original, 100).text, folded);
        }
        let folded = Folded::new("Women’s ﬁrst", 100);
        assert_eq!(folded.text, "womens first");
        assert_eq!(folded.originals(&[5, 7, 8, 9]), [6, 8, 8, 9]);
        assert_eq!(Folded::new("abcdef", 3).text, "abc");
    }
}
