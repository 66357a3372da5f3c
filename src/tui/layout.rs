//! How the screen is divided. The state and the view use the same functions, so scrolling and clicking agree with what is
//! drawn.

use ratatui::layout::{Constraint, Layout, Margin, Rect, Size};

/// Fewest columns and rows at which anything but a request for more is drawn.
pub(crate) const SMALLEST: Size = Size::new(40, 10);

/// Fewest columns at which list and detail stand beside each other.
const TWO_PANES: u16 = 80;

/// How many panes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panes {
    /// List and detail beside each other, where both have room.
    #[default]
    Auto,
    /// One at a time, and nothing beside it: for readers that speak or enlarge whole lines.
    One,
}

impl Panes {
    /// All, each with its name and what it does.
    pub(crate) const ALL: [(&'static str, Self, &'static str); 2] = [
        ("auto", Self::Auto, "List and detail beside each other from 80 columns on"),
        ("one", Self::One, "List or detail alone, and each row of a comparison as a sentence"),
    ];
}

/// What the screen is divided by: its size, and how many panes are shown on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Screen {
    pub(crate) size: Size,
    pub(crate) panes: Panes,
}

/// Which of two panes the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The list of hospitals.
    #[default]
    List,
    /// The hospital in full.
    Detail,
}

/// The areas of the screen while browsing. With room for one pane only, the areas of the other are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BrowseAreas {
    pub(crate) header: Rect,
    /// The search box, and the hospitals below it.
    pub(crate) list: Rect,
    pub(crate) search_box: Rect,
    pub(crate) rows: Rect,
    /// The column between the panes, which is also the scroll bar of the list.
    pub(crate) divider: Rect,
    pub(crate) detail: Rect,
    /// The name of the hospital, above its page.
    pub(crate) title: Rect,
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

/// The areas of the screen with the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MapAreas {
    pub(crate) header: Rect,
    pub(crate) canvas: Rect,
    pub(crate) scale: Rect,
    /// What is said of the selected hospital.
    pub(crate) text: Rect,
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

/// The parts of the screen while browsing a list whose names take so many columns.
pub(crate) fn browse(Screen { size, panes }: Screen, focus: Pane, names: u16) -> BrowseAreas {
    let [header, body, footer] = rows_of(size);
    let none = Rect::new(body.x, body.y, 0, 0);
    let divider = Constraint::Length(1);
    let [list, divider, detail] = if panes == Panes::Auto && size.width >= TWO_PANES {
        let list = Constraint::Length(list_width(size.width, names));
        Layout::horizontal([list, divider, Constraint::Fill(1)]).areas(body)
    } else if focus == Pane::List {
        let [list, divider] = Layout::horizontal([Constraint::Fill(1), divider]).areas(body);
        [list, divider, none]
    } else {
        [none, none, body]
    };
    let first_line = |area| Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let [search_box, rows] = first_line(list);
    // An empty column on each side, and the scroll bar's.
    let text = Rect { x: detail.x + detail.width.min(1), width: detail.width.saturating_sub(3), ..detail };
    let [title, text] = first_line(text);
    BrowseAreas { header, list, search_box, rows, divider, detail, title, text, footer }
}

/// The list takes what its names need, and a third of the screen at least, as long as the detail pane has 44 columns and
/// more than half of the screen.
fn list_width(width: u16, names: u16) -> u16 {
    /// Columns of the mark, the pointer, and one that stays empty.
    const BESIDE_NAME: u16 = 3;
    let detail = (width / 2 + width / 20).max(44);
    let (least, most) = ((width / 3).max(30), width.saturating_sub(detail + 1).max(30));
    names.saturating_add(BESIDE_NAME).clamp(least, most)
}

/// Whether there is room for a second line below the name of a hospital.
pub(crate) fn has_second_lines(rows: Rect) -> bool {
    rows.height >= 16
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

/// The parts of the screen with the map.
pub(crate) fn map(size: Size) -> MapAreas {
    let [header, body, _] = rows_of(size);
    let lines = match body.height {
        0..=18 => 3,
        19..=30 => 4,
        _ => 5,
    };
    let parts = [Constraint::Fill(1), Constraint::Length(1), Constraint::Length(lines)];
    let [canvas, scale, text] = Layout::vertical(parts).areas(body);
    // An empty column on each side; the last one is the scroll bar's.
    let text = Rect { x: text.x + text.width.min(1), width: text.width.saturating_sub(3), ..text };
    MapAreas { header, canvas, scale, text }
}

/// A box on top of the rest with so many lines: its border, and the text within.
pub(crate) fn overlay(screen: Screen, lines: usize) -> (Rect, Rect) {
    let [_, body, _] = rows_of(screen.size);
    let width = overlay_width(screen);
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(body.height);
    let border = Rect::new(body.x + (body.width - width) / 2, body.y + (body.height - height) / 2, width, height);
    (border, text_within(border))
}

/// Where in the border of a box on top of the rest the words stand that close it, in so many columns.
pub(crate) fn overlay_close(border: Rect, columns: usize) -> Rect {
    let width = u16::try_from(columns).unwrap_or(u16::MAX).min(border.width);
    Rect { x: border.right() - width, width, height: 1, ..border }
}

/// The columns of text in a box on top of the rest.
pub(crate) fn overlay_columns(screen: Screen) -> usize {
    overlay_width(screen).saturating_sub(4).into()
}

fn overlay_width(Screen { size, panes }: Screen) -> u16 {
    match panes {
        Panes::Auto => size.width.min(100),
        Panes::One => size.width,
    }
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
                for (panes, focus) in [
                    (Panes::Auto, Pane::List),
                    (Panes::Auto, Pane::Detail),
                    (Panes::One, Pane::List),
                    (Panes::One, Pane::Detail),
                ] {
                    let parts = browse(Screen { size, panes }, focus, width / 2);
                    let areas = [parts.search_box, parts.rows, parts.divider, parts.title, parts.text];
                    for part in areas.into_iter().chain([parts.list, parts.detail]) {
                        assert_eq!(part.intersection(screen).area(), part.area(), "{size:?} {part:?}");
                    }
                }
                let parts = compare(size);
                let overlays = [Panes::Auto, Panes::One].map(|panes| overlay(Screen { size, panes }, 30));
                let boxes = overlays.into_iter().flat_map(|(border, text)| [border, text]);
                let map = super::map(size);
                let of_map = [map.header, map.canvas, map.scale, map.text];
                for part in [parts.head, parts.section, parts.text].into_iter().chain(boxes).chain(of_map) {
                    assert_eq!(part.intersection(screen).area(), part.area(), "{size:?} {part:?}");
                }
                assert_eq!(overlays[1].0.width, width, "one pane leaves nothing beside it");
            }
        }
    }

    #[test]
    fn narrow_screens_show_the_pane_that_has_the_keys() {
        for (width, panes) in [(79, Panes::Auto), (79, Panes::One), (200, Panes::One)] {
            let parts = |focus| browse(Screen { size: Size::new(width, 24), panes }, focus, 50);
            assert!(parts(Pane::List).detail.is_empty() && parts(Pane::Detail).list.is_empty(), "{width} {panes:?}");
            assert_eq!(parts(Pane::List).search_box.width, width - 1, "the last column is the scroll bar's");
        }
        for (width, names, list) in
            [(80, 50, 35), (80, 12, 30), (120, 28, 40), (120, 80, 53), (200, 60, 66), (200, 76, 79)]
        {
            let screen = Screen { size: Size::new(width, 24), panes: Panes::Auto };
            let wide = browse(screen, Pane::List, names);
            assert_eq!((wide.list.width, wide.detail.width), (list, width - list - 1), "{width} {names}");
        }
    }
}
