//! The settings: flags before the environment, this before the file, and the file before the default.

use std::path::Path;
use std::process::{Output, Stdio};

use crate::support::command::{file, folder, program};

/// Runs the program with only these variables of its own.
fn run(args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = program();
    command.args(args).stdin(Stdio::null()).env_remove("HOSPITUI_CONFIG");
    // A home without a configuration.
    let home = folder("config-home");
    command.env("HOME", &home).env("XDG_CONFIG_HOME", home.join("none"));
    command.envs(variables.iter().copied()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The line of `hospitui config` for a setting.
fn line(output: &Output, setting: &str) -> String {
    let text = stdout(output);
    let found = text.lines().find(|line| line.starts_with(&format!("{setting} = ")));
    found.unwrap_or_else(|| panic!("no {setting} in\n{text}")).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_nearer_goes_first() {
    let file = file("config", "precedence.toml", "theme = \"light\"\nmouse = false\nascii = true\n");
    let config = ("HOSPITUI_CONFIG", file.to_str().unwrap());
    let dark = ("HOSPITUI_THEME", "dark");
    assert_eq!(line(&run(&["config"], &[]), "theme"), "theme = \"auto\" # default");
    assert_eq!(line(&run(&["config"], &[config]), "theme"), "theme = \"light\" # line 1");
    assert_eq!(line(&run(&["config"], &[config, dark]), "theme"), "theme = \"dark\" # HOSPITUI_THEME");
    let flag = run(&["--theme", "none", "config"], &[config, dark]);
    assert_eq!(line(&flag, "theme"), "theme = \"none\" # --theme");
    assert_eq!(line(&flag, "mouse"), "mouse = false # line 2");
    assert_eq!(line(&flag, "ascii"), "ascii = \"always\" # line 3");
    assert_eq!(line(&run(&["--mouse", "config"], &[config]), "mouse"), "mouse = true # --mouse");
    assert_eq!(line(&run(&["--no-mouse", "config"], &[]), "mouse"), "mouse = false # --no-mouse");
    let off = run(&["config"], &[("HOSPITUI_MOUSE", "off"), ("HOSPITUI_CLIPBOARD", "osc52")]);
    assert_eq!(line(&off, "mouse"), "mouse = false # HOSPITUI_MOUSE");
    assert_eq!(line(&off, "clipboard"), "clipboard = \"osc52\" # HOSPITUI_CLIPBOARD");
    assert_eq!(line(&run(&["config"], &[]), "panes"), "panes = \"auto\" # default");
    let one = run(&["config"], &[("HOSPITUI_PANES", "one")]);
    assert_eq!(line(&one, "panes"), "panes = \"one\" # HOSPITUI_PANES");
}

#[test]
fn the_file_is_found_where_the_system_keeps_it() {
    let folder = folder("config-folder/hospitui");
    std::fs::write(folder.join("hospitui.toml"), "history = true\n").unwrap();
    let parent = ("XDG_CONFIG_HOME", folder.parent().unwrap().to_str().unwrap());
    let output = run(&["config"], &[parent]);
    assert_eq!(line(&output, "history"), "history = true # line 1");
    assert!(stdout(&output).starts_with(&format!("# hospitui.toml: {}", folder.display())), "{}", stdout(&output));
    assert_eq!(line(&run(&["config", "--config", ""], &[parent]), "history"), "history = false # default");
    let missing = run(&["config", "--config", "/no/such.toml"], &[]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("/no/such.toml"), "{}", stderr(&missing));
}

#[test]
fn what_is_printed_is_a_file_that_says_the_same() {
    let printed = stdout(&run(
        &["--theme", "light", "--keys", "quit=Ctrl-q F10", "config"],
        &[("HOSPITUI_DATA", "a.csv:b c.csv")],
    ));
    let file = file("config", "printed.toml", &printed);
    let again = run(&["config", "--config", file.to_str().unwrap()], &[]);
    let (printed, again) = (toml(&printed), toml(&stdout(&again)));
    assert_eq!(printed["keys"], again["keys"]);
    assert_eq!(printed["keys"]["quit"].as_str(), Some("Ctrl-q F10"));
    assert_eq!((printed["theme"].as_str(), again["theme"].as_str()), (Some("light"), Some("light")));
    let here = std::env::current_dir().unwrap();
    assert_eq!((printed["data"][1].as_str(), &printed["data"]), (here.join("b c.csv").to_str(), &again["data"]));
}

#[test]
fn paths_in_the_file_are_relative_to_it() {
    let file = file("config", "relative.toml", "data = [\"b c.csv\"]\n");
    let printed = toml(&stdout(&run(&["config", "--config", file.to_str().unwrap()], &[])));
    assert_eq!(printed["data"][0].as_str(), file.parent().unwrap().join("b c.csv").to_str());
}

fn toml(text: &str) -> toml::Table {
    text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn the_files_to_open_by_default_are_opened_when_none_are_named() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/north-2024.csv");
    let file = file("config", "data.toml", format!("data = [{:?}]\n", data.to_str().unwrap()));
    let config = ("HOSPITUI_CONFIG", file.to_str().unwrap());
    assert!(stdout(&run(&["list", "nord"], &[config])).contains("Hôpital Nord"));
    let named = run(&["list", "guangzhou", "-d", "assets/hospitals.json"], &[config]);
    assert!(stdout(&named).contains("Guangzhou"), "named data go first");
    let bundled = run(&["list", "guangzhou"], &[config, ("HOSPITUI_DATA", "")]);
    assert!(stdout(&bundled).contains("Guangzhou"), "an empty variable names no data");
    assert_eq!(run(&["check", data.to_str().unwrap()], &[config]).status.code(), Some(0), "they do not concern check");
}

#[test]
fn every_mistake_has_its_line_and_a_fix() {
    let text = "thme = \"dark\"\nascii = 3\nmouse = \"no\"\nclipboard = \"osc\"\ndata = 5\n[keys]\nquitt = \"x\"\n\
                quit = \"Hyper-x\"\ncomplete = [\"x\"]\ninterrupt = \"x\"\nup = 5\ndown = \"Ctrl-i\"\n\
                [colours]\nheding = \"red\"\nkey = \"bluish\"\na = 256\nb = []\n";
    let file = file("config", "mistakes.toml", text);
    let output = run(&["list"], &[("HOSPITUI_CONFIG", file.to_str().unwrap())]);
    assert_eq!(output.status.code(), Some(2));
    let text = stderr(&output);
    for (line, says, fix) in [
        (1, "unknown setting `thme`", "did you mean `theme`?"),
        (2, "not a word", "write one of them in quotes: auto, always, never"),
        (3, "not a switch", "write true or false"),
        (4, "`clipboard` cannot be `osc`", "did you mean `osc52`?"),
        (5, "not a list of files", "write data = ["),
        (7, "no action has the name `quitt`", "did you mean `quit`?"),
        (8, "no key has the name `Hyper-x`", "write x, X, Space"),
        (9, "`x` is text in the search box", "write a key with Ctrl or Alt"),
        (10, "`interrupt` keeps its key", "leave it out"),
        (12, "terminals send `Ctrl-i` as `Tab`", "write Tab, or another key"),
        (11, "not the names of keys", "write the names of keys in quotes"),
        (14, "no part of the screen has the name `heding`", "did you mean `heading`?"),
        (15, "`bluish` is no colour", "write #ff8f66, a name such as light-blue"),
        (16, "`256` is no colour", "the number of one of 256 colours"),
        (17, "not a colour", "write a colour in quotes"),
    ] {
        assert!(
            text.contains(&format!("mistakes.toml:{line}:")) && text.contains(says),
            "line {line}, {says}:\n{text}"
        );
        assert!(text.contains(fix), "line {line}, {fix}:\n{text}");
    }
}

#[test]
fn one_mistake_is_shown_where_it_stands() {
    for (text, place, says) in [
        ("theme = dark\n", "1:9", "theme"),
        ("[keys]\nsort = \"f\"\n", "2:8", "`f` already means `filter`"),
        ("[keys]\nmark = \"F2\"\nfilter = \"s\"\n", "3:10", "`s` already means `sort`"),
        ("[keys]\nquit = \"F2\"\nhelp = \"Down\"\n", "3:8", "`↓` already means `down`"),
        ("[keys]\nfilter = \"F3\"\ncopy = \"F3\"\n", "3:8", "`F3` already means `filter`"),
        ("[keys]\ncopy = \"F3\"\nfilter = \"F3\"\n", "3:10", "`F3` already means `copy`"),
        ("[keys]\nquit = \"F2\"\nback = \"\"\n", "3:8", "no key would lead out"),
        ("[keys]\nquit = \"F2\"\nsort = \"Ctrl-c\"\n", "3:8", "`Ctrl-c` always means `interrupt`"),
        ("mouse = true\nmouse = false\n", "2:1", "duplicate"),
    ] {
        let file = file("config", "mistake.toml", text);
        let output = run(&["list"], &[("HOSPITUI_CONFIG", file.to_str().unwrap())]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        let shown = stderr(&output);
        assert!(shown.contains(&format!("mistake.toml:{place}:")) && shown.contains(says), "{place} {says}:\n{shown}");
    }
}

#[test]
fn a_conflict_is_told_beside_mistakes_in_other_settings_and_an_empty_file_sets_nothing() {
    let both = file("config", "both.toml", "theme = \"drak\"\n[keys]\nsort = \"f\"\n");
    let shown = stderr(&run(&["list"], &[("HOSPITUI_CONFIG", both.to_str().unwrap())]));
    assert!(shown.contains("both.toml:1:") && shown.contains("both.toml:3:"), "{shown}");
    let empty = file("config", "empty.toml", "");
    let config = run(&["config"], &[("HOSPITUI_CONFIG", empty.to_str().unwrap())]);
    assert_eq!(line(&config, "theme"), "theme = \"auto\" # default");
}

#[test]
fn a_wrong_variable_or_flag_is_named() {
    let variable = run(&["list"], &[("HOSPITUI_THEME", "blue")]);
    assert_eq!(variable.status.code(), Some(2));
    assert!(stderr(&variable).contains("the variable HOSPITUI_THEME cannot be `blue`"), "{}", stderr(&variable));
    let flag = run(&["--theme", "blue"], &[]);
    assert!(stderr(&flag).contains("--theme"), "{}", stderr(&flag));
    let keys = run(&["--keys", "sort=f", "config"], &[]);
    assert_eq!(keys.status.code(), Some(2));
    assert!(stderr(&keys).contains("--keys: `f` already means"), "{}", stderr(&keys));
    let keys = run(&["--keys", "sort=Ctrl-c", "config"], &[]);
    assert!(stderr(&keys).contains("always means `interrupt`, so"), "{}", stderr(&keys));
    let keys = run(&["config"], &[("HOSPITUI_KEYS", "sort=Ctrl-o;mouse=")]);
    assert_eq!(line(&keys, "sort"), "sort = \"Ctrl-o\" # HOSPITUI_KEYS");
    assert_eq!(line(&keys, "mouse"), "mouse = true # default", "the setting stands before the key");
}

#[test]
fn names_come_from_the_file_the_variable_and_flags_at_once() {
    let file = file("config", "three.toml", "[keys]\nsort = \"F2\"\ncopy = \"F3\"\nmark = \"F4\"\n");
    let variables = [
        ("HOSPITUI_CONFIG", file.to_str().unwrap()),
        ("HOSPITUI_KEYS", "sort=F6; copy=F7"),
        ("HOSPITUI_COLOURS", "a=red;b=blue"),
    ];
    let all = run(&["--keys", "sort=F8", "--keys", "help=F9", "--colours", "a=green", "config"], &variables);
    for (name, expected) in [
        ("sort", "\"F8\" # --keys"),
        ("help", "\"F9\" # --keys"),
        ("copy", "\"F7\" # HOSPITUI_KEYS"),
        ("mark", "\"F4\" # line 4"),
        ("a", "\"green\" # --colours"),
        ("b", "\"blue\" # HOSPITUI_COLOURS"),
    ] {
        assert_eq!(line(&all, name), format!("{name} = {expected}"));
    }
    let clash = run(&["--keys", "filter=F6", "config"], &variables);
    assert!(stderr(&clash).contains("--keys: `F6` already means `sort`"), "{}", stderr(&clash));
}

#[test]
fn a_name_without_a_value_is_refused() {
    for (args, variable, says) in [
        (&["--keys", "quit", "config"][..], ("A", ""), "--keys: `quit` has no `=`; write \"quit=KEYS\""),
        (&["config"], ("HOSPITUI_KEYS", "sort=F2;quit"), "HOSPITUI_KEYS: `quit` has no `=`"),
        (&["--colours", "key", "config"], ("A", ""), "--colours: `key` has no `=`; write \"key=COLOUR\""),
    ] {
        let output = run(args, &[variable]);
        assert_eq!((output.status.code(), stderr(&output).contains(says)), (Some(2), true), "{}", stderr(&output));
    }
    assert_eq!(line(&run(&["--keys", "quit=", "config"], &[]), "quit"), "quit = \"\" # --keys");
}

#[test]
fn data_that_are_named_are_printed_with_where_they_are_named() {
    let here = std::env::current_dir().unwrap();
    let variable = [("HOSPITUI_DATA", "b.csv")];
    let named = run(&["-d", "a.csv", "config"], &variable);
    assert_eq!(line(&named, "data"), format!("data = [\"{}\"] # --data", here.join("a.csv").display()));
    assert!(line(&run(&["config"], &variable), "data").ends_with("b.csv\"] # HOSPITUI_DATA"));
    assert_eq!(line(&run(&["config", "-d", "-"], &variable), "data"), "data = [\"-\"] # --data");
}

#[test]
fn colours_of_ones_own_come_from_the_file_the_variable_and_flags() {
    let text = "[colours]\nheading = \"#ff8f66\"\nkey = 209\na = \"light-blue\"\n";
    let file = file("config", "colours.toml", text);
    let config = ("HOSPITUI_CONFIG", file.to_str().unwrap());
    let both = run(&["--colours", "heading=red", "config"], &[config]);
    assert_eq!(line(&both, "heading"), "heading = \"red\" # --colours");
    assert_eq!(
        (line(&both, "key"), line(&both, "a")),
        ("key = \"209\" # line 3".into(), "a = \"light-blue\" # line 4".into())
    );
    assert!(stdout(&both).contains("# as in the theme: text, background, selected,"), "{}", stdout(&both));
    let variable = run(&["config"], &[config, ("HOSPITUI_COLOURS", "a=#123456; b=red")]);
    assert_eq!(line(&variable, "b"), "b = \"red\" # HOSPITUI_COLOURS");
    let wrong = run(&["config"], &[("HOSPITUI_COLOURS", "a=reddish")]);
    assert!(stderr(&wrong).contains("HOSPITUI_COLOURS: `reddish` is no colour"), "{}", stderr(&wrong));
}

#[test]
fn commands_about_the_program_need_no_settings() {
    let file = file("config", "broken.toml", "[");
    for command in [&["man"][..], &["completions", "bash"]] {
        assert!(run(command, &[("HOSPITUI_CONFIG", file.to_str().unwrap())]).status.success());
    }
    let man = stdout(&run(&["man"], &[]));
    for name in ["HOSPITUI_THEME", "HOSPITUI_KEYS", "HOSPITUI_COLOURS", "HOSPITUI_CONFIG", "HOSPITUI_DATA"] {
        assert!(man.replace('\\', "").contains(name), "the manual lacks {name}");
    }
}
