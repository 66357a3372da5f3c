//! What rows say in one field, for a look at all of them: as a rule only the cells of that field are read.

use std::borrow::Cow;

use crate::catalog::lazy::{LookAtTexts, ReadRow};
use crate::catalog::{TextField, postcode};
use crate::formats::profile::plan::FigurePlan;
use crate::formats::profile::row_reader::{Cells, RowReader};
use crate::text::Text;

/// Each field of the details with the names of its columns in profiles, in the order in which they are taken.
const FACTS: [(TextField, &[&str]); 7] = [
    (TextField::Grade, &["grade"]),
    (TextField::Ownership, &["ownership"]),
    (TextField::Founded, &["founded"]),
    (TextField::Status, &["status"]),
    (TextField::Address, &["street", "address"]),
    (TextField::Phone, &["phone"]),
    (TextField::Website, &["website"]),
];

/// The names of columns that are read at once, each with the field.
const HEAD: [(&str, TextField); 8] = [
    ("id", TextField::Id),
    ("name", TextField::Name),
    ("native_name", TextField::Name),
    ("aliases", TextField::Name),
    ("city", TextField::City),
    ("region", TextField::Region),
    ("country", TextField::Country),
    ("kind", TextField::Kind),
];

impl RowReader {
    /// The headings with the field that each fills, in the order of the columns; none for coordinates and figures.
    pub(super) fn fields_of_headings(&self) -> impl Iterator<Item = Option<(Text, TextField)>> {
        let plan = self.plan();
        plan.headings.iter().enumerate().map(|(at, heading)| {
            let field = if postcode::is_heading(heading) { Some(TextField::Postcode) } else { self.field_of(at) };
            let is_figure = || plan.figures.iter().flat_map(FigurePlan::columns).any(|column| column == Some(at));
            let is_point = || plan.columns.latitude.contains(&at) || plan.columns.longitude.contains(&at);
            let other = || (!is_figure() && !is_point()).then(|| TextField::Other(heading.clone()));
            Some((heading.clone(), field.or_else(other)?))
        })
    }

    /// The field of the hospital that a column fills.
    fn field_of(&self, at: usize) -> Option<TextField> {
        let has =
            |name: &str| self.plan().columns.iter().any(|(other, columns)| other == name && columns.contains(&at));
        let head = HEAD.into_iter().find(|(name, _)| has(name)).map(|(_, field)| field);
        let fact = || FACTS.into_iter().find(|(_, names)| names.iter().any(|name| has(name))).map(|(field, _)| field);
        head.or_else(fact)
    }

    /// The columns of a field, and whether no other field has any of them.
    fn columns_of(&self, field: &TextField) -> (Vec<usize>, bool) {
        let plan = self.plan();
        if let TextField::Other(heading) = field {
            let column = plan.headings.iter().position(|other| other == heading);
            let is_taken = |at: &usize| {
                plan.columns.iter().any(|(_, columns)| columns.contains(at))
                    || plan.figures.iter().flat_map(FigurePlan::columns).any(|column| column == Some(*at))
            };
            return (column.into_iter().collect(), !column.as_ref().is_some_and(is_taken));
        }
        if *field == TextField::Postcode {
            // It is also a part of the address.
            let column = plan.headings.iter().position(|heading| postcode::is_heading(heading));
            return (column.into_iter().collect(), true);
        }
        let names = FACTS.into_iter().find(|(other, _)| other == field).map_or(&[][..], |(_, names)| names);
        let (own, others): (Vec<_>, Vec<_>) = plan.columns.iter().partition(|(name, _)| names.contains(name));
        let columns: Vec<usize> = own.into_iter().flat_map(|(_, columns)| columns).copied().collect();
        let is_plain = columns.iter().all(|at| !others.iter().any(|(_, columns)| columns.contains(at)));
        (columns, is_plain)
    }

    /// Hands over what each of some rows says in a field.
    pub(super) fn for_each_row_texts(
        &self,
        rows: &mut dyn Iterator<Item = &str>,
        field: &TextField,
        look: &mut LookAtTexts,
    ) {
        let (columns, is_plain) = self.columns_of(field);
        let is_postcode_in_address = *field == TextField::Postcode && columns.is_empty();
        if columns.is_empty() && !is_postcode_in_address {
            return;
        }
        for (at, row) in rows.enumerate() {
            if is_postcode_in_address {
                let address = self.text_of(row, &TextField::Address, &self.columns_of(&TextField::Address).0);
                look(at, address.as_ref().and_then(postcode::in_address).as_slice());
            } else if is_plain {
                look(at, self.text_of(row, field, &columns).as_deref().as_slice());
            } else {
                let details = self.details(row);
                let texts: Vec<Cow<str>> = field.of_details(&details);
                look(at, &texts.iter().map(|text| &**text).collect::<Vec<_>>());
            }
        }
    }

    /// What a row says in columns that only that field has.
    fn text_of(&self, row: &str, field: &TextField, columns: &[usize]) -> Option<Text> {
        self.with_plain_cells(row, columns.iter().copied(), |cells: &mut Cells| match field {
            TextField::Address => self.address(cells).map(|fact| fact.text),
            TextField::Website => self.website(cells).map(|fact| fact.text),
            TextField::Other(_) => Some(self.shown(cells[*columns.first()?]?)),
            _ => self.take(cells, columns).map(Text::clean),
        })
    }

    /// Where the hospital of a row lies.
    pub(super) fn point_of_row(&self, row: &str) -> Option<[f64; 2]> {
        let columns = &self.plan().columns;
        let [north, east] = [&columns.latitude, &columns.longitude];
        if north.is_empty() || east.is_empty() {
            return None;
        }
        let own: Vec<usize> = north.iter().chain(east).copied().collect();
        let is_other = |name: &str| !["latitude", "longitude"].contains(&name);
        let others = columns.iter().filter(|(name, _)| is_other(name)).flat_map(|(_, columns)| columns);
        if others.into_iter().any(|at| own.contains(at)) {
            return self.details(row).point();
        }
        self.with_plain_cells(row, own.into_iter(), |cells| {
            let (north, east) = self.point(cells);
            Some([north?, east?])
        })
    }
}
