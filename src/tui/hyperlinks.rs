//! Web addresses that the terminal makes links of, by the sequence OSC 8.
//!
//! A cell of ratatui has no place for a link, and a sequence within its symbol would be measured as text and sent with
//! each cell. So the links of a frame stand beside it, and the sequence goes around the cells as they are written. What it
//! marks keeps its width, and terminals that do not know it ignore it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::prelude::{Buffer, CrosstermBackend, Position, Rect, Size};

use crate::tui::cell_writer::CellWriter;

/// Longest address that is sent: GNU screen and others drop longer sequences, or write them on the screen.
const LONGEST: usize = 700;

/// A web address on the screen, or a piece of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hyperlink {
    /// The cells, all in one line.
    pub(crate) area: Rect,
    /// The whole address, in ASCII.
    pub(crate) target: String,
}

/// The links of the frame that is on the screen, or is being drawn.
#[derive(Debug, Default)]
pub(super) struct Hyperlinks(Vec<Hyperlink>);

impl Hyperlinks {
    /// Takes the links of the next frame. Cells whose link changes are drawn anew, even if they look the same.
    pub(super) fn replace(&mut self, links: Vec<Hyperlink>, buffer: &mut Buffer) {
        let links = Self(links.into_iter().filter(|link| link.target.len() <= LONGEST).collect());
        for area in self.0.iter().chain(&links.0).map(|link| link.area) {
            for at in area.intersection(buffer.area).positions() {
                if self.at(at) != links.at(at)
                    && let Some(cell) = buffer.cell_mut(at)
                {
                    cell.set_diff_option(CellDiffOption::AlwaysUpdate);
                }
            }
        }
        *self = links;
    }

    /// Writes that what follows belongs to a link, or to none.
    fn write(&self, out: &mut impl Write, target: Option<&str>) -> io::Result<()> {
        let Some(target) = target else { return write!(out, "\x1b]8;;\x1b\\") };
        // Pieces of one address have one id, by which a terminal shows them as one.
        let id = self.0.iter().position(|link| link.target == target).unwrap_or(0);
        write!(out, "\x1b]8;id={id};{target}\x1b\\")
    }

    fn at(&self, position: Position) -> Option<&str> {
        self.0.iter().find(|link| link.area.contains(position)).map(|link| link.target.as_str())
    }
}

/// Writes frames to a terminal, with their links.
pub(super) struct HyperlinkBackend<W: Write> {
    inner: CrosstermBackend<W>,
    /// The frame is drawn while the backend is borrowed, so they are shared with who draws it.
    links: Rc<RefCell<Hyperlinks>>,
}

impl<W: Write> HyperlinkBackend<W> {
    pub(super) fn new(out: W, links: Rc<RefCell<Hyperlinks>>) -> Self {
        Self { inner: CrosstermBackend::new(out), links }
    }
}

impl<W: Write> Backend for HyperlinkBackend<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let Self { inner, links } = self;
        let links = links.borrow();
        let mut writer = CellWriter::default();
        let mut open: Option<&str> = None;
        for (x, y, cell) in content {
            let place = Position::new(x, y);
            let target = links.at(place);
            if target != open {
                links.write(inner, target)?;
                open = target;
            }
            writer.write(inner, place, cell)?;
        }
        if open.is_some() {
            links.write(inner, None)?;
        }
        writer.finish(inner)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written of a line of text with a link under some of its columns.
    fn written(text: &str, start: u16, columns: u16, target: &str) -> String {
        let mut buffer = Buffer::with_lines([text]);
        let (mut out, links) = (Vec::new(), Rc::new(RefCell::new(Hyperlinks::default())));
        let link = Hyperlink { area: Rect::new(start, 0, columns, 1), target: target.to_owned() };
        links.borrow_mut().replace(vec![link], &mut buffer);
        let cells = buffer.content.iter().enumerate().map(|(x, cell)| (u16::try_from(x).unwrap(), 0, cell));
        HyperlinkBackend::new(&mut out, links).draw(cells).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_link_goes_around_its_cells_only() {
        let written = written("see a.b!", 4, 3, "http://a.b");
        let (before, link) = written.split_once("\x1b]8;id=0;http://a.b\x1b\\").unwrap();
        let (link, after) = link.split_once("\x1b]8;;\x1b\\").unwrap();
        assert!(
            before.contains("see ") && link.contains("a.b") && !link.contains('!') && after.contains('!'),
            "{written:?}"
        );
    }

    #[test]
    fn a_link_that_is_too_long_for_terminals_is_not_sent() {
        let target = format!("http://a.b/{}", "x".repeat(LONGEST));
        assert!(!written("a.b", 0, 3, &target).contains("\x1b]8"));
    }

    #[test]
    fn cells_that_lose_their_link_are_drawn_anew() {
        let mut links = Hyperlinks::default();
        let mut buffer = Buffer::with_lines(["abcdef"]);
        let link = |x, target: &str| Hyperlink { area: Rect::new(x, 0, 2, 1), target: target.to_owned() };
        links.replace(vec![link(0, "http://a"), link(2, "http://b")], &mut buffer);
        let mut buffer = Buffer::with_lines(["abcdef"]);
        links.replace(vec![link(2, "http://b"), link(4, "http://a")], &mut buffer);
        let anew: Vec<bool> =
            buffer.content.iter().map(|cell| cell.diff_option == CellDiffOption::AlwaysUpdate).collect();
        assert_eq!(anew, [true, true, false, false, true, true]);
    }
}
