//! What a server does, and how much of it.

use core::fmt;
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use crate::files::CONTENT_SECURITY_POLICY;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// What a server does.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens; port 0 is any free one.
    pub listen: SocketAddr,
    /// The files that it gives, if any.
    pub files: Option<Files>,
    /// Rooms and mailbox, if wanted. Their addresses begin with `/v0/`, whatever path the files are under.
    pub relay: Option<Relay>,
}

impl Config {
    /// Does nothing yet, on a port of the loopback interface (0: any free one).
    #[must_use]
    pub fn on_loopback(port: u16) -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)), files: None, relay: None }
    }

    /// Gives these files too.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files: Some(files), ..self }
    }

    /// Is a relay too.
    #[must_use]
    pub fn with_relay(self, relay: Relay) -> Self {
        Self { relay: Some(relay), ..self }
    }
}

/// The files of an app.
#[derive(Debug, Clone)]
pub struct Files {
    /// Where they lie.
    pub folder: PathBuf,
    /// The path under which they appear, for example `/` or `/records/`.
    pub base: String,
    /// The content security policy that they come with.
    pub policy: String,
}

impl Files {
    /// Files under the page's own policy.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, base: &str) -> Self {
        Self { folder: folder.into(), base: base.into(), policy: CONTENT_SECURITY_POLICY.into() }
    }
}

/// Rooms and mailbox.
#[derive(Debug, Clone, Default)]
pub struct Relay {
    /// What anybody may use of it.
    pub limits: Limits,
    /// The mailbox; without one its addresses answer that this relay keeps no mail.
    pub mail: Option<Mail>,
    /// Whether `GET /metrics` tells counts.
    pub metrics: bool,
    /// Whether a proxy of the same owner stands before it and writes who asks at the end of `X-Forwarded-For`. Without one anybody
    /// could write anything there.
    pub behind_proxy: bool,
}

/// What anybody may use of rooms, and how often they may ask.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Participants of one room: 8.
    pub participants: usize,
    /// Rooms: 10,000.
    pub rooms: usize,
    /// Connections to rooms: 20,000.
    pub connections: usize,
    /// Connections to rooms from one client address (IPv6: from one /64): 32.
    pub connections_per_address: usize,
    /// Bytes that wait for one participant before its senders have to wait too, 64 more for each message: 2 MiB.
    pub queue_bytes: usize,
    /// How long a participant may take none of what waits for it: 30 s.
    pub stall: Duration,
    /// How long nobody in a room may send anything: 15 min.
    pub idle: Duration,
    /// How often a participant is pinged: every 20 s.
    pub ping: Duration,
    /// How long a participant that is listened to may send nothing at all, not even answers to pings: 60 s.
    pub silence: Duration,
    /// What one participant may send: 4 MiB/s, 8 MiB at once; 64 bytes more for each message. Who sends more is listened to later.
    pub sending: Rate,
    /// Requests to rooms and mailbox from one client address: 50 a second, 200 at once.
    pub requests: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            participants: 8,
            rooms: 10_000,
            connections: 20_000,
            connections_per_address: 32,
            queue_bytes: 2 * MIB,
            stall: Duration::from_secs(30),
            idle: Duration::from_secs(15 * 60),
            ping: Duration::from_secs(20),
            silence: Duration::from_secs(60),
            sending: Rate { per_second: 4 * 1024 * 1024, at_once: 8 * 1024 * 1024 },
            requests: Rate { per_second: 50, at_once: 200 },
        }
    }
}

/// How much of something there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// In the long run, per second.
    pub per_second: u32,
    /// At once, after a rest.
    pub at_once: u32,
}

/// A mailbox in a folder of its own, which no other program writes to.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Where parcels lie; made where there is none.
    pub folder: PathBuf,
    /// How much is kept, and how long.
    pub limits: MailLimits,
    /// What time it is.
    pub clock: Clock,
}

impl Mail {
    /// A mailbox with the usual limits.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), limits: MailLimits::default(), clock: Clock::default() }
    }
}

/// How much a mailbox keeps, and how long.
#[derive(Debug, Clone)]
pub struct MailLimits {
    /// Bytes of one parcel: 8 MiB.
    pub parcel_bytes: usize,
    /// Parcels under one tag: 256.
    pub parcels: usize,
    /// Bytes under one tag: 64 MiB.
    pub tag_bytes: u64,
    /// Bytes of all parcels, 4 KiB more for each: 4 GiB.
    pub total_bytes: u64,
    /// Bytes of parcels that are still coming, which are in memory: 256 MiB.
    pub coming_bytes: usize,
    /// How long a parcel is kept: 30 days.
    pub kept: Duration,
}

impl Default for MailLimits {
    fn default() -> Self {
        Self {
            parcel_bytes: 8 * MIB,
            parcels: 256,
            tag_bytes: 64 * 1024 * 1024,
            total_bytes: 4 * 1024 * 1024 * 1024,
            coming_bytes: 256 * MIB,
            kept: Duration::from_secs(30 * 24 * 60 * 60),
        }
    }
}

/// Tells the time; the system's, unless a test says otherwise.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// A clock that asks `now`.
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new(SystemTime::now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
