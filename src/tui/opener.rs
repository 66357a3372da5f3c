//! Opens web addresses in the browser of the desktop.
//!
//! The crate `open` knows the program for that of each system. It cannot tell whether there is a desktop: without one,
//! `xdg-open` starts a browser of its own in this terminal, so that is looked at first.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use std::{env, io, thread};

/// How long a program that opens addresses is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// Opens `address` on a thread of its own, and tells how that went. Where it does not, `copy_key` copies it.
pub(super) fn open(
    address: String,
    copy_key: Option<String>,
    tell: impl FnOnce(String) + Send + 'static,
) -> io::Result<()> {
    let instead = copy_key.map_or_else(String::new, |key| format!("; {key} copies the address"));
    if !has_desktop(|variable| env::var_os(variable).is_some_and(|value| !value.is_empty())) {
        tell(format!("no desktop here to open it on{instead}"));
        return Ok(());
    }
    let open = move || {
        let opened = open::commands(&address).into_iter().any(|mut command| {
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().is_ok_and(|mut program| has_begun(&mut program))
        });
        tell(if opened {
            format!("opened {address}")
        } else {
            format!("not opened: no program here opens web addresses{instead}")
        });
    };
    thread::Builder::new().name("opener".to_owned()).spawn(open).map(drop)
}

/// Whether the program has done its work, or goes on: it may itself be the browser, which ends when its user closes it.
fn has_begun(program: &mut Child) -> bool {
    let start = Instant::now();
    while start.elapsed() < LONGEST_WAIT {
        match program.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(20)),
            Err(_) => return false,
        }
    }
    true
}

fn has_desktop(is_set: impl Fn(&str) -> bool) -> bool {
    !cfg!(all(unix, not(target_os = "macos"))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_console_has_no_desktop() {
        assert!(has_desktop(|variable| variable == "DISPLAY") && has_desktop(|variable| variable == "WAYLAND_DISPLAY"));
        assert!(!has_desktop(|variable| variable == "TERM"));
    }
}
