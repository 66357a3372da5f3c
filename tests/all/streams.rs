//! Standard streams of every kind (pipes, empty, a full disk, closed), and arguments of every kind.

use std::process::{Output, Stdio};

use crate::support::command::{PROGRAM, command, program};

/// Runs `hospitui` in a shell with `arguments`, which may have redirections, in a minimal environment.
fn run(arguments: &str, redirections: &str) -> Output {
    // The output is a pipe unless redirected. The exit code is printed where a redirection does not affect it.
    let script = format!("exec \"$0\" {arguments} {redirections}");
    let mut command = command("sh");
    command.args(["-c", &script, PROGRAM]).stdin(Stdio::null());
    command.env_remove("TERM").env("LC_ALL", "C").output().unwrap()
}

/// Asserts the exit code, that nothing panicked, and that the message is at most one line.
fn assert_ends(output: &Output, code: i32, what: &str) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{what}: {message}");
    assert!(!message.contains("panicked") && message.lines().count() <= 1, "{what}: {message}");
}

const COMMANDS: [&str; 10] = [
    "list --quiet",
    "list chong --quiet --format json",
    "show scmc",
    "show scmc --format html",
    "compare scmc guangzhou",
    "compare scmc guangzhou --format csv",
    "check assets/hospitals.json",
    "completions bash",
    "man",
    "--help",
];

#[test]
fn commands_do_without_input() {
    for command in COMMANDS {
        for input in ["", "</dev/null", "<&-", "<assets/hospitals.json"] {
            let output = run(command, input);
            assert_ends(&output, 0, &format!("{command} {input}"));
            assert!(!output.stdout.is_empty(), "{command} {input}");
        }
    }
}

#[test]
fn output_that_goes_nowhere_is_no_failure_and_a_full_disk_is_one() {
    for command in COMMANDS {
        // A closed output is replaced by the null device before the program starts.
        for (output, code) in [(">/dev/null", 0), (">&-", 0), (">/dev/full", 2), (">/dev/full 2>/dev/full", 2)] {
            assert_ends(&run(command, output), code, &format!("{command} {output}"));
        }
    }
}

#[test]
fn messages_that_cannot_be_written_change_no_exit_code() {
    for redirection in ["2>/dev/null", "2>&-", "2>/dev/full"] {
        for (command, code) in [("list zzzz", 1), ("list 'beds>'", 2), ("list -d /nowhere", 2), ("--wrong", 2), ("", 2)]
        {
            assert_ends(&run(command, redirection), code, &format!("{command} {redirection}"));
        }
    }
}

#[test]
fn without_a_terminal_the_browser_prints_one_line_and_ends_with_two() {
    for streams in ["</dev/null", "<&-", ">/dev/null", ">/dev/full", ">&-", "</dev/null >&-", "| cat"] {
        if streams == "| cat" {
            let output = program().stdin(Stdio::piped()).output().unwrap();
            assert_ends(&output, 2, "pipes on both sides");
            continue;
        }
        let output = run("", streams);
        assert_ends(&output, 2, streams);
        assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"), "{streams}");
        assert!(output.stdout.is_empty(), "{streams}");
    }
}

#[test]
fn data_from_an_input_that_holds_none_is_one_line() {
    for input in ["</dev/null", "<&-", "<src", "<Cargo.toml"] {
        let output = run("list -d -", input);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{input}: {message}");
        assert!(!message.contains("panicked") && message.len() < 2048, "{input}: {message}");
    }
}

#[test]
fn text_is_whole_in_a_locale_that_knows_none_of_it() {
    let output = run("show chcmu --format text", "");
    assert!(String::from_utf8(output.stdout).unwrap().contains("重庆医科大学附属儿童医院"));
}
