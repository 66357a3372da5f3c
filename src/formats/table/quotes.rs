//! Where quotes count: at the start of a cell, as the `csv` crate takes them.

/// Whether what follows stands in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuoteState {
    /// At the start of a cell, where a quote opens it.
    CellStart,
    /// In a cell without quotes, or behind the closing one; a quote here is a letter.
    Plain,
    /// Between the quotes of a cell.
    Quoted,
    /// Behind a quote that closes the cell, or is the first of two that stand for one.
    QuoteInQuoted,
}

impl QuoteState {
    /// The state behind a byte.
    pub(crate) fn after(self, byte: u8, separator: u8) -> Self {
        match (self, byte) {
            (Self::CellStart | Self::QuoteInQuoted, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::QuoteInQuoted,
            (Self::Quoted, _) => Self::Quoted,
            (_, b'\n' | b'\r') => Self::CellStart,
            (_, byte) if byte == separator => Self::CellStart,
            _ => Self::Plain,
        }
    }
}
