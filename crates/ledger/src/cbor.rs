//! The part of deterministic CBOR (RFC 8949, section 4.2.1) that blocks use: unsigned integers, byte strings and
//! arrays, definite and shortest only. A strict reader of its own, because libraries accept longer forms and a
//! second form of the same header would be a second hash.

/// Bytes that are not in the one form allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// Ends too early.
    #[error("ends too early")]
    Truncated,
    /// Bytes follow the end.
    #[error("bytes follow the end")]
    Trailing,
    /// Another type stands where a certain one has to.
    #[error("unexpected type")]
    Type,
    /// A length or number is not in its shortest form, or of indefinite length.
    #[error("not in the shortest form")]
    NotShortest,
    /// A length differs from the one required, or exceeds its bound.
    #[error("length out of bounds")]
    Length,
}

const UINT: u8 = 0;
const BYTES: u8 = 2;
const ARRAY: u8 = 4;

/// Reads strictly: anything but the one canonical form is an error.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Over all of `bytes`.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What was not read yet.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Nothing may follow.
    pub const fn finish(&self) -> Result<(), CborError> {
        if self.rest.is_empty() { Ok(()) } else { Err(CborError::Trailing) }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], CborError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn head(&mut self) -> Result<(u8, u64), CborError> {
        let first = self.take(1)?.first().copied().ok_or(CborError::Truncated)?;
        let (major, info) = (first >> 5, first & 31);
        let (value, least) = match info {
            0..=23 => (u64::from(info), 0),
            24..=27 => {
                let bytes = self.take(1 << (info - 24))?;
                let value = bytes.iter().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
                (value, [24, 0x100, 0x1_0000, 0x1_0000_0000].get(usize::from(info - 24)).copied().unwrap_or(0))
            }
            _ => return Err(CborError::NotShortest),
        };
        if value < least { Err(CborError::NotShortest) } else { Ok((major, value)) }
    }

    fn expect(&mut self, major: u8) -> Result<u64, CborError> {
        let (found, value) = self.head()?;
        if found == major { Ok(value) } else { Err(CborError::Type) }
    }

    /// Whether an array comes next.
    pub fn next_is_array(&self) -> bool {
        self.rest.first().is_some_and(|first| first >> 5 == ARRAY)
    }

    /// An unsigned integer.
    pub fn uint(&mut self) -> Result<u64, CborError> {
        self.expect(UINT)
    }

    /// The head of an array of exactly this length.
    pub fn array(&mut self, length: usize) -> Result<(), CborError> {
        if self.expect(ARRAY)? == length as u64 { Ok(()) } else { Err(CborError::Length) }
    }

    /// The head of an array of at most this length, which is never longer than the bytes left.
    pub fn array_up_to(&mut self, bound: usize) -> Result<usize, CborError> {
        let length = usize::try_from(self.expect(ARRAY)?).map_err(|_| CborError::Length)?;
        // Every element takes a byte at least, so a longer array than bytes left is truncated whatever it holds.
        if length > bound {
            Err(CborError::Length)
        } else if length > self.rest.len() {
            Err(CborError::Truncated)
        } else {
            Ok(length)
        }
    }

    /// A byte string.
    pub fn bytes(&mut self) -> Result<&'a [u8], CborError> {
        let length = usize::try_from(self.expect(BYTES)?).map_err(|_| CborError::Length)?;
        self.take(length)
    }

    /// A byte string of at most this length. A longer one is refused before any of it is here.
    pub fn bytes_up_to(&mut self, bound: usize) -> Result<&'a [u8], CborError> {
        let length = usize::try_from(self.expect(BYTES)?).map_err(|_| CborError::Length)?;
        if length > bound { Err(CborError::Length) } else { self.take(length) }
    }

    /// A byte string of a fixed length.
    pub fn bytes_exact<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        self.bytes()?.try_into().map_err(|_| CborError::Length)
    }
}

/// Writes the one canonical form.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// With room for so many bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity) }
    }

    fn head(&mut self, major: u8, value: u64) -> &mut Self {
        let major = major << 5;
        let be = value.to_be_bytes();
        match value {
            0..=23 => self.bytes.push(major | be[7]),
            24..=0xff => self.bytes.extend([major | 24, be[7]]),
            0x100..=0xffff => {
                self.bytes.push(major | 25);
                self.bytes.extend(be.iter().skip(6));
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(major | 26);
                self.bytes.extend(be.iter().skip(4));
            }
            _ => {
                self.bytes.push(major | 27);
                self.bytes.extend(be);
            }
        }
        self
    }

    /// An unsigned integer.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        self.head(UINT, value)
    }

    /// The head of an array.
    pub fn array(&mut self, length: usize) -> &mut Self {
        self.head(ARRAY, length as u64)
    }

    /// A byte string.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.head(BYTES, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// Something encoded already.
    pub fn raw(&mut self, encoded: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(encoded);
        self
    }

    /// The bytes written so far; starts anew.
    pub fn take(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.bytes)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number: u64, bytes: Vec<u8>) {
            let encoded = Writer::default().array(2).uint(number).bytes(&bytes).take();
            let mut reader = Reader::new(&encoded);
            reader.array(2).unwrap();
            prop_assert_eq!(reader.uint().unwrap(), number);
            prop_assert_eq!(reader.bytes().unwrap(), bytes.as_slice());
            prop_assert!(reader.finish().is_ok());
        }

        #[test]
        fn a_number_has_exactly_one_form(bytes in proptest::collection::vec(any::<u8>(), 1..10)) {
            let mut reader = Reader::new(&bytes);
            if let Ok(number) = reader.uint() {
                let used = bytes.len() - reader.rest().len();
                prop_assert_eq!(Writer::default().uint(number).take(), bytes[..used].to_vec());
            }
        }
    }

    #[test]
    fn longer_forms_indefinite_lengths_and_false_lengths_are_refused() {
        assert_eq!(Reader::new(&[0x18, 23]).uint(), Err(CborError::NotShortest));
        assert_eq!(Reader::new(&[0x19, 0, 255]).uint(), Err(CborError::NotShortest));
        assert_eq!(Reader::new(&[0x5f, 0x41, 0, 0xff]).bytes(), Err(CborError::NotShortest));
        assert_eq!(Reader::new(&[0x9f]).array(0), Err(CborError::NotShortest));
        assert_eq!(Reader::new(&[0x5b, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]).bytes(), Err(CborError::Truncated));
        assert_eq!(Reader::new(&[0x9a, 0, 1, 0, 0]).array_up_to(1 << 20), Err(CborError::Truncated));
        assert_eq!(Reader::new(&[0x5b, 0, 0, 0, 1, 0, 0, 0, 0]).bytes_up_to(1 << 20), Err(CborError::Length));
        assert_eq!(Reader::new(&[0x42, 7]).bytes_up_to(2), Err(CborError::Truncated));
        assert_eq!(Reader::new(&[0x42, 7, 8]).bytes_up_to(2), Ok([7, 8].as_slice()));
        assert_eq!(Reader::new(&[0x20]).uint(), Err(CborError::Type));
        assert_eq!(Reader::new(&[]).uint(), Err(CborError::Truncated));
    }
}
