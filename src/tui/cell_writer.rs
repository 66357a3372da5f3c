//! Writes the cells of a frame in few bytes.
//!
//! ratatui's own backend writes a sequence for each attribute and both colours at each change, moves the cursor to absolute
//! places only, and sends the sixteen colours as indexed ones. Four fifths of a frame were such sequences. Here a change of
//! style is one sequence, and the cursor goes by the shorter way.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::prelude::{Color, Modifier, Position};

/// What has been written of a frame.
#[derive(Debug, Default)]
pub(super) struct CellWriter {
    style: CellStyle,
    /// Where the cursor stands; none at the start of a frame.
    at: Option<Position>,
    /// Whether that is certain. Terminals may draw other characters than ASCII wider or narrower than they are measured:
    /// the next move is then to an absolute place.
    is_certain: bool,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CellStyle {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

/// The attributes and their numbers in a sequence.
const ATTRIBUTES: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

impl CellWriter {
    /// Writes a cell at its place.
    pub(super) fn write(&mut self, out: &mut impl Write, place: Position, cell: &Cell) -> io::Result<()> {
        self.go_to(out, place)?;
        let style = CellStyle { foreground: cell.fg, background: cell.bg, modifier: cell.modifier };
        self.set_style(out, style)?;
        let symbol = cell.symbol();
        out.write_all(symbol.as_bytes())?;
        self.is_certain &= symbol.len() == 1;
        self.at = Some(Position { x: place.x + 1, ..place });
        Ok(())
    }

    /// Ends a frame: what is written next looks plain.
    pub(super) fn finish(mut self, out: &mut impl Write) -> io::Result<()> {
        self.set_style(out, CellStyle::default())
    }

    fn go_to(&mut self, out: &mut impl Write, to: Position) -> io::Result<()> {
        if self.at == Some(to) {
            return Ok(());
        }
        let absolute = format!("\x1b[{};{}H", u32::from(to.y) + 1, u32::from(to.x) + 1);
        let relative = self.at.filter(|_| self.is_certain).and_then(|from| relative(from, to));
        if let Some(relative) = relative.filter(|relative| relative.len() < absolute.len()) {
            return out.write_all(relative.as_bytes());
        }
        self.is_certain = true;
        out.write_all(absolute.as_bytes())
    }

    fn set_style(&mut self, out: &mut impl Write, style: CellStyle) -> io::Result<()> {
        let before = std::mem::replace(&mut self.style, style);
        if before == style {
            return Ok(());
        }
        // To take an attribute away, all are reset: that is shorter than the sequence for any one of them.
        let is_reset = style == CellStyle::default() || !(before.modifier - style.modifier).is_empty();
        let before = if is_reset { CellStyle::default() } else { before };
        let mut codes = Vec::new();
        if is_reset && style != CellStyle::default() {
            codes.push("0".to_owned());
        }
        let added = style.modifier - before.modifier;
        codes.extend(ATTRIBUTES.iter().filter(|(one, _)| added.contains(*one)).map(|(_, code)| (*code).to_owned()));
        if style.foreground != before.foreground {
            codes.push(colour(style.foreground, 30));
        }
        if style.background != before.background {
            codes.push(colour(style.background, 40));
        }
        write!(out, "\x1b[{}m", codes.join(";"))
    }
}

/// The sequence that moves the cursor from one place to another, down or along a line; none upwards, or from behind the
/// last column, where terminals differ.
fn relative(from: Position, to: Position) -> Option<String> {
    let down = match to.y.checked_sub(from.y)? {
        0 => String::new(),
        1 => "\x1b[B".to_owned(),
        lines => format!("\x1b[{lines}B"),
    };
    let along = match (to.x.checked_sub(from.x), from.x.checked_sub(to.x)) {
        (Some(0), _) => String::new(),
        (Some(1), _) => "\x1b[C".to_owned(),
        (Some(columns), _) => format!("\x1b[{columns}C"),
        (_, Some(columns)) if columns <= 3 => "\u{8}".repeat(columns.into()),
        (_, Some(columns)) => format!("\x1b[{columns}D"),
        (None, None) => return None,
    };
    Some(down + &along)
}

/// The numbers of a colour in a sequence: of the foreground from 30, of the background from 40.
fn colour(colour: Color, first: u8) -> String {
    let basic = |number: u8| (first + number).to_string();
    let bright = |number: u8| (first + 60 + number).to_string();
    match colour {
        Color::Reset => basic(9),
        Color::Black => basic(0),
        Color::Red => basic(1),
        Color::Green => basic(2),
        Color::Yellow => basic(3),
        Color::Blue => basic(4),
        Color::Magenta => basic(5),
        Color::Cyan => basic(6),
        Color::Gray => basic(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(number) => format!("{};5;{number}", basic(8)),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", basic(8)),
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use proptest::prelude::*;
    use ratatui::backend::Backend;
    use ratatui::prelude::CrosstermBackend;
    use ratatui::style::Style;

    use super::*;

    const COLUMNS: u16 = 12;
    const ROWS: u16 = 5;

    fn cells() -> impl Strategy<Value = Vec<(u16, u16, Cell)>> {
        let symbol = prop_oneof![8 => "[ -~]", 1 => Just("é".to_owned()), 1 => Just("重".to_owned())];
        let colour = prop_oneof![
            4 => Just(Color::Reset),
            2 => Just(Color::LightRed),
            2 => Just(Color::Blue),
            1 => any::<u8>().prop_map(Color::Indexed),
            1 => any::<[u8; 3]>().prop_map(|[red, green, blue]| Color::Rgb(red, green, blue)),
        ];
        // What the emulator of the test knows.
        let modifiers = [Modifier::BOLD, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
        let modifier = prop::sample::subsequence(modifiers.to_vec(), 0..=2);
        let cell = (symbol, colour.clone(), colour, modifier).prop_map(|(symbol, fg, bg, modifiers)| {
            let mut cell = Cell::default();
            let modifier = modifiers.into_iter().fold(Modifier::empty(), |all, one| all | one);
            cell.set_symbol(&symbol).set_style(Style::new().fg(fg).bg(bg).add_modifier(modifier));
            cell
        });
        let places = prop::collection::btree_map((0..ROWS, 0..COLUMNS - 1), cell, 0..40);
        places.prop_map(|cells| {
            let mut last = None;
            let free = cells.into_iter().filter(|((y, x), cell)| {
                // A wide character takes the next cell, too.
                let is_covered = last == Some((*y, *x));
                last = (!is_covered && cell.symbol() == "重").then_some((*y, x + 1));
                !is_covered
            });
            free.map(|((y, x), cell)| (x, y, cell)).collect()
        })
    }

    fn screen(bytes: &[u8]) -> vt100::Screen {
        let mut parser = vt100::Parser::new(NonZero::new(ROWS).unwrap(), NonZero::new(COLUMNS).unwrap(), 0);
        parser.process(bytes);
        parser.screen().clone()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn what_is_drawn_is_what_ratatui_draws(cells in cells()) {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            let mut writer = CellWriter::default();
            for (x, y, cell) in &cells {
                writer.write(&mut ours, Position::new(*x, *y), cell).unwrap();
            }
            writer.finish(&mut ours).unwrap();
            let all = cells.iter().map(|(x, y, cell)| (*x, *y, cell));
            CrosstermBackend::new(&mut theirs).draw(all).unwrap();
            let [one, other] = [screen(&ours), screen(&theirs)];
            for y in 0..ROWS {
                for x in 0..COLUMNS {
                    prop_assert_eq!(one.cell(y, x), other.cell(y, x), "{} {} {:?}", x, y, String::from_utf8_lossy(&ours));
                }
            }
            prop_assert!(ours.len() <= theirs.len());
        }
    }

    #[test]
    fn a_change_of_style_is_one_sequence_and_a_move_is_short() {
        let mut out = Vec::new();
        let mut writer = CellWriter::default();
        let style = Style::new().fg(Color::LightRed).add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        let mut found = Cell::new("c");
        found.set_style(style);
        for (x, y, cell) in [(2, 1, &found), (3, 1, &Cell::new("h")), (2, 2, &found), (9, 2, &Cell::new("x"))] {
            writer.write(&mut out, Position::new(x, y), cell).unwrap();
        }
        writer.finish(&mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, "\x1b[2;3H\x1b[1;4;91mc\x1b[mh\x1b[B\u{8}\u{8}\x1b[1;4;91mc\x1b[6C\x1b[mx");
    }
}
