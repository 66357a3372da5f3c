//! The `hospitui` program: reads the command line, runs it, prints errors and picks the exit code.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use hospitui::cli::{Cli, Failure, Outcome};
use hospitui::text::clean_lines;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(stop) => return usage(&stop),
    };
    let stdout = io::stdout();
    let width = stdout.is_terminal().then(hospitui::tui::terminal_width).flatten();
    let mut out = io::BufWriter::new(stdout.lock());
    let ended = hospitui::cli::run(&cli, &mut out, &mut report, width)
        .and_then(|outcome| out.flush().map(|()| outcome).map_err(Failure::from));
    match ended {
        Ok(outcome) => {
            outcome.message().into_iter().for_each(report);
            outcome.exit_code()
        }
        Err(failure) if failure.is_closed_pipe() => Outcome::Done.exit_code(),
        Err(failure) => {
            report(&format!("hospitui: {failure}"));
            failure.exit_code()
        }
    }
}

/// Prints what the parser has to say: the help or the version that was asked for, or what is wrong.
fn usage(stop: &clap::Error) -> ExitCode {
    let plain = stop.render().to_string();
    // An error repeats the arguments, and those may hold anything; colours are for those that are clean.
    if stop.use_stderr() && clean_lines(&plain) != plain {
        report(plain.trim_end());
        return ExitCode::from(2);
    }
    match stop.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            report(&format!("hospitui: {error}"));
            ExitCode::from(2)
        }
        _ if stop.use_stderr() => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

/// Writes to standard error, cleaned. When even that is closed there is nobody left to tell.
fn report(words: &str) {
    let _ = writeln!(io::stderr(), "{}", clean_lines(words));
}
