//! How much of something there was lately: buckets that time fills and use empties.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{client::Client, config::Rate};

/// What may be used now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bucket {
    rate: Rate,
    /// Below zero: used before it was there.
    level: f64,
    at: Instant,
}

impl Bucket {
    pub(crate) fn full(rate: Rate, now: Instant) -> Self {
        Self { rate, level: f64::from(rate.at_once), at: now }
    }

    fn fill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.level = (self.level + passed * f64::from(self.rate.per_second)).min(f64::from(self.rate.at_once));
        self.at = self.at.max(now);
    }

    /// Uses so much, and tells how long to wait until that was there.
    pub(crate) fn take(&mut self, count: u32, now: Instant) -> Duration {
        self.fill(now);
        self.level -= f64::from(count);
        let missing = (-self.level).max(0.0) / f64::from(self.rate.per_second.max(1));
        Duration::try_from_secs_f64(missing).unwrap_or(Duration::MAX)
    }

    /// Uses one, if there is one.
    fn take_one(&mut self, now: Instant) -> bool {
        self.fill(now);
        let there = self.level >= 1.0;
        if there {
            self.level -= 1.0;
        }
        there
    }

    fn is_full(&mut self, now: Instant) -> bool {
        self.fill(now);
        self.level >= f64::from(self.rate.at_once)
    }
}

/// Clients that are remembered at one time; of those who rested long enough nothing needs to be known.
const CLIENTS: usize = 65_536;

/// A bucket for each client address.
#[derive(Debug)]
pub(crate) struct Requests {
    rate: Rate,
    buckets: Mutex<HashMap<Client, Bucket>>,
}

impl Requests {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::default() }
    }

    /// Whether this client may ask now.
    pub(crate) fn admit(&self, client: Client, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= CLIENTS && !buckets.contains_key(&client) {
            buckets.retain(|_, bucket| !bucket.is_full(now));
            if buckets.len() >= CLIENTS {
                // More at one time than can be remembered: all begin anew, so that a newcomer is not kept out.
                buckets.clear();
            }
        }
        buckets.entry(client).or_insert_with(|| Bucket::full(self.rate, now)).take_one(now)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;

    const RATE: Rate = Rate { per_second: 10, at_once: 40 };

    fn client(number: u32) -> Client {
        Client::of((std::net::Ipv4Addr::from_bits(number), 1).into(), &HeaderMap::new(), false)
    }

    #[test]
    fn what_is_used_before_it_is_there_has_to_be_waited_for() {
        let start = Instant::now();
        let mut bucket = Bucket::full(RATE, start);
        assert_eq!(bucket.take(40, start), Duration::ZERO);
        assert_eq!(bucket.take(5, start), Duration::from_millis(500));
        assert_eq!(bucket.take(5, start + Duration::from_millis(500)), Duration::from_millis(500));
        assert_eq!(bucket.take(10, start + Duration::from_secs(2)), Duration::ZERO);
        let rested = start + Duration::from_secs(1_000);
        assert_eq!(bucket.take(41, rested), Duration::from_millis(100));
        assert_eq!(bucket.take(0, rested - Duration::from_secs(9)), Duration::from_millis(100));
    }

    #[test]
    fn each_client_has_requests_of_its_own_that_come_back_with_time() {
        let start = Instant::now();
        let requests = Requests::new(RATE);
        assert!((0..40).all(|_| requests.admit(client(1), start)));
        assert!(!requests.admit(client(1), start));
        assert!(requests.admit(client(2), start));
        let later = start + Duration::from_millis(100);
        assert!(requests.admit(client(1), later) && !requests.admit(client(1), later));
    }

    #[test]
    fn no_more_clients_are_remembered_than_fit() {
        let start = Instant::now();
        let requests = Requests::new(RATE);
        let many = u32::try_from(CLIENTS).unwrap() + 10;
        assert!((0..many).all(|number| requests.admit(client(number), start)));
        assert!(requests.buckets.lock().unwrap().len() <= CLIENTS);
    }
}
