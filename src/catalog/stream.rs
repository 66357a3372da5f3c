//! Reading a catalog file hospital by hospital, so that somebody can look on.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::record::CatalogFile;

/// Hospitals read between two looks at what has come.
const SHOWN: usize = 4_096;

/// Hospitals read before the first look, so that a list is there at once.
const FIRST_SHOWN: usize = 512;

type Watch<'w> = &'w mut dyn FnMut(&CatalogFile) -> bool;

/// Reads `text`; `watch` is shown what has come, and says whether to go on.
///
/// # Errors
///
/// When it is no catalog, or `watch` stops it.
pub fn read(text: &str, watch: Watch) -> Result<CatalogFile, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let file = (&mut deserializer).deserialize_map(AsCatalog { watch })?;
    deserializer.end()?;
    Ok(file)
}

const FIELDS: &[&str] = &["$schema", "title", "ids", "sources", "families", "measures", "terms", "hospitals"];

struct AsCatalog<'w> {
    watch: Watch<'w>,
}

impl<'de> Visitor<'de> for AsCatalog<'_> {
    type Value = CatalogFile;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a catalog")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CatalogFile, A::Error> {
        let mut file = CatalogFile::default();
        let mut seen = [false; FIELDS.len()];
        while let Some(key) = map.next_key::<std::borrow::Cow<str>>()? {
            let Some(at) = FIELDS.iter().position(|field| *field == key) else {
                return Err(de::Error::unknown_field(&key, FIELDS));
            };
            if std::mem::replace(&mut seen[at], true) {
                return Err(de::Error::duplicate_field(FIELDS[at]));
            }
            match FIELDS[at] {
                "$schema" => file.schema = map.next_value()?,
                "title" => file.title = map.next_value()?,
                "ids" => file.ids = map.next_value()?,
                "sources" => file.sources = map.next_value()?,
                "families" => file.families = map.next_value()?,
                "measures" => file.measures = map.next_value()?,
                "terms" => file.terms = map.next_value()?,
                _ => map.next_value_seed(IntoHospitals { file: &mut file, watch: &mut *self.watch })?,
            }
        }
        for (needed, at) in [("title", 1), ("hospitals", 7)] {
            if !seen[at] {
                return Err(de::Error::missing_field(needed));
            }
        }
        Ok(file)
    }
}

struct IntoHospitals<'f, 'w> {
    file: &'f mut CatalogFile,
    watch: Watch<'w>,
}

impl<'de> DeserializeSeed<'de> for IntoHospitals<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for IntoHospitals<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of hospitals")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        // What names sources that are not known yet cannot be shown.
        let is_known = !self.file.sources.is_empty() || !self.file.title.is_empty();
        while let Some(hospital) = seq.next_element()? {
            self.file.hospitals.push(hospital);
            let count = self.file.hospitals.len();
            let is_shown = count == FIRST_SHOWN || count.is_multiple_of(SHOWN);
            if is_known && is_shown && !(self.watch)(self.file) {
                return Err(de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
