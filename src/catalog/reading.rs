//! Reading one hospital of a catalog.
//!
//! Most hospitals of a large catalog have a name, a place and no more. They are read field by field into what is kept
//! of them, so that nobody makes room for twenty lists that are not there.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::hospital::{Details, Hospital, Place};
use super::record::PlaceRecord;

/// Defines the reading of each field: those that stand in [`Hospital`], and those that stand in its details.
macro_rules! define {
    ([$($own:ident)*] [$($detail:ident)*]) => {
        /// The fields of a hospital.
        #[derive(Clone, Copy, Deserialize)]
        #[serde(field_identifier)]
        #[expect(non_camel_case_types, reason = "they are called as in the file")]
        enum Field { aliases, place, $($own,)* $($detail,)* }

        impl Field {
            fn name(self) -> &'static str {
                match self {
                    Self::aliases => "aliases",
                    Self::place => "place",
                    $(Self::$own => stringify!($own),)*
                    $(Self::$detail => stringify!($detail),)*
                }
            }
        }

        impl Reading {
            fn field<'de, A: MapAccess<'de>>(&mut self, field: Field, map: &mut A) -> Result<(), A::Error> {
                match field {
                    Field::aliases => self.hospital.aliases = map.next_value::<Vec<_>>()?.into(),
                    Field::place => self.place(map.next_value()?),
                    $(Field::$own => self.hospital.$own = map.next_value()?,)*
                    $(Field::$detail => self.details.get_or_insert_default().$detail = map.next_value()?,)*
                }
                Ok(())
            }
        }
    };
}

define! {
    [id name native_name kind]
    [names_note grade ownership founded status address phone website campuses figures rankings accreditations specialties
     affiliations partners programmes milestones people extra]
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    hospital: Hospital,
    details: Option<Box<Details>>,
}

impl Reading {
    fn place(&mut self, place: PlaceRecord) {
        let PlaceRecord { city, region, country, latitude, longitude } = place;
        self.hospital.place = Place { city, region, country };
        if latitude.is_some() || longitude.is_some() {
            let details = self.details.get_or_insert_default();
            (details.latitude, details.longitude) = (latitude, longitude);
        }
    }
}

impl<'de> Deserialize<'de> for Hospital {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsHospital;

        impl<'de> Visitor<'de> for AsHospital {
            type Value = Hospital;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a hospital")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Hospital, A::Error> {
                let (mut read, mut seen) = (Reading::default(), 0_u32);
                while let Some(field) = map.next_key::<Field>()? {
                    let bit = 1 << field as u32;
                    if seen & bit != 0 {
                        return Err(de::Error::duplicate_field(field.name()));
                    }
                    seen |= bit;
                    read.field(field, &mut map)?;
                }
                for needed in [Field::id, Field::name] {
                    if seen & (1 << needed as u32) == 0 {
                        return Err(de::Error::missing_field(needed.name()));
                    }
                }
                let Reading { mut hospital, details } = read;
                if let Some(details) = details {
                    hospital.details = (*details).into();
                }
                Ok(hospital)
            }
        }

        deserializer.deserialize_map(AsHospital)
    }
}
