//! Many hospitals, in chunks that several catalogs can share.
//!
//! While a file is loaded, the screen looks at what has come so far: such a look shares the chunks that are there and
//! costs next to nothing, and nothing has to move when more hospitals come.
//!
//! Rows of a file stand in chunks of columns ([`RowChunk`]): a summary of each is at hand, and a whole [`Hospital`] is made
//! when somebody looks at one. Hospitals that are read at once, or put together from several files, stand in chunks as they
//! are. Who looks at all hospitals asks for their summaries and details; who shows one asks for the hospital.

use std::borrow::Cow;
use std::ops::Index;
use std::sync::Arc;

use crate::catalog::details::Details;
use crate::catalog::hospital::Hospital;
use crate::catalog::row_chunk::RowChunk;
use crate::catalog::summary::Summary;
use crate::text::Text;

/// Hospitals, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Hospitals {
    /// None is empty.
    chunks: Vec<Arc<Chunk>>,
    /// The position behind the last hospital of each chunk.
    ends: Vec<usize>,
}

/// Hospitals that follow each other.
#[derive(Clone, Debug)]
pub(super) enum Chunk {
    /// As they are.
    Whole(Vec<Hospital>),
    /// Rows of a file.
    Rows(Box<RowChunk>),
}

impl Chunk {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Whole(hospitals) => hospitals.len(),
            Self::Rows(rows) => rows.len(),
        }
    }

    fn hospital(&self, at: usize) -> &Hospital {
        match self {
            Self::Whole(hospitals) => &hospitals[at],
            Self::Rows(rows) => rows.hospital(at),
        }
    }

    pub(super) fn summary(&self, at: usize) -> Summary<'_> {
        match self {
            Self::Whole(hospitals) => Summary::from(&hospitals[at]),
            Self::Rows(rows) => rows.summary(at),
        }
    }

    fn place(&self, at: usize) -> [Option<&Text>; 3] {
        match self {
            Self::Whole(hospitals) => Summary::from(&hospitals[at]).place(),
            Self::Rows(rows) => rows.place(at),
        }
    }

    pub(super) fn details(&self, at: usize) -> Cow<'_, Details> {
        match self {
            Self::Whole(hospitals) => hospitals[at].details.peek(),
            Self::Rows(rows) => rows.details(at),
        }
    }

    /// The hospitals, to be changed.
    fn make_whole(&mut self) -> &mut Vec<Hospital> {
        if let Self::Rows(rows) = self {
            *self = Self::Whole((0..rows.len()).map(|at| rows.new_hospital(at)).collect());
        }
        match self {
            Self::Whole(hospitals) => hospitals,
            Self::Rows(_) => unreachable!("it has been made whole"),
        }
    }
}

impl Hospitals {
    /// Most hospitals in a chunk.
    pub(crate) const CHUNK: usize = RowChunk::MOST;

    /// How many there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Whether there is none.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Adds one at the end.
    pub(crate) fn push(&mut self, hospital: Hospital) {
        let is_single = self.len() == 1;
        if let Some(last) = self.chunks.last_mut()
            && last.len() < Self::CHUNK
            && matches!(**last, Chunk::Whole(_))
            && let Chunk::Whole(hospitals) = Arc::make_mut(last)
        {
            if is_single {
                // After the first there are many.
                hospitals.reserve(Self::CHUNK - 1);
            }
            hospitals.push(hospital);
            if let Some(end) = self.ends.last_mut() {
                *end += 1;
            }
        } else {
            self.append(vec![hospital]);
        }
    }

    /// Adds many at the end, at most [`Self::CHUNK`]; they stay where they are in memory.
    pub(crate) fn append(&mut self, hospitals: Vec<Hospital>) {
        self.append_chunk(Arc::new(Chunk::Whole(hospitals)));
    }

    /// Adds the rows of a file at the end.
    pub(crate) fn append_rows(&mut self, rows: RowChunk) {
        self.append_chunk(Arc::new(Chunk::Rows(Box::new(rows))));
    }

    /// Adds all of another list at the end; they are shared.
    pub(super) fn append_all(&mut self, hospitals: Self) {
        for chunk in hospitals.chunks {
            self.append_chunk(chunk);
        }
    }

    fn append_chunk(&mut self, chunk: Arc<Chunk>) {
        debug_assert!(chunk.len() <= Self::CHUNK, "positions are found by the size of a chunk");
        if chunk.len() > 0 {
            self.ends.push(self.len() + chunk.len());
            self.chunks.push(chunk);
        }
    }

    /// The chunk of the hospital at a position, and where it stands in it.
    fn find(&self, at: usize) -> Option<(usize, usize)> {
        // A chunk has at most so many, so that of a position is no earlier.
        let first = (at / Self::CHUNK).min(self.ends.len());
        let chunk = first + self.ends[first..].partition_point(|end| *end <= at);
        let start = chunk.checked_sub(1).map_or(0, |before| self.ends[before]);
        (chunk < self.chunks.len()).then(|| (chunk, at - start))
    }

    /// The one at a position, to change it. A chunk that is shared is copied first.
    pub(crate) fn get_mut(&mut self, at: usize) -> Option<&mut Hospital> {
        let (chunk, at) = self.find(at)?;
        Arc::make_mut(&mut self.chunks[chunk]).make_whole().get_mut(at)
    }

    /// All, in order; each is made and kept.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Hospital> + Clone {
        self.chunks.iter().flat_map(|chunk| (0..chunk.len()).map(|at| chunk.hospital(at)))
    }

    /// What a list shows of each, in order.
    pub(crate) fn summaries(&self) -> impl Iterator<Item = Summary<'_>> + Clone {
        self.chunks.iter().flat_map(|chunk| (0..chunk.len()).map(|at| chunk.summary(at)))
    }

    /// What a list shows of the one at a position.
    pub(crate) fn summary(&self, at: usize) -> Summary<'_> {
        let (chunk, at) = self.find(at).expect("the position is that of a hospital");
        self.chunks[chunk].summary(at)
    }

    /// City, region and country of the one at a position, without a look at its names.
    pub(crate) fn place(&self, at: usize) -> [Option<&Text>; 3] {
        let (chunk, at) = self.find(at).expect("the position is that of a hospital");
        self.chunks[chunk].place(at)
    }

    /// The details of the one at a position; what is read for this is not kept.
    pub(crate) fn details(&self, at: usize) -> Cow<'_, Details> {
        let (chunk, at) = self.find(at).expect("the position is that of a hospital");
        self.chunks[chunk].details(at)
    }

    /// The row of a file in which all stands that is said of the one at a position; none where hospitals stand as they are.
    pub(super) fn row_text(&self, at: usize) -> Option<&str> {
        let (chunk, at) = self.find(at)?;
        match &*self.chunks[chunk] {
            Chunk::Whole(_) => None,
            Chunk::Rows(rows) => Some(rows.row(at)),
        }
    }

    /// The one at a position, made anew: what is read for this is not kept.
    pub(crate) fn copy_of(&self, at: usize) -> Hospital {
        let (chunk, at) = self.find(at).expect("the position is that of a hospital");
        match &*self.chunks[chunk] {
            Chunk::Whole(hospitals) => hospitals[at].clone(),
            Chunk::Rows(rows) => rows.new_hospital(at),
        }
    }

    /// The chunks, each with the position of its first hospital.
    pub(super) fn chunks(&self) -> impl Iterator<Item = (usize, &Arc<Chunk>)> {
        self.ends.iter().zip(&self.chunks).map(|(end, chunk)| (end - chunk.len(), chunk))
    }

    /// Takes away all from a position on.
    pub(super) fn split_off(&mut self, at: usize) -> Vec<Hospital> {
        let rest = (at..self.len()).map(|at| self.copy_of(at)).collect();
        while self.ends.last().is_some_and(|end| *end > at) {
            let last = self.chunks.len() - 1;
            let start = self.ends[last] - self.chunks[last].len();
            if start >= at {
                self.chunks.pop();
                self.ends.pop();
            } else {
                Arc::make_mut(&mut self.chunks[last]).make_whole().truncate(at - start);
                self.ends[last] = at;
            }
        }
        rest
    }

    /// Forgets the details that have been read from rows, so that they are read again.
    pub(super) fn forget_read_details(&mut self) {
        for chunk in &mut self.chunks {
            let is_read = match &**chunk {
                Chunk::Whole(hospitals) => hospitals.iter().any(|hospital| hospital.details.is_read_from_row()),
                Chunk::Rows(rows) => rows.is_seen(),
            };
            if is_read {
                match Arc::make_mut(chunk) {
                    Chunk::Whole(hospitals) => hospitals.iter_mut().for_each(|hospital| hospital.details.forget()),
                    Chunk::Rows(rows) => rows.forget(),
                }
            }
        }
    }

    /// All, in order, given away; chunks that are shared are copied first.
    pub(crate) fn into_hospitals(self) -> impl Iterator<Item = Hospital> {
        self.chunks.into_iter().flat_map(|chunk| std::mem::take(Arc::unwrap_or_clone(chunk).make_whole()))
    }
}

impl PartialEq for Hospitals {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Index<usize> for Hospitals {
    type Output = Hospital;

    fn index(&self, at: usize) -> &Hospital {
        let (chunk, at) = self.find(at).expect("the position is that of a hospital");
        self.chunks[chunk].hospital(at)
    }
}

impl FromIterator<Hospital> for Hospitals {
    fn from_iter<I: IntoIterator<Item = Hospital>>(hospitals: I) -> Self {
        let mut all = Self::default();
        hospitals.into_iter().for_each(|hospital| all.push(hospital));
        all
    }
}

impl From<Vec<Hospital>> for Hospitals {
    fn from(hospitals: Vec<Hospital>) -> Self {
        hospitals.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_found_across_chunks() {
        let hospital = |at: usize| Hospital { id: format!("h{at}").into(), ..Hospital::default() };
        for count in [0, 1, Hospitals::CHUNK, Hospitals::CHUNK + 1, Hospitals::CHUNK * 2 + 3] {
            let mut all: Hospitals = (0..count).map(hospital).collect();
            assert_eq!((all.len(), all.is_empty()), (count, count == 0));
            assert!(all.iter().enumerate().all(|(at, one)| *one == hospital(at) && all[at] == *one));
            let shared = all.clone();
            for at in [0, Hospitals::CHUNK - 1, Hospitals::CHUNK, count.saturating_sub(1)] {
                assert_eq!(all.get_mut(at).cloned(), (at < count).then(|| hospital(at)));
            }
            assert!(all.get_mut(count).is_none());
            assert!(shared.into_hospitals().eq((0..count).map(hospital)));
        }
    }

    #[test]
    fn chunks_may_be_short() {
        let hospital = |at: usize| Hospital { id: format!("h{at}").into(), ..Hospital::default() };
        let mut all = Hospitals::default();
        let mut count = 0;
        for length in [512, 1, 0, Hospitals::CHUNK, 3, Hospitals::CHUNK, 2] {
            all.append((count..count + length).map(hospital).collect());
            count += length;
        }
        assert_eq!(all.len(), count);
        assert!((0..count).all(|at| all[at] == hospital(at) && all.summary(at).id == format!("h{at}")));
        assert_eq!(all.summaries().count(), count);
        assert!(all.get_mut(count).is_none());
    }
}
