//! Every screen at every size of terminal: nothing may panic, and a screen that fits shows how to leave it.
#![expect(clippy::print_stdout, reason = "a long run prints its size")]

use crate::support::screen::Screen;

/// Keys that lead to each kind of screen.
const SCREENS: &[&str] = &[
    "",
    "l",
    "/ c h o n g",
    "/ z z z",
    "/ b e d s >",
    "Space G c",
    "Space G c G",
    "Space G c d n",
    "Space G c n n Enter",
    "Space G c G Enter",
    "s",
    "f",
    "? G",
];

#[test]
fn sizes_around_every_limit_draw_every_screen() {
    let widths = [0, 1, 2, 3, 10, 39, 40, 41, 50, 77, 78, 79, 80, 81, 120];
    draw_at(&widths, &[0, 1, 2, 3, 4, 9, 10, 11, 15, 24, 40]);
}

#[test]
#[ignore = "takes a minute"]
fn every_size_draws_every_screen() {
    draw_at(&(0..=120).collect::<Vec<_>>(), &(0..=40).collect::<Vec<_>>());
}

fn draw_at(widths: &[u16], heights: &[u16]) {
    for keys in SCREENS {
        let mut screen = Screen::new(120, 40).typed(keys);
        for &width in widths {
            for &height in heights {
                screen.resize(width, height);
                let when = format!("`{keys}` at {width}x{height}");
                screen.assert_sound(&when);
                let text = screen.text();
                let last = text.lines().last().unwrap_or_default();
                let has_hint =
                    ["help", "quit", "Tab", "!", "needs", "may match"].iter().any(|word| last.contains(word));
                assert!(width < 40 || height < 10 || has_hint, "{when}: {last}");
            }
        }
    }
    println!("{} screens drawn at {} sizes each", SCREENS.len(), widths.len() * heights.len());
}
