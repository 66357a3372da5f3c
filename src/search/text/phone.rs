//! Telephone numbers, by their digits.

use std::ops::RangeInclusive;

/// Fewest and most digits of a telephone number; the most by ITU-T E.164.
pub(crate) const DIGITS: RangeInclusive<usize> = 7..=15;

/// Whether a character may stand in a telephone number.
fn is_part(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, ' ' | '+' | '(' | ')' | '-' | '.' | '/' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// The digits of a text.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The digits of each part of a text that may be a telephone number: digits and what is written between them.
pub(crate) fn phones(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c| !is_part(c)).filter(|part| part.len() >= *DIGITS.start());
    parts.flat_map(numbers).filter(|digits| DIGITS.contains(&digits.len()))
}

/// The digits of the numbers of a part. After a whole number, these signs start another one.
fn numbers(part: &str) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for c in part.chars() {
        let is_whole = numbers.last().is_some_and(|number| DIGITS.contains(&number.len()));
        if matches!(c, '/' | '(' | '+') && is_whole {
            numbers.push(String::new());
        } else if let (true, Some(number)) = (c.is_ascii_digit(), numbers.last_mut()) {
            number.push(c);
        }
    }
    numbers
}

/// The digits of a telephone number that is typed with signs between them.
pub(crate) fn typed(text: &str) -> Option<String> {
    let has_signs = text.chars().all(is_part) && !text.chars().all(|c| c.is_ascii_digit());
    Some(digits(text)).filter(|digits| has_signs && DIGITS.contains(&digits.len()))
}

/// Whether words that follow each other are the groups of a telephone number: three at least, since two may be anything.
pub(crate) fn are_groups<'a>(words: impl Iterator<Item = &'a str> + Clone) -> bool {
    let are_digits = words.clone().all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let (count, length) = words.fold((0, 0), |(count, length), word| (count + 1, length + word.len()));
    are_digits && DIGITS.contains(&length) && count > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_their_digits() {
        for (text, number) in [
            ("617-726-2000", Some("6177262000")),
            ("+1(617)726.2000", Some("16177262000")),
            ("6177262000", None),
            ("24-7", None),
            ("617-CALL-NOW", None),
        ] {
            assert_eq!(typed(text).as_deref(), number, "{text}");
        }
        assert_eq!(phones("Tel. (020) 7946 0018, ext. 2").collect::<Vec<_>>(), ["02079460018"]);
        let are = |text: &str| are_groups(text.split(' '));
        let both = "617-726-2000 / (617) 726-2001 +1 617 726 2002";
        assert_eq!(phones(both).collect::<Vec<_>>(), ["6177262000", "6177262001", "16177262002"]);
        assert_eq!(phones("030/4505-1234").collect::<Vec<_>>(), ["03045051234"]);
        assert!(are("617 726 2000") && !are("220071 02114") && !are("1998 2005 x") && !are("a 617 726 2000"));
    }
}
