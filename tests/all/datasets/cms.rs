//! Files of CMS: ratings, groups of measures, and several editions.

use super::*;

#[test]
fn cms_ratings_keep_direction_and_footnotes() {
    let catalog = load("cms-2025.csv", CMS);
    assert_eq!(catalog.len(), 3);
    let alpha = hospital(&catalog, "010001");
    assert_eq!(summary(alpha), "ALPHA HOSPITAL | - |  | DOTHAN, AL, USA | Acute Care Hospitals");
    assert_eq!(alpha.details.phone.as_ref().unwrap().text.as_str(), "(334) 555-0100");
    assert_eq!(extra(alpha, "Emergency Services").as_deref(), Some("Yes"));
    let rating = |id: &str| catalog.latest(catalog.by_id(id).unwrap(), "cms.star-rating").unwrap();
    assert_eq!(rating("010001").quantity().unwrap().to_string(), "4");
    assert_eq!(rating("010001").period.unwrap().to_string(), "edition 2025");
    let beta = rating("10021F");
    assert_eq!(beta.value, Observed::Missing(Missing::TooFew));
    let caveat = beta.caveat.unwrap();
    assert!(caveat.contains("Footnote 16: ") && caveat.contains("Footnote 23: "), "{caveat}");
    let gamma = rating("010003");
    assert_eq!(gamma.value, Observed::Missing(Missing::NotAvailable));
    assert!(gamma.caveat.unwrap().contains("Footnote 77: "), "an unknown code surfaces");
    let measure = catalog.measures().get("cms.star-rating").unwrap();
    assert!(measure.direction.unwrap().words().contains("publisher's direction"));
    assert_eq!(alpha.details.figures.len(), 4);
}

#[test]
fn measure_groups_are_one_row_and_comparisons_in_words_are_steps() {
    let catalog = load("cms-2024.csv", &CMS.replace("Federal,Yes,Not Available,77,7,7,0", "Federal,Yes,2,,7,7,3"));
    let key = |id| catalog.by_id(id).unwrap();
    let view = ComparisonView::new(&catalog, key("010001"), key("010003"));
    let group = view.entries.iter().find(|entry| entry.label == "mortality measures reported").unwrap();
    let texts = group.sides.each_ref().map(|side| side.shown[0].text.as_str());
    assert_eq!(texts, ["better 1 · of 7 reported", "better 3 · of 7 reported"]);
    assert_eq!((group.answer_text.as_str(), group.ratio), ("better: A 1, B 3", None));
    assert_eq!((group.group, group.limits[0].kind), (Group::SideBySide, "parts-differ"));
    assert!(!view.entries.iter().any(|entry| entry.label.contains("in the group")), "the size of a group is no row");
    let other = ComparisonView::new(&catalog, key("010001"), key("10021F"));
    let stars = other.entries.iter().find(|entry| entry.label.starts_with("CMS overall")).unwrap();
    assert_eq!(stars.group, Group::OnlyLeft);
    assert_eq!(
        other.reasons(Group::OnlyLeft),
        ["B: too few cases to publish: CMS overall star rating", "B: not available: mortality measures reported"]
    );

    let heads = "Provider ID,Hospital Name,City,State,Hospital Type,Hospital Ownership,Hospital overall rating,Hospital \
                 overall rating footnote,Mortality national comparison,Mortality national comparison footnote";
    let old = format!(
        "{heads}\n1,A,Rome,AL,Acute,Federal,3,,Above the National average,\n2,B,Rome,AL,Acute,Federal,5,,Same as the National average,\n"
    );
    let new = CMS.replace("010001", "3");
    let catalog = load_all(&[("words-2017.csv", old.as_bytes()), ("words-2025.csv", new.as_bytes())]);
    let key = |id| catalog.by_id(id).unwrap();
    let view = ComparisonView::new(&catalog, key("1"), key("2"));
    let step = view.entries.iter().find(|entry| entry.label.starts_with("mortality results beside")).unwrap();
    assert!(step.title().ends_with("(publisher's direction: higher is better)"), "{}", step.title());
    assert_eq!((step.answer_text.as_str(), step.ratio, step.bars.is_some()), ("A rated higher by 1 step", None, false));
    assert_eq!(step.sides[0].shown[0].phrase(), "above the national average, edition 2017");
    let across = ComparisonView::new(&catalog, key("1"), key("3"));
    let stars = across.entries.iter().find(|entry| entry.label.starts_with("CMS overall")).unwrap();
    assert_eq!((stars.group, stars.bars.is_some(), stars.difference), (Group::CannotTell, false, None));
    let kinds: Vec<&str> = stars.limits.iter().map(|limit| limit.kind).collect();
    assert_eq!(kinds, ["method-changed", "other-edition"]);
}

#[test]
fn stars_are_steps_and_have_no_ratio() {
    let catalog = load("cms-2024.csv", &CMS.replace("Federal,Yes,Not Available,77", "Federal,Yes,2,"));
    let key = |id| catalog.by_id(id).unwrap();
    let comparison = Comparison::new(&catalog, key("010001"), key("010003"));
    let row = |measure: &str| comparison.rows.iter().find(|row| row.left.measure.id.as_str() == measure).unwrap();
    let stars = row("cms.star-rating");
    assert_eq!((stars.difference().unwrap().point(), stars.ratio()), (Some(2.0), None));
    assert!(stars.is_comparable(), "{:?}", stars.limits);
}

#[test]
fn editions_of_one_publisher_are_merged_and_others_are_not() {
    let old = "Provider ID,Hospital Name,City,State,Hospital Type,Hospital Ownership,Hospital overall rating,Hospital \
               overall rating footnote,Mortality national comparison\n\
               010001,ALPHA MEDICAL,DOTHAN,AL,Acute Care Hospitals,Proprietary,3,,Above the national average\n\
               010009,OMEGA,DOTHAN,AL,Acute Care Hospitals,Proprietary,2,,Below the national average\n";
    let other = "ID,Hospital,City\n010001,Another Register's Hospital,Elsewhere\n";
    let files: [(&str, &[u8]); 3] =
        [("new.csv", CMS.as_bytes()), ("old.csv", old.as_bytes()), ("other.csv", other.as_bytes())];
    let catalog = load_all(&files);
    assert_eq!((catalog.len(), catalog.all_by_id("010001").count()), (5, 2));
    let key = catalog.by_id("010001").unwrap();
    let alpha = catalog.hospital(key);
    assert_eq!(alpha.name.as_str(), "ALPHA HOSPITAL", "the later edition gives the name, in any order of the files");
    assert_eq!(alpha.aliases.iter().map(Text::as_str).collect::<Vec<_>>(), ["ALPHA MEDICAL"]);
    let ratings: Vec<String> = catalog
        .figures(key)
        .filter(|figure| figure.measure.as_str() == "cms.star-rating")
        .map(|figure| format!("{} {}", figure.quantity().unwrap(), figure.period.as_ref().unwrap()))
        .collect();
    // No file name has a year; the columns identify the edition.
    assert_eq!(ratings.len(), 2);
    assert!(ratings[0].starts_with("4 edition 20") && ratings[1].starts_with("3 edition 2016"), "{ratings:?}");
    let mortality = catalog.latest(key, "cms.mortality-comparison").unwrap();
    assert_eq!(mortality.quantity().unwrap().to_string(), "3", "the third step, above the national average");
    assert_eq!(catalog.datasets_on(key).len(), 2);
    for id in alpha.details.sources() {
        assert!(catalog.source(key, id).is_some(), "{id}");
    }
}

#[test]
fn different_facts_of_an_earlier_edition_are_kept_with_their_source() {
    let rows = |kind: &str, city: &str, owner: &str, phone: &str| {
        format!(
            "Facility ID,Facility Name,Address,City/Town,State,Hospital Type,Hospital Ownership,Telephone Number\n\
             010001,ALPHA,1 MAIN ST,{city},AL,{kind},{owner},{phone}\n"
        )
    };
    let old = rows("Critical Access Hospitals", "OLDTOWN", "Government - Local", "1");
    let new = rows("Acute Care Hospitals", "NEWTOWN", "Proprietary", "1");
    // The order of the files does not matter.
    for files in [[("v-2017.csv", &old), ("v-2024.csv", &new)], [("v-2024.csv", &new), ("v-2017.csv", &old)]] {
        let catalog = load_all(&files.map(|(name, text)| (name, text.as_bytes())));
        let key = catalog.by_id("010001").unwrap();
        let alpha = catalog.hospital(key);
        assert_eq!(summary(alpha), "ALPHA | - |  | NEWTOWN, AL, USA | Acute Care Hospitals");
        assert_eq!(alpha.details.ownership.as_ref().unwrap().text.as_str(), "Proprietary");
        let facts = alpha.details.all_facts();
        let facts: Vec<String> =
            facts.iter().map(|one| format!("{}: {} [{}]", one.label, one.fact.text, one.fact.source)).collect();
        let superseded = alpha.details.all_facts().into_iter().map(|one| one.is_superseded).collect::<Vec<_>>();
        assert_eq!(superseded, [false, true, false, false, true, true]);
        assert_eq!(
            facts,
            [
                "ownership: Proprietary [v-2024]",
                "ownership: Government - Local [v-2017]",
                "address: 1 MAIN ST [v-2024]",
                "phone: 1 [v-2024]",
                "place: OLDTOWN, AL, USA [v-2017]",
                "kind: Critical Access Hospitals [v-2017]",
            ]
        );
        let source = catalog.source(key, "v-2017").unwrap();
        assert_eq!(source.edition.as_ref().unwrap().to_string(), "edition 2017");
    }
}

/// A fact of a comparison: both sides and the limit.
fn statement(comparison: &Comparison, label: &str) -> String {
    let row = comparison.facts.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("no {label}"));
    let also = |side: &FactSide| {
        side.alternatives.iter().map(|(text, _)| format!(" (also {text})")).collect::<Vec<_>>().concat()
    };
    let words = |side: &FactSide| format!("{}{}", side.text, also(side));
    let side = |side: &Option<FactSide>| side.as_ref().map_or("-".to_owned(), words);
    format!("{} | {} | {}", side(&row.left), side(&row.right), row.limit.map_or("", |limit| limit.kind()))
}

#[test]
fn facts_are_compared_within_one_edition() {
    let heads = "Provider ID,Hospital Name,City,State,Hospital Type,Phone Number,Hospital Ownership,Emergency Services,\
                 Hospital overall rating,Hospital overall rating footnote,Mortality national comparison";
    let table = |rows: &str| format!("{heads}\n{rows}");
    let a_2017 = "1,A,Rome,AL,Acute Care Hospitals,1-11,Federal,No,3,,x\n";
    let b_2017 = "2,B,Rome,AL,Acute Care Hospitals,222,State,No,3,,x\n";
    let a_2024 = "1,A,Rome,AL,Acute Care Hospitals,333,Tribal,Yes,3,,x\n";
    let b_2024 = "2,B,Rome,AL,Acute Care Hospitals,444,Local,Yes,3,,x\n";
    let other = "OBJECTID,ID,NAME,CITY,STATE,TELEPHONE,TYPE,STATUS,NAICS_CODE,OWNER,BEDS,TRAUMA,HELIPAD\n\
                 1,9,B,ROME,AL,555,GENERAL,OPEN,62,STATE,5,NONE,Y\n";
    let compared = |old: &str, new: &str, b: &str, label: &str| {
        let (old, new) = (table(old), table(new));
        let files: [(&str, &[u8]); 3] =
            [("met-2017.csv", old.as_bytes()), ("met-2024.csv", new.as_bytes()), ("met-hifld.csv", other.as_bytes())];
        let catalog = load_all(&files);
        let key = |id| catalog.by_id(id).unwrap();
        let [one, swapped] = [("1", b), (b, "1")]
            .map(|(left, right)| statement(&Comparison::new(&catalog, key(left), key(right)), label));
        let mut parts: Vec<&str> = swapped.split(" | ").collect();
        parts.swap(0, 1);
        assert_eq!(parts.join(" | "), one, "swapped");
        one
    };
    let (both_2017, both_2024) = ([a_2017, b_2017].concat(), [a_2024, b_2024].concat());
    for (old, new, b, label, expected) in [
        (&*both_2017, &*both_2024, "2", "Emergency Services", "Yes (also No) | Yes (also No) | "),
        (&both_2017, a_2024, "2", "Emergency Services", "No (also Yes) | No | "),
        (a_2017, &both_2024, "2", "Emergency Services", "Yes (also No) | Yes | "),
        (b_2017, a_2024, "2", "Emergency Services", "Yes | No | other-edition"),
        (&both_2017, &both_2024, "2", "ownership", "Tribal (also earlier: Federal) | Local (also earlier: State) | "),
        (&both_2017, a_2024, "2", "ownership", "Federal (also Tribal) | State | "),
        (&both_2017, a_2024, "2", "phone", "1-11 (also 333) | 222 | "),
        (&both_2017, &both_2024.replace("333", "(1) 11"), "2", "phone", "(1) 11 | 444 (also earlier: 222) | "),
        (b_2017, a_2024, "2", "ownership", "Tribal | State | other-edition"),
        (&both_2017, &both_2024, "9", "ownership", "Tribal (also earlier: Federal) | STATE | other-publisher"),
    ] {
        assert_eq!(compared(old, new, b, label), expected, "{label}: {old}{new}");
    }
}

#[test]
fn the_present_kind_and_place_are_compared_and_earlier_ones_are_marked() {
    let table = |rows: [&str; 2]| {
        let heads = "Facility ID,Facility Name,City/Town,State,Hospital Type,Hospital Ownership\n";
        format!("{heads}1,A,{}\n2,B,{}\n", rows[0], rows[1])
    };
    let old = table(["Oldtown,AL,Acute,Federal", "Oldtown,AL,Acute,Federal"]);
    let new = table(["Newtown,AL,Critical,Tribal", "Westtown,AL,Rural,Local"]);
    for files in [[("k-2017.csv", &old), ("k-2025.csv", &new)], [("k-2025.csv", &new), ("k-2017.csv", &old)]] {
        let catalog = load_all(&files.map(|(name, text)| (name, text.as_bytes())));
        let key = |id| catalog.by_id(id).unwrap();
        let comparison = Comparison::new(&catalog, key("1"), key("2"));
        assert_eq!(
            ["kind", "place", "ownership"].map(|label| statement(&comparison, label)),
            [
                "Critical (also earlier: Acute) | Rural (also earlier: Acute) | ",
                "Newtown, AL, USA (also earlier: Oldtown, AL, USA) | Westtown, AL, USA (also earlier: Oldtown, AL, USA) | ",
                "Tribal (also earlier: Federal) | Local (also earlier: Federal) | ",
            ]
        );
    }
}

#[test]
fn two_files_of_one_edition_are_no_different_editions() {
    let table = |row: &str| {
        format!(
            "Facility ID,Facility Name,City/Town,State,Hospital Type,Hospital Ownership\n{row},Rome,AL,Acute,Local\n"
        )
    };
    let limit = |other: &str| {
        let files = [("x-2025.csv", table("1,A")), (other, table("2,B"))];
        let catalog = load_all(&files.each_ref().map(|(name, text)| (*name, text.as_bytes())));
        let key = |id| catalog.by_id(id).unwrap();
        let comparison = Comparison::new(&catalog, key("1"), key("2"));
        comparison.facts.iter().find(|row| row.label == "ownership").unwrap().limit.map(|limit| limit.kind())
    };
    assert_eq!((limit("y-2025.csv"), limit("y-2017.csv")), (None, Some("other-edition")));
}

#[test]
fn the_order_of_three_files_does_not_matter() {
    let table = |owner: &str| {
        format!("Facility ID,Facility Name,City/Town,State,Hospital Type,Hospital Ownership\n1,A,X,AL,Acute,{owner}\n")
    };
    let files = [("e-2017.csv", table("Federal")), ("e-2021.csv", table("Private")), ("e-2025.csv", table(""))];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let catalog = load_all(&order.map(|at| (files[at].0, files[at].1.as_bytes())));
        let facts = catalog.hospital(catalog.by_id("1").unwrap()).details.all_facts();
        let owners = facts.iter().filter(|one| one.label == "ownership");
        let owners: Vec<_> = owners.map(|one| (one.fact.text.as_str(), one.is_superseded)).collect();
        assert_eq!(owners, [("Private", false), ("Federal", true)], "{order:?}");
    }
}
