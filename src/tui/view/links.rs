//! Where web addresses stand on the screen, so that terminals can make links of them.

use ratatui::layout::Rect;

use crate::text::{link_target, links, width};
use crate::tui::app::state::App;
use crate::tui::app::viewport::Viewport;
use crate::tui::hyperlinks::Hyperlink;
use crate::tui::layout;
use crate::tui::page::PageLine;

/// How many lines an address takes at most that is made a link of: in columns of 20, one of 700 characters takes 35.
const MOST_LINES: usize = 35;

/// Every piece of a web address that is seen. An address that is longer than a line has several.
#[must_use]
pub(crate) fn hyperlinks(app: &App) -> Vec<Hyperlink> {
    let (viewport, area) = if let Some(overlay) = app.overlays.last() {
        (&overlay.viewport, layout::overlay(app.screen(), overlay.viewport.page.lines.len()).1)
    } else if let Some(open) = &app.compare {
        (&open.viewport, open.areas().text)
    } else if app.map.is_some() {
        return Vec::new();
    } else {
        (&app.browse.detail, app.browse.areas().text)
    };
    if !layout::fits(app.size) || area.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut known = None;
    // An address may begin above what is seen.
    let first = viewport.top.saturating_sub(MOST_LINES);
    let seen = viewport.page.lines.iter().take(viewport.top + usize::from(area.height)).skip(first);
    let texts: Vec<String> = seen.map(text_of).collect();
    for (line, text) in texts.iter().enumerate() {
        for at in links(text) {
            let column = width(&text[..at.start]);
            let known = known.get_or_insert_with(|| app.addresses());
            let known = known.iter().map(|address| address.text.as_str());
            let (whole, pieces) = address(known, &text[at.start..], at.len(), column, &texts[line + 1..]);
            for (piece, below) in pieces.into_iter().zip(first + line..) {
                found.extend(on_screen(viewport, area, below, column, piece, whole));
            }
        }
    }
    found
}

/// The address at the start of `text`, whose first bytes look like one, and its pieces. It is one of those known, of which
/// all stands here and in the same column of the lines below; or what it looks like.
fn address<'a>(
    known: impl Iterator<Item = &'a str>,
    text: &'a str,
    bytes: usize,
    column: usize,
    below: &[String],
) -> (&'a str, Vec<&'a str>) {
    // A line may break behind a sign that would not end an address.
    let word = text.split(' ').next().unwrap_or_default();
    let all = known.flat_map(|whole| [&text[..bytes], word].map(|first| (whole, first)));
    let longer = all.filter(|(whole, first)| whole.starts_with(first));
    let mut complete = longer.filter_map(|(whole, first)| {
        let pieces = pieces(whole, first, column, below);
        (pieces.iter().map(|piece| piece.len()).sum::<usize>() == whole.len()).then_some((whole, pieces))
    });
    complete.next().unwrap_or_else(|| (&text[..bytes], vec![&text[..bytes]]))
}

fn text_of(line: &PageLine) -> String {
    line.0.iter().map(|piece| piece.text.as_str()).collect()
}

/// The pieces of an address that begins with `shown`: the others follow in the same column of the lines below.
fn pieces<'a>(whole: &'a str, shown: &str, column: usize, below: &[String]) -> Vec<&'a str> {
    let (first, mut rest) = whole.split_at(shown.len());
    let mut pieces = vec![first];
    for line in below {
        let Some(start) = byte_at(line, column).filter(|_| !rest.is_empty()) else { break };
        let text = line[start..].split(' ').next().unwrap_or_default();
        let Some(after) = rest.strip_prefix(text).filter(|_| !text.is_empty()) else { break };
        pieces.push(&rest[..text.len()]);
        rest = after;
    }
    pieces
}

/// The byte of a line at which a column begins.
fn byte_at(line: &str, column: usize) -> Option<usize> {
    line.char_indices().map(|(at, _)| at).find(|at| width(&line[..*at]) >= column)
}

/// The piece in `line` of the page, if that is seen.
fn on_screen(
    viewport: &Viewport,
    area: Rect,
    line: usize,
    column: usize,
    piece: &str,
    whole: &str,
) -> Option<Hyperlink> {
    let y = u16::try_from(line.checked_sub(viewport.top)?).ok()?.checked_add(area.y)?;
    let x = u16::try_from(column).ok()?.checked_add(area.x)?;
    let columns = u16::try_from(width(piece)).ok()?;
    let seen = Rect::new(x, y, columns, 1).intersection(area);
    (!seen.is_empty()).then(|| Hyperlink { area: seen, target: link_target(whole) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn an_address_is_one_of_which_all_stands_there() {
        let known = ["https://a.org/x/y", "https://a.org/x", "https://a.org/p.html"];
        let found = |text, below: &[&str]| {
            let bytes = links(text)[0].len();
            address(known.into_iter(), text, bytes, 2, &lines(below))
        };
        assert_eq!(found("https://a.org/x", &["  more"]), ("https://a.org/x", vec!["https://a.org/x"]));
        assert_eq!(found("https://a.org/x", &["  /y more"]), ("https://a.org/x/y", vec!["https://a.org/x", "/y"]));
        assert_eq!(found("https://a.org/p.", &["  html"]), ("https://a.org/p.html", vec!["https://a.org/p.", "html"]));
        assert_eq!(found("https://a.org/z. A", &[]), ("https://a.org/z", vec!["https://a.org/z"]), "not known");
    }

    #[test]
    fn an_address_goes_on_in_the_lines_below() {
        let whole = "https://a.b/cdefghij";
        assert_eq!(
            pieces(whole, "https://", 2, &lines(&["  a.b/cdef", "  ghij  x"])),
            ["https://", "a.b/cdef", "ghij"]
        );
        assert_eq!(pieces(whole, whole, 2, &lines(&["  a.b/"])), [whole]);
        assert_eq!(pieces(whole, "https://", 2, &lines(&["  other", "  a.b/"])), ["https://"]);
        assert_eq!(pieces(whole, "https://", 4, &lines(&["重庆a.b/cdefghij"])), ["https://", "a.b/cdefghij"]);
    }
}
