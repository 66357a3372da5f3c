//! Broken tables: rows, quotes, line ends, headings, encodings.

use crate::support::broken_file::{Case, check_all, file};

/// A table whose third line lacks a cell.
fn ragged(part: &str, end: &str) -> String {
    ["id,name,beds", "1,North,5", "2,South", "3,West,7", ""].join(end).replace(',', part)
}

fn rows() -> Vec<Case> {
    const THIRD: &[&str] = &[":3:1: 2 cells, and 3 headings", "is the row whole?", "1 problem; 2 hospitals"];
    vec![
        file("empty.csv", "").refused(&["the file is empty", "a line of headings"]),
        file("white.csv", " \n\n \n").refused(&["nothing but white space"]),
        file("header-only.csv", "id,name,beds\n").refused(&["headings and no rows under them", "fetch the file again"]),
        file("ragged.csv", ragged(",", "\n")).rejected(2, &["1 row rejected; `hospitui check` lists them"]),
        file("comma.csv", ragged(",", "\n")).listed(THIRD),
        file("semicolon.csv", ragged(";", "\n")).listed(THIRD),
        file("tab.tsv", ragged("\t", "\n")).listed(THIRD),
        file("pipe.txt", ragged("|", "\n")).listed(THIRD),
        file("not-sign.csv", ragged("¬", "\n")).listed(THIRD),
        file("crlf.csv", ragged(",", "\r\n")).listed(THIRD),
        file("cr.csv", ragged(",", "\r")).listed(THIRD),
        file("blank-lines.csv", ragged(",", "\n\n\n")).listed(&[":7:1: 2 cells, and 3 headings"]),
        file("blank-crlf.csv", ragged(",", "\r\n\r\n")).listed(&[":5:1: 2 cells, and 3 headings"]),
        file("far-apart.csv", format!("id,name\n{}1,A\n", "\n".repeat(300))).read(1, &[]),
        file("trailing.csv", "id,name,\n1,A,\n2,B,\n").read(2, &[]),
        file("trailing-rows.csv", "id,name\n1,A,\n2,B,,\n").read(2, &[]),
        file("all-wrong.csv", format!("id,name\n{}", "1\n".repeat(40)))
            .refused(&[":2:1: 1 cell, and 2 headings", "more problems; `hospitui check` lists all"]),
        file("again.csv", "id,name\n1,A\nid,name\n2,B\n").listed(&[":3:1: the headings again", "remove the line"]),
        file("nameless.csv", "id,name\n1,A\n2,\n").listed(&[":3:1: no name", "give the hospital a name"]),
        file("double-ids.csv", "id,name\n1,A\n1,B\n").listed(&[
            ":3:1: duplicate id `1`: an earlier line has it; this hospital is called `1~2`",
            "give each hospital an id of its own",
        ]),
        file("double-ids-read.csv", "id,name\n1,A\n1,B\n").read(2, &[]),
        file("off-globe.csv", "id,name,latitude,longitude\n1,A,910,5\n")
            .listed(&[":2:1: `910` is no place on the globe"]),
        file("negative.csv", "id,name,beds\n1,A,-5\n").listed(&[":2:1: `-5` is no number that this measure can have"]),
        file("below.csv", "id,name,beds\n1,A,<0\n").listed(&[":2:1: `<0` is no number that this measure can have"]),
    ]
}

fn quotes() -> Vec<Case> {
    const OPEN: &str = "a quote opens here and is not closed";
    let runaway = format!("id,name\n1,A\n2,\"B\n{}", "3,C\n".repeat(400));
    vec![
        file("open-heading.csv", "id,\"name\n1,A\n2,B\n").refused(&[":1:1: ", OPEN, "is the file whole?"]),
        file("open-first.csv", "id,name\n1,\"A\n2,B\n").refused(&[":2:1: ", OPEN]),
        file("open-last.csv", "id,name\n1,A\n2,\"B\n").refused(&[":3:1: ", OPEN]),
        file("cut-in-quotes.csv", "id,name\n1,A\n2,\"B").refused(&[":3:1: ", OPEN]),
        file("runaway.csv", runaway).refused(&[":3:1: ", OPEN]),
        file("closed-late.csv", "id,name\n1,\"A\n2,B\n3,\"C\"\n4,D\n").listed(&[
            ":2:1: a quote makes lines 2 to 4 one row",
            "close the quote",
            "1 problem; 1 hospital",
        ]),
        file("closed-later.csv", "id,name\n1,\"A\n2,B\n3\",C,x\n4,D\n").listed(&["the row runs from line 2 to 4"]),
        file("nested.csv", "id,name\n1,\"St. \"Mary\" Hospital\"\n")
            .listed(&[":2:1: a quote within a quoted cell", "write a quote within a cell twice"]),
        file("nested-read.csv", "id,name\n1,\"St. \"Mary\" Hospital\"\n2,\"St. \"\"Luke\"\"\"\n").read(2, &[]),
        file("lines-in-cells.csv", "id,name,address\n1,A,\"Long Street\n5\"\n").read(1, &[]),
    ]
}

fn headings() -> Vec<Case> {
    let wide = |count: usize| (0..count).map(|at| format!("c{at}")).collect::<Vec<_>>().join(",");
    vec![
        file("no-name.csv", "a,b,c\n1,2,3\n").refused(&["the headings are: a, b, c", "--profile profile.json"]),
        file("title-line.csv", "Hospitals of the county\nid,name\n1,A\n2\n").listed(&[":4:1: 1 cell, and 2 headings"]),
        file("title-row.csv", "Hospital;;\nid;name;beds\n1;A;5\n").read(1, &[]),
        file("sep.csv", "sep=;\nid;name\n1;A\n").read(1, &[]),
        file("names.txt", "St Mary's\n重庆医院\nMercy\n").read(3, &["every line is read as a name"]),
        file("wide.csv", format!("name,{}\nA\n", wide(10_000))).refused(&["10001 columns, of 8192 at most"]),
        file("long-headings.csv", format!("{}\n1\n", vec!["x".repeat(3_000); 20].join(",")))
            .refused(&["xxx…", "--profile"]),
        file("long-row.csv", format!("name\nA\n{}\n", "x".repeat(2 << 20)))
            .refused(&["line 3 is longer than 1024 KiB"]),
        file("doubled-headings.csv", "name,note,note,,note (2),\nA,v,w,x,y,z\n")
            .shown(&["convert", "@"], &[r#"{"note":"v","note (3)":"w","column 4":"x","note (2)":"y","column 6":"z"}"#]),
        file("hostile-headings.csv", "a\u{1b}[31m,b\u{202e}c,\u{7}\n1,2,3\n").refused(&["a␛[31m"]),
        file("hostile\u{1b}[31m\u{202e}.csv", "a\n1\n").refused(&["hostile␛[31m"]),
        file("hostile-cells.csv", "id,name\n1,A \u{1b}[31m\u{202e}\u{2066}B\u{7}\n")
            .shown(&["list", "-q", "-d", "@"], &["A ␛[31m"]),
        file("formulas.csv", "id,name,city\n=1,=HYPERLINK(\"x\"),@sum\n")
            .shown(&["list", "-q", "-d", "@", "--format", "csv"], &["\n'=1,", "\"'=HYPERLINK(", ",'@sum,"]),
    ]
}

fn encodings() -> Vec<Case> {
    let latin = b"id,name\n1,H\xf4pital Saint-\xc9loi \x92Sud\x92\n2,H\xf4pital G\xe9n\xe9ral \xe0 S\xe8te\n";
    let mut halved: Vec<u8> = "\u{feff}id,name\n1,A".encode_utf16().flat_map(u16::to_le_bytes).collect();
    halved.push(b'2');
    let damaged = [&"名称,重庆医院\n".repeat(9).into_bytes()[..], b"\xff\xfe\n"].concat();
    vec![
        file("latin.csv", latin).read(2, &["read as windows-1252; --encoding NAME reads it as another"]),
        file("wrong-encoding.csv", latin).by(&["convert", "@", "--encoding", "utf-8"]).read(
            2,
            &["9 characters could not be read, the first on line 2", "name the right encoding with --encoding"],
        ),
        file("wrong-encoding-listed.csv", &halved).listed(&[":2:4: 1 character could not be read", "--encoding"]),
        file("wider-encoding.csv", "id,name\n1,A\n")
            .by(&["convert", "@", "--encoding", "utf-16le"])
            .refused(&["headings"]),
        file("unknown-encoding.csv", latin)
            .by(&["convert", "@", "--encoding", "unknown-encoding"])
            .refused(&["unknown encoding", "utf-8, utf-16le"]),
        file("halved.csv", halved).read(1, &["read as UTF-16LE", "1 character could not be read, the first on line 2"]),
        file("damaged.csv", damaged).refused(&["line 10 is not UTF-8 (byte 0xFF)", "--encoding"]),
        file("zeros.csv", vec![0; 65_536]).refused(&["line 1 holds a zero byte", "export it as CSV or JSON"]),
        file("one-zero.csv", b"id,name\n1,A\n2,B\0C\n").refused(&["line 3 holds a zero byte", "a damaged file"]),
        file("noise.csv", (0..4_096_u32).map(|at| (at * at * 31 % 251) as u8).collect::<Vec<_>>())
            .refused(&["binary data"]),
        file("sheet.xlsx", b"PK\x03\x04rest").refused(&["the archive is damaged or cut off", "fetch the file again"]),
        file("old-sheet.xls", b"\xd0\xcf\x11\xe0rest").refused(&["an old Office file", "save the table in it as CSV"]),
        file("paper.pdf", b"%PDF-1.7\n").refused(&["a PDF", "look for the data as CSV"]),
        file("columns.parquet", b"PAR1\x15\x04").refused(&["a Parquet file", "duckdb -c", "columns.csv"]),
        file("page.csv", "<!DOCTYPE html>\n<title>Sign in</title>\n")
            .refused(&["a web page or XML", "fetch the file itself"]),
    ]
}

#[test]
fn a_broken_table_is_reported_with_its_line_and_a_fix() {
    check_all("rows", 23, &rows());
    check_all("quotes", 10, &quotes());
}

#[test]
fn unusual_headings_and_encodings_are_reported() {
    check_all("headings", 13, &headings());
    check_all("encodings", 15, &encodings());
}
