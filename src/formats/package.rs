//! What bytes that are no text hold: a workbook, an archive, or what is not read here. Their names do not matter.

use memchr::memmem;

use crate::formats::archive::{Archive, ArchiveError};
use crate::formats::workbook::BookKind;
use crate::text::Text;

/// How a zip archive begins: with a file, or with the end of one that has none.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// How the files of old Office programs begin.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

/// What an `OpenDocument` spreadsheet says that it is.
const SPREADSHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// What bytes that are no text hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Package {
    /// Tables of a database program, which converts them.
    Database(Database),
    /// A workbook.
    Workbook(BookKind),
    /// A zip archive of files.
    Archive,
    /// Something that is not read: what it is, and what to do.
    Other(&'static str),
}

impl Package {
    /// What `bytes` hold; none when they are neither a zip archive nor of an old Office program.
    ///
    /// # Errors
    ///
    /// When they are a damaged archive, or one that unpacks to more than what is read.
    pub(crate) fn of(bytes: &[u8]) -> Result<Option<Self>, ArchiveError> {
        if bytes.starts_with(OLE) {
            return Ok(Some(of_office(bytes)));
        }
        if let Some(database) = Database::of(bytes) {
            return Ok(Some(Self::Database(database)));
        }
        if !ZIP.iter().any(|start| bytes.starts_with(start)) {
            return Ok(None);
        }
        let mut archive = Archive::open(bytes)?;
        let package = of_archive(&mut archive)?;
        if matches!(package, Self::Workbook(_)) {
            archive.check_size()?;
            archive.check_counts()?;
        }
        Ok(Some(package))
    }
}

fn of_archive(archive: &mut Archive) -> Result<Package, ArchiveError> {
    const DOCUMENTS: [(&str, &str); 4] = [
        ("word/document.xml", "a Word document; save its table as CSV, or copy it into a spreadsheet"),
        ("ppt/presentation.xml", "a PowerPoint file; copy its table into a spreadsheet"),
        ("Index/Document.iwa", "a Numbers or Pages file; export it as CSV or Excel"),
        ("META-INF/container.xml", "an electronic book; look for the data as CSV"),
    ];
    let kinds = [("xl/workbook.bin", BookKind::Xlsb), ("xl/workbook.xml", BookKind::Xlsx)];
    if let Some((_, kind)) = kinds.into_iter().find(|(path, _)| archive.has(path)) {
        return Ok(Package::Workbook(kind));
    }
    if let Some((_, what)) = DOCUMENTS.into_iter().find(|(path, _)| archive.has(path)) {
        return Ok(Package::Other(what));
    }
    let mimetype = archive.entries.iter().find(|entry| entry.name.as_str() == "mimetype").cloned();
    let Some(mimetype) = mimetype.filter(|_| archive.has("content.xml")) else { return Ok(Package::Archive) };
    if archive.bytes(&mimetype)?.starts_with(SPREADSHEET) {
        Ok(Package::Workbook(BookKind::Ods))
    } else {
        Ok(Package::Other("an OpenDocument text or presentation; save its table as CSV"))
    }
}

/// Tables of a database program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file of Parquet.
    Parquet,
    /// A database of `SQLite`, and its first table.
    Sqlite(Option<Text>),
}

impl Database {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'P', b'A', b'R', b'1', ..] => Some(Self::Parquet),
            _ if bytes.starts_with(b"SQLite format 3\0") => Some(Self::Sqlite(first_table(bytes))),
            _ => None,
        }
    }

    /// What it is, and the command that makes a table of a file of that name.
    pub(crate) fn cure(&self, file: &str) -> String {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let (what, from) = match self {
            Self::Parquet => ("a Parquet file", format!("'{file}'")),
            Self::Sqlite(table) => {
                let table = table.as_ref().map_or("TABLE", Text::as_str);
                ("an SQLite database", format!("sqlite_scan('{file}', '{table}')"))
            }
        };
        format!("this is {what}; convert it: duckdb -c \"COPY (SELECT * FROM {from}) TO '{stem}.csv'\"")
    }
}

/// The first table that a database of `SQLite` defines: its definition stands as text on the first page.
fn first_table(bytes: &[u8]) -> Option<Text> {
    const DEFINITION: &[u8] = b"CREATE TABLE ";
    let at = memmem::find(&bytes[..bytes.len().min(1 << 16)], DEFINITION)? + DEFINITION.len();
    let rest = String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 200)]).into_owned();
    let is_quote = |c: char| matches!(c, '"' | '`' | '[' | ']' | '\'');
    let quoted = rest.strip_prefix(is_quote).and_then(|rest| rest.split(is_quote).next());
    let name = quoted.or_else(|| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())?;
    Some(Text::clean(name)).filter(|name| !name.is_empty() && name.chars().count() < 64)
}

/// What the names of an old Office file's streams tell.
fn of_office(bytes: &[u8]) -> Package {
    let streams: [(&str, Package); 5] = [
        ("EncryptedPackage", Package::Other("a workbook protected by a password; save it without one")),
        ("Workbook", Package::Workbook(BookKind::Xls)),
        ("WordDocument", Package::Other("an old Word document; save its table as CSV")),
        ("PowerPoint Document", Package::Other("an old PowerPoint file; copy its table into a spreadsheet")),
        ("Book", Package::Workbook(BookKind::Xls)),
    ];
    let has = |name: &str| {
        // A name ends with a zero.
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    let found = streams.into_iter().find(|(name, _)| has(name));
    found.map_or(Package::Other("an old Office file; save the table in it as CSV"), |(_, package)| package)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_come_with_the_command_that_converts_them() {
        let page = b"SQLite format 3\0....CREATE TABLE \"my list\" (id)CREATE TABLE other (id)".to_vec();
        for (bytes, file, command) in [
            (b"PAR1".to_vec(), "d/f.parquet", "duckdb -c \"COPY (SELECT * FROM 'd/f.parquet') TO 'd/f.csv'\""),
            (page, "f.db", "FROM sqlite_scan('f.db', 'my list')) TO 'f.csv'\""),
            (b"SQLite format 3\0".to_vec(), "f", "FROM sqlite_scan('f', 'TABLE')) TO 'f.csv'\""),
            (b"SQLite format 3\0CREATE TABLE h(id)".to_vec(), "f", "sqlite_scan('f', 'h')"),
        ] {
            let Ok(Some(Package::Database(database))) = Package::of(&bytes) else { panic!("{file}") };
            assert!(database.cure(file).contains(command), "{}", database.cure(file));
        }
    }
}
