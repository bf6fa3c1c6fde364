use chartchain_keys::{SignatureBytes, VerifyKey};
use chartchain_ledger::{CborError, CborReader, CborWriter, Hash, MAX_FORK_PROOF_BYTES, MAX_HEADER_BYTES};

use super::{FORMAT, ParcelError};

const MAX_FRONTIER_BYTES: usize = 2 * 1024 * 1024;
const MAX_OPEN_BODY_BYTES: usize = 1024 * 1024;
const MAX_BLOCK_BODY_BYTES: usize = 64 * 1024 * 1024;
const _: () = assert!(MAX_BLOCK_BODY_BYTES as u64 == crate::MAX_BODY_BYTES);

/// What stands in a parcel, one after the other, before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plain<'a> {
    Start { ledger: Hash, sender: VerifyKey, made_ms: u64, wants: bool, frontier: &'a [u8] },
    Fork(&'a [u8]),
    Introduction { header: &'a [u8], body: &'a [u8] },
    Invitation { header: &'a [u8], body: &'a [u8], enrolment: &'a [u8] },
    Block { header: &'a [u8], body: &'a [u8] },
    End { signature: SignatureBytes },
}

impl<'a> Plain<'a> {
    /// # Errors
    /// A part of it is longer than it may be.
    pub(super) fn write(&self) -> Result<Vec<u8>, ParcelError> {
        let fits = match self {
            Self::Start { frontier, .. } => frontier.len() <= MAX_FRONTIER_BYTES,
            Self::Fork(proof) => proof.len() <= MAX_FORK_PROOF_BYTES,
            Self::Introduction { header, body } => {
                header.len() <= MAX_HEADER_BYTES && body.len() <= MAX_OPEN_BODY_BYTES
            }
            Self::Invitation { header, body, enrolment } => {
                header.len() <= MAX_HEADER_BYTES
                    && body.len() <= MAX_OPEN_BODY_BYTES
                    && enrolment.len() <= MAX_OPEN_BODY_BYTES
            }
            Self::Block { header, body } => header.len() <= MAX_HEADER_BYTES && body.len() <= MAX_BLOCK_BODY_BYTES,
            Self::End { .. } => true,
        };
        if !fits {
            return Err(ParcelError::TooLarge);
        }
        let mut writer = CborWriter::with_capacity(128);
        match self {
            Self::Start { ledger, sender, made_ms, wants, frontier } => {
                writer.array(7).uint(0).uint(FORMAT).bytes(&ledger.0).bytes(&sender.0);
                writer.uint(*made_ms).uint(u64::from(*wants)).bytes(frontier);
            }
            Self::Fork(proof) => drop(writer.array(2).uint(1).bytes(proof)),
            Self::Introduction { header, body } => drop(writer.array(3).uint(2).bytes(header).bytes(body)),
            Self::Block { header, body } => drop(writer.array(3).uint(3).bytes(header).bytes(body)),
            Self::Invitation { header, body, enrolment } => {
                writer.array(4).uint(5).bytes(header).bytes(body).bytes(enrolment);
            }
            Self::End { signature } => drop(writer.array(2).uint(4).bytes(signature)),
        }
        Ok(writer.take())
    }

    /// Reads the next record and says how long it is; `None` if not all of it is there yet. Lengths are judged when they are
    /// announced, so that nobody waits for what will be too long.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Option<(Self, usize)>, ParcelError> {
        let mut reader = CborReader::new(bytes);
        match Self::parse(&mut reader) {
            Ok(record) => Ok(Some((record, bytes.len() - reader.rest().len()))),
            Err(ParcelError::CutOff) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn parse(reader: &mut CborReader<'a>) -> Result<Self, ParcelError> {
        let fields = reader.array_up_to(16)?;
        Ok(match (reader.uint()?, fields) {
            (0, fields) => {
                let format = reader.uint()?;
                if format != FORMAT {
                    return Err(ParcelError::TooNew(format));
                }
                if fields != 7 {
                    return Err(ParcelError::Damaged);
                }
                Self::Start {
                    ledger: Hash(exact(reader)?),
                    sender: VerifyKey(exact(reader)?),
                    made_ms: reader.uint()?,
                    wants: match reader.uint()? {
                        0 => false,
                        1 => true,
                        _ => return Err(ParcelError::Damaged),
                    },
                    frontier: bounded(reader, MAX_FRONTIER_BYTES)?,
                }
            }
            (1, 2) => Self::Fork(bounded(reader, MAX_FORK_PROOF_BYTES)?),
            (2, 3) => Self::Introduction {
                header: bounded(reader, MAX_HEADER_BYTES)?,
                body: bounded(reader, MAX_OPEN_BODY_BYTES)?,
            },
            (3, 3) => {
                Self::Block { header: bounded(reader, MAX_HEADER_BYTES)?, body: bounded(reader, MAX_BLOCK_BODY_BYTES)? }
            }
            (5, 4) => Self::Invitation {
                header: bounded(reader, MAX_HEADER_BYTES)?,
                body: bounded(reader, MAX_OPEN_BODY_BYTES)?,
                enrolment: bounded(reader, MAX_OPEN_BODY_BYTES)?,
            },
            (4, 2) => Self::End { signature: exact(reader)? },
            _ => return Err(ParcelError::Damaged),
        })
    }
}

fn bounded<'a>(reader: &mut CborReader<'a>, bound: usize) -> Result<&'a [u8], ParcelError> {
    reader.bytes_up_to(bound).map_err(|error| match error {
        CborError::Length => ParcelError::TooLarge,
        other => other.into(),
    })
}

fn exact<const N: usize>(reader: &mut CborReader<'_>) -> Result<[u8; N], ParcelError> {
    reader.bytes_up_to(N)?.try_into().map_err(|_| ParcelError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records() -> Vec<Plain<'static>> {
        vec![
            Plain::Start { ledger: Hash([1; 32]), sender: VerifyKey([2; 32]), made_ms: 3, wants: true, frontier: &[4] },
            Plain::Fork(&[5; 300]),
            Plain::Introduction { header: &[6; 30], body: &[7; 40] },
            Plain::Invitation { header: &[6; 30], body: &[7; 40], enrolment: &[8; 20] },
            Plain::Block { header: &[8; 50], body: &[] },
            Plain::End { signature: [9; 64] },
        ]
    }

    #[test]
    fn a_record_comes_back_when_all_of_it_is_there_and_not_before() {
        for record in records() {
            let whole = record.write().unwrap();
            for length in 0..whole.len() {
                assert_eq!(Plain::read(&whole[..length]), Ok(None), "{record:?}, {length}");
            }
            let more = [whole.as_slice(), &[0xff; 3]].concat();
            assert_eq!(Plain::read(&more), Ok(Some((record, whole.len()))));
        }
    }

    #[test]
    fn lengths_out_of_bounds_are_refused_when_they_are_announced() {
        let announced = |kind: u64, fields: usize, lengths: &[&[u8]]| {
            let mut writer = CborWriter::default();
            writer.array(fields).uint(kind);
            for length in lengths {
                writer.raw(length);
            }
            writer.take()
        };
        let huge: &[u8] = &[0x5b, 0, 0, 0x7f, 0, 0, 0, 0, 0];
        let body: &[u8] = &[0x5a, 4, 0, 0, 1];
        for bad in [
            announced(1, 2, &[huge]),
            announced(2, 3, &[huge]),
            announced(2, 3, &[&[0x41, 1], &[0x5a, 0, 0x10, 0, 1]]),
            announced(5, 4, &[&[0x41, 1], &[0x41, 1], &[0x5a, 0, 0x10, 0, 1]]),
            announced(3, 3, &[huge]),
            announced(3, 3, &[&[0x5a, 0, 1, 0, 1]]),
            announced(3, 3, &[&[0x41, 1], body]),
        ] {
            assert_eq!(Plain::read(&bad), Err(ParcelError::TooLarge), "{bad:?}");
        }
        assert_eq!(Plain::read(&announced(4, 2, &[huge])), Err(ParcelError::Damaged));
        assert_eq!(Plain::read(&announced(3, 3, &[&[0x41, 1], &[0x5a, 4, 0, 0, 0]])), Ok(None), "64 MiB may come");
        let long = vec![0; MAX_HEADER_BYTES + 1];
        assert_eq!(Plain::Block { header: &long, body: &[] }.write(), Err(ParcelError::TooLarge));
    }

    #[test]
    fn other_kinds_formats_and_numbers_of_fields_are_refused() {
        let record = |numbers: &[u64]| {
            let mut writer = CborWriter::default();
            writer.array(numbers.len());
            for number in numbers {
                writer.uint(*number);
            }
            writer.take()
        };
        assert_eq!(Plain::read(&record(&[0, 7])), Err(ParcelError::TooNew(7)));
        for bad in [&[5, 1][..], &[4], &[1, 1, 1], &[0, 0], &[3, 3]] {
            assert_eq!(Plain::read(&record(bad)), Err(ParcelError::Damaged), "{bad:?}");
        }
        assert_eq!(Plain::read(&[0]), Err(ParcelError::Damaged));
    }
}
