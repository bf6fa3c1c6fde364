//! The files of an app, with the headers that the app is meant to be hosted with.

use std::io;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use crate::config::Files;

/// What the page may load and reach; `index.html` carries the same words in its meta element. By CSP 3
/// `'self'` covers sockets of the same host and port; older browsers do not think so (Safari until 2022), and `localhost` and `127.0.0.1`
/// are where developers have their relays.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self' https: wss: ws://localhost:* ws://127.0.0.1:*; \
     worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
     trusted-types chartchain-workers";

const PERMISSIONS_POLICY: &str =
    "camera=(self), clipboard-read=(self), clipboard-write=(self), geolocation=(), microphone=(), payment=(), usb=()";

/// Answers with these files.
pub(crate) fn router(wanted: &Files) -> io::Result<Router> {
    let files = ServeDir::new(&wanted.folder).precompressed_br().precompressed_gzip();
    let base = wanted.base.trim_end_matches('/');
    let app =
        if base.is_empty() { Router::new().fallback_service(files) } else { Router::new().nest_service(base, files) };
    Ok(headers(&wanted.policy)?
        .into_iter()
        .fold(app, |app, (name, value)| app.layer(SetResponseHeaderLayer::overriding(name, value))))
}

fn headers(policy: &str) -> io::Result<[(HeaderName, HeaderValue); 8]> {
    // A meta element cannot forbid framing, a header can.
    let policy = format!("{policy}; frame-ancestors 'none'");
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

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::{Read, Write},
        net::{SocketAddr, TcpStream},
        path::PathBuf,
        thread,
    };

    use super::*;
    use crate::Server;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("chartchain-serve-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), "<h1>there</h1>").unwrap();
        fs::write(folder.join("app.wasm"), "plain").unwrap();
        fs::write(folder.join("app.wasm.br"), "brotli").unwrap();
        folder
    }

    /// Serves on a thread that lives as long as the test and gives the address.
    fn start(folder: PathBuf, base: &'static str) -> SocketAddr {
        let (told, address) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let server = Server::bind(&folder, base, 0).await.unwrap();
                told.send(server.address().unwrap()).unwrap();
                server.run().await.unwrap();
            });
        });
        address.recv().unwrap()
    }

    fn ask(address: SocketAddr, path: &str, header: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn pages_come_with_the_policy_and_compressed_files_only_to_those_who_take_them() {
        let folder = folder("root");
        let address = start(folder.clone(), "/");
        let page = ask(address, "/", "");
        assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("<h1>there</h1>"), "{page}");
        assert!(page.contains(&format!("content-security-policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'")));
        assert!(page.contains("cache-control: no-cache") && page.contains("x-content-type-options: nosniff"));
        let plain = ask(address, "/app.wasm", "");
        assert!(plain.contains("content-type: application/wasm") && plain.ends_with("plain"), "{plain}");
        let brotli = ask(address, "/app.wasm", "Accept-Encoding: br\r\n");
        assert!(brotli.contains("content-encoding: br") && brotli.ends_with("brotli"), "{brotli}");
        assert!(ask(address, "/../Cargo.toml", "").starts_with("HTTP/1.1 404"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn under_a_path_nothing_is_found_beside_it() {
        let folder = folder("path");
        let address = start(folder.clone(), "/a/b/");
        assert!(ask(address, "/a/b/", "").ends_with("<h1>there</h1>"));
        assert!(ask(address, "/index.html", "").starts_with("HTTP/1.1 404"));
        fs::remove_dir_all(folder).unwrap();
    }
}
