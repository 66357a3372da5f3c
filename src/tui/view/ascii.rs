//! Drawing without a character of our own outside ASCII.

use ratatui::buffer::Buffer;

/// Replaces the signs and punctuation that the program writes, in the cells that they are drawn in. Letters stay: the names
/// of the data are shown in their own script.
pub(super) fn restrict(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some(ascii) = in_ascii(cell.symbol()) {
            cell.set_symbol(ascii);
        }
    }
}

/// A sign in ASCII; none if it is a letter, or in ASCII already.
fn in_ascii(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "…" => "~",
        "“" | "”" | "„" => "\"",
        "‘" | "’" => "'",
        "–" | "—" | "‒" | "−" | "·" => "-",
        "•" => "*",
        "×" => "x",
        "÷" => "/",
        "≥" | "→" | "›" => ">",
        "≤" | "←" | "‹" => "<",
        "↑" => "^",
        "↓" => "v",
        "²" => "2",
        "³" => "3",
        "\u{a0}" => " ",
        "\u{fffd}" => "?",
        // Pictures of control characters, which stand for those of the data.
        _ if symbol.starts_with(|c| ('\u{2400}'..='\u{2421}').contains(&c)) => "?",
        _ => return None,
    })
}
