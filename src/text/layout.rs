//! Measuring, clipping, padding and wrapping text in display columns.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Display columns that `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
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
    let mut used = 0;
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        used += width(grapheme);
        if used > room {
            break;
        }
        out.push_str(grapheme);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    Cow::Owned(out)
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
    let options = textwrap::Options::new(columns.max(2))
        .word_separator(textwrap::WordSeparator::UnicodeBreakProperties)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let lines = textwrap::wrap(text, options);
    if lines.is_empty() { vec![String::new()] } else { lines.into_iter().map(Cow::into_owned).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean::clean;

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
        assert!(wrap("incomprehensibilities", 6).iter().all(|line| width(line) <= 6));
    }

    proptest! {
        #[test]
        fn clip_never_exceeds_its_columns(raw in any::<String>(), columns in 0usize..40) {
            let cleaned = clean(&raw);
            prop_assert!(width(&clip(&cleaned, columns)) <= columns);
        }
    }
}
