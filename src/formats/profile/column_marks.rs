//! The decimal marks that the numbers of each column have shown so far.
//!
//! Rows are read on first use, perhaps while the file is still being loaded, so the marks are shared between threads.

use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::catalog::number::{DecimalMark, DecimalMarks};
use crate::formats::profile::cell::collect_marks;
use crate::formats::profile::plan::Plan;

const POINT: u8 = 1;
const COMMA: u8 = 2;

/// The decimal marks of a file.
#[derive(Debug)]
pub(crate) struct ColumnMarks {
    /// By column; none for columns without numbers.
    columns: Vec<Option<ColumnMark>>,
    file: AtomicU8,
    /// Whether a comma is no decimal mark unless a number shows that it is: in comma-separated files and in JSON.
    commas_group: bool,
}

#[derive(Debug)]
struct ColumnMark {
    is_percent: bool,
    seen: AtomicU8,
}

impl ColumnMarks {
    /// Nothing seen yet of the columns of figures and coordinates.
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut columns: Vec<Option<ColumnMark>> = Vec::new();
        columns.resize_with(plan.headings.len(), || None);
        let coordinates = plan.columns.latitude.iter().chain(&plan.columns.longitude);
        let figures = plan.figures.iter().map(|figure| (figure.column, figure.is_percent));
        let beside = plan.figures.iter().flat_map(|figure| figure.beside.iter().map(|at| (at, figure.is_percent)));
        let numbers = plan.numbers.iter().flat_map(|number| {
            let is_percent = number.symbol.is_some();
            std::iter::once(number.column).chain(number.beside.iter()).map(move |at| (at, is_percent))
        });
        for (at, is_percent) in coordinates.map(|at| (*at, false)).chain(beside).chain(numbers).chain(figures) {
            columns[at] = Some(ColumnMark { is_percent, seen: AtomicU8::new(0) });
        }
        if plan.figures.is_empty() && plan.numbers.is_empty() {
            columns.clear();
        }
        Self { columns, file: AtomicU8::new(0), commas_group: plan.commas_group }
    }

    /// The columns of numbers.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter_map(|(at, column)| column.as_ref().map(|_| at))
    }

    /// Collects what a cell shows. Whether that is new.
    pub(crate) fn collect(&self, column: usize, text: &str) -> bool {
        let Some(Some(ColumnMark { is_percent, seen })) = self.columns.get(column) else { return false };
        if !may_add(seen.load(Ordering::Relaxed), text) {
            return false;
        }
        let marks = Cell::default();
        collect_marks(text, *is_percent, &marks);
        let marks: DecimalMarks = marks.get();
        let bits = (u8::from(marks.point) * POINT) | (u8::from(marks.comma) * COMMA);
        if bits == 0 || seen.load(Ordering::Relaxed) & bits == bits {
            return false;
        }
        seen.fetch_or(bits, Ordering::Relaxed);
        self.file.fetch_or(bits, Ordering::Relaxed);
        true
    }

    /// The decimal mark of a cell: that of its column, else that of the file; none where neither tells.
    pub(crate) fn mark(&self, column: usize, text: &str) -> Option<DecimalMark> {
        let read = |seen: &AtomicU8| {
            let bits = seen.load(Ordering::Relaxed);
            DecimalMarks { point: bits & POINT != 0, comma: bits & COMMA != 0 }
        };
        let column = self.columns.get(column).and_then(Option::as_ref).map(|column| read(&column.seen));
        let marks = column.filter(|marks| !marks.is_empty()).unwrap_or_else(|| read(&self.file));
        let by_format = (self.commas_group && marks.is_empty() && !text.contains('.')).then_some(DecimalMark::Point);
        marks.only().or(by_format)
    }
}

/// Whether a cell may show a mark that is not among those seen. Most cells are told by their commas and points alone.
fn may_add(seen: u8, text: &str) -> bool {
    let count = |mark: u8| memchr::memchr_iter(mark, text.as_bytes()).count();
    match seen {
        0 => text.contains([',', '.']),
        POINT => count(b',') > 0 || count(b'.') > 1,
        COMMA => count(b'.') > 0 || count(b',') > 1,
        _ => false,
    }
}
