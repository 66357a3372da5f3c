//! How the screen is divided. The state and the view use the same functions, so scrolling and clicking agree with what is
//! drawn.

use ratatui::layout::{Constraint, Layout, Margin, Rect, Size};

/// Fewest columns and rows at which anything but a request for more is drawn.
pub(crate) const SMALLEST: Size = Size::new(40, 10);

/// Fewest columns at which list and detail stand beside each other.
const TWO_PANES: u16 = 80;

/// Which of two panes the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The list of hospitals.
    #[default]
    List,
    /// The hospital in full.
    Detail,
}

/// The areas of the screen while browsing. List and detail have a border; with room for one only, the other is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BrowseAreas {
    pub(crate) header: Rect,
    pub(crate) list: Rect,
    pub(crate) search_box: Rect,
    pub(crate) rows: Rect,
    pub(crate) detail: Rect,
    /// Inside the detail.
    pub(crate) text: Rect,
    pub(crate) footer: Rect,
}

/// The areas of the screen in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CompareAreas {
    pub(crate) header: Rect,
    /// Who is A and who is B, a line each.
    pub(crate) head: Rect,
    /// The title of the section that is seen, in a rule.
    pub(crate) section: Rect,
    pub(crate) text: Rect,
    pub(crate) footer: Rect,
}

/// Whether there is room to draw.
pub(crate) fn fits(size: Size) -> bool {
    size.width >= SMALLEST.width && size.height >= SMALLEST.height
}

fn rows_of(size: Size) -> [Rect; 3] {
    let screen = Rect::new(0, 0, size.width, size.height);
    Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(screen)
}

/// The area within a border.
fn within(border: Rect) -> Rect {
    border.inner(Margin::new(1, 1))
}

/// The parts of the screen while browsing.
pub(crate) fn browse(size: Size, focus: Pane) -> BrowseAreas {
    let [header, body, footer] = rows_of(size);
    let none = Rect::new(body.x, body.y, 0, 0);
    let (list, detail) = if size.width >= TWO_PANES {
        let [list, detail] =
            Layout::horizontal([Constraint::Length(list_width(size.width)), Constraint::Fill(1)]).areas(body);
        (list, detail)
    } else if focus == Pane::List {
        (body, none)
    } else {
        (none, body)
    };
    let [search_box, rows] = list_parts(list);
    let text = text_within(detail);
    BrowseAreas { header, list, search_box, rows, detail, text, footer }
}

/// The search box and the rows inside the border of the list.
pub(crate) fn list_parts(list: Rect) -> [Rect; 2] {
    Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(within(list))
}

/// The list takes two fifths, within reason: names need some thirty columns, and no more than seventy.
fn list_width(width: u16) -> u16 {
    (width * 2 / 5).clamp(30, 70)
}

/// Lines that a hospital takes in these rows: two where there is room for a second one.
pub(crate) fn lines_per_hospital(rows: Rect) -> u16 {
    if rows.height >= 16 { 2 } else { 1 }
}

/// The parts of the screen in the comparison.
pub(crate) fn compare(size: Size) -> CompareAreas {
    let [header, body, footer] = rows_of(size);
    let [head, section, text] =
        Layout::vertical([Constraint::Length(2), Constraint::Length(1), Constraint::Fill(1)]).areas(body);
    // The last column is the scroll bar's.
    let text = Rect { width: text.width.saturating_sub(1), ..text };
    CompareAreas { header, head, section, text, footer }
}

/// A box on top of the rest with so many lines: its border, and the text within.
pub(crate) fn overlay(size: Size, lines: usize) -> (Rect, Rect) {
    let [_, body, _] = rows_of(size);
    let width = overlay_width(size);
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(body.height);
    let border = Rect::new(body.x + (body.width - width) / 2, body.y + (body.height - height) / 2, width, height);
    (border, text_within(border))
}

/// What stands in the border of a box on top of the rest, and closes it.
pub(crate) const CLOSE: &str = " Esc closes ";

/// Where [`CLOSE`] stands.
pub(crate) fn overlay_close(border: Rect) -> Rect {
    let width = u16::try_from(CLOSE.len()).unwrap_or(0).min(border.width);
    Rect { x: border.right() - width, width, height: 1, ..border }
}

/// The columns of text in a box on top of the rest.
pub(crate) fn overlay_columns(size: Size) -> usize {
    overlay_width(size).saturating_sub(4).into()
}

fn overlay_width(size: Size) -> u16 {
    size.width.min(100)
}

/// The text within a border, with an empty column on each side where there is room for them.
pub(crate) fn text_within(border: Rect) -> Rect {
    let area = within(border);
    Rect { x: area.x + u16::from(area.width > 2), width: area.width.saturating_sub(2), ..area }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stay_on_the_screen_at_every_size() {
        for width in (0..=120).step_by(3) {
            for height in (0..=40).step_by(2) {
                let size = Size::new(width, height);
                let screen = Rect::new(0, 0, width, height);
                for focus in [Pane::List, Pane::Detail] {
                    let parts = browse(size, focus);
                    for part in [parts.list, parts.search_box, parts.rows, parts.detail, parts.text] {
                        assert_eq!(part.intersection(screen).area(), part.area(), "{size:?} {part:?}");
                    }
                }
                let parts = compare(size);
                let (border, text) = overlay(size, 30);
                for part in [parts.head, parts.section, parts.text, border, text] {
                    assert_eq!(part.intersection(screen).area(), part.area(), "{size:?} {part:?}");
                }
            }
        }
    }

    #[test]
    fn narrow_screens_show_the_pane_that_has_the_keys() {
        let narrow = Size::new(79, 24);
        assert!(browse(narrow, Pane::List).detail.is_empty() && browse(narrow, Pane::Detail).list.is_empty());
        let wide = browse(Size::new(80, 24), Pane::List);
        assert!(wide.list.width >= 30 && wide.detail.width >= 48);
    }
}
