//! A block as it is stored: its header beside its body, so that each block can be read even where the pages of headers,
//! which are there to open quickly, are lost.

use crate::protocol::Fault;

/// Length of the header (4 bytes, big endian) ‖ header ‖ body.
pub(crate) fn join(header: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(header.len()).unwrap_or(u32::MAX).to_be_bytes();
    [length.as_slice(), header, body].concat()
}

/// Header and body.
pub(crate) fn split(row: &[u8]) -> Result<(&[u8], &[u8]), Fault> {
    let parts = row.split_first_chunk::<4>().and_then(|(length, rest)| {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        rest.split_at_checked(length)
    });
    parts.ok_or_else(|| Fault::Damaged("a stored block is not in its form".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_come_back_and_short_rows_are_errors() {
        let row = join(b"header", b"body");
        assert_eq!(split(&row), Ok((b"header".as_slice(), b"body".as_slice())));
        for length in 0..10 {
            assert!(split(&row[..length]).is_err(), "{length}");
        }
    }
}
