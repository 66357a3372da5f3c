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
pub fn hyperlinks(app: &App) -> Vec<Hyperlink> {
    let (viewport, area) = if let Some(overlay) = app.overlays.last() {
        (&overlay.viewport, layout::overlay(app.size, overlay.viewport.page.lines.len()).1)
    } else if let Some(open) = &app.compare {
        (&open.viewport, layout::compare(app.size).text)
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
            let shown = &text[at];
            let known = known.get_or_insert_with(|| app.addresses());
            let whole = known.iter().map(|address| address.text.as_str()).find(|whole| whole.starts_with(shown));
            let whole = whole.unwrap_or(shown);
            for (piece, below) in pieces(whole, shown, column, &texts[line + 1..]).into_iter().zip(first + line..) {
                found.extend(on_screen(viewport, area, below, column, piece, whole));
            }
        }
    }
    found
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

    #[test]
    fn an_address_goes_on_in_the_lines_below() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
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
