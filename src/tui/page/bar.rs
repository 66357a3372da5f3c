//! Bars: values drawn as lengths.

use crate::compare::Bar;
use crate::tui::glyphs::Glyphs;
use crate::tui::page::{Page, PageLine, SIDES};

/// Most columns of a bar.
const WIDEST: usize = 60;

/// Adds the bars of both sides to a page, one under the other, on one axis.
pub(crate) fn add_pair(page: &mut Page, bars: &[Bar; 2], indent: usize, columns: usize, glyphs: &Glyphs) {
    for (bar, (side, role)) in bars.iter().zip(SIDES) {
        let drawn = draw(*bar, columns.saturating_sub(indent + 2).min(WIDEST), glyphs);
        page.push(PageLine::indented(indent).with(format!("{side} {drawn}"), role));
    }
}

/// A bar of so many columns: solid up to the least that the value may be, dashed up to the most.
pub(crate) fn draw(bar: Bar, columns: usize, glyphs: &Glyphs) -> String {
    let solid = columns_of(bar.least, columns).max(usize::from(bar.least > 0.0));
    let end = columns_of(bar.most, columns).max(solid);
    let mut drawn = glyphs.bar.to_string().repeat(solid) + &glyphs.maybe.to_string().repeat(end - solid);
    if bar.is_open {
        drawn.pop();
        drawn.push(glyphs.onward);
    }
    drawn
}

/// The numbers of a histogram, a column each: an empty class has a space.
pub(crate) fn histogram(numbers: &[usize], glyphs: &Glyphs) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0).max(1);
    let level = |number: &usize| {
        let level = number.checked_sub(1).map(|below| below * glyphs.levels.len() / most);
        level.map_or(' ', |level| glyphs.levels[level.min(glyphs.levels.len() - 1)])
    };
    numbers.iter().map(level).collect()
}

/// `fraction` of so many columns, rounded.
pub(crate) fn columns_of(fraction: f64, columns: usize) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a fraction of a few hundred columns"
    )]
    let at = (fraction * columns as f64).round() as usize;
    at.min(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_shows_small_numbers_and_none() {
        assert_eq!(histogram(&[1, 0, 40, 80], &Glyphs::UNICODE), "▁ ▄█");
        assert_eq!(histogram(&[1, 0, 40, 80], &Glyphs::ASCII), "_ :#");
        assert_eq!(histogram(&[], &Glyphs::ASCII), "");
    }
}
