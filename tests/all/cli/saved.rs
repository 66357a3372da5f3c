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
