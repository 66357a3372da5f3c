//! All fields and measures that hospitals have, to be listed: what a query can ask for.

use crate::catalog::{Catalog, FieldUse, TextField};
use crate::search::query::field::QueryField;
use crate::search::query::measures;
use crate::text::Text;

/// A field or a measure that some hospital has.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldEntry {
    /// As it is typed.
    pub name: String,
    /// Whether it is a measure, which can be compared with a number.
    pub is_measure: bool,
    /// What people read.
    pub label: Text,
    /// How many hospitals say something in it.
    pub hospitals: usize,
    /// What one of them says.
    pub example: Text,
}

/// The fields and measures that some hospital has: the fields that have names of their own, the columns of the files in their
/// order, the measures as they are shown. None when no longer `wanted`. Every row is read for that.
#[must_use]
pub(crate) fn entries(catalog: &Catalog, wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<FieldEntry>> {
    let uses = catalog.field_uses(wanted)?;
    let mut fields: Vec<(QueryField, &FieldUse)> =
        uses.iter().map(|found| (QueryField::of(&found.field), found)).collect();
    let headings = catalog.outline().headings();
    fields.sort_by_cached_key(|(field, found)| {
        let known = QueryField::KNOWN.iter().position(|known| known == field).unwrap_or(QueryField::KNOWN.len());
        let heading = |heading: &Text| headings.iter().position(|(other, _)| other == heading);
        match &found.field {
            TextField::Other(text) => (known, heading(text).unwrap_or(headings.len()), text.to_string()),
            _ => (known, 0, String::new()),
        }
    });
    let mut entries: Vec<FieldEntry> = fields
        .into_iter()
        .map(|(field, found)| FieldEntry {
            name: field.name().into_owned(),
            is_measure: false,
            label: Text::from(&*field.label()),
            hospitals: found.hospitals,
            example: found.example.clone(),
        })
        .collect();
    entries.extend(measure_entries(catalog));
    wanted().then_some(entries)
}

fn measure_entries(catalog: &Catalog) -> impl Iterator<Item = FieldEntry> {
    let measures = catalog.measures().by_family().map(|(_, measure)| measure);
    let stated = measures.map(|measure| (measure, catalog.reporting(&measure.id))).filter(|(_, count)| *count > 0);
    stated.map(|(measure, hospitals)| {
        let example = measures::example(std::slice::from_ref(&measure.id), catalog);
        let example = example.map_or_else(Text::default, |number| Text::from(number.to_string()));
        FieldEntry { name: measure.id.to_string(), is_measure: true, label: measure.label.clone(), hospitals, example }
    })
}
