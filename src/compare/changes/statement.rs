//! Everything that is said of a hospital in words, each under its label.

use crate::catalog::{Details, Fact, Hospital};
use crate::compare::changes::change::with_caveat;
use crate::text::Text;

/// The label of a hospital's aliases.
pub(super) const ALIASES: &str = "other names";
const PHONE: &str = "phone";

/// Something said in words.
pub(super) struct Statement {
    pub(super) label: Text,
    text: String,
    caveat: Option<String>,
}

impl Statement {
    pub(super) fn words(&self) -> String {
        with_caveat(self.text.clone(), self.caveat.as_deref())
    }

    /// Whether both say the same. Telephone numbers do, however their digits are grouped.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_number = || {
            let (own, others) = (digits(&self.text), digits(&other.text));
            self.label.as_str() == PHONE && !own.is_empty() && own == others
        };
        self.caveat == other.caveat && (self.text == other.text || is_number())
    }
}

/// All statements on a hospital, each of its own label.
pub(super) fn statements(hospital: &Hospital, details: &Details) -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    let mut say = |label: &str, text: String, caveat: Option<String>| {
        // Two sources may each have a column of that heading.
        match all.iter_mut().find(|known| known.label.as_str() == label) {
            Some(known) => known.text = format!("{}; {text}", known.text),
            None => all.push(Statement { label: label.into(), text, caveat }),
        }
    };
    let mut plain = |label: &str, text: Option<String>| text.into_iter().for_each(|text| say(label, text, None));
    plain("native name", hospital.native_name.as_ref().map(Text::to_string));
    plain("place", Some(hospital.place.line()).filter(|place| !place.is_empty()));
    plain("coordinates", details.latitude.zip(details.longitude).map(|(north, east)| format!("{north}, {east}")));
    plain("kind", hospital.kind.as_ref().map(Text::to_string));
    for (label, Fact { text, caveat, .. }) in details.facts() {
        say(label, text.to_string(), caveat.as_ref().map(Text::to_string));
    }
    for (heading, text) in details.extra.iter().flat_map(|extra| &extra.facts) {
        say(heading, text.to_string(), None);
    }
    all
}
