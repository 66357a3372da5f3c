//! The state of the browser with a screen in memory: sends keys, pastes and clicks, and reads the text.

use std::sync::Arc;

use super::hostile_strings as strings;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use hospitui::catalog::{Catalog, HospitalKey};
use hospitui::compare::Distribution;
use hospitui::search::Searcher;
use hospitui::tui::Panes;
use hospitui::tui::app::{App, Compare, Effect, Event};
use hospitui::tui::event_queue::EventQueue;
use hospitui::tui::glyphs::Glyphs;
use hospitui::tui::theme::Theme;
use hospitui::tui::view;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::{Frame, Terminal};

/// The browser without a terminal.
pub struct Screen {
    app: App,
    searcher: Searcher,
    terminal: Terminal<TestBackend>,
    /// The last frame. The buffer of the backend is not used: unlike a terminal, it keeps what was under the second half of
    /// a wide character.
    frame: Buffer,
    /// Where the cursor stands while it is hidden.
    hidden_cursor: Option<Position>,
    effect: Option<Effect>,
}

impl Screen {
    pub fn new(width: u16, height: u16) -> Self {
        Self::of(hospitui::formats::bundled(), width, height)
    }

    /// The browser on `catalog`.
    pub fn of(catalog: Catalog, width: u16, height: u16) -> Self {
        let size = Size::new(width, height);
        Self::showing(App::new(Arc::new(catalog), size, Glyphs::UNICODE, true), size)
    }

    /// The browser in this state.
    pub fn showing(app: App, size: Size) -> Self {
        let searcher = Searcher::new(Arc::clone(&app.catalog));
        let terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        let mut screen = Self { app, searcher, terminal, frame: Buffer::default(), hidden_cursor: None, effect: None };
        screen.draw();
        screen
    }

    pub fn theme(mut self, theme: Theme) -> Self {
        self.app.theme = theme;
        self.draw();
        self
    }

    pub fn glyphs(mut self, glyphs: &Glyphs) -> Self {
        self.app.glyphs = *glyphs;
        self.draw();
        self
    }

    pub fn panes(mut self, panes: Panes) -> Self {
        self.app.set_panes(panes);
        self.draw();
        self
    }

    /// Types keys separated by spaces: characters, or names such as `Down`, `Enter`, `Space`, `C-c`.
    pub fn typed(mut self, keys: &str) -> Self {
        Self::keys(keys).for_each(|key| self.send(Event::Key(key)));
        self
    }

    /// Keys separated by spaces, as in [`Self::typed`].
    pub fn keys(keys: &str) -> impl Iterator<Item = KeyEvent> {
        keys.split_whitespace().map(key)
    }

    /// Types keys before any search is answered: the first answer comes after the last key.
    pub fn typed_ahead(mut self, keys: &str) -> Self {
        self.ahead(Self::keys(keys).map(Event::Key));
        self
    }

    fn ahead(&mut self, events: impl Iterator<Item = Event>) {
        let mut waiting = EventQueue::default();
        events.for_each(|event| waiting.push(event));
        let mut asked = None;
        loop {
            while let Some(event) = waiting.next(&self.app) {
                match self.app.handle(event) {
                    Some(Effect::Search(generation, ask)) => asked = Some((generation, ask)),
                    effect => self.effect = effect.or(self.effect.take()),
                }
            }
            let Some((generation, ask)) = asked.take() else { break };
            waiting.push(Event::Found(generation, self.searcher.search(&ask)));
        }
        self.draw();
    }

    /// Types keys and clicks before any search is answered.
    pub fn clicked_ahead(mut self, keys: &str, column: u16, row: u16) -> Self {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let click = Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        self.ahead(Self::keys(keys).map(Event::Key).chain([click]));
        self
    }

    /// Types keys of which no search is answered.
    pub fn unanswered(mut self, keys: &str) -> Self {
        for key in Self::keys(keys) {
            self.effect = self.app.handle(Event::Key(key));
        }
        self.draw();
        self
    }

    pub fn pasted(mut self, text: &str) -> Self {
        self.send(Event::Paste(text.to_owned()));
        self
    }

    /// Types any character, as an input method may.
    pub fn character(mut self, c: char) -> Self {
        self.send(Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        self
    }

    pub fn clicked(self, column: u16, row: u16) -> Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    /// Turns the mouse wheel down the given number of times.
    pub fn wheel(mut self, column: u16, row: u16, times: usize) -> Self {
        for _ in 0..times {
            self = self.mouse(MouseEventKind::ScrollDown, column, row);
        }
        self
    }

    pub fn mouse(mut self, kind: MouseEventKind, column: u16, row: u16) -> Self {
        self.send(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.send(Event::Resize(Size::new(width, height)));
    }

    /// Changes the size of the terminal without a resize event, and draws a frame of the new size.
    pub fn resize_unannounced(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    /// Sends an event to the state, answers as the workers would, and draws.
    pub fn send(&mut self, event: Event) {
        let effect = self.app.handle(event);
        self.answer(effect);
    }

    /// Answers as the workers would, and draws.
    pub fn answer(&mut self, effect: Option<Effect>) {
        self.effect = effect;
        loop {
            let answer = match &self.effect {
                Some(Effect::Search(generation, ask)) => Event::Found(*generation, self.searcher.search(ask)),
                Some(Effect::Count(generation, bases, sides)) => {
                    Event::Counted(*generation, Distribution::of_bases(&self.app.catalog, bases.clone(), *sides))
                }
                _ => break,
            };
            self.effect = self.app.handle(answer);
        }
        self.draw();
    }

    fn draw(&mut self) {
        let app = &mut self.app;
        let draw = |frame: &mut Frame| {
            app.lay_out(frame.area().as_size());
            view::draw(app, frame);
        };
        let frame = self.terminal.draw(draw).unwrap();
        self.frame = frame.buffer.clone();
        self.hidden_cursor = view::hidden_cursor(&self.app);
    }

    /// Asserts the invariants: selections exist, the cursor is on the screen, no control characters are drawn.
    pub fn assert_sound(&self, when: &str) {
        let app = &self.app;
        let hits = app.browse.found.length();
        assert!(app.browse.selected < hits.max(1) && app.browse.top <= app.browse.selected, "{when}");
        let is_known = |key: HospitalKey| key.index() < app.catalog.len();
        assert!(app.browse.marks.into_iter().flatten().all(is_known), "a mark on nothing: {when}");
        assert!(app.browse.found.keys.iter().all(|key| is_known(*key)), "a hit on nothing: {when}");
        assert!(
            app.browse.marks[0].is_none() || app.browse.marks[0] != app.browse.marks[1],
            "one hospital is A and B: {when}"
        );
        if let Some(open) = &app.compare {
            let [left, right] = open.keys();
            let rows = open.rows();
            assert!(left != right && open.viewport.selected < rows.len().max(1), "{when}");
            assert!(rows.windows(2).all(|rows| rows[0].end <= rows[1].start), "rows overlap: {when}");
        }
        if let Some((x, y)) = self.cursor() {
            let frame = self.frame.area;
            assert!(x < frame.width && y < frame.height, "the cursor is off the screen: {when}");
        }
        let kinds: Vec<_> = app.overlays.iter().map(|overlay| std::mem::discriminant(&overlay.kind)).collect();
        assert!((1..kinds.len()).all(|at| !kinds[..at].contains(&kinds[at])), "a page is open twice: {when}");
        strings::assert_printable(&self.text(), when);
    }

    /// The first line of the comparison on the screen.
    pub fn top(&self) -> usize {
        self.app.compare.as_ref().map_or(0, |open| open.viewport.top)
    }

    /// The lines of the comparison's page.
    pub fn page_lines(&self) -> usize {
        self.app.compare.as_ref().map_or(0, Compare::line_count)
    }

    pub fn last_effect(&self) -> Option<Effect> {
        self.effect.clone()
    }

    pub fn buffer(&self) -> &Buffer {
        &self.frame
    }

    /// The position of the cursor, if it is shown.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let backend = self.terminal.backend();
        backend.cursor_visible().then(|| (backend.cursor_position().x, backend.cursor_position().y))
    }

    /// What a screen reader says of the line in which the cursor stands: from the cursor on, without what is drawn beside it.
    pub fn heard(&self) -> String {
        let at = self.hidden_cursor.or(self.cursor().map(Position::from)).unwrap();
        let line = self.line(at.x, at.y);
        line.split(['│', '┃']).next().unwrap_or_default().trim_end().to_owned()
    }

    /// The line at the bottom.
    pub fn bottom(&self) -> String {
        self.line(0, self.buffer().area.height - 1)
    }

    pub fn symbol(&self, x: u16, y: u16) -> String {
        self.buffer()[(x, y)].symbol().to_owned()
    }

    /// The screen as text with a line for each row, without the second halves of wide characters.
    pub fn text(&self) -> String {
        (0..self.buffer().area.height).map(|y| self.line(0, y)).collect::<Vec<_>>().join("\n")
    }

    /// The line `y` from the column `x` on.
    fn line(&self, mut x: u16, y: u16) -> String {
        let buffer = self.buffer();
        let mut line = String::new();
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            line.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        line.trim_end().to_owned()
    }
}

fn key(name: &str) -> KeyEvent {
    for (prefix, modifier) in [("C-", KeyModifiers::CONTROL), ("M-", KeyModifiers::ALT), ("S-", KeyModifiers::SHIFT)] {
        if let Some(name) = name.strip_prefix(prefix) {
            return KeyEvent::new(code(name), modifier);
        }
    }
    KeyEvent::new(code(name), KeyModifiers::NONE)
}

fn code(name: &str) -> KeyCode {
    match name {
        "F1" => KeyCode::F(1),
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Backspace" => KeyCode::Backspace,
        "PageDown" => KeyCode::PageDown,
        "PageUp" => KeyCode::PageUp,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "Space" => KeyCode::Char(' '),
        other => {
            let mut chars = other.chars();
            let (Some(c), None) = (chars.next(), chars.next()) else { panic!("unknown key {other}") };
            KeyCode::Char(c)
        }
    }
}
