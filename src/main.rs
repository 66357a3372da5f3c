//! The `hospitui` program: reads the command line, runs it, prints errors and picks the exit code.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use hospitui::cli::{Cli, Failure, Outcome};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let stdout = io::stdout();
    let width = stdout.is_terminal().then(hospitui::tui::terminal_width).flatten();
    let mut out = io::BufWriter::new(stdout.lock());
    let ended = hospitui::cli::run(&cli, &mut out, &mut report, width)
        .and_then(|outcome| out.flush().map(|()| outcome).map_err(Failure::from));
    match ended {
        Ok(outcome) => {
            for word in outcome.words() {
                report(word);
            }
            outcome.exit_code()
        }
        Err(failure) if failure.is_closed_pipe() => Outcome::Done.exit_code(),
        Err(failure) => {
            report(&format!("hospitui: {failure}"));
            failure.exit_code()
        }
    }
}

/// Writes a line to standard error. When even that is closed there is nobody left to tell.
fn report(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
