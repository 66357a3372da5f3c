//! Writes the changes between two editions as text.

use std::io::{self, Write};

use crate::compare::{Changed, Changes, HospitalName, Renamed, UnmatchedField, UnreadHospital};
use crate::report::wording::count;

/// Writes `changes`, grouped by kind.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, changes: &Changes) -> io::Result<()> {
    if changes.is_empty() {
        return writeln!(out, "Nothing has changed.");
    }
    named(out, "Added", &changes.added, ("OLD", changes.unknown_in_old))?;
    named(out, "Removed", &changes.removed, ("NEW", changes.unknown_in_new))?;
    unread(out, "OLD", &changes.unread_in_old, changes.unknown_in_old)?;
    unread(out, "NEW", &changes.unread_in_new, changes.unknown_in_new)?;
    renamed(out, &changes.renamed)?;
    changed(out, &changes.changed)?;
    only(out, "OLD", &changes.only_in_old)?;
    only(out, "NEW", &changes.only_in_new)?;
    let rest = Changes {
        unread_in_old: Vec::new(),
        unread_in_new: Vec::new(),
        unknown_in_old: 0,
        unknown_in_new: 0,
        ..changes.clone()
    };
    if rest.is_empty() { writeln!(out, "Nothing has changed in what could be read.") } else { Ok(()) }
}

/// Hospitals that only one edition has. If the other edition has unreadable rows without an id, they may be there, and
/// the heading says so.
fn named(
    out: &mut impl Write,
    heading: &str,
    hospitals: &[HospitalName],
    (other, unknown): (&str, usize),
) -> io::Result<()> {
    if hospitals.is_empty() {
        return Ok(());
    }
    let doubt = match unknown {
        0 => String::new(),
        1 => format!(", unless it is in the row of {other} that could not be read and has no id"),
        _ => format!(", unless they are in the {unknown} rows of {other} that could not be read and have no id"),
    };
    writeln!(out, "{heading}: {}{doubt}", count(hospitals.len(), "hospital"))?;
    for one in hospitals {
        let place = if one.place.is_empty() { String::new() } else { format!(", {}", one.place) };
        writeln!(out, "  {}  {}{place}", one.id, one.name)?;
    }
    Ok(())
}

fn unread(out: &mut impl Write, which: &str, hospitals: &[UnreadHospital], unknown: usize) -> io::Result<()> {
    if !hospitals.is_empty() {
        writeln!(out, "Could not be read in {which}: {}", count(hospitals.len(), "hospital"))?;
    }
    for one in hospitals {
        writeln!(out, "  {}  {}", one.id, one.name.as_deref().unwrap_or("(name unknown)"))?;
    }
    if unknown > 0 {
        writeln!(out, "Could not be read in {which}, without an id: {}", count(unknown, "row"))?;
    }
    Ok(())
}

fn renamed(out: &mut impl Write, hospitals: &[Renamed]) -> io::Result<()> {
    if !hospitals.is_empty() {
        writeln!(out, "Renamed: {}", count(hospitals.len(), "hospital"))?;
    }
    hospitals.iter().try_for_each(|one| writeln!(out, "  {}  {} → {}", one.id, one.from, one.to))
}

fn changed(out: &mut impl Write, hospitals: &[Changed]) -> io::Result<()> {
    if !hospitals.is_empty() {
        let figures = hospitals.iter().flat_map(|one| &one.changes).filter(|change| change.is_figure).count();
        let figures = count(figures, "figure");
        writeln!(out, "Changed: {}, {figures}", count(hospitals.len(), "hospital"))?;
    }
    for one in hospitals {
        writeln!(out, "  {}  {}", one.id, one.name)?;
        for change in &one.changes {
            let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "not in the source".to_owned());
            writeln!(out, "    {}: {} → {}", change.what, side(&change.from), side(&change.to))?;
        }
    }
    Ok(())
}

fn only(out: &mut impl Write, which: &str, headings: &[UnmatchedField]) -> io::Result<()> {
    if headings.is_empty() {
        return Ok(());
    }
    let headings: Vec<&str> = headings.iter().map(|heading| heading.what.as_str()).collect();
    writeln!(out, "Only in {which}: {}", headings.join("; "))
}
