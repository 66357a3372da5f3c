//! What has changed between two vintages, in words.

use std::io::{self, Write};

use super::wording::count;
use crate::compare::Changes;

/// Writes `changes`, kind by kind.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, changes: &Changes) -> io::Result<()> {
    if changes.is_empty() {
        return writeln!(out, "Nothing has changed.");
    }
    for (heading, hospitals) in [("Added", &changes.added), ("Gone", &changes.gone)] {
        if !hospitals.is_empty() {
            writeln!(out, "{heading}: {}", count(hospitals.len(), "hospital"))?;
        }
        for one in hospitals {
            let place = if one.place.is_empty() { String::new() } else { format!(", {}", one.place) };
            writeln!(out, "  {}  {}{place}", one.id, one.name)?;
        }
    }
    if !changes.renamed.is_empty() {
        writeln!(out, "Renamed: {}", count(changes.renamed.len(), "hospital"))?;
    }
    for one in &changes.renamed {
        writeln!(out, "  {}  {} → {}", one.id, one.from, one.to)?;
    }
    if !changes.changed.is_empty() {
        let figures = changes.changed.iter().flat_map(|one| &one.changes).filter(|change| change.is_figure).count();
        let hospitals = count(changes.changed.len(), "hospital");
        writeln!(out, "Changed: {hospitals}, {} among what has changed", count(figures, "figure"))?;
    }
    for one in &changes.changed {
        writeln!(out, "  {}  {}", one.id, one.name)?;
        for change in &one.changes {
            let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "not in the source".to_owned());
            writeln!(out, "    {}: {} → {}", change.what, side(&change.from), side(&change.to))?;
        }
    }
    Ok(())
}
