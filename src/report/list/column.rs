//! A column of a list: its names, and what a hospital has in it.

use std::borrow::Cow;

use crate::catalog::{Catalog, HospitalKey, Quantity, Summary};
use crate::report::wording;
use crate::search;
use crate::search::{GeoPoint, Mistake, Query, QueryField, Shown};
use crate::text::Text;

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The id.
    Id,
    /// The name.
    Name,
    /// The name in its own script.
    NativeName,
    /// Other names.
    Aliases,
    /// City, region and country in one.
    Place,
    /// City or town.
    City,
    /// Province, state or region.
    Region,
    /// Country.
    Country,
    /// What kind of hospital it is.
    Kind,
    /// The titles of the datasets that speak of it.
    Dataset,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// The latest figure of the measure of that id.
    Figure(Text),
    /// What it says in a field.
    Field(QueryField),
    /// How far it is from the place that the query names.
    Distance,
}

/// What columns are read from.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Reading<'a> {
    pub(in crate::report) catalog: &'a Catalog,
    /// The place that distances are from.
    pub(in crate::report) near: Option<GeoPoint>,
}

impl Reading<'_> {
    /// Kilometres to a hospital, where its place is known.
    pub(in crate::report) fn kilometres(&self, key: HospitalKey) -> Option<f64> {
        let point = self.catalog.points().of(key)?;
        self.near.map(|near| (near.metres_to(point)).round() / 1_000.0)
    }
}

/// A hospital of a list.
pub(super) struct ListRow<'a> {
    catalog: &'a Catalog,
    key: HospitalKey,
    summary: Summary<'a>,
}

impl<'a> ListRow<'a> {
    pub(super) fn new(catalog: &'a Catalog, key: HospitalKey) -> Self {
        Self { catalog, key, summary: catalog.summary(key) }
    }
}

/// What a hospital has in a column that has to be read.
pub(super) struct ReadCell {
    /// As people read it.
    pub(super) words: String,
    /// The number alone, where it is exactly one.
    pub(super) number: Option<String>,
    /// Whether something is stated, and not only why nothing is.
    pub(super) has_value: bool,
}

impl ReadCell {
    fn of(words: String) -> Self {
        Self { has_value: !words.is_empty(), words, number: None }
    }
}

impl From<Shown> for Column {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Measure(id) => Self::Figure(id),
            Shown::Field(QueryField::Id) => Self::Id,
            Shown::Field(QueryField::Name) => Self::Name,
            Shown::Field(QueryField::City) => Self::City,
            Shown::Field(QueryField::Region) => Self::Region,
            Shown::Field(QueryField::Country) => Self::Country,
            Shown::Field(QueryField::Kind) => Self::Kind,
            Shown::Field(field) => Self::Field(field),
            Shown::Distance => Self::Distance,
        }
    }
}

impl Column {
    /// The usual columns of a list that people read. Behind the first one stands what the query asks for.
    pub(super) const FOR_PEOPLE: [Self; 5] = [Self::Name, Self::NativeName, Self::Place, Self::Kind, Self::Id];

    /// The usual columns of a list that programs read.
    pub(super) const FOR_PROGRAMS: [Self; 8] =
        [Self::Id, Self::Name, Self::NativeName, Self::City, Self::Region, Self::Country, Self::Kind, Self::Dataset];

    /// Every column that all lists can have.
    const ALWAYS: [Self; 12] = [
        Self::Id,
        Self::Name,
        Self::NativeName,
        Self::Aliases,
        Self::Place,
        Self::City,
        Self::Region,
        Self::Country,
        Self::Kind,
        Self::Dataset,
        Self::Latitude,
        Self::Longitude,
    ];

    /// The columns of that name: of a family of measures one for each of them. `all` are all that some hospital fills.
    ///
    /// # Errors
    ///
    /// When nothing has that name.
    pub(crate) fn named(name: &str, catalog: &Catalog) -> Result<Vec<Self>, Mistake> {
        let name = name.trim().to_lowercase().replace(char::is_whitespace, "-");
        if name == "all" {
            return Ok(Self::all(catalog));
        }
        let alone = name.replace('-', "_");
        if alone == "distance" {
            return Ok(vec![Self::Distance]);
        }
        if let Some(column) = Self::ALWAYS.into_iter().find(|column| column.name() == alone) {
            return Ok(vec![column]);
        }
        // Fields and measures have the names that they have in a query.
        let mut query = Query::parse(&format!("{name}:any"), catalog);
        if let Some(mistake) = query.mistakes.pop() {
            return Err(mistake);
        }
        let mut columns: Vec<Self> = query.shown().into_iter().map(Self::from).collect();
        if columns.len() > 1 {
            columns.retain(|column| column.may_be_filled(catalog));
        }
        Ok(columns)
    }

    /// Whether the loaded files may have something for it, whatever is listed of them.
    pub(super) fn may_be_filled(&self, catalog: &Catalog) -> bool {
        match self {
            Self::Figure(id) => catalog.outline().may_state(id),
            _ => true,
        }
    }

    /// What some hospital fills, but for what stands in other columns, too.
    fn all(catalog: &Catalog) -> Vec<Self> {
        let mut columns: Vec<Self> = Self::ALWAYS.into_iter().filter(|column| *column != Self::Place).collect();
        for entry in search::fields(catalog, &|| true).unwrap_or_default() {
            for column in Self::named(&entry.name, catalog).unwrap_or_default() {
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
        }
        columns
    }

    /// Whether every list shows it.
    pub(super) fn is_usual(&self) -> bool {
        Self::FOR_PEOPLE.contains(self) || Self::FOR_PROGRAMS.contains(self)
    }

    /// By which programs know it.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::NativeName => "native_name",
            Self::Aliases => "aliases",
            Self::Place => "place",
            Self::City => "city",
            Self::Region => "region",
            Self::Country => "country",
            Self::Kind => "kind",
            Self::Dataset => "dataset",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Distance => "distance_km",
            Self::Figure(id) => id,
            Self::Field(field) => return field.name(),
        })
    }

    /// The heading that people read.
    pub(super) fn heading<'a>(&'a self, catalog: &'a Catalog) -> Cow<'a, str> {
        match self {
            Self::NativeName => Cow::Borrowed("native name"),
            Self::Distance => Cow::Borrowed("distance"),
            Self::Figure(id) => catalog.measures().get(id).map_or(self.name(), |measure| (&*measure.label).into()),
            Self::Field(field) => field.label(),
            other => other.name(),
        }
    }

    /// Whether more than the summary of a hospital is needed for it.
    pub(super) fn must_be_read(&self) -> bool {
        matches!(self, Self::Latitude | Self::Longitude | Self::Figure(_) | Self::Field(_) | Self::Distance)
    }

    /// What a summary says; empty for what must be read.
    pub(super) fn text<'a>(&self, row: &ListRow<'a>) -> Cow<'a, str> {
        let summary = &row.summary;
        let known = |text: Option<&'a Text>| Cow::Borrowed(text.map_or("", Text::as_str));
        match self {
            Self::Id => summary.id.into(),
            Self::Name => summary.name.into(),
            Self::NativeName => summary.native_name.unwrap_or_default().into(),
            Self::Aliases => joined(summary.aliases.iter().map(Text::as_str)).into(),
            Self::Place => summary.place_line().into(),
            Self::City => known(summary.city),
            Self::Region => known(summary.region),
            Self::Country => known(summary.country),
            Self::Kind => known(summary.kind),
            Self::Dataset => row.catalog.titles_on(row.key).into(),
            Self::Latitude | Self::Longitude | Self::Figure(_) | Self::Field(_) | Self::Distance => "".into(),
        }
    }

    /// What has to be read; empty for what a summary says.
    pub(super) fn read(&self, reading: Reading, key: HospitalKey) -> ReadCell {
        let catalog = reading.catalog;
        match self {
            Self::Figure(id) => figure(catalog, key, id),
            Self::Field(field) => {
                let mut values: Vec<Text> = Vec::new();
                for value in field.values(catalog, key) {
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                ReadCell::of(joined(values.iter().map(|value| &**value)))
            }
            Self::Latitude => ReadCell::of(number(catalog.details(key).latitude)),
            Self::Longitude => ReadCell::of(number(catalog.details(key).longitude)),
            Self::Distance => {
                let kilometres = reading.kilometres(key);
                let words = kilometres.map_or_else(String::new, wording::kilometres);
                ReadCell { number: Some(number(kilometres)), ..ReadCell::of(words) }
            }
            _ => ReadCell::of(String::new()),
        }
    }
}

impl Column {
    /// What people read of one hospital.
    pub(in crate::report) fn words(&self, reading: Reading, key: HospitalKey) -> String {
        if self.must_be_read() {
            return self.read(reading, key).words;
        }
        self.text(&ListRow::new(reading.catalog, key)).into_owned()
    }
}

impl Column {
    /// What one hospital has in it, where it has something, for the screen: no other hospital is read for that.
    pub(crate) fn said_by(&self, catalog: &Catalog, near: Option<GeoPoint>, key: HospitalKey) -> Option<String> {
        let words = match self {
            Self::Field(field) => match field.text_field() {
                Some(texts) => {
                    let details = &catalog.hospital(key).details;
                    let of_summary = catalog.summary(key).texts(&texts);
                    match of_summary {
                        Some(texts) => joined(texts.into_iter()),
                        None => joined(texts.of_details(details).iter().map(|text| &**text)),
                    }
                }
                None => self.words(Reading { catalog, near }, key),
            },
            _ => self.words(Reading { catalog, near }, key),
        };
        (!words.is_empty()).then_some(words)
    }

    /// Whether a row of the browser says it anyway.
    pub(crate) fn is_name_or_place(&self) -> bool {
        matches!(self, Self::Name | Self::NativeName | Self::Id | Self::City | Self::Region | Self::Country)
    }

    /// What it says with what it is: `1,925 open beds`, `county: Suffolk`, `12.3 km`.
    pub(crate) fn with_label(&self, catalog: &Catalog, words: &str) -> String {
        match self {
            Self::Figure(id) => match catalog.measures().get(id) {
                Some(measure) => wording::with_label(measure, words),
                None => words.to_owned(),
            },
            Self::Distance | Self::Kind => words.to_owned(),
            _ => format!("{}: {words}", self.heading(catalog)),
        }
    }
}

/// The latest figure of a measure.
fn figure(catalog: &Catalog, key: HospitalKey, id: &str) -> ReadCell {
    let (Some(measure), Some(figure)) = (catalog.measures().get(id), catalog.latest(key, id)) else {
        return ReadCell::of(String::new());
    };
    let number = match figure.quantity() {
        Some(Quantity::Exact(number)) => Some(number.to_string()),
        _ => None,
    };
    let has_value = figure.quantity().is_some();
    ReadCell { words: wording::listed(measure, figure), number, has_value }
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// Several values in one cell.
fn joined<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join("; ")
}
