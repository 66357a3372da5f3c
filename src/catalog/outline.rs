//! What the loaded files may say: under which headings, and of which measures.

use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::catalog::details::{Details, ListKind};
use crate::catalog::hospitals::{Chunk, Hospitals};
use crate::catalog::lazy::ReadRow;
use crate::catalog::measure::MeasureTable;
use crate::catalog::text_field::TextField;
use crate::text::Text;

/// What the loaded files may say, without a look at their rows.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The headings of all files, in their order, each with the field that it fills.
    headings: Vec<(Text, TextField)>,
    /// The measures of which a hospital may have a figure, in the order of the table.
    measures: BTreeSet<Text>,
}

impl Outline {
    pub(super) fn new(hospitals: &Hospitals, table: &MeasureTable) -> Self {
        let mut outline = Self::default();
        let mut readers: Vec<&dyn ReadRow> = Vec::new();
        for (_, chunk) in hospitals.chunks() {
            match &**chunk {
                Chunk::Rows(rows) => add_reader(&mut readers, rows.reader()),
                Chunk::Whole(hospitals) => {
                    for hospital in hospitals {
                        hospital.details.readers().for_each(|reader| add_reader(&mut readers, reader));
                        hospital.details.known().into_iter().for_each(|details| outline.add_details(details));
                    }
                }
            }
        }
        for (heading, field) in readers.iter().flat_map(|reader| reader.headings()) {
            outline.add_heading(&heading, field);
        }
        for id in table.ids() {
            let id = Text::from(id);
            if readers.iter().any(|reader| reader.may_state(std::slice::from_ref(&id))) {
                outline.measures.insert(id);
            }
        }
        for (measure, formula) in table.formulas() {
            if [&formula.divide, &formula.by].into_iter().all(|part| outline.measures.contains(part)) {
                outline.measures.insert(measure.id.clone());
            }
        }
        outline
    }

    fn add_heading(&mut self, heading: &Text, field: TextField) {
        if !self.headings.iter().any(|(other, _)| other == heading) {
            self.headings.push((heading.clone(), field));
        }
    }

    fn add_details(&mut self, details: &Details) {
        for (heading, _) in details.extra.iter().flat_map(|extra| &extra.facts) {
            self.add_heading(heading, TextField::Other(heading.clone()));
        }
        for figure in &details.figures {
            if !self.measures.contains(&figure.measure) {
                self.measures.insert(figure.measure.clone());
            }
        }
    }

    /// The headings of all files, in their order, each with the field that it fills.
    pub(crate) fn headings(&self) -> &[(Text, TextField)] {
        &self.headings
    }

    /// Whether a hospital may have a figure of a measure.
    pub(crate) fn may_state(&self, measure: &str) -> bool {
        self.measures.contains(measure)
    }
}

/// Adds a reader that is not there. Hospitals that follow each other have the same, as a rule.
fn add_reader<'a>(readers: &mut Vec<&'a dyn ReadRow>, reader: &'a dyn ReadRow) {
    if !readers.iter().rev().any(|known| std::ptr::addr_eq(*known, reader)) {
        readers.push(reader);
    }
}

/// How many hospitals say something in a field, and what one of them says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldUse {
    /// The field.
    pub(crate) field: TextField,
    /// How many hospitals say something in it.
    pub(crate) hospitals: usize,
    /// What the first of them says.
    pub(crate) example: Text,
}

/// What is counted of a field: the position of the first hospital that says something, what it says, and how many there are.
type Counted = HashMap<TextField, (usize, Text, usize)>;

/// Counts the hospitals that say something in each field, in no order; none when no longer `wanted`.
pub(super) fn count(hospitals: &Hospitals, wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<FieldUse>> {
    let chunks: Vec<_> = hospitals.chunks().collect();
    let of_chunk = |(first, chunk): (usize, &Arc<Chunk>)| wanted().then(|| count_chunk(first, chunk));
    let counted: Option<Vec<Counted>> = chunks.into_par_iter().map(of_chunk).collect();
    let mut all: Counted = HashMap::new();
    for (field, (first, example, hospitals)) in counted?.into_iter().flatten() {
        let entry = all.entry(field).or_insert_with(|| (first, example.clone(), 0));
        if first < entry.0 {
            (entry.0, entry.1) = (first, example);
        }
        entry.2 += hospitals;
    }
    Some(all.into_iter().map(|(field, (_, example, hospitals))| FieldUse { field, hospitals, example }).collect())
}

/// The same of one chunk.
fn count_chunk(first: usize, chunk: &Chunk) -> Counted {
    let mut counted = HashMap::new();
    for at in 0..chunk.len() {
        let summary = chunk.summary(at);
        let mut count = |field: &TextField, text: &str| {
            if let Some((_, _, count)) = counted.get_mut(field) {
                *count += 1;
            } else {
                counted.insert(field.clone(), (first + at, Text::from(text), 1));
            }
        };
        for field in IN_SUMMARIES {
            summary.texts(&field).unwrap_or_default().first().into_iter().for_each(|text| count(&field, text));
        }
        let details = chunk.details(at);
        for field in IN_DETAILS {
            field.of_details(&details).first().into_iter().for_each(|text| count(&field, text));
        }
        let mut seen: Vec<&Text> = Vec::new();
        for (heading, text) in details.extra.iter().flat_map(|extra| &extra.facts) {
            if !seen.contains(&heading) {
                seen.push(heading);
                count(&TextField::Other(heading.clone()), text);
            }
        }
    }
    counted
}

/// The fields of a summary.
const IN_SUMMARIES: [TextField; 6] =
    [TextField::Id, TextField::Name, TextField::City, TextField::Region, TextField::Country, TextField::Kind];

/// The fields of details, but for headings of the file.
const IN_DETAILS: [TextField; 15] = [
    TextField::Ownership,
    TextField::Status,
    TextField::Grade,
    TextField::Founded,
    TextField::Address,
    TextField::Postcode,
    TextField::Phone,
    TextField::Website,
    TextField::List(ListKind::Accreditations),
    TextField::List(ListKind::Specialties),
    TextField::List(ListKind::Affiliations),
    TextField::List(ListKind::Partners),
    TextField::List(ListKind::Programmes),
    TextField::List(ListKind::Milestones),
    TextField::List(ListKind::People),
];
