//! A ZIP archive of one stored file (APPNOTE.TXT 4.3): small enough to write by hand, and every machine opens it.

/// The archive with that file in it.
pub(super) fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(content);
    let length = u32::try_from(content.len()).unwrap_or_default();
    // What the local header and the directory both say: version, flags (UTF-8 names), stored, a day in 1980, checksum,
    // lengths, the name's length, no extra field.
    let mut common = Vec::new();
    for short in [20_u16, 0x0800, 0, 0, 0x0021] {
        common.extend(short.to_le_bytes());
    }
    for long in [sum.sum(), length, length] {
        common.extend(long.to_le_bytes());
    }
    common.extend(u16::try_from(name.len()).unwrap_or_default().to_le_bytes());
    common.extend(0_u16.to_le_bytes());

    let mut archive = [b"PK\x03\x04", common.as_slice(), name.as_bytes(), content].concat();
    let directory_at = u32::try_from(archive.len()).unwrap_or_default();
    let made_by = 20_u16.to_le_bytes();
    // No comment, the first disk, no attributes, and the local header at the beginning.
    let mut directory = [b"PK\x01\x02", made_by.as_slice(), &common, &[0; 14], name.as_bytes()].concat();
    let directory_length = u32::try_from(directory.len()).unwrap_or_default();
    archive.append(&mut directory);
    archive.extend(b"PK\x05\x06");
    for short in [0_u16, 0, 1, 1] {
        archive.extend(short.to_le_bytes());
    }
    archive.extend(directory_length.to_le_bytes());
    archive.extend(directory_at.to_le_bytes());
    archive.extend(0_u16.to_le_bytes());
    archive
}

#[cfg(test)]
mod tests {
    use super::archive;

    #[test]
    fn an_archive_begins_and_ends_as_one() {
        let archive = archive("read me.txt", b"hello");
        assert!(archive.starts_with(b"PK\x03\x04") && archive.windows(5).any(|part| part == b"hello"));
        let end = &archive[archive.len() - 22..];
        let at = u32::from_le_bytes([end[16], end[17], end[18], end[19]]) as usize;
        assert!(end.starts_with(b"PK\x05\x06") && archive[at..].starts_with(b"PK\x01\x02"));
    }
}
