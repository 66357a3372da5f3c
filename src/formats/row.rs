//! From the cells of a row to a hospital; what need not be known at once is kept as text and read later.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;

use super::plan::{FigurePlan, Plan};
use super::value::{self, Value};
use crate::catalog::lazy::{ReadRow, Row};
use crate::catalog::rules::quantity_fault;
use crate::catalog::{
    Details, Extra, Fact, Figure, Hospital, Measure, MeasureTable, Missing, Observed, Period, Place, Quantity,
};
use crate::text::{self, Text};

/// Ends a cell that is kept. Cleaned text never holds it.
const END: char = '\u{1f}';

/// The sign of the first column before its cell; the next column has the next sign. Above all that is one byte, so that
/// it takes two for every column that real files have.
const FIRST: u32 = 0x100;

/// Most columns of a file.
pub const MAX_COLUMNS: usize = 8_192;

/// Reads the kept cells of a dataset's rows.
#[derive(Debug)]
pub struct RowReader {
    plan: Plan,
    /// The id of the dataset's source.
    source: Text,
    /// The vintage.
    edition: Option<Period>,
}

/// The cells of a row by column; an empty one is none.
type Cells<'a> = [Option<&'a str>];

impl RowReader {
    /// Reads rows by `plan`; what they say has that source and vintage.
    #[must_use]
    pub fn new(plan: Plan, source: Text, edition: Option<Period>) -> Self {
        Self { plan, source, edition }
    }

    fn cells<'a>(&self, kept: &'a str) -> Vec<Option<&'a str>> {
        let mut cells = vec![None; self.plan.headings.len()];
        for cell in kept.split_terminator(END) {
            let mut chars = cell.chars();
            let column = chars.next().and_then(|sign| u32::from(sign).checked_sub(FIRST));
            if let Some(place) = column.and_then(|column| cells.get_mut(column as usize)) {
                *place = Some(chars.as_str());
            }
        }
        cells
    }

    /// Takes the first cell of `columns` that says something.
    fn take<'a>(&self, cells: &mut Cells<'a>, columns: &[usize]) -> Option<&'a str> {
        // A cell that says why there is no value stays, to be shown under its own heading.
        let says = |at: &&usize| cells[**at].is_some_and(|cell| self.missing(cell).is_none());
        let at = columns.iter().find(says)?;
        cells[*at].take()
    }

    fn missing(&self, cell: &str) -> Option<Missing> {
        value::missing(cell, &self.plan.profile.missing)
    }

    fn fact(&self, cells: &mut Cells, columns: &[usize]) -> Option<Fact> {
        let text = Text::clean(self.take(cells, columns)?);
        Some(Fact { text, source: self.source.clone(), caveat: None, note: None })
    }

    /// All parts of an address, joined.
    fn address(&self, cells: &mut Cells) -> Option<Fact> {
        let says = |at: &usize| cells[*at].filter(|cell| self.missing(cell).is_none());
        let filled: Vec<usize> = self.plan.columns.address.iter().copied().filter(|at| says(at).is_some()).collect();
        let parts: Vec<&str> = filled.iter().filter_map(|at| cells[*at].take()).collect();
        let text = (!parts.is_empty()).then(|| Text::clean(&parts.join(", ")))?;
        Some(Fact { text, source: self.source.clone(), caveat: None, note: None })
    }

    /// Degrees, when they lie on the globe; else the cell stays.
    fn degrees(cells: &mut Cells, columns: &[usize], most: f64) -> Option<f64> {
        let read = |at: &usize| Some((*at, value::degrees(cells[*at]?).filter(|degrees| degrees.abs() <= most)?));
        let (at, degrees) = columns.iter().find_map(read)?;
        cells[at] = None;
        Some(degrees)
    }

    /// Latitude and longitude; one without the other, or 0, 0, is none.
    fn point(&self, cells: &mut Cells) -> (Option<f64>, Option<f64>) {
        let before = cells.to_vec();
        let latitude = Self::degrees(cells, &self.plan.columns.latitude, 90.0);
        let longitude = Self::degrees(cells, &self.plan.columns.longitude, 180.0);
        match (latitude, longitude) {
            (Some(latitude), Some(longitude)) if latitude != 0.0 || longitude != 0.0 => {
                // Other columns that say the same need not be shown again.
                for (columns, degrees) in
                    [(&self.plan.columns.latitude, latitude), (&self.plan.columns.longitude, longitude)]
                {
                    for at in columns {
                        let same =
                            |cell: &str| value::degrees(cell).is_some_and(|other| (other - degrees).abs() < 1e-9);
                        cells[*at] = cells[*at].filter(|cell| !same(cell));
                    }
                }
                (Some(latitude), Some(longitude))
            }
            _ => {
                cells.copy_from_slice(&before);
                (None, None)
            }
        }
    }

    /// The figures; a cell that is no number stays.
    fn figures(&self, cells: &mut Cells) -> Vec<Figure> {
        let read: Vec<(&FigurePlan, Option<Figure>)> =
            self.plan.figures.iter().map(|plan| (plan, self.figure(plan, cells))).collect();
        let mut figures = Vec::with_capacity(read.len());
        for (plan, figure) in read {
            if let Some(figure) = figure {
                cells[plan.column] = None;
                if let Some(at) = plan.footnotes {
                    cells[at] = None;
                }
                figures.push(figure);
            }
        }
        figures
    }

    fn figure(&self, plan: &FigurePlan, cells: &Cells) -> Option<Figure> {
        let profile = &self.plan.profile;
        let footnotes = plan.footnotes.and_then(|at| value::footnotes(cells[at]?, &profile.footnotes));
        let (caveat, explained) = footnotes.map_or((None, None), |(says, reason)| (Some(Text::clean(&says)), reason));
        let measure = self.measure(plan)?;
        let read = |cell: &str| match value::step(cell, &measure.steps) {
            Some(step) => Value::Stated(Quantity::Exact(step)),
            None => value::read(cell, &profile.missing, *measure.unit == *"%"),
        };
        let value = match cells[plan.column].map(read) {
            Some(Value::Stated(quantity)) if quantity_fault(quantity, measure).is_none() => Observed::Stated(quantity),
            Some(Value::Stated(_) | Value::Words) => return None,
            Some(Value::Missing(reason)) => Observed::Missing(explained.unwrap_or(reason)),
            None => Observed::Missing(explained.or_else(|| caveat.as_ref().map(|_| Missing::NotAvailable))?),
        };
        let own = plan.period.and_then(|at| value::date(cells[at]?));
        let (measure, source) = (plan.measure.clone(), self.source.clone());
        let period = own.or_else(|| self.edition.clone());
        Some(Figure { measure, value, period, scope: None, source, caveat, note: None, derivation: None })
    }

    fn measure(&self, plan: &FigurePlan) -> Option<&Measure> {
        let own = self.plan.profile.measures.iter().find(|measure| measure.id == plan.measure);
        own.or_else(|| MeasureTable::standard().get(&plan.measure))
    }

    /// What of a row's cells cannot be read as what it should be, each with its heading.
    pub fn unreadable<'a>(&'a self, kept: &'a str) -> Vec<(&'a Text, &'a str, &'static str)> {
        let mut cells = self.cells(kept);
        let mut found = Vec::new();
        if self.point(&mut cells).0.is_none() {
            for at in self.plan.columns.latitude.iter().chain(&self.plan.columns.longitude) {
                found.extend(
                    cells[*at]
                        .filter(|cell| self.missing(cell).is_none())
                        .map(|cell| (*at, cell, "no place on the globe")),
                );
            }
        }
        self.figures(&mut cells);
        for plan in &self.plan.figures {
            found.extend(cells[plan.column].map(|cell| (plan.column, cell, "no number that this measure can have")));
        }
        found.into_iter().map(|(at, cell, what)| (&self.plan.headings[at], cell, what)).collect()
    }
}

impl ReadRow for RowReader {
    fn details(&self, kept: &str) -> Details {
        let mut cells = self.cells(kept);
        let cells = cells.as_mut_slice();
        let plan = &self.plan;
        let (latitude, longitude) = self.point(cells);
        let mut details = Details {
            latitude,
            longitude,
            grade: self.fact(cells, &plan.columns.grade),
            ownership: self.fact(cells, &plan.columns.ownership),
            founded: self.fact(cells, &plan.columns.founded),
            status: self.fact(cells, &plan.columns.status),
            address: self.address(cells),
            phone: self.fact(cells, &plan.columns.phone),
            website: self.fact(cells, &plan.columns.website),
            figures: self.figures(cells),
            ..Details::default()
        };
        let rest = plan.headings.iter().zip(cells.iter());
        let facts: Vec<(Text, Text)> =
            rest.filter_map(|(heading, cell)| Some((heading.clone(), Text::clean((*cell)?)))).collect();
        if !facts.is_empty() {
            details.extra.push(Extra { source: self.source.clone(), facts });
        }
        details
    }

    fn source(&self) -> &Text {
        &self.source
    }

    fn has_figures(&self) -> bool {
        !self.plan.figures.is_empty()
    }

    fn vintage(&self) -> Option<Period> {
        self.edition.clone()
    }
}

/// Makes hospitals of the rows of one dataset.
pub struct Maker {
    reader: Arc<RowReader>,
    /// How often each id has been given.
    ids: HashMap<Text, u32>,
    /// Texts that many rows share.
    shared: HashMap<Box<str>, Text>,
    /// Which columns of the present row are told by the hospital's own fields.
    told: Vec<bool>,
    kept: String,
}

/// A hospital made of a row.
pub struct Made {
    /// The hospital.
    pub hospital: Hospital,
    /// The id that the row gave, when an earlier row has it already and this one got another.
    pub doubled: Option<Text>,
}

impl Maker {
    /// Makes hospitals of rows that `reader` reads.
    #[must_use]
    pub fn new(reader: RowReader) -> Self {
        let told = vec![false; reader.plan.headings.len()];
        let (ids, shared, kept) = Default::default();
        Self { reader: Arc::new(reader), ids, shared, told, kept }
    }

    /// Who reads the rows' details.
    #[must_use]
    pub fn reader(&self) -> &RowReader {
        &self.reader
    }

    /// What was kept of the last row.
    #[must_use]
    pub fn kept(&self) -> &str {
        &self.kept
    }

    /// Makes a hospital of a row; none when it has no name.
    pub fn hospital<'a>(&mut self, cell: impl Fn(usize) -> &'a str) -> Option<Made> {
        self.told.fill(false);
        let reader = Arc::clone(&self.reader);
        let plan = &reader.plan;
        let name = Text::clean(&self.first(&plan.columns.name, &cell)?);
        let native = self
            .first(&plan.columns.native_name, &cell)
            .filter(|native| **native != *name)
            .map(|native| Text::clean(&native));
        let aliases = self.aliases(plan, &cell, &name, native.as_ref());
        let constants = &plan.profile.constants;
        let place = Place {
            city: self.shared(&plan.columns.city, &cell),
            region: self.shared(&plan.columns.region, &cell).or_else(|| constants.region.clone()),
            country: self.shared(&plan.columns.country, &cell).or_else(|| constants.country.clone()),
        };
        let kind = self.shared(&plan.columns.kind, &cell).or_else(|| constants.kind.clone());
        let given = self.first(&plan.columns.id, &cell).map(|id| Text::clean(&id));
        let wanted = given.clone().unwrap_or_else(|| made_id(&name, &place));
        let id = self.own(&wanted);
        let doubled = given.filter(|given| *given != id);
        self.keep(&cell);
        let row = Row { cells: self.kept.as_str().into(), reader: reader.clone(), earlier: None };
        Some(Made {
            hospital: Hospital { id, name, native_name: native, aliases, place, kind, details: row.into() },
            doubled,
        })
    }

    /// The id that a row gives, though no hospital can be made of it.
    pub fn id<'a>(&self, cell: impl Fn(usize) -> &'a str) -> Option<Text> {
        let plan = &self.reader.plan;
        let mut texts = plan.columns.id.iter().map(|at| text::clean(cell(*at)));
        let id = texts.find(|text| !text.is_empty() && value::missing(text, &plan.profile.missing).is_none())?;
        Some(Text::clean(&id))
    }

    /// The first cell of `columns` that says something; it is then told. One that says why there is nothing is not, and
    /// stays on the hospital under its own heading.
    fn first<'a>(&mut self, columns: &[usize], cell: &impl Fn(usize) -> &'a str) -> Option<Cow<'a, str>> {
        let missing = &self.reader.plan.profile.missing;
        for &at in columns {
            let text = text::clean(cell(at));
            if !text.is_empty() && (value::is_short_word(&text) || value::missing(&text, missing).is_none()) {
                self.told[at] = true;
                return Some(text);
            }
        }
        None
    }

    /// The same, as a text that many rows share.
    fn shared<'a>(&mut self, columns: &[usize], cell: &impl Fn(usize) -> &'a str) -> Option<Text> {
        let text = self.first(columns, cell)?;
        if let Some(known) = self.shared.get(&*text) {
            return Some(known.clone());
        }
        let shared = Text::clean(&text);
        self.shared.insert(text.into(), shared.clone());
        Some(shared)
    }

    fn aliases<'a>(
        &mut self,
        plan: &Plan,
        cell: &impl Fn(usize) -> &'a str,
        name: &Text,
        native: Option<&Text>,
    ) -> Box<[Text]> {
        let mut aliases: Vec<Text> = Vec::new();
        for &at in &plan.columns.aliases {
            let text = text::clean(cell(at));
            if text.is_empty() || self.told[at] {
                continue;
            }
            if value::missing(&text, &plan.profile.missing).is_some() {
                continue;
            }
            self.told[at] = true;
            let is_known = *text == **name || native.is_some_and(|native| **native == *text);
            if !is_known && !aliases.iter().any(|known| **known == *text) {
                aliases.push(Text::clean(&text));
            }
        }
        aliases.into()
    }

    /// `id`, or with a number behind it when an earlier row has it.
    fn own(&mut self, id: &Text) -> Text {
        let mut wanted = id.clone();
        while self.ids.contains_key(&wanted) {
            let times = self.ids.entry(id.clone()).or_insert(1);
            *times += 1;
            wanted = Text::clean(&format!("{id}~{times}"));
        }
        self.ids.insert(wanted.clone(), 1);
        wanted
    }

    /// Keeps what is not told.
    fn keep<'a>(&mut self, cell: &impl Fn(usize) -> &'a str) {
        self.kept.clear();
        for at in (0..self.told.len()).filter(|at| !self.told[*at]) {
            let text = text::clean(cell(at));
            let sign = u32::try_from(at).ok().and_then(|at| char::from_u32(FIRST + at));
            if let Some(sign) = sign.filter(|_| !text.is_empty()) {
                self.kept.push(sign);
                self.kept.push_str(&text);
                self.kept.push(END);
            }
        }
    }
}

/// An id made from name and place, so that a row has the same one in every vintage: ten letters and digits.
fn made_id(name: &str, place: &Place) -> Text {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let parts = [Some(name), place.city.as_deref(), place.region.as_deref(), place.country.as_deref()];
    // FNV-1a: a hash that stays what it is, as those of the standard library need not.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.unwrap_or_default().bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let id: String = (0..10).map(|at| char::from(LETTERS[(hash >> (at * 5) & 31) as usize])).collect();
    Text::clean(&id)
}
