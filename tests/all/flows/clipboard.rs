//! Copying: by the terminal, through GNU screen and tmux, and by programs of the desktop.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::quit;
use crate::support::base64;
use crate::support::command::{PROGRAM, folder};
use crate::support::terminal::Terminal;

/// Whether a program is installed; the test that needs it says when it is not.
#[expect(clippy::print_stderr, reason = "says that a test was left out")]
fn is_installed(program: &str) -> bool {
    // `-v` is the version of screen, but tells tmux to write logs.
    let version = if program == "tmux" { "-V" } else { "-v" };
    let is_there = Command::new(program).arg(version).output().is_ok();
    if !is_there {
        eprintln!("{program} is not installed: not tested");
    }
    is_there
}

/// A folder with a shell script of that name, and the path to search for programs that begins with it.
fn with_script(name: &str, script: &str) -> (PathBuf, String) {
    let folder = folder(&format!("clipboard-{name}"));
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let search = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    (folder, search)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Opens the comparison of the first two hospitals within another program, and copies all of it.
fn copy_all_within(terminal: &mut Terminal) {
    let see = |terminal: &mut Terminal, text: &str| {
        terminal.wait_until_any_time(text, |terminal| terminal.text().contains(text));
    };
    see(terminal, "5 of 5");
    terminal.type_keys("Space j Space c");
    see(terminal, "A Guangzhou");
    terminal.type_keys("Y");
    see(terminal, "Guangzhou");
}

#[test]
fn gnu_screen_passes_a_comparison_on() {
    if !is_installed("screen") {
        return;
    }
    let sockets = folder("clipboard-sockets");
    fs::set_permissions(&sockets, fs::Permissions::from_mode(0o700)).unwrap();
    let folder = [("SCREENDIR", sockets.to_str().unwrap())];
    let mut terminal = Terminal::command_with("screen", &["-U", "-c", "/dev/null", "-m", PROGRAM], &folder);
    copy_all_within(&mut terminal);
    terminal.wait_until_any_time("a copy", |terminal| !terminal.asked().clipboard.is_empty());
    let copied = base64::decode(&terminal.asked().clipboard[0]);
    assert!(copied.len() > 4_000 && copied.contains("| --- |"), "{} bytes: {copied}", copied.len());
    let is_base64 =
        |line: &str| line.len() > 60 && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    assert!(!terminal.text().lines().any(is_base64), "{}", terminal.text());
    terminal.type_keys("C-c");
    terminal.wait_for_end();
}

#[test]
fn tmux_takes_a_comparison() {
    if !is_installed("tmux") {
        return;
    }
    let folder = folder("clipboard-tmux");
    let socket = folder.join("socket");
    let socket = socket.to_str().unwrap();
    let mut terminal = Terminal::command("tmux", &["-S", socket, "-f", "/dev/null", "new-session", PROGRAM]);
    copy_all_within(&mut terminal);
    terminal.wait_until_any_time("a notice", |terminal| {
        terminal.text().contains("copied: the whole comparison, as Markdown (by tmux)")
    });
    let buffer = Command::new("tmux").args(["-S", socket, "show-buffer"]).output().unwrap();
    let copied = String::from_utf8(buffer.stdout).unwrap();
    assert!(copied.len() > 4_000 && copied.contains("| --- |"), "{} bytes: {copied}", copied.len());
    terminal.type_keys("C-c");
    terminal.wait_for_end();
}

#[test]
fn a_program_of_the_desktop_takes_the_text_whole() {
    let (folder, path) = with_script("xclip", "cat > \"$0.text\"; echo \"$@\" > \"$0.arguments\"");
    let mut terminal = Terminal::browse(120, 40, &[], &[("DISPLAY", ":9"), ("PATH", &path)]);
    terminal.type_keys("y");
    terminal.see("copied: Guangzhou Women and Children's Medical Center (by xclip)");
    let copied = read(&folder.join("xclip.text"));
    assert!(copied.contains("Guangzhou") && copied.contains("Hospital Introduction"), "{copied}");
    assert_eq!(read(&folder.join("xclip.arguments")), "-selection clipboard\n");
    assert_eq!(terminal.asked().clipboard, [""; 0], "one way is enough");
    quit(terminal);
}

#[test]
fn what_is_not_copied_is_said() {
    let (_, path) = with_script("wl-copy", "echo no compositor here >&2; exit 1");
    let wayland = [("WAYLAND_DISPLAY", "wayland-0"), ("PATH", &*path)];
    for (args, env, says) in [
        (
            &[][..],
            &wayland[..],
            "wl-copy says: no compositor here; copied, if the terminal allows it (OSC 52): Guangzhou Women",
        ),
        (&["--clipboard", "command"], &wayland[..], "not copied: wl-copy says: no compositor"),
        (&["--clipboard", "command"], &[("PATH", "/nowhere")], "install wl-clipboard, xclip or xsel"),
        (&["--clipboard", "off"], &[], "not copied: copying is turned off"),
        (&[], &[("TERM", "linux")], "not copied: this terminal has no clipboard"),
        (&["--clipboard", "osc52"], &[("WAYLAND_DISPLAY", "wayland-0")], "copied, if the terminal allows it"),
    ] {
        let mut terminal = Terminal::browse(120, 40, args, env);
        terminal.type_keys("y");
        terminal.see(says);
        quit(terminal);
    }
}
