//! Why a dataset could not be loaded.

use std::error::Error;
use std::fmt;
use std::io;

use crate::catalog::MeasureClash;
use crate::diagnostic::Diagnostic;
use crate::formats::archive::ArchiveError;
use crate::formats::compression::CompressionError;
use crate::formats::encoding::DecodeError;
use crate::formats::limits::{MAX_BYTES, MAX_ROWS};
use crate::formats::package::Database;
use crate::formats::profile::builtin::{FILL_IN, NoNameHeading};
use crate::formats::profile::definition::ProfileError;
use crate::formats::workbook::SheetError;
use crate::text::{self, Text, clip};

/// Most columns of a reason.
const MAX_REASON: usize = 600;

/// Most bytes of a whole message.
const MAX_MESSAGE: usize = 1_900;

/// Most diagnostics in a message.
const MAX_SHOWN: usize = 5;

/// Why a dataset could not be loaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The file could not be read at all.
    Unreadable {
        /// The file.
        origin: Text,
        /// What is in the way.
        reason: Unreadable,
    },
    /// The file was read, and this is wrong with it.
    Invalid(Vec<Diagnostic>),
    /// Two files define one measure differently.
    Clash(MeasureClash),
    /// The observer stopped it.
    Stopped,
}

/// Why a file could not be read at all. The words of each name the fix, where there is one. They say all of the errors
/// within, so [`Error::source`] goes on with what is behind these.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unreadable {
    /// The operating system does not give it.
    Io(io::Error),
    /// It is named twice on the command line.
    NamedTwice,
    /// It is a named pipe.
    NamedPipe,
    /// It is a device.
    Device,
    /// It is the terminal, which the keys come from.
    Terminal,
    /// It has no bytes.
    Empty,
    /// It has more than [`MAX_BYTES`].
    TooLarge,
    /// It has too many rows.
    TooManyRows,
    /// It is packed and cannot be unpacked.
    Compression(CompressionError),
    /// It is no text.
    Decoding(DecodeError),
    /// It is a workbook without a list that can be read.
    Workbook(SheetError),
    /// It is an archive that cannot be read.
    Archive(ArchiveError),
    /// It is one of a database program.
    Database(Database),
    /// There is no line of headings.
    NoHeadingLine,
    /// It is something that is not read: what, and what to do.
    Other(&'static str),
    /// It is a web page or XML.
    Markup,
    /// It is the list of prices that a hospital publishes.
    PriceList,
    /// It is a catalog, which needs no profile.
    IsCatalog,
    /// No heading is that of the hospitals' names.
    Headings(NoNameHeading),
    /// It is a profile that cannot be used.
    Profile(ProfileError),
    /// It is a table without rows.
    NoRows,
    /// It is white space.
    Blank,
    /// A line is too long to be a row.
    LongLine {
        /// The line.
        line: u64,
        /// The most KiB.
        most: usize,
    },
    /// A line has too many columns.
    TooManyColumns {
        /// The line.
        line: u64,
        /// How many it has.
        count: usize,
        /// The most.
        most: usize,
    },
    /// Its objects have too many different properties: the most.
    TooManyProperties(usize),
    /// The list of objects is empty: which list, and what the server remarks on it.
    NoObjects {
        /// The list.
        list: String,
        /// What the server remarks.
        remark: Option<Text>,
    },
    /// It is no table.
    Csv(csv::Error),
    /// Another reason, and what may have been meant.
    Hinted {
        /// The reason.
        reason: Box<Self>,
        /// What may have been meant.
        hint: String,
    },
}

impl LoadError {
    /// That the file could not be read at all.
    #[must_use]
    pub(crate) fn unreadable(origin: &Text, reason: impl Into<Unreadable>) -> Self {
        Self::Unreadable { origin: origin.clone(), reason: reason.into() }
    }
}

macro_rules! from {
    ($($error:ty => $reason:ident),* $(,)?) => {
        $(impl From<$error> for Unreadable {
            fn from(error: $error) -> Self {
                Self::$reason(error)
            }
        })*
    };
}
from! {
    io::Error => Io,
    CompressionError => Compression,
    DecodeError => Decoding,
    NoNameHeading => Headings,
    ProfileError => Profile,
    SheetError => Workbook,
    ArchiveError => Archive,
    csv::Error => Csv,
}

impl From<MeasureClash> for LoadError {
    fn from(clash: MeasureClash) -> Self {
        Self::Clash(clash)
    }
}

impl Unreadable {
    /// Which limit the file is beyond.
    fn write_limit(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "larger than {} MiB, the most that is read; split it", MAX_BYTES >> 20),
            Self::LongLine { line, most } => {
                write!(f, "line {line} is longer than {most} KiB; a table has a line for each row")
            }
            Self::TooManyRows => write!(f, "more than {MAX_ROWS} rows, the most that are read; split it"),
            Self::TooManyColumns { line, count, most } => {
                write!(f, "line {line} has {count} columns, of {most} at most; is it a table?")
            }
            Self::TooManyProperties(most) => write!(f, "more than {most} properties; is it one dataset?"),
            _ => f.write_str("it cannot be read"),
        }
    }

    /// The error within, which says all that there is to say.
    fn inner(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Compression(error) => Some(error),
            Self::Decoding(error) => Some(error),
            Self::Workbook(error) => Some(error),
            Self::Archive(error) => Some(error),
            Self::Headings(error) => Some(error),
            Self::Profile(error) => Some(error),
            Self::Csv(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = self.inner() {
            return write!(f, "{error}");
        }
        match self {
            Self::Io(error) => explain(error, f),
            Self::NamedTwice => f.write_str("it is named twice; name it once"),
            Self::NamedPipe => f.write_str("this is a named pipe; give it as standard input: hospitui - < PIPE"),
            Self::Device => f.write_str("this is a device; name a file, or pipe data in: hospitui - < FILE"),
            Self::Terminal => {
                f.write_str("this is the terminal, which the keys come from; pipe data in, or name a file")
            }
            Self::Empty => f.write_str("the file is empty; a dataset has a line of headings, or starts with {"),
            Self::Markup => f.write_str(
                "this is a web page or XML, not data that can be read; fetch the file itself, as CSV or GeoJSON, or copy \
                 its table into a spreadsheet",
            ),
            Self::PriceList => f.write_str("this is a price list of one hospital, not a list of hospitals"),
            Self::IsCatalog => f.write_str("this is a catalog; catalogs need no profile"),
            Self::NoRows => {
                f.write_str("there are headings and no rows under them; fetch the file again, it may be cut off")
            }
            Self::Blank => f.write_str("there is nothing but white space; a table starts with a line of headings"),
            Self::NoObjects { list, remark } => {
                let remark = remark.as_ref().map_or_else(String::new, |says| format!("; the server says: {says}"));
                write!(f, "there is nothing in {list}{remark}; fetch the file again")
            }
            Self::Other(what) => write!(f, "this is {what}"),
            Self::Database(database) => f.write_str(&database.cure("FILE")),
            Self::NoHeadingLine => {
                write!(f, "there is no heading line: the first line is one like the others; {FILL_IN}, by position")
            }
            Self::Hinted { reason, hint } => write!(f, "{reason}; {hint}"),
            other => other.write_limit(f),
        }
    }
}

fn explain(error: &io::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.kind() {
        io::ErrorKind::NotFound => f.write_str("no such file; check the path"),
        io::ErrorKind::PermissionDenied => f.write_str("no permission to read it; ask its owner, or copy it"),
        io::ErrorKind::IsADirectory => f.write_str("this is a directory; name a file in it"),
        _ => write!(f, "{error}"),
    }
}

impl Error for Unreadable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => error.source(),
            Self::Hinted { reason, .. } => reason.source(),
            other => other.inner()?.source(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { origin, reason: Unreadable::Database(database) } => {
                write!(f, "{origin}: {}", clip(&text::clean(&database.cure(origin)), MAX_REASON))
            }
            // A reason may repeat text of the file.
            Self::Unreadable { origin, reason } => {
                write!(f, "{origin}: {}", clip(&text::clean(&reason.to_string()), MAX_REASON))
            }
            Self::Clash(clash) => write!(f, "{clash}"),
            Self::Stopped => f.write_str("loading was stopped"),
            Self::Invalid(diagnostics) => list(diagnostics, f),
        }
    }
}

/// The first diagnostics as far as there is room, and how many more there are.
fn list(diagnostics: &[Diagnostic], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let file = diagnostics.first().map_or("the file", |diagnostic| diagnostic.file.as_str());
    let mut left = MAX_MESSAGE.saturating_sub(file.len());
    let mut shown = 0;
    for diagnostic in diagnostics.iter().take(MAX_SHOWN) {
        let excerpt = diagnostic.with_excerpt();
        if shown > 0 && excerpt.len() > left {
            break;
        }
        shown += 1;
        let end = (0..=left.min(excerpt.len())).rev().find(|at| excerpt.is_char_boundary(*at));
        writeln!(f, "{}", &excerpt[..end.unwrap_or(0)])?;
        left = left.saturating_sub(excerpt.len());
    }
    match diagnostics.len() - shown {
        0 => write!(f, "{file} was not loaded"),
        1 => write!(f, "{file} was not loaded: 1 more problem; `hospitui check` lists all"),
        more => write!(f, "{file} was not loaded: {more} more problems; `hospitui check` lists all"),
    }
}

impl Error for LoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable { reason, .. } => reason.source(),
            Self::Clash(_) | Self::Invalid(_) | Self::Stopped => None,
        }
    }
}
