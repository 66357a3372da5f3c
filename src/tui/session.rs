//! The screen: what is drawn, and what else is sent to the terminal while the browser runs.

use std::cell::RefCell;
use std::io::{self, Stdout, Write};
use std::rc::Rc;

use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType};
use crossterm::{Command, queue};
use ratatui::buffer::{CellDiffOption, CellWidth};
use ratatui::prelude::{Buffer, Frame, Position, Rect, Size, Terminal};
use ratatui::{TerminalOptions, Viewport};

use crate::tui::hyperlinks::{Hyperlink, HyperlinkBackend, Hyperlinks};
use crate::tui::terminal::{self, Requests};

/// Largest screen that is drawn: far beyond any that can be seen, and still little memory. A terminal may claim to have
/// 65,535 columns and rows.
const LARGEST: Size = Size::new(2000, 500);

/// The terminal in raw mode on its alternate screen. Dropping it restores the terminal.
pub(super) struct Session {
    terminal: Terminal<HyperlinkBackend<Stdout>>,
    links: Rc<RefCell<Hyperlinks>>,
    requests: Requests,
    /// Where wide characters stand in the frame on the screen.
    wide: Vec<Position>,
}

impl Session {
    /// Enters the screen. If that fails, the terminal is restored.
    pub(super) fn enter(requests: Requests) -> io::Result<Self> {
        terminal::enter(requests).inspect_err(|_| terminal::restore())?;
        let links = Rc::default();
        let terminal = new_terminal(&links).inspect_err(|_| terminal::restore())?;
        Ok(Self { terminal, links, requests, wide: Vec::new() })
    }

    /// The size of the screen, as far as it is drawn.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.terminal.size().map(drawn_size)
    }

    /// Draws a frame, unless the terminal has been restored. `render` says where the cursor stands, if it is hidden, and
    /// where web addresses stand.
    pub(super) fn draw(
        &mut self,
        render: impl FnOnce(&mut Frame) -> (Option<Position>, Vec<Hyperlink>),
    ) -> io::Result<()> {
        let Some(_drawing) = terminal::lock_if_entered() else { return Ok(()) };
        let area = Rect::from((Position::ORIGIN, self.size()?));
        if self.terminal.get_frame().area() != area {
            self.terminal.resize(area)?;
        }
        let Self { wide, links, .. } = self;
        let mut hidden_cursor = None;
        self.terminal.draw(|frame| {
            let hyperlinks;
            (hidden_cursor, hyperlinks) = render(frame);
            links.borrow_mut().replace(hyperlinks, frame.buffer_mut());
            redraw_second_halves(wide, frame.buffer_mut());
        })?;
        hidden_cursor.map_or(Ok(()), |at| self.terminal.set_cursor_position(at))
    }

    /// Turns mouse events on or off.
    pub(super) fn capture_mouse(&mut self, on: bool) -> io::Result<()> {
        self.requests.mouse = on;
        if on { send(EnableMouseCapture) } else { send(DisableMouseCapture) }
    }

    /// Draws all of the screen anew with the next frame, whatever something else has written on it.
    pub(super) fn redraw(&mut self) -> io::Result<()> {
        self.terminal = new_terminal(&self.links)?;
        self.wide.clear();
        send(Clear(ClearType::All))
    }

    /// Enters the screen again after a suspension. All of it will be drawn anew.
    pub(super) fn resume(&mut self) -> io::Result<()> {
        terminal::enter(self.requests)?;
        if self.requests.background {
            // It may have changed meanwhile, which the terminal did not report.
            write("\x1b[?996n")?;
        }
        self.terminal = new_terminal(&self.links)?;
        self.wide.clear();
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        terminal::restore();
    }
}

/// Writes a sequence that draws nothing.
pub(super) fn write(sequence: &str) -> io::Result<()> {
    send(Print(sequence))
}

/// The part of a screen that is drawn.
pub(super) fn drawn_size(size: Size) -> Size {
    Size::new(size.width.min(LARGEST.width), size.height.min(LARGEST.height))
}

/// A terminal without a size; the first frame sets it.
fn new_terminal(links: &Rc<RefCell<Hyperlinks>>) -> io::Result<Terminal<HyperlinkBackend<Stdout>>> {
    let viewport = Viewport::Fixed(Rect::ZERO);
    let backend = HyperlinkBackend::new(io::stdout(), Rc::clone(links));
    Terminal::with_options(backend, TerminalOptions { viewport })
}

/// Where a narrow character replaces a wide one, has the second half of the wide one drawn anew: ratatui leaves that to
/// the terminal, and not every terminal does it.
fn redraw_second_halves(wide: &mut Vec<Position>, buffer: &mut Buffer) {
    for at in wide.drain(..) {
        let is_narrow = buffer.cell(at).is_some_and(|cell| cell.cell_width() < 2);
        if is_narrow && let Some(half) = buffer.cell_mut(Position::new(at.x + 1, at.y)) {
            half.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
    let cells = buffer.content.iter().enumerate().filter(|(_, cell)| cell.cell_width() > 1);
    wide.extend(cells.map(|(at, _)| Position::from(buffer.pos_of(at))));
}

/// Sends a command, unless the terminal has been restored.
fn send(command: impl Command) -> io::Result<()> {
    let Some(_drawing) = terminal::lock_if_entered() else { return Ok(()) };
    let mut out = io::stdout();
    queue!(out, command)?;
    out.flush()
}
