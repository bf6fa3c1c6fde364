//! What rooms and mailbox have in common: who may ask, what is counted, how it ends.

use std::{
    io,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::{Value, json};
use tokio::{sync::watch, time::interval};
use tower_http::{
    cors::{Any, CorsLayer},
    set_header::SetResponseHeaderLayer,
};

use crate::{
    bucket::Requests,
    client::Client,
    config::{Limits, MailLimits, Relay},
    counters::{Counters, Present, Refusal},
    mail::{self, Mailbox},
    meet::{self, Connections, Rooms},
};

/// The version of `docs/protocol.md`, "Relay".
const VERSION: u32 = 0;
/// How often the mailbox is gone through for what is too old.
const PURGE: Duration = Duration::from_secs(60 * 60);
/// How long a browser may remember that it may ask from another origin.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) limits: Limits,
    pub(crate) counters: Counters,
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) connections: Arc<Connections>,
    pub(crate) mailbox: Option<Arc<Mailbox>>,
    requests: Requests,
    metrics: bool,
    behind_proxy: bool,
    /// Whether it ends. Everybody in a room holds a receiver until they have left.
    ending: watch::Sender<bool>,
}

impl Shared {
    /// Opens the mailbox, where one is wanted, and counts what is in it.
    ///
    /// # Errors
    /// Its folder cannot be used.
    pub(crate) async fn open(wanted: Relay) -> io::Result<Self> {
        let mailbox = match wanted.mail {
            Some(mail) => Some(Arc::new(Mailbox::open(mail).await?)),
            None => None,
        };
        let limits = wanted.limits;
        Ok(Self {
            counters: Counters::default(),
            rooms: Arc::new(Rooms::new(&limits)),
            connections: Arc::new(Connections::new(&limits)),
            mailbox,
            requests: Requests::new(limits.requests),
            metrics: wanted.metrics,
            behind_proxy: wanted.behind_proxy,
            ending: watch::Sender::new(false),
            limits,
        })
    }

    /// Whether it ends.
    pub(crate) fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Tells everybody in a room to leave.
    pub(crate) fn close(&self) {
        self.ending.send_replace(true);
    }

    /// Comes when nobody is in a room any more.
    pub(crate) async fn everybody_gone(&self) {
        self.ending.closed().await;
    }

    /// What has to be done from time to time; never comes to an end.
    pub(crate) async fn keep_up(&self) {
        let mut hours = interval(PURGE);
        // The first tick comes at once, and what was too old at the start is gone already.
        hours.tick().await;
        loop {
            hours.tick().await;
            if let Some(mailbox) = &self.mailbox {
                mailbox.purge().await;
            }
        }
    }

    fn present(&self) -> Present {
        let (parcels, mail_bytes) = self.mailbox.as_ref().map_or((0, 0), |mailbox| mailbox.holds());
        Present { connections: self.connections.count(), rooms: self.rooms.count(), parcels, mail_bytes }
    }
}

/// Answers at `/v0/…` and, where that is wanted, at `/metrics`.
pub(crate) fn router(relay: &Arc<Shared>) -> Router {
    let limited = middleware::from_fn_with_state(Arc::clone(relay), admit);
    let meet = Router::new().route("/v0/meet/{tag}", any(meet::enter)).layer(limited.clone());
    // Apps that are hosted elsewhere use it too. There are no cookies; whoever knows the tag may.
    let anybody = CorsLayer::new().allow_origin(Any).max_age(REMEMBERED);
    let mail = mail::routes(relay).layer(limited).layer(
        anybody.clone().allow_methods([Method::GET, Method::PUT, Method::DELETE]).allow_headers([header::CONTENT_TYPE]),
    );
    let about = Router::new().route("/v0/relay", get(about)).layer(anybody.allow_methods([Method::GET]));
    let all = Router::new().merge(meet).merge(mail).merge(about);
    let all = if relay.metrics { all.route("/metrics", get(metrics)) } else { all };
    headers().into_iter().fold(all.with_state(Arc::clone(relay)), |all, (name, value)| {
        all.layer(SetResponseHeaderLayer::overriding(name, value))
    })
}

/// What strangers put into a mailbox must do nothing on the origin that it shares with the app.
fn headers() -> [(HeaderName, HeaderValue); 4] {
    [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
    ]
}

/// Who asks, as limits see it; stands in the request for what comes after.
async fn admit(
    State(relay): State<Arc<Shared>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let client = Client::of(peer, request.headers(), relay.behind_proxy);
    if !relay.requests.admit(client, Instant::now()) {
        relay.counters.refused(Refusal::Requests);
        return (StatusCode::TOO_MANY_REQUESTS, "too many requests from this address: wait a second\n").into_response();
    }
    request.extensions_mut().insert(client);
    next.run(request).await
}

async fn about(State(relay): State<Arc<Shared>>) -> Response {
    let limits = relay.mailbox.as_ref().map(|mailbox| mailbox.limits().clone());
    let parcel_bytes = limits.as_ref().unwrap_or(&MailLimits::default()).parcel_bytes;
    as_json(&json!({ "version": VERSION, "meet": true, "mail": limits.is_some(), "mail_max_bytes": parcel_bytes }))
}

/// An answer that is read by programs.
pub(crate) fn as_json(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn metrics(State(relay): State<Arc<Shared>>) -> String {
    relay.counters.text(relay.present())
}
