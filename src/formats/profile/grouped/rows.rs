//! Collects the rows of a file, and puts those of one hospital together.

use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::catalog::row_chunk::RowHead;
use crate::text::letters;

/// The rows of a part of a file, each with its hospital.
#[derive(Debug, Default)]
pub(crate) struct HospitalRows {
    /// The hospitals, in the order of their first rows.
    hospitals: Vec<Identity>,
    by_id: HashMap<String, Vec<u32>>,
    /// The bytes of each row, and the position of its hospital.
    rows: Vec<(Range<usize>, u32)>,
    /// Hospitals with rows of several names: id, first and other name.
    renamed: Vec<[String; 3]>,
}

/// What tells a hospital from others.
#[derive(Clone, Debug)]
struct Identity {
    id: String,
    name: String,
    place: String,
}

impl Identity {
    /// Whether rows of one id are of one hospital: name or place are the same, or no place is given.
    fn is_same(&self, other: &Self) -> bool {
        self.place == other.place || letters(&self.name) == letters(&other.name)
    }
}

/// A text in which the rows of each hospital stand together.
#[derive(Debug)]
pub(crate) struct GroupedText {
    /// The text.
    pub(crate) text: Arc<String>,
    /// The bytes of each hospital's rows.
    pub(crate) hospitals: Vec<Range<usize>>,
}

impl HospitalRows {
    /// Adds the row at those bytes, of that hospital. Rows of one id with other names and other places are of another one.
    pub(crate) fn push(&mut self, head: &RowHead, bytes: Range<usize>) {
        let place: Vec<&str> = head.place.iter().flatten().map(|part| &**part).collect();
        let hospital = self.hospital(&head.id, &head.name, &place.join(", "));
        self.rows.push((bytes, hospital));
    }

    /// Adds the rows of the next part of the file.
    pub(crate) fn append(&mut self, later: Self) {
        let hospitals = later.hospitals.iter();
        let positions: Vec<u32> = hospitals.map(|one| self.hospital(&one.id, &one.name, &one.place)).collect();
        self.rows.extend(later.rows.into_iter().map(|(bytes, hospital)| (bytes, positions[hospital as usize])));
        self.renamed.extend(later.renamed);
    }

    fn hospital(&mut self, id: &str, name: &str, place: &str) -> u32 {
        let known = self.by_id.get(id).into_iter().flatten();
        for at in known {
            let hospital = &self.hospitals[*at as usize];
            if hospital.name == name {
                return *at;
            }
            let other = Identity { id: id.to_owned(), name: name.to_owned(), place: place.to_owned() };
            if hospital.is_same(&other) {
                if letters(&hospital.name) != letters(name) {
                    let renamed = [id, &hospital.name, name].map(str::to_owned);
                    if !self.renamed.contains(&renamed) {
                        self.renamed.push(renamed);
                    }
                }
                return *at;
            }
        }
        let at = u32::try_from(self.hospitals.len()).expect("a file has fewer than 2^32 rows");
        self.hospitals.push(Identity { id: id.to_owned(), name: name.to_owned(), place: place.to_owned() });
        self.by_id.entry_ref(id).or_default().push(at);
        at
    }

    /// Hospitals with rows of several names: id, first and other name.
    pub(crate) fn renamed(&self) -> &[[String; 3]] {
        &self.renamed
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Puts the rows of each hospital together, in the order of their first rows. The text stays as it is if they stand so,
    /// with nothing between them.
    pub(crate) fn grouped(self, text: &Arc<String>) -> GroupedText {
        self.in_place(text)
            .map_or_else(|| self.rewritten(text), |hospitals| GroupedText { text: Arc::clone(text), hospitals })
    }

    fn in_place(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let mut hospitals: Vec<Range<usize>> = Vec::with_capacity(self.hospitals.len());
        for (bytes, hospital) in &self.rows {
            let at = *hospital as usize;
            if at == hospitals.len() {
                hospitals.push(bytes.clone());
            } else if at + 1 == hospitals.len() && text[hospitals[at].end..bytes.start].trim().is_empty() {
                hospitals[at].end = bytes.end;
            } else {
                return None;
            }
        }
        Some(hospitals)
    }

    fn rewritten(mut self, text: &str) -> GroupedText {
        // A stable sort: the rows of a hospital keep their order.
        self.rows.sort_by_key(|(_, hospital)| *hospital);
        let size = self.rows.iter().map(|(bytes, _)| bytes.len() + 1).sum();
        let mut grouped = String::with_capacity(size);
        let mut hospitals: Vec<Range<usize>> = Vec::with_capacity(self.hospitals.len());
        for (bytes, hospital) in self.rows {
            let start = grouped.len();
            grouped.push_str(&text[bytes]);
            let end = grouped.len();
            grouped.push('\n');
            if hospital as usize == hospitals.len() {
                hospitals.push(start..end);
            } else if let Some(last) = hospitals.last_mut() {
                last.end = end;
            }
        }
        GroupedText { text: Arc::new(grouped), hospitals }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(text: &str) -> (Vec<String>, bool) {
        let text = Arc::new(text.to_owned());
        let mut rows = HospitalRows::default();
        let mut start = 0;
        for line in text.lines() {
            let mut part = HospitalRows::default();
            if !line.starts_with('#') {
                let head = RowHead {
                    id: line[..1].into(),
                    name: "H".into(),
                    native_name: None,
                    aliases: Box::default(),
                    place: [None, None, None],
                    kind: None,
                };
                part.push(&head, start..start + line.len());
            }
            rows.append(part);
            start += line.len() + 1;
        }
        let found = rows.grouped(&text);
        let hospitals = found.hospitals.iter().map(|bytes| found.text[bytes.clone()].to_owned()).collect();
        (hospitals, Arc::ptr_eq(&text, &found.text))
    }

    #[test]
    fn rows_of_a_hospital_stand_together() {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(grouped("a1\na2\nb1\n"), (owned(&["a1\na2", "b1"]), true));
        assert_eq!(grouped("a1\nb1\na2\nb2"), (owned(&["a1\na2", "b1\nb2"]), false));
        assert_eq!(grouped("a1\n#x\na2\nb1"), (owned(&["a1\na2", "b1"]), false), "a rejected row stays out");
        assert_eq!(grouped(""), (Vec::new(), true));
    }
}
