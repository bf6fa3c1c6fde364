//! What is remembered of other devices, each by its feed key.

use chartchain_keys::VerifyKey;
use serde::{Deserialize, Serialize};

/// Most devices that something is remembered of.
const MAX_FEEDS: usize = 1024;

/// A `T` for each of some devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PerFeed<T> {
    known: Vec<([u8; 32], T)>,
}

impl<T> Default for PerFeed<T> {
    fn default() -> Self {
        Self { known: Vec::new() }
    }
}

impl<T: Default> PerFeed<T> {
    pub(crate) fn find(&self, feed: &VerifyKey) -> Option<&T> {
        self.known.iter().find(|(known, _)| *known == feed.0).map(|(_, of)| of)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (VerifyKey, &T)> {
        self.known.iter().map(|(feed, of)| (VerifyKey(*feed), of))
    }

    /// That of a device, made where it is new; `None` where there are too many.
    pub(crate) fn of_mut(&mut self, feed: &VerifyKey) -> Option<&mut T> {
        let at = match self.known.iter().position(|(known, _)| *known == feed.0) {
            Some(at) => at,
            None if self.known.len() < MAX_FEEDS => {
                self.known.push((feed.0, T::default()));
                self.known.len() - 1
            }
            None => return None,
        };
        self.known.get_mut(at).map(|(_, of)| of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_device_has_its_own_and_there_is_an_end_of_them() {
        let mut all = PerFeed::<u32>::default();
        for number in 0..=MAX_FEEDS {
            let feed = VerifyKey(core::array::from_fn(|at| (number >> (8 * (at % 8))) as u8));
            let of = all.of_mut(&feed);
            assert_eq!(of.is_some(), number < MAX_FEEDS);
            if let Some(of) = of {
                *of = number as u32;
                assert_eq!(all.find(&feed), Some(&(number as u32)));
            }
        }
        assert_eq!(all.iter().count(), MAX_FEEDS);
        assert_eq!(all.of_mut(&VerifyKey([0; 32])).copied(), Some(0));
    }
}
