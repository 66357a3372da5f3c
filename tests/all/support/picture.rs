//! Draws a screen as an SVG picture in the dark theme.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

const COLUMN: f64 = 8.4;
const ROW: u32 = 19;
const MARGIN: u32 = 12;
const GROUND: &str = "#1b1e24";
const INK: &str = "#d4d7dd";

/// Draws `buffer`, with the cursor as a frame around its cell.
pub fn svg(buffer: &Buffer, cursor: Option<(u16, u16)>) -> String {
    let width = f64::from(buffer.area.width) * COLUMN + f64::from(2 * MARGIN);
    let height = u32::from(buffer.area.height) * ROW + 2 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height}\" width=\"{width:.0}\" height=\"{height}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n"
    );
    for y in 0..buffer.area.height {
        row(&mut out, buffer, y);
    }
    if let Some((x, y)) = cursor {
        let (x, y) = (left(x), top(y));
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{COLUMN}\" height=\"{ROW}\" fill=\"none\" stroke=\"#e5c07b\"/>"
        );
    }
    out.push_str("</svg>\n");
    out
}

fn left(x: u16) -> f64 {
    f64::from(x) * COLUMN + f64::from(MARGIN)
}

fn top(y: u16) -> u32 {
    u32::from(y) * ROW + MARGIN
}

/// One row. Adjacent cells of one style are one text element, stretched to the width of its columns.
fn row(out: &mut String, buffer: &Buffer, y: u16) {
    let mut x = 0;
    while x < buffer.area.width {
        let style = Style::of(&buffer[(x, y)]);
        let (start, mut text, mut wide) = (x, String::new(), false);
        while x < buffer.area.width && Style::of(&buffer[(x, y)]) == style {
            let cell = &buffer[(x, y)];
            // A wide character has its own element, because fonts do not make it exactly two columns wide.
            let is_wide = cell.cell_width() > 1;
            if (is_wide || wide) && !text.is_empty() {
                break;
            }
            wide = is_wide;
            text.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        run(out, &style, &text, start, x - start, y);
    }
}

fn run(out: &mut String, style: &Style, text: &str, x: u16, columns: u16, y: u16) {
    let length = f64::from(columns) * COLUMN;
    if let Some(ground) = &style.ground {
        let (x, y) = (left(x), top(y));
        let _ =
            writeln!(out, "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{length:.1}\" height=\"{ROW}\" fill=\"{ground}\"/>");
    }
    let shown = text.trim_end();
    if shown.is_empty() {
        return;
    }
    let lead = u16::try_from(shown.len() - shown.trim_start().len()).unwrap_or(0);
    let trailing = u16::try_from(text.len() - shown.len()).unwrap_or(0);
    let length = f64::from(columns - lead - trailing) * COLUMN;
    let escaped = shown.trim_start().replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{} xml:space=\"preserve\">{escaped}</text>",
        left(x + lead),
        top(y) + 14,
        style.ink,
        style.attributes
    );
}

#[derive(PartialEq)]
struct Style {
    ink: String,
    ground: Option<String>,
    attributes: String,
}

impl Style {
    fn of(cell: &Cell) -> Self {
        let mut attributes = String::new();
        let has = |modifier| cell.modifier.contains(modifier);
        if has(Modifier::BOLD) {
            attributes.push_str(" font-weight=\"bold\"");
        }
        if has(Modifier::UNDERLINED) {
            attributes.push_str(" text-decoration=\"underline\"");
        }
        if has(Modifier::DIM) {
            attributes.push_str(" opacity=\"0.65\"");
        }
        let ink = colour(cell.fg).unwrap_or_else(|| INK.to_owned());
        if has(Modifier::REVERSED) {
            Self { ink: GROUND.to_owned(), ground: Some(ink), attributes }
        } else {
            Self { ink, ground: colour(cell.bg), attributes }
        }
    }
}

/// A colour of the theme in true colour; none for the terminal's own.
fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Reset => None,
        other => panic!("{other:?} is no colour of a theme in true colour"),
    }
}
