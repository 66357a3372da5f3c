//! Hospitals in JSON: reading, writing, and the shape that the schema describes.
//!
//! Most hospitals of a large catalog have a name, a place and no more. They are read field by field into what is kept
//! of them, so that nothing is allocated for twenty lists that are not there. The fields of details come from
//! `detail_fields!`.

use std::fmt;

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

#[cfg(test)]
use crate::catalog::{Accreditation, Campus, Extra, Fact, Figure, Item, Ranking};
use crate::catalog::{Details, Hospital, Hospitals, Place, detail_fields};
use crate::text::Text;

/// Where a hospital lies: names and coordinates in one object.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Place", description = "Where a hospital lies."))]
#[serde(deny_unknown_fields)]
struct PlaceRecord {
    /// City or town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<Text>,
    /// Province, state or region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<Text>,
    /// Country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<Text>,
    /// Degrees north, WGS 84, -90 to 90.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latitude: Option<f64>,
    /// Degrees east, WGS 84, -180 to 180.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    longitude: Option<f64>,
}

/// What has been read of a hospital so far.
#[derive(Default)]
struct PartialHospital {
    hospital: Hospital,
    details: Option<Box<Details>>,
}

impl PartialHospital {
    fn place(&mut self, place: PlaceRecord) {
        let PlaceRecord { city, region, country, latitude, longitude } = place;
        self.hospital.place = Place { city, region, country };
        if latitude.is_some() || longitude.is_some() {
            let details = self.details.get_or_insert_default();
            (details.latitude, details.longitude) = (latitude, longitude);
        }
    }

    fn finish(self) -> Hospital {
        let Self { mut hospital, details } = self;
        if let Some(details) = details {
            hospital.details = (*details).into();
        }
        hospital
    }
}

macro_rules! define_json {
    (
        texts { $($(#[$text_doc:meta])* $text:ident)* }
        facts { $($(#[$fact_doc:meta])* $fact:ident)* }
        lists { $($(#[$list_doc:meta])* $list:ident: $record:ident $(=> $kind:ident)?)* }
    ) => {
        /// The fields of a hospital.
        #[derive(Clone, Copy, Deserialize)]
        #[serde(field_identifier)]
        #[expect(non_camel_case_types, reason = "they are called as in the file")]
        enum FieldName { id, name, native_name, aliases, place, kind, $($text,)* $($fact,)* $($list,)* }

        impl FieldName {
            fn as_str(self) -> &'static str {
                match self {
                    Self::id => "id",
                    Self::name => "name",
                    Self::native_name => "native_name",
                    Self::aliases => "aliases",
                    Self::place => "place",
                    Self::kind => "kind",
                    $(Self::$text => stringify!($text),)*
                    $(Self::$fact => stringify!($fact),)*
                    $(Self::$list => stringify!($list),)*
                }
            }
        }

        impl PartialHospital {
            fn read<'de, A: MapAccess<'de>>(&mut self, field: FieldName, map: &mut A) -> Result<(), A::Error> {
                match field {
                    FieldName::id => self.hospital.id = map.next_value()?,
                    FieldName::name => self.hospital.name = map.next_value()?,
                    FieldName::native_name => self.hospital.native_name = map.next_value()?,
                    FieldName::aliases => self.hospital.aliases = map.next_value::<Vec<_>>()?.into(),
                    FieldName::place => self.place(map.next_value()?),
                    FieldName::kind => self.hospital.kind = map.next_value()?,
                    $(FieldName::$text => self.details.get_or_insert_default().$text = map.next_value()?,)*
                    $(FieldName::$fact => self.details.get_or_insert_default().$fact = map.next_value()?,)*
                    $(FieldName::$list => self.details.get_or_insert_default().$list = map.next_value()?,)*
                }
                Ok(())
            }
        }

        impl Serialize for Hospital {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // What has to be read from a row for writing is not kept.
                let details = self.details.peek();
                let (latitude, longitude) = (details.latitude, details.longitude);
                let Place { city, region, country } = self.place.clone();
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("id", &self.id)?;
                map.serialize_entry("name", &self.name)?;
                write_some(&mut map, "native_name", self.native_name.as_ref())?;
                write_all(&mut map, "aliases", &self.aliases)?;
                $(write_some(&mut map, stringify!($text), details.$text.as_ref())?;)*
                let place = PlaceRecord { city, region, country, latitude, longitude };
                write_some(&mut map, "place", Some(&place).filter(|place| **place != PlaceRecord::default()))?;
                write_some(&mut map, "kind", self.kind.as_ref())?;
                $(write_some(&mut map, stringify!($fact), details.$fact.as_ref())?;)*
                $(write_all(&mut map, stringify!($list), &details.$list)?;)*
                map.end()
            }
        }

        #[cfg(test)]
        #[derive(schemars::JsonSchema)]
        #[schemars(rename = "Hospital", deny_unknown_fields)]
        #[schemars(description = "One hospital, and all that the sources say of it.")]
        #[expect(dead_code, reason = "only its shape is used")]
        struct HospitalRecord {
            /// A name of its own within the catalog: lower case, digits and hyphens read best.
            id: Text,
            /// Its name.
            name: Text,
            /// Its name in its own script.
            #[schemars(default, skip_serializing_if = "Option::is_none")]
            native_name: Option<Text>,
            /// Short names, acronyms, former and other names.
            #[schemars(default, skip_serializing_if = "Vec::is_empty")]
            aliases: Vec<Text>,
            $($(#[$text_doc])* #[schemars(default, skip_serializing_if = "Option::is_none")] $text: Option<Text>,)*
            /// Where it lies.
            #[schemars(default, skip_serializing_if = "is_default")]
            place: PlaceRecord,
            /// What kind of hospital it is.
            #[schemars(default, skip_serializing_if = "Option::is_none")]
            kind: Option<Text>,
            $($(#[$fact_doc])* #[schemars(default, skip_serializing_if = "Option::is_none")] $fact: Option<Fact>,)*
            $($(#[$list_doc])* #[schemars(default, skip_serializing_if = "Vec::is_empty")] $list: Vec<$record>,)*
        }
    };
}
detail_fields!(define_json);

fn write_some<M: SerializeMap>(
    map: &mut M,
    field: &'static str,
    value: Option<&impl Serialize>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(field, value))
}

fn write_all<M: SerializeMap>(map: &mut M, field: &'static str, values: &[impl Serialize]) -> Result<(), M::Error> {
    if values.is_empty() { Ok(()) } else { map.serialize_entry(field, values) }
}

impl<'de> Deserialize<'de> for Hospital {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HospitalVisitor)
    }
}

struct HospitalVisitor;

impl<'de> Visitor<'de> for HospitalVisitor {
    type Value = Hospital;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a hospital")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Hospital, A::Error> {
        let (mut read, mut seen) = (PartialHospital::default(), 0_u32);
        while let Some(field) = map.next_key::<FieldName>()? {
            let bit = 1 << field as u32;
            if seen & bit != 0 {
                return Err(de::Error::duplicate_field(field.as_str()));
            }
            seen |= bit;
            read.read(field, &mut map)?;
        }
        for needed in [FieldName::id, FieldName::name] {
            if seen & (1 << needed as u32) == 0 {
                return Err(de::Error::missing_field(needed.as_str()));
            }
        }
        Ok(read.finish())
    }
}

#[cfg(test)]
fn is_default(place: &PlaceRecord) -> bool {
    *place == PlaceRecord::default()
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

impl Serialize for Hospitals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Hospitals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(HospitalsVisitor)
    }
}

struct HospitalsVisitor;

impl<'de> Visitor<'de> for HospitalsVisitor {
    type Value = Hospitals;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of hospitals")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Hospitals, A::Error> {
        let mut all = Hospitals::default();
        while let Some(hospital) = seq.next_element()? {
            all.push(hospital);
        }
        Ok(all)
    }
}
