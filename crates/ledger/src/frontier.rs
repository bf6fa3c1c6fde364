use std::collections::BTreeMap;

use chartchain_keys::VerifyKey;

use crate::Hash;
use crate::cbor::{CborError, Reader, Writer};

/// Most feeds that a frontier names.
pub(crate) const MAX_FEEDS: usize = 1024;
/// Most ends that it names of one feed.
pub(crate) const MAX_ENDS: usize = 16;

/// Where feeds end on a device: for each feed the place and the name of the last block of each of its branches. Whoever holds a block
/// holds everything before it, so that this says what a device holds, whatever the size of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    /// Ends in ascending order; more than one only where a feed forked.
    pub(crate) feeds: BTreeMap<VerifyKey, Vec<(u64, Hash)>>,
}

impl Frontier {
    /// Ends of a feed's branches: place and name.
    pub fn ends(&self, feed: &VerifyKey) -> &[(u64, Hash)] {
        self.feeds.get(feed).map_or(&[], Vec::as_slice)
    }

    /// All feeds with their ends, in order of key.
    pub fn feeds(&self) -> impl Iterator<Item = (&VerifyKey, &[(u64, Hash)])> {
        self.feeds.iter().map(|(feed, ends)| (feed, ends.as_slice()))
    }

    /// Whether every feed goes at least as far here as there.
    pub fn reaches(&self, other: &Self) -> bool {
        let last = |ends: &[(u64, Hash)]| ends.last().map(|(seq, _)| *seq);
        other.feeds().all(|(feed, ends)| last(self.ends(feed)) >= last(ends))
    }

    /// Alike on devices that hold the same blocks.
    pub fn digest(&self) -> Hash {
        Hash::of(&[&self.write()])
    }

    /// The bytes that are sent and stored.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(16 + 80 * self.feeds.len());
        writer.array(self.feeds.len());
        for (feed, ends) in &self.feeds {
            writer.array(2).bytes(&feed.0).array(ends.len());
            for (seq, name) in ends {
                writer.array(2).uint(*seq).bytes(&name.0);
            }
        }
        writer.take()
    }

    /// Reads what [`Frontier::write`] wrote. Bounded: 1,024 feeds, 16 ends each, in ascending order.
    pub fn read(bytes: &[u8]) -> Result<Self, CborError> {
        let mut reader = Reader::new(bytes);
        let mut feeds = BTreeMap::new();
        for _ in 0..reader.array_up_to(MAX_FEEDS)? {
            reader.array(2)?;
            let feed = VerifyKey(reader.bytes_exact()?);
            let count = reader.array_up_to(MAX_ENDS)?;
            let mut ends: Vec<(u64, Hash)> = Vec::with_capacity(count);
            for _ in 0..count {
                reader.array(2)?;
                let end = (reader.uint()?, Hash(reader.bytes_exact()?));
                if ends.last().is_some_and(|last| *last >= end) {
                    return Err(CborError::Length);
                }
                ends.push(end);
            }
            let is_behind = feeds.last_key_value().is_some_and(|(last, _)| *last >= feed);
            if ends.is_empty() || is_behind {
                return Err(CborError::Length);
            }
            feeds.insert(feed, ends);
        }
        reader.finish()?;
        Ok(Self { feeds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frontier() -> Frontier {
        let ends = |first: u8| vec![(u64::from(first), Hash([first; 32])), (900, Hash([9; 32]))];
        Frontier { feeds: [(VerifyKey([1; 32]), ends(1)), (VerifyKey([2; 32]), ends(2))].into() }
    }

    #[test]
    fn a_frontier_comes_back_and_its_digest_tells_others_apart() {
        let here = frontier();
        assert_eq!(Frontier::read(&here.write()), Ok(here.clone()));
        assert_eq!(here.ends(&VerifyKey([1; 32])).len(), 2);
        assert!(here.ends(&VerifyKey([3; 32])).is_empty());
        let mut other = frontier();
        other.feeds.remove(&VerifyKey([2; 32]));
        assert_ne!(other.digest(), here.digest());
        assert_eq!(frontier().digest(), here.digest());
    }

    #[test]
    fn frontiers_out_of_order_without_ends_or_cut_short_are_errors() {
        let whole = frontier().write();
        for length in 0..whole.len() {
            assert!(Frontier::read(&whole[..length]).is_err(), "{length}");
        }
        assert!(Frontier::read(&[whole.as_slice(), &[0]].concat()).is_err());
        let mut writer = Writer::default();
        writer.array(1).array(2).bytes(&[1; 32]).array(0);
        assert!(Frontier::read(&writer.take()).is_err(), "a feed without an end");
        for feeds in [[2, 1], [1, 1]] {
            let mut writer = Writer::default();
            writer.array(2);
            for feed in feeds {
                writer.array(2).bytes(&[feed; 32]).array(1).array(2).uint(0).bytes(&[7; 32]);
            }
            assert!(Frontier::read(&writer.take()).is_err(), "{feeds:?}");
        }
        let mut writer = Writer::default();
        writer.array(MAX_FEEDS + 1);
        assert!(Frontier::read(&writer.take()).is_err());
    }
}
