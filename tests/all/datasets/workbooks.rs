//! Workbooks: which sheet is read, and what its cells say.

use hospitui::catalog::Catalog;
use hospitui::formats::{self, Options};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{extra, hospital, summary};
use crate::support::package::{ods, sheet, zip};

fn rows(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
}

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, cells) in sheets {
        rows(book.add_worksheet().set_name(*name).unwrap(), cells);
    }
    saved(book)
}

fn read(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Catalog, String> {
    let options = Options { sheet: sheet.map(str::to_owned), ..Options::default() };
    formats::load_bytes(name, bytes, &options).map_err(|error| error.to_string())
}

fn names(catalog: &Catalog) -> Vec<&str> {
    catalog.hospitals().map(|(_, hospital)| hospital.name.as_str()).collect()
}

const ABOUT: (&str, &[&[&str]]) = ("About", &[&["Who made this", "us"], &["When", "2024"]]);
const SMALL: (&str, &[&[&str]]) = ("Closed", &[&["Hospital", "City"], &["Yew", "Elm"]]);
const LIST: (&str, &[&[&str]]) = (
    "All hospitals",
    &[
        &["As of 2024"],
        &[],
        &["Hospital ID", "Hospital", "City", "Beds", ""],
        &["007", "Ash", "Elm", "120"],
        &["", "", "", ""],
        &["8", "Birch", "", "", "side note"],
    ],
);

#[test]
fn the_sheet_that_holds_the_list_is_read() {
    let bytes = book(&[ABOUT, SMALL, LIST]);
    let catalog = read("three.xlsx", &bytes, None).unwrap();
    assert_eq!(names(&catalog), ["Ash", "Birch"]);
    let dataset = &catalog.datasets()[0];
    assert_eq!(dataset.origin.as_str(), "three.xlsx/All hospitals");
    assert!(dataset.notes.iter().any(|note| note.contains("About, Closed")), "{:?}", dataset.notes);
    assert_eq!(dataset.rejected.count, 0, "{:?}", dataset.rejected.first);
    assert_eq!(extra(hospital(&catalog, "8"), "column 5").as_deref(), Some("side note"));
    for (asked, read_names) in [("closed", vec!["Yew"]), ("2", vec!["Yew"]), ("3", vec!["Ash", "Birch"])] {
        assert_eq!(names(&read("three.xlsx", &bytes, Some(asked)).unwrap()), read_names, "{asked}");
    }
    let unknown = read("three.xlsx", &bytes, Some("Open")).unwrap_err();
    assert!(unknown.contains("no sheet `Open`; the sheets are: About, Closed, All hospitals"), "{unknown}");
    let without = read("none.xlsx", &book(&[ABOUT]), None).unwrap_err();
    assert!(
        without.contains("the headings are: Who made this, us") && without.contains("The sheets are: About"),
        "{without}"
    );
    let empty = read("empty.xlsx", &book(&[("A", &[])]), None).unwrap_err();
    assert!(empty.contains("no cell of the workbook says anything"), "{empty}");
}

#[test]
fn places_without_names_are_called_by_their_address() {
    let list: &[&[&str]] = &[
        &["", "Type", "full_address", "latitude", "longitude"],
        &["0", "MUG", "Ash House, 1 Elm St", "51.5", "-1.25"],
        &["1", "MUG", "Birch House, 2 Elm St", "51.1", "-1.4"],
    ];
    let catalog = read("places.xlsx", &book(&[("Sheet1", list)]), None).unwrap();
    assert_eq!(names(&catalog), ["Ash House, 1 Elm St", "Birch House, 2 Elm St"]);
}

#[test]
fn cells_say_what_people_see_in_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    rows(
        sheet,
        &[&["id", "name", "city", "opened", "beds", "helipad", "share", "error", "time"], &["", "Ash\nHospital"]],
    );
    sheet.write_string(1, 0, "001").unwrap();
    let date = ExcelDateTime::from_ymd(1999, 12, 31).unwrap();
    sheet.write_datetime_with_format(1, 3, &date, &Format::new().set_num_format("d.m.yyyy")).unwrap();
    sheet.write_formula(1, 4, Formula::new("=60*2").set_result("120")).unwrap();
    sheet.write_boolean(1, 5, true).unwrap();
    sheet.write_number(1, 6, 0.1 + 0.2).unwrap();
    sheet.write_formula(1, 7, Formula::new("=NA()").set_result("#N/A")).unwrap();
    let noon = ExcelDateTime::from_hms(12, 30, 0).unwrap();
    sheet.write_datetime_with_format(1, 8, &noon, &Format::new().set_num_format("hh:mm")).unwrap();
    sheet.merge_range(2, 1, 2, 2, "Birch", &Format::new()).unwrap();
    let catalog = read("cells.xlsx", &saved(workbook), None).unwrap();
    let ash = hospital(&catalog, "001");
    assert_eq!(summary(ash), "Ash Hospital | - |  |  | -");
    assert_eq!(ash.details.founded.as_ref().unwrap().text.as_str(), "1999-12-31");
    // The beds and the share.
    assert_eq!(ash.details.figures.len(), 2);
    let shown = ["helipad", "error", "time"].map(|heading| extra(ash, heading).unwrap_or_default());
    assert_eq!(shown, ["true", "", "12:30"]);
    assert_eq!(summary(catalog.hospitals().nth(1).unwrap().1), "Birch | - |  |  | -");
}

#[test]
fn a_problem_names_the_sheet_and_the_row() {
    let bytes = book(&[("List", &[&["Title"], &["name", "city"], &["Ash", "Elm"], &[], &["", "Oak"]])]);
    let catalog = read("gap.xlsx", &bytes, None).unwrap();
    let problem = &catalog.datasets()[0].rejected.first[0];
    assert_eq!((problem.file.as_str(), problem.line, problem.message.as_str()), ("gap.xlsx/List", 5, "no name"));
    assert!(!problem.with_excerpt().contains('\u{1f}'), "{}", problem.with_excerpt());
}

#[test]
fn open_document_is_read() {
    let text = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let number =
        r#"<table:table-cell office:value-type="float" office:value="120"><text:p>120</text:p></table:table-cell>"#;
    let date = r#"<table:table-cell office:value-type="date" office:date-value="1999-12-31"><text:p>31.12.99</text:p></table:table-cell>"#;
    let headings = ["name", "beds", "opened"].map(text).concat();
    let far = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let rows =
        [row(&headings), row(&[&text("Ash"), number, date].map(ToString::to_string).concat()), far.to_owned()].concat();
    let catalog = read("list.ods", &ods(&rows), None).unwrap();
    assert_eq!(names(&catalog), ["Ash"]);
    let (_, ash) = catalog.hospitals().next().unwrap();
    assert_eq!(ash.details.founded.as_ref().unwrap().text.as_str(), "1999-12-31");
    assert_eq!((ash.details.figures.len(), catalog.datasets()[0].origin.as_str()), (1, "list.ods/Liste"));
}

#[test]
fn old_excel_is_read() {
    let catalog = read("old.xls", include_bytes!("../../data/two-sheets.xls"), None).unwrap();
    assert_eq!(names(&catalog), ["Ash", "Birch"]);
    assert_eq!(catalog.datasets()[0].origin.as_str(), "old.xls/List");
    assert_eq!(hospital(&catalog, "007").details.founded.as_ref().unwrap().text.as_str(), "1999-12-31");
}

#[test]
fn sheets_beyond_the_limits_are_refused() {
    let cell = |reference: &str| {
        format!(
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row><c r="{reference}"><v>1</v></c></row>"#
        )
    };
    for (reference, message) in [
        ("A1048577", "row 1048577 is beyond the 1048576 rows"),
        ("BDWGN2", "column 1000000, and 8192 columns are read at most"),
    ] {
        let error = read("far.xlsx", &sheet(&cell(reference)), None).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}

/// The archive with another size stated for each of its files.
fn stating(mut zip: Vec<u8>, size: u32) -> Vec<u8> {
    let headers: Vec<usize> = (0..zip.len() - 28).filter(|at| zip[*at..].starts_with(b"PK\x01\x02")).collect();
    for at in headers {
        zip[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    }
    zip
}

#[test]
fn a_workbook_that_states_to_unpack_to_too_much_is_refused() {
    let bomb = stating(book(&[LIST]), 1 << 30);
    let error = read("bomb.xlsx", &bomb, None).unwrap_err();
    assert!(error.contains("the archive unpacks to more than 1024 MiB, the most that is read; split it"), "{error}");
}

#[test]
fn other_office_files_are_named() {
    let stream = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 64], &name].concat()
    };
    for (bytes, message) in [
        (zip(&[("word/document.xml", b"")]), "this is a Word document; save its table as CSV"),
        (stream("WordDocument"), "this is an old Word document"),
        (stream("EncryptedPackage"), "protected by a password; save it without one"),
        (stream("Other"), "an old Office file"),
        (stream("Workbook"), "the workbook is damaged"),
        (zip(&[("xl/workbook.xml", b"<workbook")]), "the workbook is damaged"),
        (b"PK\x03\x04rest".to_vec(), "the archive is damaged or cut off"),
    ] {
        let error = read("file.doc", &bytes, None).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}
