//! Drawing lines and clearing areas, by the width of what is drawn.

use ratatui::buffer::CellWidth;
use ratatui::prelude::{Buffer, Line, Rect, Widget};
use ratatui::widgets::Clear;

use crate::tui::theme::Theme;

/// Draws a line. As a widget, a line measures each of its pieces as a string, which may be less than its cells: the next
/// piece would lie over its end.
pub(super) fn line(line: &Line, area: Rect, buf: &mut Buffer) {
    if !area.is_empty() {
        buf.set_line(area.x, area.y, line, area.width);
    }
}

/// Clears an area, and the wide characters whose second half lies in it: they would hide its first column.
pub(super) fn clear(area: Rect, theme: Theme, buf: &mut Buffer) {
    for y in area.top()..area.bottom() {
        let before = area.x.checked_sub(1).and_then(|x| buf.cell_mut((x, y)));
        if let Some(cell) = before.filter(|cell| cell.cell_width() > 1) {
            cell.set_symbol(" ");
        }
    }
    Clear.render(area, buf);
    buf.set_style(area, theme.ground());
}
