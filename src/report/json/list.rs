//! A list of hospitals as JSON.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::catalog::HospitalKey;
use crate::report::json::parts::{HospitalSummary, Observation};
use crate::report::json::text::Layout;
use crate::report::list::{Column, List, Reading};
use crate::text::Text;

pub(super) fn write(out: &mut impl Write, list: &List, layout: Layout) -> io::Result<()> {
    let reading = list.reading();
    let keys = list.keys.iter().copied();
    if let Some(columns) = list.chosen() {
        return layout.write_all(out, keys.map(|key| Chosen { reading, key, columns }));
    }
    let summary = |key: HospitalKey| HospitalSummary::new(reading.catalog, key);
    layout.write_all(out, keys.map(|key| summary(key).with_columns(reading, key, list.shown())))
}

/// What a hospital has in chosen columns, in their order.
struct Chosen<'a> {
    reading: Reading<'a>,
    key: HospitalKey,
    columns: &'a [Column],
}

impl Serialize for Chosen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { reading, key, columns } = *self;
        let catalog = reading.catalog;
        let mut object = serializer.serialize_map(Some(columns.len()))?;
        for column in columns {
            match column {
                // A number has its period and its source with it.
                Column::Figure(id) => {
                    let figure = catalog.latest(key, id);
                    let figure = figure.as_ref().and_then(|figure| Observation::new(catalog, figure));
                    object.serialize_entry(&column.name(), &figure)?;
                }
                _ => object.serialize_entry(&column.name(), &column.to_json(reading, key))?,
            }
        }
        object.end()
    }
}

impl Column {
    /// What a hospital has in a column that is no figure: a text, a number, or `null`.
    pub(super) fn to_json(&self, reading: Reading, key: HospitalKey) -> Value {
        let catalog = reading.catalog;
        let details = || catalog.details(key);
        match self {
            Self::Aliases => catalog.summary(key).aliases.iter().map(Text::as_str).collect(),
            Self::Latitude => details().latitude.into(),
            Self::Longitude => details().longitude.into(),
            Self::Distance => reading.kilometres(key).into(),
            _ => Some(self.words(reading, key)).filter(|words| !words.is_empty()).into(),
        }
    }
}
