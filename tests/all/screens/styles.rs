//! Whole screens in ASCII, and in the colours of each theme.

use hospitui::tui::glyphs::Glyphs;
use hospitui::tui::theme::{Depth, Name, Theme};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::support::screen::Screen;

#[test]
fn whole_screens_in_ascii() {
    for (name, keys) in [("browse", ""), ("compare", "Space G c j j")] {
        let text = Screen::new(80, 24).glyphs(&Glyphs::ASCII).typed(keys).text();
        insta::assert_snapshot!(format!("{name}-ascii"), text);
    }
}

#[test]
fn styles_of_whole_screens() {
    let themes = [Name::Dark, Name::Light, Name::HighContrast, Name::Neutral].map(|name| (name, Depth::True));
    let others = [(Name::Dark, Depth::Sixteen), (Name::Neutral, Depth::Sixteen), (Name::None, Depth::True)];
    for (name, depth) in themes.into_iter().chain(others) {
        for (screen, keys) in [("browse", "/ c h o n g"), ("compare", "Space G c j j")] {
            let theme = Theme { name, depth, ..Theme::PLAIN };
            let shown = Screen::new(80, 24).theme(theme).typed(keys);
            insta::assert_snapshot!(format!("{screen}-styles-{}-{depth:?}", name.as_str()), styles(shown.buffer()));
        }
    }
}

/// The style of each cell as a letter, and what each letter means.
fn styles(buffer: &Buffer) -> String {
    let mut known = Vec::new();
    let letters: String = buffer.content.iter().map(|cell| letter(&mut known, cell.style())).collect();
    let lines = letters.as_bytes().chunks(buffer.area.width.into()).map(String::from_utf8_lossy);
    let meanings = known.iter().zip('a'..).map(|(style, letter)| format!("{letter} {style:?}").into());
    lines.chain(meanings).collect::<Vec<_>>().join("\n")
}

fn letter(known: &mut Vec<Style>, style: Style) -> char {
    let at = known.iter().position(|one| *one == style).unwrap_or_else(|| {
        known.push(style);
        known.len() - 1
    });
    char::from(b'a' + u8::try_from(at).unwrap())
}
