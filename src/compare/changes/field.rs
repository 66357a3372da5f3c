//! The text fields of a hospital: names, place, facts, and the other columns of its dataset.

use std::collections::HashMap;

use crate::catalog::{COORDINATES, Details, Fact, Hospital};
use crate::compare::changes::change::with_caveat;
use crate::text::Text;

/// The label of a hospital's aliases.
pub(super) const ALIASES: &str = "other names";
const PHONE: &str = "phone";

/// A labelled text.
pub(super) struct Field {
    pub(super) label: Text,
    text: String,
    caveat: Option<String>,
}

impl Field {
    pub(super) fn text(&self) -> String {
        with_caveat(self.text.clone(), self.caveat.as_deref())
    }

    /// Whether both fields have the same content. Telephone numbers are compared by their digits.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_same_number = || {
            let (left, right) = (digits(&self.text), digits(&other.text));
            self.label.as_str() == PHONE && !left.is_empty() && left == right
        };
        self.caveat == other.caveat && (self.text == other.text || is_same_number())
    }
}

/// All text fields of a hospital, one for each label.
pub(super) fn fields(hospital: &Hospital, details: &Details) -> Vec<Field> {
    let (mut all, mut known): (Vec<Field>, HashMap<Text, usize>) = Default::default();
    let mut add = |label: &str, text: String, caveat: Option<String>| {
        // Two sources may each have a column with this heading.
        if let Some(at) = known.get(label) {
            let field: &mut Field = &mut all[*at];
            field.text = format!("{}; {text}", field.text);
            return;
        }
        let label: Text = label.into();
        known.insert(label.clone(), all.len());
        all.push(Field { label, text, caveat });
    };
    let mut plain = |label: &str, text: Option<String>| text.into_iter().for_each(|text| add(label, text, None));
    plain("native name", hospital.native_name.as_ref().map(Text::to_string));
    plain("place", Some(hospital.place.line()).filter(|place| !place.is_empty()));
    plain(COORDINATES, details.latitude.zip(details.longitude).map(|(north, east)| format!("{north}, {east}")));
    plain("kind", hospital.kind.as_ref().map(Text::to_string));
    for (label, Fact { text, caveat, .. }) in details.facts() {
        add(label, text.to_string(), caveat.as_ref().map(Text::to_string));
    }
    for (heading, text) in details.extra.iter().flat_map(|extra| &extra.facts) {
        add(heading, text.to_string(), None);
    }
    all
}
