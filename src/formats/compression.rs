//! Packed bytes: gzip and zstd.

use std::fmt;
use std::io::{self, Read};

use crate::formats::limits::MAX_BYTES;
use crate::text::Text;

/// Why packed bytes cannot be unpacked.
#[derive(Debug)]
#[non_exhaustive]
pub enum CompressionError {
    /// They unpack to more than [`MAX_BYTES`].
    TooLarge,
    /// Nothing is packed in them.
    Empty,
    /// They are damaged or cut off.
    Damaged(io::Error),
}

impl fmt::Display for CompressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "larger than {} MiB, the most that is read; split it", MAX_BYTES >> 20),
            Self::Empty => f.write_str("nothing is packed in it"),
            Self::Damaged(error) => write!(
                f,
                "the packed data is damaged or cut off ({}); fetch the file again",
                Text::clean(&error.to_string())
            ),
        }
    }
}

impl std::error::Error for CompressionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Damaged(error) => error.source(),
            Self::TooLarge | Self::Empty => None,
        }
    }
}

/// The bytes unpacked, when they are packed by gzip or zstd.
///
/// # Errors
///
/// When they are damaged, or unpack to nothing or to more than [`MAX_BYTES`].
pub(crate) fn unpacked(bytes: &[u8]) -> Result<Option<Vec<u8>>, CompressionError> {
    let mut out = Vec::new();
    let result = match bytes {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(bytes).take(MAX_BYTES + 1).read_to_end(&mut out),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => unzstd(bytes, &mut out),
        _ => return Ok(None),
    };
    match result {
        Ok(_) if out.len() as u64 > MAX_BYTES => Err(CompressionError::TooLarge),
        Ok(_) if out.is_empty() => Err(CompressionError::Empty),
        Ok(_) => Ok(Some(out)),
        Err(error) => Err(CompressionError::Damaged(error)),
    }
}

fn unzstd(mut bytes: &[u8], out: &mut Vec<u8>) -> io::Result<usize> {
    while !bytes.is_empty() && out.len() as u64 <= MAX_BYTES {
        if let [0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d, rest @ ..] = bytes {
            // A skippable frame; parallel packers write such ones.
            let length = u32::from_le_bytes([*a, *b, *c, *d]);
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            bytes = rest.get(length..).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
            continue;
        }
        // The decoder's own messages are for its developers.
        let mut frame = ruzstd::decoding::StreamingDecoder::new(&mut bytes)
            .map_err(|_| io::Error::other("no zstd frame begins where one should"))?;
        let room = MAX_BYTES + 1 - out.len() as u64;
        frame.by_ref().take(room).read_to_end(out).map_err(|_| io::Error::other("a zstd frame breaks off"))?;
        let decoder = frame.into_frame_decoder();
        let stated = decoder.get_checksum_from_data();
        if decoder.is_finished() && stated.is_some() && stated != decoder.get_calculated_checksum() {
            return Err(io::Error::other("the checksum does not match"));
        }
    }
    Ok(out.len())
}
