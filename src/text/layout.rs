//! Measuring, clipping, padding and wrapping text in display columns.

use std::borrow::Cow;

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::clean::is_plain;
use crate::text::link::links;

/// Display columns that `text` takes: the sum of the cells of its graphemes, for each is drawn in cells of its own.
///
/// The width of the whole string may be less. A lam and an alef count as one column together, and are drawn in two cells.
///
/// ```
/// assert_eq!(hospitui::text::width("السلام"), 6);
/// ```
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else if text.chars().all(is_plain) {
        // Each is a grapheme of its own.
        text.chars().map(|c| if c < FIRST_WIDE { 1 } else { 2 }).sum()
    } else {
        text.graphemes(true).map(cells).sum()
    }
}

/// The first of the plain characters that are drawn in two cells: kana, Chinese and Korean follow.
const FIRST_WIDE: char = '\u{3041}';

/// Cells that a grapheme is drawn in. Terminals draw the halfwidth voiced sound marks in cells of their own.
fn cells(grapheme: &str) -> usize {
    let sound_marks = grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    grapheme.width() + sound_marks
}

/// `text` cut to at most `columns` display columns, an ellipsis standing for what was cut.
///
/// ```
/// assert_eq!(hospitui::text::clip("重庆医科大学", 7), "重庆医…");
/// ```
#[must_use]
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let mut out = text[..fitting(text, room)].trim_end().to_owned();
    out.push('…');
    Cow::Owned(out)
}

/// The bytes at the start of `text` that fit into so many columns, cut between graphemes.
fn fitting(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let cut = text.grapheme_indices(true).find(|(_, grapheme)| {
        used += cells(grapheme);
        used > columns
    });
    cut.map_or(text.len(), |(at, _)| at)
}

/// `text` clipped and filled with spaces to exactly `columns` display columns.
#[must_use]
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let mut out = clip(text, columns).into_owned();
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(&out))));
    out
}

/// `text` broken into lines of at most `columns` display columns, and at least two, Chinese between any two characters.
///
/// There is always at least one line; a word longer than a line is broken.
#[must_use]
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    // Most cells of most tables fit, and a list may have a hundred thousand.
    if width(text) <= columns && !text.contains('\n') {
        return vec![text.trim_end().to_owned()];
    }
    text.split('\n').flat_map(|line| wrap_line(line, columns.max(2))).collect()
}

/// One line, broken. textwrap finds where it may be broken; it measures differently from [`width`].
fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let words: Vec<Piece> = words(line).into_iter().flat_map(|word| word.parts(columns)).collect();
    #[expect(clippy::cast_precision_loss, reason = "a screen has a few hundred columns")]
    let lines = wrap_first_fit(&words, &[columns as f64]);
    let text = |line: &[Piece]| line.iter().flat_map(|piece| [piece.text, piece.space]).collect::<String>();
    lines.into_iter().map(|line| text(line).trim_end().to_owned()).collect()
}

/// What is not broken unless it is wider than a line: words, and web addresses as a whole.
fn words(line: &str) -> Vec<Piece<'_>> {
    let addresses = links(line);
    let mut words: Vec<Piece> = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let is_within = addresses.iter().any(|address| address.start < at && at < address.end);
        if is_within {
            words.pop();
        } else {
            start = at;
        }
        at += word.word.len();
        words.push(Piece { text: &line[start..at], space: word.whitespace });
        at += word.whitespace.len();
    }
    words
}

/// A word, or a part of one that is wider than a line, and the white space after it.
#[derive(Debug)]
struct Piece<'a> {
    text: &'a str,
    space: &'a str,
}

impl Piece<'_> {
    /// This word in parts that fit into so many columns.
    fn parts(self, columns: usize) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut rest = self.text;
        while width(rest) > columns {
            let first = rest.graphemes(true).next().map_or(rest.len(), str::len);
            let (start, end) = rest.split_at(fitting(rest, columns).max(first));
            pieces.push(Self { text: start, space: "" });
            rest = end;
        }
        pieces.push(Self { text: rest, space: self.space });
        pieces
    }
}

#[expect(clippy::cast_precision_loss, reason = "no text has quadrillions of columns")]
impl Fragment for Piece<'_> {
    fn width(&self) -> f64 {
        width(self.text) as f64
    }

    fn whitespace_width(&self) -> f64 {
        width(self.space) as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean::clean;

    #[test]
    fn plain_characters_are_as_wide_as_their_graphemes() {
        let plain = || (char::MIN..=char::MAX).filter(|c| is_plain(*c));
        for c in plain() {
            // Beside each other they are measured by this, too.
            let text: String = ['é', c, c, '重'].iter().collect();
            assert_eq!(width(&text), text.graphemes(true).map(cells).sum::<usize>(), "{c}");
        }
        assert_eq!(plain().count(), 33_430);
    }

    #[test]
    fn clipping_counts_columns_not_characters() {
        assert_eq!(clip("abc", 3), "abc");
        assert_eq!(clip("abcd", 3), "ab…");
        assert_eq!(clip("上海儿童", 5), "上海…");
        assert_eq!(clip("上海儿童", 0), "");
        assert_eq!(pad("上海", 6), "上海  ");
        assert_eq!(width(&pad("上海儿童医学中心", 5)), 5);
    }

    #[test]
    fn wrapping_keeps_every_word_and_the_width() {
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("beds in service", 8), ["beds in", "service"]);
        assert_eq!(wrap("上海儿童医学中心", 8), ["上海儿童", "医学中心"]);
        let address = "https://doi.org/10.1038/s41597-019-0142-2";
        assert_eq!(wrap(&format!("“List”, 2019, {address}."), 45), ["“List”, 2019,", &format!("{address}.")]);
        assert_eq!(wrap(&format!("at {address}"), 20), ["at", "https://doi.org/10.1", "038/s41597-019-0142-", "2"]);
        assert!(wrap("incomprehensibilities", 6).iter().all(|line| width(line) <= 6));
    }

    #[test]
    fn letters_that_are_drawn_alone_count_alone() {
        for (text, columns) in
            [("مستشفى السلام", 13), ("الأمل", 5), ("ｶﾞ", 2), ("👩\u{200d}⚕\u{fe0f}", 2), ("☎\u{fe0f}", 2)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
        assert_eq!(clip("مستشفى السلام", 13), "مستشفى السلام");
        assert_eq!(clip("مستشفى السلام", 12), "مستشفى السل…");
        assert_eq!(wrap("السلام عليكم", 6), ["السلام", "عليكم"]);
        assert_eq!(wrap("☎\u{fe0f}☎\u{fe0f}☎\u{fe0f}", 4), ["☎\u{fe0f}☎\u{fe0f}", "☎\u{fe0f}"]);
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_and_keeps_the_width(raw in any::<String>(), columns in 12usize..40) {
            let cleaned = clean(&raw);
            let lines = wrap(&cleaned, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= columns));
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&cleaned));
        }

        #[test]
        fn clip_never_exceeds_its_columns(raw in any::<String>(), columns in 0usize..40) {
            let cleaned = clean(&raw);
            prop_assert!(width(&clip(&cleaned, columns)) <= columns);
        }
    }
}
