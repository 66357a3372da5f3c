//! Files of several rows a hospital: a row a measure, a row a period.

use hospitui::catalog::{Figure, Quantity};

use super::*;

const MEASURES: &str = "Facility ID,Facility Name,Address,City/Town,State,Condition,Measure ID,Measure Name,Compared to \
National,Denominator,Score,Lower Estimate,Higher Estimate,Footnote,Start Date,End Date
120001,QUAY HOSPITAL,4 Pier Rd,Port,HI,Heart,MORT_A,Death rate for A,No Different,212,11.4,9.1,13.9,,07/01/2021,06/30/2024
120001,QUAY HOSPITAL,4 Pier Rd,Port,HI,Lungs,MORT_B,Death rate for B,Worse,305,18.2,16.0,20.7,,07/01/2021,06/30/2024
120002,HILL CLINIC,8 Top St,Ridge,HI,Heart,MORT_A,Death rate for A,Not Available,Not Available,Not Available,\
Not Available,Not Available,1,07/01/2021,06/30/2024
120002,HILL CLINIC,8 Top St,Ridge,HI,Lungs,MORT_B,Death rate for B,No Different,41,15.0,11.8,18.9,,07/01/2021,06/30/2024
";

fn figure<'a>(catalog: &'a Catalog, id: &str, measure: &str) -> &'a Figure {
    let figures = &hospital(catalog, id).details.figures;
    figures.iter().find(|figure| figure.measure.as_str() == measure).unwrap_or_else(|| panic!("{measure}: {figures:?}"))
}

#[test]
fn a_row_a_measure_is_one_hospital_with_a_figure_a_measure() {
    let catalog = load("measures.csv", MEASURES);
    assert_eq!(catalog.len(), 2);
    let quay = hospital(&catalog, "120001");
    assert_eq!(summary(quay), "QUAY HOSPITAL | - |  | Port, HI, USA | -");
    assert_eq!(quay.details.address.as_ref().unwrap().text.as_str(), "4 Pier Rd");
    assert_eq!(quay.details.founded, None, "the period is no founding date");
    assert_eq!(quay.details.figures.len(), 2);
    let one = figure(&catalog, "120001", "MORT_A");
    assert_eq!(one.value, Observed::Stated(Quantity::Exact(11.4)));
    assert_eq!(one.period.as_ref().unwrap().to_string(), "2021-07-01–2024-06-30");
    let estimate = one.estimate.as_ref().unwrap();
    assert_eq!((estimate.low, estimate.high, estimate.cases), (Some(9.1), Some(13.9), Some(212.0)));
    assert_eq!(estimate.comparison.as_deref(), Some("No Different"));
    let missing = figure(&catalog, "120002", "MORT_A");
    assert_eq!(missing.value, Observed::Missing(Missing::TooFew));
    let measure = catalog.measures().get("MORT_A").unwrap();
    assert_eq!(measure.label.as_str(), "Death rate for A");
    assert!(measure.definition.ends_with("Condition: Heart."), "{}", measure.definition);
    assert_eq!(measure.direction, None, "the file gives none");
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut lines: Vec<&str> = MEASURES.lines().collect();
    lines[1..].reverse();
    let (catalog, other) = (load("forward.csv", MEASURES), load("backward.csv", &lines.join("\n")));
    for id in ["120001", "120002"] {
        assert_eq!(summary(hospital(&catalog, id)), summary(hospital(&other, id)));
        for measure in ["MORT_A", "MORT_B"] {
            let plain = |catalog: &Catalog| Figure { source: "s".into(), ..figure(catalog, id, measure).clone() };
            assert_eq!(plain(&catalog), plain(&other));
        }
    }
}

#[test]
fn figures_of_rows_are_found_sorted_and_compared() {
    let path = file("found.csv", MEASURES.as_bytes());
    let list = |query: &str| {
        let out = command::run(&["list", query, "-d", path.to_str().unwrap(), "--format", "csv"]);
        String::from_utf8(out.stdout).unwrap().lines().skip(1).map(|line| line[..6].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("mort_b>16"), ["120001"]);
    assert_eq!(list("sort:mort_b"), ["120001", "120002"]);
    let catalog = load("compared.csv", MEASURES);
    let key = |id| catalog.by_id(id).unwrap();
    let view = ComparisonView::new(&catalog, key("120001"), key("120002"));
    let row = view.entries.iter().find(|entry| entry.label == "Death rate for B").unwrap();
    assert_eq!(row.answer_text, "A larger by 3.2");
    assert_eq!(row.limits[0].kind, "estimates-overlap");
    assert_eq!(row.sides[0].shown[0].text, "18.2 (16–20.7, denominator 305)");
}

#[test]
fn rows_of_one_measure_are_its_bounds() {
    let text = "Facility ID,Facility Name,State,Measure Name,Measure ID,Compared to National,Score,Start Date,End Date\n\
                120001,QUAY,HI,CLABSI: Lower Confidence Limit,HAI_1_CI_LOWER,Better,0.5,01/01/2023,12/31/2023\n\
                120001,QUAY,HI,CLABSI: Upper Confidence Limit,HAI_1_CI_UPPER,Better,2.5,01/01/2023,12/31/2023\n\
                120001,QUAY,HI,CLABSI: Predicted Cases,HAI_1_ELIGCASES,Better,4.2,01/01/2023,12/31/2023\n\
                120001,QUAY,HI,Infections of the blood,HAI_1_SIR,Better,1.2,01/01/2023,12/31/2023\n";
    let catalog = load("infections.csv", text);
    assert_eq!(hospital(&catalog, "120001").details.figures.len(), 1);
    let one = figure(&catalog, "120001", "HAI_1");
    let estimate = one.estimate.as_ref().unwrap();
    assert_eq!((estimate.low, estimate.high), (Some(0.5), Some(2.5)));
    assert_eq!(one.note.as_deref(), Some("Predicted Cases: 4.2."));
    assert_eq!(catalog.measures().get("HAI_1").unwrap().label.as_str(), "Infections of the blood");
}

#[test]
fn a_row_a_week_is_a_figure_a_week() {
    let text = "hospital_pk,collection_week,state,ccn,hospital_name,city,beds_7_day_avg,icu_7_day_avg\n\
                120001,2021-01-01,HI,120001,QUAY,Port,120.4,-999999\n\
                120001,2021-01-08,HI,120001,QUAY,Port,118.9,11.3\n\
                120002,2021-01-01,HI,120002,HILL,Ridge,44,-999999\n";
    let catalog = load("weeks.csv", text);
    assert_eq!(catalog.len(), 2);
    let figures = hospital(&catalog, "120001").details.figures.iter();
    let shown: Vec<String> =
        figures.map(|one| format!("{} {:?} {}", one.measure, one.value, one.period.as_ref().unwrap())).collect();
    assert_eq!(
        shown,
        [
            "beds-7-day-avg Stated(Exact(120.4)) 2021-01-01",
            "icu-7-day-avg Missing(Suppressed) 2021-01-01",
            "beds-7-day-avg Stated(Exact(118.9)) 2021-01-08",
            "icu-7-day-avg Stated(Exact(11.3)) 2021-01-08",
        ]
    );
}

#[test]
fn totals_are_reference_values_and_no_hospitals() {
    let text = "Facility Id,Hospital Name,Indicator Name,Year,Denominator,Indicator value\n\
                0,Elmland State - All Hospitals,Infections,2019,7300,1.4\n\
                11,Quay Hospital,Infections,2019,700,1.1\n\
                11,Quay Hospital,Infections,2020,710,0.9\n\
                12,Hill Clinic,Infections,2019,300,2.1\n";
    let catalog = load("totals.csv", text);
    assert_eq!(catalog.len(), 2);
    assert_eq!(hospital(&catalog, "11").details.figures.len(), 2);
    let key = |id| catalog.by_id(id).unwrap();
    let view = ComparisonView::new(&catalog, key("11"), key("12"));
    let row = view.entries.iter().find(|entry| entry.label == "Infections").unwrap();
    assert_eq!(row.references, ["Elmland State - All Hospitals: 1.4 (denominator 7,300), 2019"]);
    assert!(catalog.datasets()[0].notes[0].contains("is no hospital"), "{:?}", catalog.datasets()[0].notes);
}

#[test]
fn a_file_that_nobody_knows_is_told_by_its_repeated_ids() {
    let text = "site id,site name,town,service,waiting days\n\
                a1,Quay,Port,Hips,40\na1,Quay,Port,Knees,55\na2,Hill,Ridge,Hips,12\na2,Hill,Ridge,Knees,20\n";
    let catalog = load("services.csv", text);
    assert_eq!(catalog.len(), 2);
    let figures = hospital(&catalog, "a1").details.figures.iter();
    let shown: Vec<String> =
        figures.map(|one| format!("{} {:?}", catalog.measures().get(&one.measure).unwrap().label, one.value)).collect();
    assert_eq!(shown, ["Hips Stated(Exact(40.0))", "Knees Stated(Exact(55.0))"]);
    // The same as JSON.
    let json = r#"[{"site id": "a1", "site name": "Quay", "service": "Hips", "waiting days": 40},
        {"site id": "a2", "site name": "Hill", "service": "Hips", "waiting days": 12},
        {"site id": "a1", "site name": "Quay", "service": "Knees", "waiting days": 55}]"#;
    let catalog = load("services.json", json);
    assert_eq!((catalog.len(), hospital(&catalog, "a1").details.figures.len()), (2, 2));
}

/// The figures of a hospital, each with its value and period.
fn shown(catalog: &Catalog, id: &str) -> Vec<String> {
    let figures = hospital(catalog, id).details.figures.iter();
    let value = |one: &Figure| one.quantity().map_or_else(|| format!("{:?}", one.value), |value| value.to_string());
    let when = |one: &Figure| one.period.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    figures.map(|one| format!("{} {} {}", one.measure, value(one), when(one))).collect()
}

#[test]
fn figures_of_known_measures_have_the_period_of_their_row() {
    let text = "hospital id,hospital,year,beds,deaths\n1,Elm,2020,100,4\n1,Elm,2021,120,3\n2,Oak,2020,9,1\n";
    let catalog = load("years.csv", text);
    assert_eq!(
        shown(&catalog, "1"),
        ["beds.unspecified 100 2020", "deaths 4 2020", "beds.unspecified 120 2021", "deaths 3 2021"]
    );
    let path = file("years-listed.csv", text.as_bytes());
    let out = command::run(&["list", "beds>100", "-d", path.to_str().unwrap(), "--format", "csv"]);
    assert!(String::from_utf8(out.stdout).unwrap().contains("\n1,Elm"), "the latest year counts");
}

#[test]
fn months_quarters_and_years_of_other_languages_are_periods() {
    for (name, text, expected) in [
        (
            "months.csv",
            "hospital id,hospital,year,month,visits\n1,Elm,2020,3,40\n1,Elm,2020,4,55\n",
            "visits 55 2020-04",
        ),
        (
            "quarters.csv",
            "hospital id,hospital,year,quarter,visits\n1,Elm,2020,Q1,40\n1,Elm,2020,Q2,55\n",
            "visits 55 2020-04–2020-06",
        ),
        ("annees.csv", "finess,rs,annee,sejours\n1,Orme,2018,40\n1,Orme,2019,55\n", "sejours 55 2019"),
        (
            "fiscal.csv",
            "hospital id,hospital,fiscal year,visits\n1,Elm,FY2021,40\n1,Elm,FY2022,55\n",
            "visits 55 unclear: “FY2022”",
        ),
    ] {
        let catalog = load(name, text);
        assert_eq!(shown(&catalog, "1").last().unwrap(), expected, "{name}");
    }
}

#[test]
fn hospitals_of_one_id_stay_apart_if_name_and_place_differ() {
    let text = "facility number,facility name,city,indicator,value\n\
                1,Alpha,Rome,Deaths,5\n1,Beta,Oslo,Deaths,9\n2,Gamma,Bonn,Deaths,1\n";
    let catalog = load("contradictions.csv", text);
    let ids: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.id.as_str()).collect();
    assert_eq!(ids, ["1", "1~2", "2"]);
    assert_eq!((shown(&catalog, "1").len(), shown(&catalog, "1~2").len()), (1, 1));
    assert_eq!(catalog.datasets()[0].remarks.count, 1, "`check` says so");
    // The one column in which ids differ is taken.
    let text = "facility code,uid,facility name,indicator,value\nx,11,Alpha,Deaths,5\nx,11,Alpha,Births,9\nx,12,Beta,Deaths,1\n";
    let catalog = load("codes-by-row.csv", text);
    let ids: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.id.as_str()).collect();
    assert_eq!(ids, ["11", "12"]);
}

#[test]
fn values_of_other_units_are_other_measures() {
    let text = "hospital id,hospital,indicator,unit,value\n1,Elm,Wait,hours,5\n2,Oak,Wait,minutes,40\n";
    let catalog = load("units.csv", text);
    assert_ne!(hospital(&catalog, "1").details.figures[0].measure, hospital(&catalog, "2").details.figures[0].measure);
}
