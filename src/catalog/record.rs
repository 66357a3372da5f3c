//! The records of a catalog file, as serde reads and writes them.
//!
//! `assets/catalog.schema.json` describes the same shapes for editors and other programs; a test holds
//! the two together. Every field that is not needed may be left out.

use serde::{Deserialize, Serialize};

use super::hospital::{Accreditation, Campus, Extra, Fact, Figure, Hospital, Item, Place, Ranking, Source, Term};
use super::hospitals::Hospitals;
use super::measure::{Family, Measure};
use crate::text::Text;

/// A catalog file: hospitals, and the sources of all that is said of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CatalogFile {
    /// Where the schema stands, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Text>,
    /// What the catalog is of.
    pub title: Text,
    /// Whose ids its hospitals have, such as `cms-ccn`. Hospitals of one id in two catalogs that name the same are one
    /// hospital; left out, ids are the catalog's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Text>,
    /// The documents and datasets that the figures come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Families of measures that the built-in table does not have, with the heading that each is shown under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub families: Vec<Family>,
    /// Measures that the built-in table does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Names that mean the same, so that lists of two hospitals can be matched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// The hospitals.
    #[cfg_attr(test, schemars(with = "Vec<HospitalRecord>"))]
    pub hospitals: Hospitals,
}

/// One hospital, and all that the sources say of it; as it is written. It is read by [`super::reading`].
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Hospital", description = "One hospital, and all that the sources say of it."))]
#[serde(deny_unknown_fields)]
pub(super) struct HospitalRecord {
    /// A name of its own within the catalog: lower case, digits and hyphens read best.
    id: Text,
    /// Its name.
    name: Text,
    /// Its name in its own script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    native_name: Option<Text>,
    /// Short names, acronyms, former and other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<Text>,
    /// Where its native name and aliases come from, when not from a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    names_note: Option<Text>,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "PlaceRecord::is_empty")]
    place: PlaceRecord,
    /// What kind of hospital it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Text>,
    /// Its grade in the country's system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grade: Option<Fact>,
    /// Who owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ownership: Option<Fact>,
    /// When it was founded or opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    founded: Option<Fact>,
    /// Whether it is open, closed, planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Fact>,
    /// Street, house and postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<Fact>,
    /// Its telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<Fact>,
    /// Its web address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    website: Option<Fact>,
    /// Its sites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    campuses: Vec<Campus>,
    /// What has been counted, each observation for itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Figure>,
    /// Places in ranking lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rankings: Vec<Ranking>,
    /// Accreditations and ratings of its processes. They do not say how patients fare.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    accreditations: Vec<Accreditation>,
    /// Specialties and techniques.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    specialties: Vec<Item>,
    /// Universities it belongs to or teaches for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    affiliations: Vec<Item>,
    /// Institutions it works with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    partners: Vec<Item>,
    /// Designations, bases, centres and programmes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    programmes: Vec<Item>,
    /// Events and awards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    milestones: Vec<Item>,
    /// People its sources name, with their offices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<Item>,
    /// What a dataset says besides, under the dataset's own headings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extra: Vec<Extra>,
}

/// Where a hospital lies.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Place"))]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceRecord {
    /// City or town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) city: Option<Text>,
    /// Province, state or region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<Text>,
    /// Country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<Text>,
    /// Degrees north, WGS 84, -90 to 90.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) latitude: Option<f64>,
    /// Degrees east, WGS 84, -180 to 180.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) longitude: Option<f64>,
}

impl PlaceRecord {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<Hospital> for HospitalRecord {
    fn from(hospital: Hospital) -> Self {
        let Hospital { id, name, native_name, aliases, place, kind, details } = hospital;
        let Place { city, region, country } = place;
        let details = details.into_inner();
        Self {
            id,
            name,
            native_name,
            aliases: aliases.into(),
            place: PlaceRecord { city, region, country, latitude: details.latitude, longitude: details.longitude },
            kind,
            names_note: details.names_note,
            grade: details.grade,
            ownership: details.ownership,
            founded: details.founded,
            status: details.status,
            address: details.address,
            phone: details.phone,
            website: details.website,
            campuses: details.campuses,
            figures: details.figures,
            rankings: details.rankings,
            accreditations: details.accreditations,
            specialties: details.specialties,
            affiliations: details.affiliations,
            partners: details.partners,
            programmes: details.programmes,
            milestones: details.milestones,
            people: details.people,
            extra: details.extra,
        }
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Hospital {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        HospitalRecord::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        HospitalRecord::json_schema(generator)
    }
}

/// Headings and texts as a JSON object that keeps its order.
pub(super) mod pairs {
    use std::fmt;

    use serde::de::{Deserializer, MapAccess, Visitor};
    use serde::ser::Serializer;

    use crate::text::Text;

    pub fn serialize<S: Serializer>(pairs: &[(Text, Text)], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(pairs.iter().map(|(heading, text)| (heading, text)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Text, Text)>, D::Error> {
        struct AsPairs;

        impl<'de> Visitor<'de> for AsPairs {
            type Value = Vec<(Text, Text)>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of headings and texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }

        deserializer.deserialize_map(AsPairs)
    }
}
