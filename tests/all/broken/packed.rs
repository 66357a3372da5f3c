//! Files compressed with gzip and zstd: truncated, damaged, compressed twice, empty.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::support::broken_file::{Case, check_all, file};

const TABLE: &[u8] = b"id,name\n1,North\n2,South\n";

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A frame of one raw block with a wrong checksum.
fn zstd_of_wrong_sum(bytes: &[u8]) -> Vec<u8> {
    let size = u8::try_from(bytes.len()).unwrap();
    let block = (u32::from(size) << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x24, size], &block[..3], bytes, &[1, 2, 3, 4]].concat()
}

/// Flips one bit.
fn flipped(mut bytes: Vec<u8>, at: usize) -> Vec<u8> {
    bytes[at] ^= 1;
    bytes
}

fn cases() -> Vec<Case> {
    const DAMAGED: &[&str] = &["the packed data is damaged or cut off", "fetch the file again"];
    const SUM: &[&str] = &[DAMAGED[0], "the checksum does not match"];
    let skipped: &[u8] = &[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, b'x', b'y', b'z'];
    let cut = |mut bytes: Vec<u8>| {
        bytes.truncate(bytes.len() - 5);
        bytes
    };
    let (gzipped, zstded) = (gzip(TABLE), zstd(TABLE));
    let last = gzipped.len() - 6;
    vec![
        file("valid.csv.gz", &gzipped).read(2, &[]),
        file("two-parts.csv.gz", [gzip(b"id,name\n"), gzip(b"1,North\n")].concat()).read(1, &[]),
        file("cut.csv.gz", cut(gzipped.clone())).refused(DAMAGED),
        file("sum.csv.gz", flipped(gzipped.clone(), last)).refused(DAMAGED),
        file("tail.csv.gz", [&gzipped[..], b"tail"].concat()).refused(DAMAGED),
        file("head.csv.gz", [0x1f, 0x8b]).refused(DAMAGED),
        file("nothing.csv.gz", gzip(b"")).refused(&["nothing is packed in it"]),
        file("nested.csv.gz", gzip(&gzipped)).refused(&["packed by gzip twice", "unpack it first"]),
        file("pdf.gz", gzip(b"%PDF-1.7")).refused(&["a PDF"]),
        file("ragged.csv.gz", gzip(b"id,name\n1,North\n2\n")).listed(&[":3:1: 1 cell, and 2 headings"]),
        file("valid.csv.zst", &zstded).read(2, &[]),
        file("parts.csv.zst", [skipped, &zstd(b"id,name\n"), skipped, &zstd(b"1,North\n")].concat()).read(1, &[]),
        file("cut.csv.zst", cut(zstded.clone())).refused(&["a zstd frame breaks off", "fetch the file again"]),
        file("sum.csv.zst", zstd_of_wrong_sum(TABLE)).refused(SUM),
        file("tail.csv.zst", [&zstded[..], b"tail"].concat())
            .refused(&["no zstd frame begins", "fetch the file again"]),
        file("head.csv.zst", [0x28, 0xb5, 0x2f, 0xfd]).refused(DAMAGED),
        file("cut-skip.csv.zst", &skipped[..9]).refused(DAMAGED),
        file("table.bz2", b"BZh91AY").refused(&["packed by bzip2; unpack it first"]),
        file("table.xz", b"\xfd7zXZ\0").refused(&["packed by xz; unpack it first"]),
    ]
}

#[test]
fn packed_data_that_is_not_whole_is_refused() {
    check_all("packed", 19, &cases());
}
