//! Draws the state. Reads [`App`], changes nothing.
//!
//! Browsing, from 80 columns on (below, the pane that has the keys is alone):
//!
//! ```text
//!  hospitui  Women's and children's hospitals                     A … B …     ← header
//! ╭ Hospitals ────────────── 2 of 5 ─╮╭ Children's Hospital of Chongqing … ╮
//! │ / chong                          ││ 重庆医科大学附属儿童医院           │
//! │ A▌Children's Hospital of …       ││ Beds                               │
//! │     重庆医科大学附属儿童医院     ││   open beds   1,925  no period … [1]│
//! ╰──────────────────────────────────╯╰────────────────────────────────────╯
//!  ↓ move  / filter  → detail  Space mark  c compare  ? help  q quit           ← footer
//! ```
//!
//! The comparison takes the whole body, under a head that names A and B; help and an opened row are laid
//! over either.

mod compare;
mod detail;
mod footer;
mod header;
mod list;
mod overlay;

use ratatui::Frame;
use ratatui::layout::{Margin, Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line as TextLine, Span as TextSpan};
use ratatui::widgets::{Block, Paragraph, Scrollbar, ScrollbarOrientation, ScrollbarState};

use super::app::App;
use super::layout::{self, Pane};
use super::page::{Line, Page, Role};
use super::theme::Theme;

/// Draws the whole screen.
pub fn draw(app: &App, theme: Theme, frame: &mut Frame) {
    let size = frame.area().as_size();
    let paint = Paint { app, theme, size };
    if !layout::fits(size) {
        return too_small(frame);
    }
    if let Some(open) = &app.compare {
        paint.compare(frame, open);
    } else {
        let parts = layout::browse(size, app.browse.focus);
        paint.header(frame, parts.header);
        if !parts.list.is_empty() {
            paint.list(frame, &parts);
        }
        if !parts.detail.is_empty() {
            paint.detail(frame, &parts);
        }
        paint.footer(frame, parts.footer);
    }
    if !app.overlays.is_empty() {
        paint.overlay(frame);
    }
}

/// What every part of the view needs.
struct Paint<'a> {
    app: &'a App,
    theme: Theme,
    /// The size of the frame. The state's own may be older: a terminal changes before it says so.
    size: Size,
}

impl Paint<'_> {
    fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    fn span<'t>(&self, text: impl Into<std::borrow::Cow<'t, str>>, role: Role) -> TextSpan<'t> {
        TextSpan::styled(text, self.style(role))
    }

    fn line(&self, line: &Line) -> TextLine<'static> {
        TextLine::from(line.0.iter().map(|span| self.span(span.text.clone(), span.role)).collect::<Vec<_>>())
    }

    fn block(&self, focused: bool) -> Block<'static> {
        Block::bordered().border_set(self.app.glyphs.border).border_style(self.theme.border(focused))
    }

    /// The lines of a page from `scroll` on.
    fn page(&self, frame: &mut Frame, area: Rect, page: &Page, scroll: usize) {
        let lines = page.lines.iter().skip(scroll).take(area.height.into());
        frame.render_widget(Paragraph::new(lines.map(|line| self.line(line)).collect::<Vec<_>>()), area);
    }

    /// A scroll bar on the right border of `area`, when there is more than fits.
    fn scrollbar(&self, frame: &mut Frame, area: Rect, all: usize, shown: usize, scroll: usize) {
        self.scrollbar_in(frame, area.inner(Margin::new(0, 1)), all, shown, scroll);
    }

    /// A scroll bar in the last column of `area`, when there is more than fits.
    fn scrollbar_in(&self, frame: &mut Frame, area: Rect, all: usize, shown: usize, scroll: usize) {
        if all <= shown {
            return;
        }
        // ratatui draws a position beyond the end outside of the area.
        let scroll = scroll.min(all - shown);
        let [track, thumb] = self.app.glyphs.scroll;
        let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
            .begin_symbol(None)
            .end_symbol(None)
            .track_symbol(Some(track))
            .thumb_symbol(thumb)
            .track_style(self.style(Role::Muted))
            .thumb_style(self.style(Role::Heading));
        let mut state = ScrollbarState::new(all - shown + 1).viewport_content_length(shown).position(scroll);
        frame.render_stateful_widget(bar, area, &mut state);
    }

    fn has_keys(&self, pane: Pane) -> bool {
        self.app.overlays.is_empty() && self.app.browse.focus == pane
    }
}

fn too_small(frame: &mut Frame) {
    let (least, area) = (layout::SMALLEST, frame.area());
    let text = format!("hospitui needs {}x{} (now {}x{})", least.width, least.height, area.width, area.height);
    let line = Rect { y: area.height / 2, height: area.height.min(1), ..area };
    frame.render_widget(Paragraph::new(text).centered(), line);
}
