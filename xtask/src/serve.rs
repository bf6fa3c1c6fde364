//! Serves a folder of static files on the loopback interface, with the headers that the app is meant to be hosted with.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
};
use tokio::net::TcpListener;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

/// What the page may load and reach; `index.html` carries the same words in its meta element.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self' https: wss: ws://localhost:*; worker-src 'self'; \
     manifest-src 'self'; base-uri 'none'; form-action 'none'";

const PERMISSIONS_POLICY: &str =
    "camera=(self), clipboard-read=(self), clipboard-write=(self), geolocation=(), microphone=(), payment=(), usb=()";

/// A bound socket that answers nothing yet; its address is known before the first request.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
}

impl Server {
    /// Binds `127.0.0.1:port` (0: any free port) for the files under `folder`.
    ///
    /// `base` is the path under which the files appear, for example `/` or `/records/`.
    ///
    /// # Errors
    /// The port is taken or may not be bound.
    pub async fn bind(folder: &Path, base: &str, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        Ok(Self { listener, router: router(folder, base)? })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The operating system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the task is dropped.
    ///
    /// # Errors
    /// The socket fails for good.
    pub async fn run(self) -> io::Result<()> {
        axum::serve(self.listener, self.router).await
    }
}

fn router(folder: &Path, base: &str) -> io::Result<Router> {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    let base = base.trim_end_matches('/');
    let app =
        if base.is_empty() { Router::new().fallback_service(files) } else { Router::new().nest_service(base, files) };
    Ok(headers()?
        .into_iter()
        .fold(app, |app, (name, value)| app.layer(SetResponseHeaderLayer::overriding(name, value))))
}

fn headers() -> io::Result<[(HeaderName, HeaderValue); 8]> {
    // A meta element cannot forbid framing, a header can.
    let policy = format!("{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'");
    Ok([
        // Nothing has a hash in its name, so everything is asked for again, and answered with 304 when unchanged.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).map_err(io::Error::other)?),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS_POLICY)),
    ])
}
