//! Flows through the real program in a pseudo-terminal, and what it leaves behind however it ends.
#![cfg(target_os = "linux")]

#[path = "flows/harness.rs"]
mod harness;

use harness::Terminal;

fn browser() -> Terminal {
    Terminal::browse(120, 40, &[], &[])
}

#[test]
fn browse_filter_compare_and_quit() {
    let mut terminal = browser();
    terminal.see("5 of 5");
    terminal.type_keys("Down Down");
    terminal.see("▌Shanghai");
    terminal.type_keys("/ c h o n g");
    terminal.see("2 of 5");
    terminal.see_gone("Mudanjiang Women");
    terminal.type_keys("Esc");
    terminal.see("5 of 5");
    terminal.type_keys("/ m d j n g");
    terminal.see("▌Mudanjiang");
    terminal.type_keys("Enter");
    terminal.type_keys("Esc");
    terminal.see("5 of 5");
    terminal.type_keys("g Space");
    terminal.see("A▌Guangzhou");
    terminal.type_keys("j j Space c");
    terminal.see("# different definition");
    terminal.see("more than 1,500 [1]");
    terminal.see("880 [2]");
    terminal.type_keys("?");
    terminal.see("Everywhere but in the filter");
    terminal.type_keys("q");
    let status = terminal.wait_for_end();
    assert_eq!(status.exit_code(), 0, "{status:?}");
    terminal.assert_restored();
}

#[test]
fn help_lists_every_key() {
    let mut terminal = Terminal::browse(120, 130, &[], &[]);
    terminal.type_keys("?");
    terminal.see("neither reports");
    let text = terminal.text();
    for binding in hospitui::tui::keymap::BINDINGS {
        let wanted = |line: &&str| line.contains(&format!("│   {} ", binding.names())) && line.contains(binding.says);
        let line = text.lines().find(wanted);
        assert!(line.is_some(), "{} is not in the help:\n{text}", binding.names());
    }
}

#[test]
fn ctrl_c_quits_from_everywhere() {
    for keys in ["", "/ a", "Space G c", "?", "Space G c Enter"] {
        let mut terminal = browser();
        terminal.type_keys(keys);
        terminal.type_keys("C-c");
        assert_eq!(terminal.wait_for_end().exit_code(), 0, "after `{keys}`");
        terminal.assert_restored();
    }
}

#[test]
fn resizing_redraws() {
    let mut terminal = browser();
    for (width, height) in [(80, 24), (50, 15), (39, 9), (200, 50), (120, 40)] {
        terminal.resize(width, height);
        let wanted = if width < 40 { "hospitui needs 40x10" } else { "? help" };
        terminal.see(wanted);
    }
    terminal.see("5 of 5");
}

#[test]
fn a_light_terminal_gets_other_colours_and_no_color_none() {
    let colours = |args: &[&str], env: &[(&str, &str)]| {
        let terminal = Terminal::browse(120, 40, args, env);
        let screen = terminal.screen();
        (0..40)
            .flat_map(|y| (0..120).map(move |x| (y, x)))
            .filter_map(|(y, x)| screen.cell(y, x).map(vt100::Cell::fgcolor))
            .fold(Vec::new(), |mut seen, colour| {
                if !seen.contains(&colour) {
                    seen.push(colour);
                }
                seen
            })
    };
    assert_ne!(colours(&["--theme", "dark"], &[]), colours(&["--theme", "light"], &[]));
    assert_eq!(colours(&[], &[("NO_COLOR", "1")]), [vt100::Color::Default]);
}

#[test]
fn the_mouse_works_and_can_be_turned_off() {
    let mut terminal = browser();
    assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    terminal.send(b"\x1b[<0;6;8M\x1b[<0;6;8m");
    terminal.see("▌Shanghai");
    terminal.type_keys("m");
    terminal.wait_for("mouse off", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    let terminal = Terminal::browse(120, 40, &["--no-mouse"], &[]);
    assert_eq!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

#[test]
fn a_paste_is_one_piece_of_text() {
    let mut terminal = browser();
    terminal.send(b"/\x1b[200~chong\nq\x1b[201~");
    terminal.see("/ chong q");
}
