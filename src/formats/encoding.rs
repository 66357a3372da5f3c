//! From bytes to text: which encoding they are in, detected or given.

use std::borrow::Cow;
use std::fmt;
use std::string::FromUtf8Error;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1254};

use crate::diagnostic::line_of;

/// How files begin that are not text, and what to do about each.
const BINARY: [(&[u8], &str); 11] = [
    (b"%PDF", "a PDF; look for the data as CSV, or copy its table into a spreadsheet"),
    (b"{\\rtf", "a text document; save its table as CSV"),
    (b"\0\0\x27\x0a", "a shapefile; convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.json FILE.shp"),
    (b"$FL2", "an SPSS file; export it as CSV"),
    (b"<stata_dta>", "a Stata file; export it as CSV"),
    (b"\x1f\x8b", "packed by gzip twice; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed by zstd twice; unpack it first"),
    (b"BZh", "packed by bzip2; unpack it first"),
    (b"\xfd7zXZ", "packed by xz; unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\x7fELF", "a program"),
];

/// Bytes looked at to tell UTF-16 and binary data.
const HEAD: usize = 4_096;

/// Bytes that tell an encoding well enough; only lines with letters beyond ASCII tell anything.
const ENOUGH: usize = 1 << 16;

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// They are of a binary format: which, and how to get text.
    Binary(&'static str),
    /// They are no text in the encoding that was given.
    WrongEncoding(&'static str),
    /// They have a zero byte, which no text has.
    ZeroByte {
        /// The line, from 1.
        line: usize,
    },
    /// They are UTF-8 with errors.
    NotUtf8 {
        /// The line of the first, from 1.
        line: usize,
        /// The first wrong byte.
        byte: u8,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary(what) => write!(f, "this is {what}"),
            Self::WrongEncoding(name) => {
                write!(f, "this is no text in {name}; leave out --encoding to have it detected")
            }
            Self::ZeroByte { line } => write!(
                f,
                "line {line} holds a zero byte: this is binary data, or a damaged file; export it as CSV or JSON"
            ),
            Self::NotUtf8 { line, byte } => write!(
                f,
                "line {line} is not UTF-8 (byte 0x{byte:02X}); save the file as UTF-8, or name its encoding with \
                 --encoding"
            ),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Text, and the encoding it was in when that was not plain UTF-8.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text, without a byte-order mark.
    pub text: Cow<'a, str>,
    /// The encoding, to be mentioned.
    pub encoding: Option<&'static str>,
    /// How many characters could not be read in it; each is U+FFFD in the text.
    pub unread: usize,
}

/// The encoding of that name, as HTML knows them; `ansi` and other labels too.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().as_bytes())
}

/// The text of a file, for as long as the file is open.
#[derive(Debug)]
pub(crate) struct DecodedFile {
    /// The text, without a byte-order mark.
    pub text: Arc<String>,
    /// The bytes, where they are not those of the text.
    pub original: Option<Vec<u8>>,
    /// The encoding, to be mentioned.
    pub encoding: Option<&'static str>,
    /// How many characters could not be read in it; each is U+FFFD in the text.
    pub unread: usize,
}

/// Decodes `bytes` as [`decode`] does. Plain UTF-8 becomes the text without being copied.
///
/// # Errors
///
/// Why they are no text.
pub(super) fn decode_owned(bytes: Vec<u8>, given: Option<&'static Encoding>) -> Result<DecodedFile, DecodeError> {
    let is_plain = given.is_none()
        && Encoding::for_bom(&bytes).is_none()
        && !BINARY.iter().any(|(start, _)| bytes.starts_with(start))
        && memchr::memchr(0, &bytes).is_none();
    let bytes = match if is_plain { String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes) } else { Err(bytes) } {
        Ok(text) => return Ok(DecodedFile { text: Arc::new(text), original: None, encoding: None, unread: 0 }),
        Err(bytes) => bytes,
    };
    let Decoded { text, encoding, unread } = decode(&bytes, given)?;
    let text = Arc::new(text.into_owned());
    Ok(DecodedFile { text, original: Some(bytes), encoding, unread })
}

/// Decodes `bytes`, from `given` or else from the encoding that they look like.
///
/// # Errors
///
/// Why they are no text.
pub(super) fn decode<'a>(bytes: &'a [u8], given: Option<&'static Encoding>) -> Result<Decoded<'a>, DecodeError> {
    if let Some((_, what)) = BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(DecodeError::Binary(what));
    }
    // JSON is UTF-8 by its standard: what is asked for is meant for the tables beside it.
    if let Some(encoding) = given.filter(|_| !is_json(bytes) || std::str::from_utf8(bytes).is_err()) {
        let (text, is_damaged) = encoding.decode_with_bom_removal(bytes);
        if text.contains('\0') {
            return Err(DecodeError::WrongEncoding(encoding.name()));
        }
        let is_other = encoding != UTF_8 && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
        let encoding = is_other.then_some(encoding.name());
        return Ok(Decoded { unread: unread(&text, is_damaged), text, encoding });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = &bytes[mark..];
        if encoding == UTF_8 {
            return std::str::from_utf8(rest)
                .map(|text| Decoded { text: Cow::Borrowed(text), encoding: None, unread: 0 })
                .map_err(|error| not_utf8(rest, error.valid_up_to()));
        }
        return Ok(decoded(encoding, rest));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => match utf_16(bytes) {
            Some(encoding) => Ok(decoded(encoding, bytes)),
            None => Err(zero_byte(bytes)),
        },
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), encoding: None, unread: 0 }),
        Err(error) => guessed(bytes, error.valid_up_to()),
    }
}

/// The text of bytes that are not UTF-8.
fn guessed(bytes: &[u8], at: usize) -> Result<Decoded<'_>, DecodeError> {
    if let Some(encoding) = utf_16(bytes) {
        return Ok(decoded(encoding, bytes));
    }
    if bytes.contains(&0) {
        return Err(zero_byte(bytes));
    }
    // A file of UTF-8 with a few wrong bytes is a damaged one.
    if is_json(bytes) || is_mostly_utf8(bytes) {
        return Err(not_utf8(bytes, at));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let telling = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let mut left = ENOUGH;
    for line in telling {
        left = left.saturating_sub(line.len());
        detector.feed(line, false);
        if left == 0 {
            break;
        }
    }
    detector.feed(&[], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // GB 18030 holds GBK and more.
    let guess = if guess == GBK { GB18030 } else { guess };
    Ok(decoded(if is_western(guess, bytes) { WINDOWS_1252 } else { guess }, bytes))
}

/// Whether bytes that look like another encoding are more probably Western European: they read the same in both, as Turkish
/// letters are absent, or they hold so few different letters that no text in an East Asian script is probable.
fn is_western(guess: &'static Encoding, bytes: &[u8]) -> bool {
    /// Bytes that are Turkish letters in the one encoding and Icelandic ones in the other.
    const TURKISH: [u8; 6] = [0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe];
    const FEWEST_LETTERS: usize = 4;
    if guess == WINDOWS_1254 {
        // Such a letter stands beside others; elsewhere the byte is something else.
        let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let is_turkish = |(at, byte): (usize, &u8)| {
            TURKISH.contains(byte) && (is_letter(at + 1) || at.checked_sub(1).is_some_and(is_letter))
        };
        return !bytes.iter().enumerate().any(is_turkish);
    }
    if guess.is_single_byte() {
        return false;
    }
    let (text, _) = guess.decode_without_bom_handling(bytes);
    let mut letters: Vec<char> = Vec::new();
    for letter in text.chars().filter(|c| !c.is_ascii()) {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
        if letters.len() == FEWEST_LETTERS {
            return false;
        }
    }
    true
}

fn is_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { unread: unread(&text, is_damaged), text, encoding: Some(encoding.name()) }
}

fn unread(text: &str, is_damaged: bool) -> usize {
    if is_damaged { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 }
}

fn zero_byte(bytes: &[u8]) -> DecodeError {
    let at = memchr::memchr(0, bytes).unwrap_or(0);
    DecodeError::ZeroByte { line: line_of(bytes, at) }
}

/// UTF-16 without a mark: every other byte of Latin text is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if pairs < 2 => None,
        () if odd * 10 > pairs * 4 && even * 20 < pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 4 && odd * 20 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// Whether characters of several bytes are right far more often than wrong.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong * 3
}

fn not_utf8(bytes: &[u8], at: usize) -> DecodeError {
    DecodeError::NotUtf8 { line: line_of(bytes, at), byte: bytes.get(at).copied().unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_detected() {
        let text = "id,name,city\n1,H\u{f4}pital Saint-\u{c9}loi \u{2019}Sud\u{2019},Montpellier\n2,H\u{f4}pital G\u{e9}n\u{e9}ral,S\u{e8}te\n";
        let chinese = "机构名称,地址,床位数\n重庆医科大学附属儿童医院,重庆市渝中区中山二路,1925\n北京协和医院,北京市东城区,2000\n";
        let utf_16 = |text: &str, mark: bool, swap: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let mark = mark.then_some(0xfeff);
            mark.into_iter().chain(text.encode_utf16()).flat_map(swap).collect()
        };
        for (bytes, wanted, encoding) in [
            (text.as_bytes().to_vec(), text, None),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), text, None),
            (encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), text, Some("windows-1252")),
            (GB18030.encode(chinese).0.into_owned(), chinese, Some("gb18030")),
            (utf_16(text, true, u16::to_le_bytes), text, Some("UTF-16LE")),
            (utf_16(text, false, u16::to_le_bytes), text, Some("UTF-16LE")),
            (utf_16(text, false, u16::to_be_bytes), text, Some("UTF-16BE")),
            (utf_16(chinese, true, u16::to_be_bytes), chinese, Some("UTF-16BE")),
        ] {
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding), (wanted, encoding));
        }
        let given = GB18030.encode(chinese).0.into_owned();
        assert_eq!(decode(&given, by_name("gbk")).unwrap().text, chinese);
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_fix() {
        let damaged = [&"名称,重庆医院\n".repeat(9).into_bytes()[..], b"\xff\xfe\n"].concat();
        for (bytes, expected) in [
            (b"%PDF-1.7".to_vec(), "a PDF"),
            (b"name\0,\0\0\0\x01\x02\xff".to_vec(), "binary"),
            (damaged, "line 10 is not UTF-8 (byte 0xFF)"),
            (b"{\"title\": \"\xe9\"}".to_vec(), "line 1 is not UTF-8 (byte 0xE9)"),
        ] {
            let error = decode(&bytes, None).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
