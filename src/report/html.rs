//! Writes a document as one self-contained page, without scripts or network requests. It has styles for phones, print and
//! dark mode.

use std::io::{self, Write};

use crate::compare::Bar;
use crate::report::document::{Cell, Document, LineKind, Section};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1d2129;--soft:#5b6270;--line:#d5d9e0;--ground:#fff;--a:#2457c5;--b:#8a2f9e;--doubt:#8a4b00}\
@media(prefers-color-scheme:dark){:root{--ink:#e4e7ec;--soft:#a2a9b6;--line:#3a404b;--ground:#16181d;--a:#8ab0ff;--b:#dba2ee;--doubt:#f0b866}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:76rem;padding:1.5rem 1rem 3rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.1rem;margin:2rem 0 .5rem}\
p{margin:.25rem 0}\
table{width:100%;border-collapse:collapse}\
th,td{padding:.5rem .75rem .5rem 0;vertical-align:top;text-align:left;border-bottom:1px solid var(--line)}\
thead th{color:var(--soft);font-weight:600}tbody th{font-weight:400}\
td p:first-child{font-weight:600}\
td p.missing,td p.note,td p.caveat{font-weight:400;color:var(--soft)}\
td p.caveat::before{content:\"Caveat: \";color:var(--doubt);font-weight:600}\
tbody th{padding-top:.75rem;overflow-wrap:break-word}\
.compared{table-layout:fixed}.compared th:first-child{width:18%}.compared th:last-child{width:16%}\
.bar{display:block;height:.4rem;margin:.35rem 0;max-width:20rem;background:linear-gradient(var(--line),var(--line)) 0 100%/100% 1px no-repeat}\
.bar,.bar i{-webkit-print-color-adjust:exact;print-color-adjust:exact}\
.bar i{float:left;height:100%;background:currentColor}.bar i+i{background:repeating-linear-gradient(90deg,currentColor 0 3px,transparent 3px 6px)}\
.compared td:nth-child(2) .bar{color:var(--a)}.compared td:nth-child(3) .bar{color:var(--b)}\
nav a{margin-right:1rem}details>summary{cursor:pointer;margin:2rem 0 .5rem}details>summary h2{display:inline;margin:0}\
.summary{border-left:.25rem solid var(--line);padding-left:.75rem;margin:1rem 0}\
.id{white-space:nowrap}\
a{color:inherit}footer{margin-top:2rem;color:var(--soft);font-size:.9rem}\
@media(max-width:40rem){thead{position:absolute;left:-999rem}tr,tbody,table,td,tbody th{display:block;width:auto!important}\
tr{padding:.75rem 0;border-bottom:1px solid var(--line)}td,tbody th{border:0;padding:.15rem 0}tbody th{font-weight:600}\
td:not(:empty)::before{content:attr(data-label);display:block;color:var(--soft);font-size:.85rem}}\
@media print{:root{--ground:#fff;--ink:#000;--soft:#444;--line:#bbb}@page{margin:12mm}\
body{max-width:none;padding:0;font:8pt/1.25 system-ui,sans-serif}nav{display:none}h1{font-size:13pt;margin:0}h2{font-size:10pt}h2,details>summary{margin:.6rem 0 .15rem}\
p,.bar{margin:0}th,td,tbody th{padding:.1rem .5rem .1rem 0}tr{break-inside:avoid}footer{margin-top:.6rem}\
details>summary{list-style:none}details::details-content{content-visibility:visible;display:block}}";

/// Writes `document`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, document: &Document) -> io::Result<()> {
    let title = if document.title.is_empty() { "Hospitals" } else { &document.title };
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>", escape(title))?;
    writeln!(out, "<main>\n<h1>{}</h1>", escape(title))?;
    if !document.lead.is_empty() {
        writeln!(out, "<div class=\"summary\">")?;
        document.lead.iter().try_for_each(|line| writeln!(out, "<p>{}</p>", escape(line)))?;
        writeln!(out, "</div>")?;
    }
    write_links(out, document)?;
    for (at, section) in document.sections.iter().enumerate() {
        write_section(out, at, section)?;
    }
    writeln!(out, "</main>\n<footer>")?;
    if !document.sources.is_empty() {
        writeln!(out, "<h2 id=\"sources\">Sources</h2>")?;
    }
    for (number, source) in &document.sources {
        writeln!(out, "<p id=\"source-{number}\">[{number}] {}</p>", escape(source))?;
    }
    if !document.data_files.is_empty() {
        writeln!(out, "<h2>Data files</h2>")?;
    }
    for line in &document.data_files {
        writeln!(out, "<p>{}</p>", escape(line))?;
    }
    writeln!(out, "</footer>\n</body>\n</html>")
}

/// Links to the sections that have a heading, and to the sources.
fn write_links(out: &mut impl Write, document: &Document) -> io::Result<()> {
    let headed = || document.sections.iter().enumerate().filter(|(_, section)| !section.heading.is_empty());
    if headed().count() < 2 {
        return Ok(());
    }
    writeln!(out, "<nav>")?;
    headed().try_for_each(|(at, one)| writeln!(out, "<a href=\"#section-{at}\">{}</a>", escape(&one.heading)))?;
    writeln!(out, "<a href=\"#sources\">Sources</a>\n</nav>")
}

fn write_section(out: &mut impl Write, at: usize, section: &Section) -> io::Result<()> {
    let heading = escape(&section.heading);
    match (section.is_folded, heading.is_empty()) {
        (true, _) => writeln!(out, "<details id=\"section-{at}\">\n<summary><h2>{heading}</h2></summary>")?,
        (false, true) => {}
        (false, false) => writeln!(out, "<h2 id=\"section-{at}\">{heading}</h2>")?,
    }
    write_table(out, section)?;
    if section.is_folded { writeln!(out, "</details>") } else { Ok(()) }
}

fn write_table(out: &mut impl Write, section: &Section) -> io::Result<()> {
    writeln!(out, "<table{}>\n<thead>\n<tr>", if section.has_bars { " class=\"compared\"" } else { "" })?;
    for column in &section.columns {
        writeln!(out, "<th scope=\"col\">{}</th>", escape(column))?;
    }
    writeln!(out, "</tr>\n</thead>\n<tbody>")?;
    for row in &section.rows {
        writeln!(out, "<tr>")?;
        for (at, (cell, column)) in row.iter().zip(&section.columns).enumerate() {
            let class = if section.unbroken.get(at).copied().unwrap_or(false) { " class=\"id\"" } else { "" };
            write_cell(out, cell, column, at == 0, class)?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

fn write_cell(out: &mut impl Write, cell: &Cell, column: &str, is_head: bool, class: &str) -> io::Result<()> {
    if is_head {
        return writeln!(out, "<th scope=\"row\"{class}>{}</th>", escape(&cell.text()));
    }
    write!(out, "<td data-label=\"{}\"{class}>", escape(column))?;
    // The bar is below the value that it shows.
    let bar_after = cell.lines.iter().rposition(|line| line.kind == LineKind::Stated);
    for (at, line) in cell.lines.iter().enumerate() {
        let class = match line.kind {
            LineKind::Stated => "",
            LineKind::Missing => " class=\"missing\"",
            LineKind::Note => " class=\"note\"",
            LineKind::Caveat => " class=\"caveat\"",
        };
        let space = if line.text.is_empty() || line.sources.is_empty() { "" } else { " " };
        let links: String = line.sources.iter().map(|number| link(*number)).collect();
        write!(out, "<p{class}>{}{space}{links}</p>", escape(&line.text))?;
        if let Some(bar) = cell.bar.filter(|_| Some(at) == bar_after) {
            write_bar(out, bar)?;
        }
    }
    writeln!(out, "</td>")
}

/// A bar: solid up to the lower bound, dashed up to the upper bound. It only repeats the numbers, so it is hidden from
/// screen readers.
fn write_bar(out: &mut impl Write, bar: Bar) -> io::Result<()> {
    let (solid, dashed) = (bar.least * 100.0, (bar.most - bar.least) * 100.0);
    write!(
        out,
        "<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:{solid:.1}%\"></i><i style=\"width:{dashed:.1}%\"></i></span>"
    )
}

/// The mark of a source, as a link to its reference. An unknown source has the number 0 and no reference.
fn link(number: usize) -> String {
    if number == 0 { "[0]".to_owned() } else { format!("<a href=\"#source-{number}\">[{number}]</a>") }
}

/// `text` with the special characters of HTML escaped.
#[must_use]
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Line;

    #[test]
    fn only_sources_become_links() {
        let text = "x [1] <[2]>".to_owned();
        let line = Line { kind: LineKind::Stated, text, sources: vec![1, 12, 0] };
        let mut out = Vec::new();
        write_cell(&mut out, &Cell { lines: vec![line], bar: None }, "value", false, "").unwrap();
        let expected = "<td data-label=\"value\"><p>x [1] &lt;[2]&gt; <a href=\"#source-1\">[1]</a>\
            <a href=\"#source-12\">[12]</a>[0]</p></td>\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
