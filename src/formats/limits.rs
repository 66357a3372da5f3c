//! Limits of what is read, far above any real dataset.

/// Largest file, in bytes, unpacked. Every hospital on Earth in full takes less than a third of it.
pub(crate) const MAX_BYTES: u64 = 1 << 30;

/// Longest row of a table, in bytes, so that a file without line ends is not taken for one.
pub(crate) const MAX_ROW: usize = 1 << 20;

/// Most rows of a file that are hospitals.
pub(crate) const MAX_ROWS: usize = 100_000_000;

/// Most columns of a file.
pub(crate) const MAX_COLUMNS: usize = 8_192;

/// Rows that a sheet of a spreadsheet program can have.
pub(crate) const MAX_SHEET_ROWS: u32 = 1 << 20;

/// Most files of an archive.
pub(crate) const MAX_ENTRIES: usize = 1_000;
