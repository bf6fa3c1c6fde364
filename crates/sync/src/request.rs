//! A request to be let in that goes by file or picture: the keys that a device has made for that, under a name.

use chartchain_keys::{DevicePublic, Domain, SignatureBytes, SigningKey, VerifyError};
use chartchain_ledger::{CborError, CborReader, CborWriter, GenesisError, Hash, read_device_bytes, write_device_bytes};

/// How a request begins.
const MAGIC: &[u8] = b"chartchain request v0\n";
/// How a request of any version begins.
const MAGIC_ANY: &[u8] = b"chartchain request v";
/// Longest name, bytes.
const MAX_NAME_BYTES: usize = 200;
/// No request is longer, bytes.
pub const MAX_REQUEST_BYTES: usize = 2048;

/// Why bytes are no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// It is something else.
    #[error("this is no request to be let in")]
    NotARequest,
    /// A newer version made it: this one has to be renewed first.
    #[error("the request was made by a newer version")]
    TooNew,
    /// It was changed on its way, or is not whole: it has to be made or sent again.
    #[error("the request was changed, or is not whole")]
    Damaged,
}

impl From<CborError> for RequestError {
    fn from(_: CborError) -> Self {
        Self::Damaged
    }
}

impl From<GenesisError> for RequestError {
    fn from(_: GenesisError) -> Self {
        Self::Damaged
    }
}

impl From<VerifyError> for RequestError {
    fn from(_: VerifyError) -> Self {
        Self::Damaged
    }
}

/// A request to be let in. It asks for no ledger in particular: whoever gets it decides into which one, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Keys of the device that asks.
    pub device: DevicePublic,
    /// What it calls itself, at most 200 bytes.
    pub name: String,
}

impl Request {
    /// The bytes of the file: beginning, then CBOR of keys, name, and a signature by the feed key over beginning, keys and name. What
    /// is longer of a name is left out.
    pub fn write(&self, key: &SigningKey) -> Vec<u8> {
        let mut name = self.name.as_str();
        while name.len() > MAX_NAME_BYTES {
            name = name.char_indices().next_back().and_then(|(at, _)| name.get(..at)).unwrap_or_default();
        }
        let signed = signed_part(&write_device_bytes(&self.device), name);
        let mut writer = CborWriter::with_capacity(64);
        writer.bytes(&signed).bytes(&key.sign(Domain::Request, &signed));
        [MAGIC, &writer.take()].concat()
    }

    /// Reads what [`Request::write`] wrote. The signature is checked, so that nobody asks with another one's keys.
    ///
    /// # Errors
    /// It is no request, or not whole.
    pub fn read(bytes: &[u8]) -> Result<Self, RequestError> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            let is_newer = bytes.starts_with(MAGIC_ANY);
            return Err(if is_newer { RequestError::TooNew } else { RequestError::NotARequest });
        };
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(RequestError::Damaged);
        }
        let mut reader = CborReader::new(rest);
        let signed = reader.bytes()?;
        let signature: SignatureBytes = reader.bytes_exact()?;
        reader.finish()?;
        let mut reader = CborReader::new(signed);
        reader.array(2)?;
        let device = read_device_bytes(reader.bytes()?)?;
        let name = core::str::from_utf8(reader.bytes()?).map_err(|_| RequestError::Damaged)?;
        reader.finish()?;
        if name.len() > MAX_NAME_BYTES {
            return Err(RequestError::Damaged);
        }
        device.feed.verify(Domain::Request, signed, &signature)?;
        Ok(Self { device, name: name.to_owned() })
    }

    /// The number that both people compare before anybody is let in, 24 digits: nobody can make other keys with the same one, who has
    /// all the time that a file takes. It names the keys alone.
    pub fn number(&self) -> String {
        number(&[b"request", &write_device_bytes(&self.device)])
    }
}

/// The number that both people compare before a device goes on with a ledger that it was let into by file, 24 digits.
pub fn invitation_number(ledger: &Hash, device: &DevicePublic) -> String {
    number(&[b"invitation", &ledger.0, &write_device_bytes(device)])
}

fn number(parts: &[&[u8]]) -> String {
    let parts: Vec<&[u8]> = [Domain::Request.as_bytes()].into_iter().chain(parts.iter().copied()).collect();
    let hash = Hash::of(&parts).0;
    let first = hash.first_chunk::<16>().copied().unwrap_or_default();
    format!("{:024}", u128::from_be_bytes(first) % 1_000_000_000_000_000_000_000_000)
}

fn signed_part(device: &[u8], name: &str) -> Vec<u8> {
    let mut writer = CborWriter::with_capacity(1600);
    writer.array(2).bytes(device).bytes(name.as_bytes());
    writer.take()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use chartchain_keys::{DeviceKeys, test_rng};

    use super::*;

    #[test]
    fn a_request_comes_back_whole_or_not_at_all() {
        let keys = DeviceKeys::make(&mut test_rng(3));
        for name in ["", "Ida’s tablet", &"ñ".repeat(200)] {
            let request = Request { device: keys.public().unwrap(), name: name.into() };
            let bytes = request.write(&keys.feed);
            assert!(bytes.len() <= MAX_REQUEST_BYTES);
            let read = Request::read(&bytes).unwrap();
            assert_eq!((&read.device, read.number()), (&request.device, request.number()));
            assert!(name.starts_with(&read.name) && read.name.len() >= name.len().min(199));
            for length in 0..bytes.len() {
                assert!(Request::read(&bytes[..length]).is_err(), "{length}");
            }
            assert!(Request::read(&[bytes.as_slice(), &[0]].concat()).is_err());
        }
        let request = Request { device: keys.public().unwrap(), name: "Ida".into() };
        let bytes = request.write(&keys.feed);
        for bit in 0..bytes.len() * 8 {
            let mut bent = bytes.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            assert!(Request::read(&bent).is_err(), "bit {bit}");
        }
        let other = DeviceKeys::make(&mut test_rng(4));
        assert_eq!(Request::read(&request.write(&other.feed)), Err(RequestError::Damaged));
        assert_eq!(Request::read(b"chartchain request v7\n"), Err(RequestError::TooNew));
        assert_eq!(Request::read(b"%PDF"), Err(RequestError::NotARequest));
    }

    #[test]
    fn numbers_name_keys_and_ledger() {
        let [one, other] = [5, 6].map(|seed| DeviceKeys::make(&mut test_rng(seed)).public().unwrap());
        let request = |device: &DevicePublic| Request { device: device.clone(), name: "any".into() }.number();
        assert_ne!(request(&one), request(&other));
        let numbers =
            [(&one, 1), (&one, 2), (&other, 1)].map(|(device, at)| invitation_number(&Hash([at; 32]), device));
        assert!(
            numbers[0] != numbers[1] && numbers[0] != numbers[2] && numbers.iter().all(|number| number.len() == 24)
        );
    }
}
