//! Adds the rows of a file to the catalog, as its reader hands them over in batches.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::catalog::RejectedIds;
use crate::catalog::lazy::ReadRow;
use crate::catalog::row_chunk::{RowChunk, RowChunkBuilder};
use crate::diagnostic::{Diagnostic, DiagnosticLog};
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::import::Import;
use crate::formats::limits::MAX_ROWS;
use crate::formats::profile::grouped::rows::HospitalRows;
use crate::formats::profile::row_head::ReadHead;
use crate::formats::profile::row_reader::RowReader;
use crate::text::{Text, TextList};

/// Rows that follow each other in a file, read on one core.
pub(crate) struct ParsedRows {
    file: Arc<String>,
    reader: Arc<dyn ReadRow>,
    /// The rows by their hospitals, where these have several.
    grouped: Option<HospitalRows>,
    /// The rows that are hospitals; the last chunk is being filled.
    chunks: Vec<RowChunkBuilder>,
    /// Whether each of them gives its id.
    has_own_id: Vec<bool>,
    /// The rows that could not be read.
    pub(crate) rejected: DiagnosticLog,
    /// Their hospitals.
    pub(crate) rejected_ids: RejectedIds,
    /// What is odd with rows that were read all the same.
    pub(crate) remarks: DiagnosticLog,
    /// Whether numbers have shown new decimal marks.
    pub(crate) has_new_marks: bool,
    /// The byte of the file at which they end.
    pub(crate) end: usize,
}

impl ParsedRows {
    /// No rows yet of `file`, which `reader` reads; they end at that byte.
    pub(crate) fn new(file: &Arc<String>, reader: &Arc<RowReader>, end: usize) -> Self {
        let grouped = reader.plan().is_grouped.then(HospitalRows::default);
        Self { grouped, ..Self::of_hospitals(file, reader.clone(), end) }
    }

    /// No hospitals yet, which `reader` reads.
    pub(crate) fn of_hospitals(file: &Arc<String>, reader: Arc<dyn ReadRow>, end: usize) -> Self {
        let (chunks, has_own_id, rejected, rejected_ids, remarks, has_new_marks) = Default::default();
        let (file, grouped) = (Arc::clone(file), None);
        Self { file, reader, grouped, chunks, has_own_id, rejected, rejected_ids, remarks, has_new_marks, end }
    }

    /// Adds the row at those bytes of the file.
    pub(crate) fn push(&mut self, row: ReadHead, bytes: Range<usize>) {
        if let Some(grouped) = &mut self.grouped {
            return grouped.push(&row.head, bytes);
        }
        self.has_own_id.push(row.has_own_id);
        if let Some(chunk) = self.chunks.last_mut().filter(|chunk| chunk.len() < RowChunk::MOST) {
            chunk.push(row.head, bytes);
        } else {
            let mut chunk = RowChunkBuilder::new(Arc::clone(&self.file), Arc::clone(&self.reader));
            chunk.push(row.head, bytes);
            self.chunks.push(chunk);
        }
    }
}

/// A hospital whose id an earlier one has.
pub(crate) struct DuplicateId<'a> {
    /// The bytes of its row.
    pub(crate) row: Range<usize>,
    /// The line of the first one, from 1.
    pub(crate) line: usize,
    /// The id that the row gives.
    pub(crate) given: &'a str,
    /// The id that it gets.
    pub(crate) id: &'a str,
}

/// Adds rows to a catalog.
pub(crate) struct RowImport<'r, 'i> {
    /// The file that is read.
    import: &'r mut Import<'i>,
    /// Its text.
    text: &'r str,
    /// A byte of the text, and its line: those of the last duplicate id.
    cursor: (usize, usize),
    /// What is wrong with a duplicate id, in the words of the file's format.
    duplicate: &'r dyn Fn(DuplicateId) -> Diagnostic,
    ids: Ids,
    /// The rows by their hospitals, where these have several.
    grouped: HospitalRows,
    /// How many hospitals there have been.
    found: usize,
    batches: usize,
    /// Whether rows behind the first batch have shown new decimal marks.
    has_late_marks: bool,
}

impl<'r, 'i> RowImport<'r, 'i> {
    /// Adds rows of a file of that text to what `import` reads.
    pub(crate) fn new(
        import: &'r mut Import<'i>,
        text: &'r str,
        duplicate: &'r dyn Fn(DuplicateId) -> Diagnostic,
    ) -> Self {
        let (ids, grouped, found, batches, has_late_marks) = Default::default();
        Self { import, text, cursor: (0, 1), duplicate, ids, grouped, found, batches, has_late_marks }
    }

    /// Adds the next rows, and shows the observer what has come.
    ///
    /// # Errors
    ///
    /// When the observer stops it.
    pub(crate) fn add(&mut self, rows: ParsedRows) -> Result<(), LoadError> {
        let ParsedRows { grouped, chunks, has_own_id, rejected, rejected_ids, remarks, .. } = rows;
        let mut has_own_id = has_own_id.into_iter();
        self.grouped.append(grouped.unwrap_or_default());
        if self.found + has_own_id.len() + self.grouped.len() > MAX_ROWS {
            return Err(LoadError::unreadable(&self.import.origin, Unreadable::TooManyRows));
        }
        for chunk in chunks {
            let mut chunk = chunk.finish();
            let given: Vec<bool> = has_own_id.by_ref().take(chunk.len()).collect();
            self.make_ids_unique(&mut chunk, &given);
            self.found += chunk.len();
            self.import.builder.push_rows(chunk);
        }
        if let Some(dataset) = self.import.dataset() {
            dataset.rejected.append(rejected);
            dataset.rejected_ids.append(rejected_ids);
            dataset.remarks.append(remarks);
        }
        self.has_late_marks |= rows.has_new_marks && self.batches > 0;
        self.batches += 1;
        self.import.report_progress(rows.end as u64, self.text.len())
    }

    /// Gives hospitals whose ids earlier ones have other ids; `given` tells of which rows give their id.
    fn make_ids_unique(&mut self, chunk: &mut RowChunk, given: &[bool]) {
        let mut replaced = Vec::new();
        for (at, is_given) in given.iter().enumerate() {
            let Some(id) = self.ids.add(chunk.id(at)) else { continue };
            let (row, line) = (chunk.bytes(at), self.line_of(chunk.bytes(at).start));
            if *is_given && let Some(dataset) = self.import.dataset() {
                let duplicate = DuplicateId { row, line, given: chunk.id(at), id: &id };
                dataset.remarks.push_with(|| (self.duplicate)(duplicate));
            }
            replaced.push((at, id));
        }
        if !replaced.is_empty() {
            chunk.replace_ids(&replaced);
        }
    }

    /// The line of a byte behind that of the last call.
    fn line_of(&mut self, byte: usize) -> usize {
        let (before, line) = self.cursor;
        let line = line + memchr::memchr_iter(b'\n', &self.text.as_bytes()[before..byte]).count();
        self.cursor = (byte, line);
        line
    }

    /// Ends the file. Whether any row is a hospital.
    pub(crate) fn finish(self) -> bool {
        if self.has_late_marks {
            // Details that the observer has read meanwhile may lack these marks.
            self.import.builder.forget_read_details();
        }
        self.found > 0
    }

    /// The rows by their hospitals, and what they are read into.
    pub(crate) fn into_grouped(self) -> (HospitalRows, &'r mut Import<'i>) {
        (self.grouped, self.import)
    }
}

/// The ids that have been given.
///
/// Most publishers sort by id. As long as each id is greater than the one before, none has to be looked up.
#[derive(Default)]
struct Ids {
    list: TextList,
    /// The hash of each id and its position in the list; filled from the first id on that is out of order.
    table: HashTable<(u32, u32)>,
    /// Whether the ids have come in another order than that of their texts.
    is_unsorted: bool,
    /// How often ids have been given more than once.
    times: HashMap<Text, u32>,
}

impl Ids {
    /// Adds an id. Where it has been given before, another one: with a number behind it.
    fn add(&mut self, id: &str) -> Option<Text> {
        if self.insert(id) {
            return None;
        }
        let mut times = self.times.get(id).copied().unwrap_or(1);
        let other = loop {
            times += 1;
            let other = Text::clean(&format!("{id}~{times}"));
            if self.insert(&other) {
                break other;
            }
        };
        self.times.insert(Text::from(id), times);
        Some(other)
    }

    /// Whether the id is new; then it is added.
    fn insert(&mut self, id: &str) -> bool {
        let is_next = self.list.len().checked_sub(1).is_none_or(|last| self.list.get(last) < id);
        if !self.is_unsorted && !is_next {
            self.is_unsorted = true;
            (0..self.list.len()).for_each(|at| self.insert_at(at));
        }
        if self.is_unsorted {
            let hash = short_hash(id);
            let is_same = |(other, at): &(u32, u32)| *other == hash && self.list.get(*at as usize) == id;
            if self.table.find(table_hash(hash), is_same).is_some() {
                return false;
            }
        }
        self.list.push(id);
        if self.is_unsorted {
            self.insert_at(self.list.len() - 1);
        }
        true
    }

    fn insert_at(&mut self, at: usize) {
        let hash = short_hash(self.list.get(at));
        let place = (hash, u32::try_from(at).expect("a file has fewer than 2^32 rows"));
        self.table.insert_unique(table_hash(hash), place, |(hash, _)| table_hash(*hash));
    }
}

/// A hash that is kept beside each position, so that the texts of others are seldom looked at.
fn short_hash(id: &str) -> u32 {
    (FixedState::default().hash_one(id) >> 32) as u32
}

/// A hash of 64 bits, as the table takes its own bits from both ends.
fn table_hash(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_unique_by_a_number() {
        let mut ids = Ids::default();
        let given = ["a", "b", "a", "a~2", "a", "a~2", "b", "0"];
        let unique: Vec<String> =
            given.iter().map(|id| ids.add(id).map_or((*id).to_owned(), |id| id.to_string())).collect();
        assert_eq!(unique, ["a", "b", "a~2", "a~2~2", "a~3", "a~2~3", "b~2", "0"]);
    }
}
