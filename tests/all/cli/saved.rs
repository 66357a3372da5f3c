//! Saved and replayed comparisons.

use super::*;

#[test]
fn a_saved_comparison_is_replayed_and_changes_are_listed() {
    let catalog = |beds: u32| {
        format!(
            r#"{{"title": "T", "sources": [{{"id": "s", "title": "S"}}], "hospitals": [
            {{"id": "north", "name": "North", "figures": [{{"measure": "beds.open", "value": {beds}, "period": "2023", "source": "s"}}]}},
            {{"id": "south", "name": "South", "figures": [{{"measure": "beds.open", "value": 9, "period": "2023", "source": "s"}}]}}]}}"#
        )
    };
    let data = file("replayed.json", catalog(5).as_bytes());
    let saved = command::folder("cli").join("saved.json");
    let bundled = command::folder("cli").join("bundled.rec");
    for old in [&saved, &bundled] {
        // Remove the files of an earlier run.
        let _ = fs::remove_file(old);
    }
    let (data, saved, bundled) = (data.to_str().unwrap(), saved.to_str().unwrap(), bundled.to_str().unwrap());
    // A file that only has the name of a draft is not touched.
    let draft = std::path::Path::new(saved).with_extension("tmp");
    std::fs::write(&draft, "other data").unwrap();
    assert!(run(&["compare", "north", "south", "-d", data, "--save", saved]).status.success());
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), "other data");
    assert_eq!(run(&["compare", "north", "south", "-d", data, "--save", "/dev/zero"]).status.code(), Some(2));
    let same = run(&["compare", "--replay", saved]);
    assert_eq!(same.status.code(), Some(0), "{}", messages(&same));
    assert!(out(&same).contains("Nothing has changed"), "{}", out(&same));
    file("replayed.json", catalog(12).as_bytes());
    let changed = run(&["compare", "--replay", saved]);
    assert_eq!(changed.status.code(), Some(1));
    let output = out(&changed);
    assert!(
        output.contains("the catalog “T”") && output.contains("open beds, A: was 5, 2023, now 12, 2023"),
        "{output}"
    );
    assert!(output.contains("open beds: the answer was right-larger, now left-larger"), "{output}");
    let saved_text = fs::read(saved).unwrap();
    let over = run(&["compare", "north", "south", "-d", data, "--save", data]);
    assert!(over.status.code() == Some(2) && messages(&over).contains("not a saved comparison"), "{}", messages(&over));
    assert!(fs::read_to_string(data).unwrap().contains("hospitals"), "the catalog is still there");
    assert_eq!(fs::read(saved).unwrap(), saved_text);
    assert!(run(&["compare", "guangzhou", "scmc", "--save", bundled]).status.success());
    assert_eq!(run(&["compare", "--replay", bundled]).status.code(), Some(0));
    let added = run(&["compare", "--replay", saved, "-d", data, "-d", "tests/data/extra.json"]);
    assert!(out(&added).contains("“Extra”") && out(&added).contains("is new"), "{}", out(&added));
    let other = file("no-record.json", b"{}");
    let refused = run(&["compare", "--replay", other.to_str().unwrap()]);
    assert!(
        refused.status.code() == Some(2) && messages(&refused).contains("not a saved comparison"),
        "{}",
        messages(&refused)
    );
}

#[test]
fn saving_through_a_symbolic_link_replaces_the_file_that_it_names() {
    let folder = command::folder("saved-link");
    let (target, link) = (folder.join("target"), folder.join("link"));
    for old in [&target, &link] {
        let _ = fs::remove_file(old);
    }
    let save = |to: &std::path::Path| run(&["compare", "guangzhou", "scmc", "--save", to.to_str().unwrap()]);
    assert!(save(&target).status.success());
    let first = fs::read(&target).unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    fs::write(&target, String::from_utf8(first.clone()).unwrap() + "\n").unwrap();
    assert!(save(&link).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "the link stays");
    assert_eq!(fs::read(&target).unwrap(), first, "the file that it names is written");
    // A link to a file that is not a saved comparison is refused, like the file itself.
    fs::write(&target, "other data").unwrap();
    assert_eq!(save(&link).status.code(), Some(2));
    assert_eq!(fs::read(&target).unwrap(), b"other data");
    // A dangling link: the file is created where the link points, or the command reports that it cannot be.
    fs::remove_file(&target).unwrap();
    assert!(save(&link).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && target.exists());
}

#[test]
fn a_replay_names_the_catalogs_that_differ() {
    let catalog = |title: &str, beds: u32| {
        let hospital = |id: &str| {
            format!(
                r#"{{"id": "{title}-{id}", "name": "{title} {id}", "figures": [
                    {{"measure": "beds.open", "value": {beds}, "period": "2023", "source": "s"}}]}}"#
            )
        };
        format!(
            r#"{{"title": "{title}", "sources": [{{"id": "s", "title": "S"}}], "hospitals": [{}, {}]}}"#,
            hospital("a"),
            hospital("b")
        )
    };
    let path = |title: &str| {
        let path = file(&format!("replayed-{title}.json"), catalog(title, 5).as_bytes());
        path.to_str().unwrap().to_owned()
    };
    let (m, n, o) = (path("M"), path("N"), path("O"));
    let saved = command::folder("cli").join("differing");
    let _ = fs::remove_file(&saved);
    let saved = saved.to_str().unwrap();
    assert!(run(&["compare", "M-a", "M-b", "-d", &m, "-d", &n, "--save", saved]).status.success());
    let replayed = |files: &[&String]| {
        let data = files.iter().flat_map(|file| ["-d", file.as_str()]);
        let output = run(&["compare", "--replay", saved].into_iter().chain(data).collect::<Vec<_>>());
        let lines = out(&output).lines().map(str::to_owned).collect::<Vec<_>>();
        let changes = lines.iter().filter_map(|line| {
            let (title, change) = line.strip_prefix("the catalog “")?.split_once('”')?;
            Some(format!("{title} {}", change.split_once(") ")?.1))
        });
        changes.collect::<Vec<_>>()
    };
    assert_eq!(replayed(&[&o, &m, &n]), ["O is new"]);
    assert_eq!(replayed(&[&n, &m]), [""; 0], "the order does not matter");
    assert_eq!(replayed(&[&m]), ["N is not loaded"]);
    assert_eq!(replayed(&[&m, &o]), ["N is not loaded", "O is new"]);
    file("replayed-N.json", catalog("N", 6).as_bytes());
    assert_eq!(replayed(&[&o, &m, &n]), ["N has changed", "O is new"]);
}

#[test]
fn rows_of_one_key_are_saved_separately() {
    // Departments are matched without regard to case, so both rows are of the same department.
    let figure = |department: &str, beds: u32| {
        format!(
            r#"{{"measure": "beds.open", "value": {beds}, "scope": {{"department": "{department}"}}, "source": "s"}}"#
        )
    };
    let hospital = |id: &str, beds: u32| {
        let figures = [figure("Ward", 5), figure("ward", beds)].join(",");
        format!(r#"{{"id": "{id}", "name": "{id}", "figures": [{figures}]}}"#)
    };
    let catalog = |beds: u32| {
        let hospitals = [hospital("x", 5), hospital("y", beds)].join(",");
        format!(r#"{{"title": "T", "sources": [{{"id": "s", "title": "S"}}], "hospitals": [{hospitals}]}}"#)
    };
    let data = file("one-key.json", catalog(7).as_bytes());
    let (data, saved) = (data.to_str().unwrap(), command::folder("cli").join("one-key"));
    let compared = json(&["compare", "x", "y", "-d", data, "--format", "json"]);
    let keys: Vec<&str> = compared["rows"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["beds.open department ward", "beds.open department ward #2"]);
    let _ = fs::remove_file(&saved);
    let saved = saved.to_str().unwrap();
    assert!(run(&["compare", "x", "y", "-d", data, "--save", saved]).status.success());
    file("one-key.json", catalog(8).as_bytes());
    let changes = out(&run(&["compare", "--replay", saved]));
    assert!(changes.contains("was 7") && changes.contains("now 8") && !changes.contains("was 5"), "{changes}");
}
