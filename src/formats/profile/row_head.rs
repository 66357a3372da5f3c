//! What is taken of a row at once: id, names, place and kind. The rest is read on first use.

use std::borrow::Cow;

use crate::catalog::row_chunk::RowHead;
use crate::formats::profile::belief::is_number;
use crate::formats::profile::cell;
use crate::formats::profile::plan::Plan;
use crate::text::{self, Text};

/// What a short word such as `NA` means in a cell.
#[derive(Clone, Copy, PartialEq)]
enum ShortWords {
    /// Names are taken as they are.
    AreNames,
    /// Places, too: Naples, Namibia. A number is none.
    ArePlaces,
    /// What the profile says.
    MayBeMissing,
}

/// Takes cells of a row for the fields of a hospital.
pub(crate) struct HeadReader<'p> {
    plan: &'p Plan,
    /// Which columns of the present row have been taken.
    taken: Vec<bool>,
}

/// A hospital's fields in a row.
pub(crate) struct ReadHead<'a> {
    /// The fields.
    pub(crate) head: RowHead<'a>,
    /// Whether the row gives the id; else it is made from name and place.
    pub(crate) has_own_id: bool,
}

impl<'p> HeadReader<'p> {
    /// Takes cells by `plan`.
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self { plan, taken: vec![false; plan.headings.len()] }
    }

    /// The columns of the last row that are in the hospital's own fields.
    pub(crate) fn taken(&self) -> &[bool] {
        &self.taken
    }

    /// The fields of a row; none when it has no name.
    pub(crate) fn read<'a>(&mut self, cells: &impl Fn(usize) -> &'a str) -> Option<ReadHead<'a>> {
        self.taken.fill(false);
        let plan = self.plan;
        let (columns, constants) = (&plan.columns, &plan.profile.constants);
        let name = self.first(&columns.name, cells, ShortWords::AreNames)?;
        let native_name =
            self.first(&columns.native_name, cells, ShortWords::AreNames).filter(|native| *native != name);
        let aliases = self.aliases(cells, &name, native_name.as_deref());
        let or = |text: Option<Cow<'a, str>>, constant: &Option<Text>| {
            text.or_else(|| constant.as_ref().map(|text| Cow::Owned(text.to_string())))
        };
        let place = [
            self.first(&columns.city, cells, ShortWords::ArePlaces),
            or(self.first(&columns.region, cells, ShortWords::ArePlaces), &constants.region),
            or(self.first(&columns.country, cells, ShortWords::ArePlaces), &constants.country),
        ];
        let kind = or(self.first(&columns.kind, cells, ShortWords::MayBeMissing), &constants.kind);
        let given = self.first(&columns.id, cells, ShortWords::MayBeMissing);
        let has_own_id = given.is_some();
        let given = given.map(|id| self.with_zeros(id));
        let id = given.unwrap_or_else(|| Cow::Owned(made_id(&name, &place)));
        let native_name = native_name.map(|native| Text::clean(&native));
        Some(ReadHead { head: RowHead { id, name, native_name, aliases, place, kind }, has_own_id })
    }

    /// An id with the zero that a spreadsheet has stripped from it.
    fn with_zeros<'a>(&self, id: Cow<'a, str>) -> Cow<'a, str> {
        let is_short = self.plan.profile.id_digits == Some(id.len() + 1);
        if is_short && id.bytes().all(|byte| byte.is_ascii_digit()) { Cow::Owned(format!("0{id}")) } else { id }
    }

    /// The id that a row gives, though it has no name.
    pub(crate) fn id<'a>(&self, cells: impl Fn(usize) -> &'a str) -> Option<Text> {
        let (_, id) = self.find(&self.plan.columns.id, &cells, ShortWords::MayBeMissing)?;
        Some(Text::clean(&self.with_zeros(id)))
    }

    /// Takes the first cell of `columns` that says something. One that says why there is nothing is left, to be shown
    /// under its own heading.
    fn first<'a>(
        &mut self,
        columns: &[usize],
        cells: &impl Fn(usize) -> &'a str,
        short_words: ShortWords,
    ) -> Option<Cow<'a, str>> {
        let (at, text) = self.find(columns, cells, short_words)?;
        self.taken[at] = true;
        Some(text)
    }

    /// The first cell of `columns` that says something, with its column.
    fn find<'a>(
        &self,
        columns: &[usize],
        cells: &impl Fn(usize) -> &'a str,
        short_words: ShortWords,
    ) -> Option<(usize, Cow<'a, str>)> {
        let is_name = |text: &str| short_words != ShortWords::MayBeMissing && cell::is_short_word(text);
        let is_place = short_words == ShortWords::ArePlaces;
        let is_json = |text: &str| text.starts_with("[{") || text.starts_with("{\"");
        let is_stated = |text: &str| {
            !is_json(text) && is_name(text)
                || (self.plan.missing.reason(text).is_none() && !(is_place && is_number(text)))
        };
        let mut texts = columns.iter().map(|at| (*at, text::clean(cells(*at))));
        texts.find(|(_, text)| !text.is_empty() && is_stated(text))
    }

    fn aliases<'a>(&mut self, cells: &impl Fn(usize) -> &'a str, name: &str, native: Option<&str>) -> Box<[Text]> {
        let mut aliases: Vec<Text> = Vec::new();
        let plan = self.plan;
        for &at in &plan.columns.aliases {
            let text = text::clean(cells(at));
            if text.is_empty() || self.taken[at] || plan.missing.reason(&text).is_some() {
                continue;
            }
            self.taken[at] = true;
            let is_known = *text == *name || native == Some(&*text);
            if !is_known && !aliases.iter().any(|known| **known == *text) {
                aliases.push(Text::clean(&text));
            }
        }
        aliases.into()
    }
}

/// Names under which tables sum up their rows.
const TOTALS: [&str; 19] = [
    "total",
    "totals",
    "grand total",
    "sum",
    "state total",
    "state average",
    "national total",
    "national average",
    "all hospitals",
    "all facilities",
    "totale",
    "total general",
    "gesamt",
    "summe",
    "insgesamt",
    "合计",
    "总计",
    "合計",
    "합계",
];

/// Whether a row is no hospital but the total of those above it.
#[must_use]
pub(crate) fn is_total(name: &str) -> bool {
    TOTALS.contains(&&*name.to_lowercase())
}

/// An id made from name and place, so that a row has the same one in every edition: ten letters and digits.
fn made_id(name: &str, place: &[Option<Cow<str>>; 3]) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let parts = [name].into_iter().chain(place.iter().map(|part| part.as_deref().unwrap_or_default()));
    // FNV-1a: a hash that stays what it is, as those of the standard library need not.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.flat_map(|part| part.bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (0..10).map(|at| char::from(LETTERS[(hash >> (at * 5) & 31) as usize])).collect()
}
