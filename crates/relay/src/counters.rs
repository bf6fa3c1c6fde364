//! Counts for whoever runs a relay. They tell nothing of anybody.

use core::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A room was full.
    RoomFull,
    /// There were as many rooms as there may be.
    Rooms,
    /// There were as many connections as there may be.
    Connections,
    /// A client address had as many connections as it may have.
    ConnectionsOfAddress,
    /// What came was not of the protocol, or broke off.
    Form,
    /// A participant took nothing for too long.
    Stalled,
    /// Nobody said anything for too long.
    Idle,
    /// A client address asked too often.
    Requests,
    /// A parcel was not what its name says.
    Hash,
    /// A parcel was too large.
    ParcelSize,
    /// A mailbox was full.
    MailboxFull,
    /// All mailboxes together were full, or too much was coming.
    MailFull,
}

const REFUSALS: [(Refusal, &str); 12] = [
    (Refusal::RoomFull, "room_full"),
    (Refusal::Rooms, "rooms"),
    (Refusal::Connections, "connections"),
    (Refusal::ConnectionsOfAddress, "connections_of_address"),
    (Refusal::Form, "form"),
    (Refusal::Stalled, "stalled"),
    (Refusal::Idle, "idle"),
    (Refusal::Requests, "requests"),
    (Refusal::Hash, "hash"),
    (Refusal::ParcelSize, "parcel_size"),
    (Refusal::MailboxFull, "mailbox_full"),
    (Refusal::MailFull, "mail_full"),
];

/// What happened since the start.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    messages: AtomicU64,
    bytes: AtomicU64,
    refusals: [AtomicU64; REFUSALS.len()],
}

/// What is there now.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Present {
    pub(crate) connections: usize,
    pub(crate) rooms: usize,
    pub(crate) parcels: u64,
    pub(crate) mail_bytes: u64,
}

impl Counters {
    /// A message of so many bytes was passed on to one participant.
    pub(crate) fn passed_on(&self, bytes: usize) {
        self.messages.fetch_add(1, Relaxed);
        self.bytes.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Relaxed);
    }

    pub(crate) fn refused(&self, refusal: Refusal) {
        for ((kind, _), count) in REFUSALS.iter().zip(&self.refusals) {
            if *kind == refusal {
                count.fetch_add(1, Relaxed);
            }
        }
    }

    /// As Prometheus reads it.
    pub(crate) fn text(&self, present: Present) -> String {
        let mut text = String::new();
        let mut say = |name: &str, kind: &str, value: u64| {
            // Writing to a String does not fail.
            let _ = writeln!(text, "# TYPE chartchain_relay_{name} {kind}\nchartchain_relay_{name} {value}");
        };
        let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        say("connections", "gauge", wide(present.connections));
        say("rooms", "gauge", wide(present.rooms));
        say("parcels", "gauge", present.parcels);
        say("mail_bytes", "gauge", present.mail_bytes);
        say("messages_total", "counter", self.messages.load(Relaxed));
        say("bytes_total", "counter", self.bytes.load(Relaxed));
        text.push_str("# TYPE chartchain_relay_refusals_total counter\n");
        for ((_, kind), count) in REFUSALS.iter().zip(&self.refusals) {
            let count = count.load(Relaxed);
            let _ = writeln!(text, "chartchain_relay_refusals_total{{kind=\"{kind}\"}} {count}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_in_the_form_that_prometheus_reads() {
        let counters = Counters::default();
        counters.passed_on(10);
        counters.passed_on(5);
        counters.refused(Refusal::Hash);
        let text = counters.text(Present { rooms: 3, ..Present::default() });
        assert!(text.contains("# TYPE chartchain_relay_rooms gauge\nchartchain_relay_rooms 3\n"), "{text}");
        assert!(
            text.contains("\nchartchain_relay_messages_total 2\n")
                && text.contains("\nchartchain_relay_bytes_total 15\n")
        );
        assert!(text.contains("refusals_total{kind=\"hash\"} 1\n") && text.contains("{kind=\"idle\"} 0\n"), "{text}");
    }
}
