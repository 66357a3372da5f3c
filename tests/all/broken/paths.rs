//! Paths that are not files: missing paths, directories, pipes, devices, standard input.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::support::broken_file::{DEADLINE, assert_clean, at_once, check_all, ended, folder, no_file, run};
use crate::support::command::program;

#[test]
fn a_path_that_is_not_a_file_is_reported() {
    let long: &str = Box::leak(format!("/nowhere/{}", "a/".repeat(1_900)).into_boxed_str());
    check_all(
        "paths",
        8,
        &[
            no_file(&["convert", "/nowhere/at-all.csv"])
                .refused(&["/nowhere/at-all.csv: no such file; check the path"]),
            no_file(&["check", "/nowhere/at-all.csv"]).refused(&["no such file"]),
            no_file(&["/nowhere/at-all.csv"]).refused(&["no such file"]),
            no_file(&["convert", long]).refused(&["…", "no such file"]),
            no_file(&["list", "-d", "assets"]).refused(&["assets: this is a directory; name a file in it"]),
            no_file(&["convert", "/dev/null"]).refused(&["/dev/null: the file is empty"]),
            no_file(&["convert", "-"]).refused(&["standard input: the file is empty"]),
            no_file(&["list", "-d", "-", "-d", "-"]).refused(&["standard input: it is named twice; name it once"]),
            no_file(&["list", "-d", "README.md", "-d", "./src/../README.md"]).refused(&["it is named twice"]),
        ],
    );
}

#[test]
#[expect(clippy::print_stderr, reason = "prints why the test is skipped")]
fn a_named_pipe_is_refused_and_standard_input_is_not() {
    let path = folder("pipes").join("hospitals.fifo");
    let _ = fs::remove_file(&path);
    if !Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()) {
        eprintln!("no named pipe can be made here");
        return;
    }
    at_once(|| {
        let ended = run(&["convert", path.to_str().unwrap()], None, DEADLINE);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{}", ended.words);
        assert!(ended.words.contains("named pipe") && ended.words.contains("hospitui - <"), "{}", ended.words);
        assert_clean(&ended.words, &ended.words);
        ended
    });
    fs::remove_file(&path).unwrap();

    let table = b"id,name\n1,North\n";
    for name in ["-", "/dev/stdin", "/dev/fd/0"] {
        let ended = run_from(name, table);
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.words);
        assert!(ended.out.contains("North"), "{name}: {}", ended.out);
    }
}

fn run_from(name: &str, bytes: &[u8]) -> crate::support::broken_file::Ended {
    run(&["convert", name], Some(bytes), DEADLINE)
}

#[test]
#[expect(clippy::print_stderr, reason = "prints why the test is skipped")]
fn a_file_without_read_permission_is_reported() {
    let path = folder("permissions").join("secret.csv");
    let _ = fs::remove_file(&path);
    fs::write(&path, "id,name\n1,North\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = program();
    command.arg("convert").arg(&path);
    if fs::File::open(&path).is_ok() {
        // The administrator may read any file, so there is nothing to test.
        command.uid(65_534).gid(65_534);
        let mut probe = program();
        if probe.arg("--version").uid(65_534).gid(65_534).output().is_err() {
            eprintln!("the program is out of reach of other users here");
            return;
        }
    }
    let ended = ended(&mut command, None, DEADLINE);
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{}", ended.words);
    assert!(ended.words.contains("secret.csv: no permission to read it"), "{}", ended.words);
    fs::remove_file(&path).unwrap();
}

#[test]
fn a_file_that_disappears_does_not_stop_the_check_of_others() {
    let path = folder("gone").join("valid.csv");
    fs::write(&path, "id,name\n1,North\n").unwrap();
    let ended = run(&["check", "/nowhere/at-all.csv", path.to_str().unwrap()], None, DEADLINE);
    assert_eq!(ended.code, Some(2), "{}", ended.words);
    assert!(
        ended.words.contains("/nowhere/at-all.csv") && ended.out.contains("no problems; 1 hospital"),
        "{}",
        ended.out
    );
}
