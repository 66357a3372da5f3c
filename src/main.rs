//! The `hospitui` program: reads the command line, runs it, prints errors and picks the exit code.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use hospitui::cli::{Failure, Invocation, Outcome, Output, Stop};
use hospitui::text::clean_lines;

fn main() -> ExitCode {
    let invocation = match Invocation::read(env::args_os()) {
        Ok(invocation) => invocation,
        Err(Stop::Parser(stop)) => return usage(&stop),
        Err(Stop::Failure(failure)) => {
            report(&format!("hospitui: {failure}"));
            return failure.exit_code();
        }
    };
    let mut out = Output::stdout();
    let ended = hospitui::cli::run(&invocation, &mut out, &mut report);
    // Messages come when the pager is closed, if there is one.
    let finished = out.finish().map_err(Failure::from);
    match ended.and_then(|outcome| finished.map(|()| outcome)) {
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

/// Prints the message of the parser: the help, the version, or an error.
fn usage(stop: &clap::Error) -> ExitCode {
    let plain = stop.render().to_string();
    // An error repeats the arguments, which may have control characters. It is then printed cleaned and without colours.
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

/// Writes a message to standard error, cleaned of control characters. Failures are ignored.
fn report(message: &str) {
    let _ = writeln!(io::stderr(), "{}", clean_lines(message));
}
