//! Files that are opened together: hospitals joined by their ids.

use super::*;

const GENERAL: &str = "Facility ID,Facility Name,City/Town,State,Hospital Type,Hospital Ownership,Hospital overall rating\n\
                       012001,QUAY HOSPITAL,Port,AL,Acute Care Hospitals,Proprietary,4\n\
                       012002,HILL CLINIC,Ridge,AL,Acute Care Hospitals,Proprietary,3\n";

#[test]
fn ids_without_their_zeros_are_the_same_ids() {
    let outcomes = "Provider Number,Hospital Name,State,Rate of Deaths,Lower Estimate - Rate of Deaths,Number of \
                    Patients - Rate of Deaths\n12001,QUAY HOSPITAL,AL,13.5,10.2,280\n";
    let catalog = load_all(&[("general.csv", GENERAL.as_bytes()), ("outcomes.csv", outcomes.as_bytes())]);
    assert_eq!(catalog.len(), 2);
    let quay = hospital(&catalog, "012001");
    let figures: Vec<String> = quay.details.figures.iter().map(|one| one.measure.to_string()).collect();
    assert_eq!(figures, ["rate-of-deaths", "cms.star-rating"]);
    let estimate = quay.details.figures[0].estimate.as_ref().unwrap();
    assert_eq!(
        (estimate.low, estimate.cases, estimate.counted.as_deref()),
        (Some(10.2), Some(280.0), Some("patients"))
    );
    let notes = &catalog.datasets()[1].notes;
    assert!(notes[0].contains("12001 is 012001"), "{notes:?}");
    assert!(notes[1].starts_with("joined by id: 1 of its 1 hospitals are among the 2 of "), "{notes:?}");
    assert!(notes[1].ends_with("general.csv"), "{notes:?}");
}

#[test]
fn files_of_no_known_scheme_are_joined_where_headings_and_ids_agree() {
    let beds = "site code,site name,beds\nx1,Quay,120\nx2,Hill,44\nx3,Dale,9\n";
    let rates = "Site Code,Site Name,score\nx2,HILL,7.5\nx1,Quay,6.5\n";
    let catalog = load_all(&[("beds.csv", beds.as_bytes()), ("rates.csv", rates.as_bytes())]);
    assert_eq!(catalog.len(), 3);
    assert_eq!(hospital(&catalog, "x1").details.figures.len(), 2);
    let shown = ComparisonView::new(&catalog, catalog.by_id("x1").unwrap(), catalog.by_id("x2").unwrap());
    let score = shown.entries.iter().find(|entry| entry.label == "score").unwrap();
    assert_eq!(score.answer_text, "B larger by 1");
    assert!(catalog.datasets()[1].notes[0].contains("2 of its 2 hospitals are among the 3 of "));
    // Other names, or other ids, are of other hospitals.
    for other in
        ["site code,site name,score\nx1,North,1\nx2,South,2\n", "site code,site name,score\ny1,Quay,1\ny2,Hill,2\n"]
    {
        let catalog = load_all(&[("beds.csv", beds.as_bytes()), ("other.csv", other.as_bytes())]);
        assert_eq!(catalog.len(), 5, "{other}");
    }
    let other_heading = rates.replace("Site Code", "ward code");
    assert_eq!(load_all(&[("beds.csv", beds.as_bytes()), ("wards.csv", other_heading.as_bytes())]).len(), 5);
}

#[test]
fn a_file_without_names_takes_those_of_the_other() {
    let survey = "Facility_ID,Overall,Nurses\n012001,89,91\n012003,84,90\n";
    let catalog = load_all(&[("survey.csv", survey.as_bytes()), ("general.csv", GENERAL.as_bytes())]);
    let names: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.name.as_str()).collect();
    assert_eq!(names, ["QUAY HOSPITAL", "012003", "HILL CLINIC"]);
    assert_eq!(hospital(&catalog, "012001").aliases.len(), 0, "an id is no other name");
}

#[test]
fn other_registers_are_no_register_of_cms() {
    let kenya = "Facility ID,Facility Name,County,Score\n12001,Lake Health Centre,Nandi,5.5\n";
    let catalog = load_all(&[("general.csv", GENERAL.as_bytes()), ("kenya.csv", kenya.as_bytes())]);
    assert_eq!(catalog.len(), 3);
    assert_eq!(summary(hospital(&catalog, "12001")), "Lake Health Centre | - |  | Nandi | -");
}

#[test]
fn equal_headings_of_unrelated_files_are_different_measures() {
    let (one, other) = ("hospital name,score\nElm,88\n", "hospital name,score\nOak,3\n");
    let catalog = load_all(&[("one.csv", one.as_bytes()), ("other.csv", other.as_bytes())]);
    let measures: Vec<&str> =
        catalog.hospitals().map(|(_, hospital)| hospital.details.figures[0].measure.as_str()).collect();
    assert_eq!(measures, ["score", "score-2"]);
}
