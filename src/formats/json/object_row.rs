//! An object as a row: which property stands in which column.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;
use serde_json::value::RawValue;

use crate::formats::json::kind::Form;
use crate::formats::json::properties::properties;
use crate::formats::json::property_list::Properties;
use crate::formats::profile::row_reader::SplitRow;
use crate::text::Text;

/// The columns of a file's objects, in the order in which they first stand.
#[derive(Debug, Default)]
pub(crate) struct PropertyColumns {
    known: HashMap<String, usize>,
}

impl PropertyColumns {
    /// Those of all objects that can be read.
    pub(crate) fn of(objects: &[&str], form: &Form) -> Self {
        let mut columns = Self::default();
        for (heading, _) in objects.iter().filter_map(|raw| properties(raw, form).ok()).flatten() {
            columns.add(&heading);
        }
        columns
    }

    /// These, and behind them those of later objects.
    pub(crate) fn and(mut self, later: Self) -> Self {
        let mut headings: Vec<(String, usize)> = later.known.into_iter().collect();
        headings.sort_unstable_by_key(|(_, at)| *at);
        for (heading, _) in &headings {
            self.add(heading);
        }
        self
    }

    fn add(&mut self, heading: &str) {
        let next = self.known.len();
        self.known.entry_ref(heading).or_insert(next);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The headings.
    pub(crate) fn list(&self) -> Vec<Text> {
        let mut list = vec![Text::default(); self.known.len()];
        for (heading, at) in &self.known {
            list[*at] = Text::clean(heading);
        }
        list
    }

    /// The column of a property.
    pub(crate) fn column(&self, heading: &str) -> Option<usize> {
        self.known.get(heading).copied()
    }

    /// The properties of an object by column; of duplicate ones the last.
    pub(crate) fn cells<'p>(&self, properties: &'p Properties) -> Vec<&'p str> {
        let mut cells = vec![""; self.known.len()];
        for (heading, text) in properties {
            if let Some(at) = self.column(heading) {
                cells[at] = text;
            }
        }
        cells
    }
}

/// Splits objects into cells.
#[derive(Debug)]
pub(crate) struct ObjectRow {
    /// What the objects look like.
    pub(crate) form: Form,
    /// The columns of all objects.
    pub(crate) columns: Arc<PropertyColumns>,
}

impl SplitRow for ObjectRow {
    fn split<'a>(&self, row: &'a str) -> Vec<Cow<'a, str>> {
        let mut cells = vec![Cow::Borrowed(""); self.columns.len()];
        // Only objects that could be read have become hospitals.
        for (heading, text) in properties(row, &self.form).unwrap_or_default() {
            if let Some(at) = self.columns.column(&heading) {
                cells[at] = text;
            }
        }
        cells
    }

    fn each_row(&self, rows: &str, look: &mut dyn FnMut(&[Cow<str>])) {
        let objects = serde_json::Deserializer::from_str(rows).into_iter::<&RawValue>();
        for object in objects.map_while(Result::ok) {
            look(&self.split(object.get()));
        }
    }

    fn cell<'a>(&self, row: &'a str, column: usize) -> Cow<'a, str> {
        let properties = properties(row, &self.form).unwrap_or_default().into_iter().rev();
        let mut found = properties.filter(|(heading, _)| self.columns.column(heading) == Some(column));
        found.next().map_or_else(|| Cow::Borrowed(""), |(_, text)| text)
    }
}
