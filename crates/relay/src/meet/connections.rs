//! How many are connected, and from where.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::StatusCode;

use crate::{client::Client, config::Limits, counters::Refusal};

/// Why nobody else is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Full {
    /// As many as there may be.
    #[error("too many are connected to this relay: try again later")]
    All,
    /// As many as may come from one address.
    #[error("too many are connected from this address: close one first")]
    Address,
}

impl Full {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::All => StatusCode::SERVICE_UNAVAILABLE,
            Self::Address => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    pub(crate) const fn refusal(self) -> Refusal {
        match self {
            Self::All => Refusal::Connections,
            Self::Address => Refusal::ConnectionsOfAddress,
        }
    }
}

/// All connections to rooms.
#[derive(Debug)]
pub(crate) struct Connections {
    most: usize,
    most_of_address: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    of_address: HashMap<Client, usize>,
}

/// A place among the connections, given back when dropped.
#[derive(Debug)]
pub(crate) struct Place {
    connections: Arc<Connections>,
    client: Client,
}

impl Connections {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { most: limits.connections, most_of_address: limits.connections_per_address, taken: Mutex::default() }
    }

    /// Takes a place.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn take(self: &Arc<Self>, client: Client) -> Result<Place, Full> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.most {
            return Err(Full::All);
        }
        let there = taken.of_address.get(&client).copied().unwrap_or_default();
        if there >= self.most_of_address {
            return Err(Full::Address);
        }
        taken.of_address.insert(client, there + 1);
        taken.all += 1;
        Ok(Place { connections: Arc::clone(self), client })
    }

    pub(crate) fn count(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).all
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.connections.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        if let Some(there) = taken.of_address.get_mut(&self.client) {
            *there = there.saturating_sub(1);
            if *there == 0 {
                taken.of_address.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;

    #[test]
    fn places_are_limited_for_all_and_for_each_address_and_given_back() {
        let limits = Limits { connections: 3, connections_per_address: 2, ..Limits::default() };
        let connections = Arc::new(Connections::new(&limits));
        let [one, other] = [1, 2].map(|last| Client::of(([10, 0, 0, last], 1).into(), &HeaderMap::new(), false));
        let first = connections.take(one).unwrap();
        let _second = connections.take(one).unwrap();
        assert_eq!(connections.take(one).unwrap_err(), Full::Address);
        let _third = connections.take(other).unwrap();
        assert_eq!(connections.take(other).unwrap_err(), Full::All);
        drop(first);
        assert_eq!(connections.count(), 2);
        let _again = connections.take(one).unwrap();
    }
}
