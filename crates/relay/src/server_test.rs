//! Files and relay beside each other.

use std::fs;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Config, Files, Relay, Server};

async fn get(server: Config, path: &str) -> String {
    let server = Server::with(server).await.unwrap();
    let mut stream = TcpStream::connect(server.address().unwrap()).await.unwrap();
    let served = tokio::spawn(server.run());
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    served.abort();
    answer
}

#[tokio::test]
async fn one_server_gives_the_files_and_tells_that_it_is_a_relay() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), "<h1>there</h1>").unwrap();
    for base in ["/", "/records/"] {
        let both = || Config::on_loopback(0).with_files(Files::new(folder.path(), base)).with_relay(Relay::default());
        let page = get(both(), base).await;
        assert!(page.ends_with("<h1>there</h1>") && page.contains("script-src 'self'"), "{page}");
        let about = get(both(), "/v0/relay").await;
        assert!(about.starts_with("HTTP/1.1 200") && about.contains("\"version\":0"), "{about}");
        assert!(about.contains("access-control-allow-origin: *") && about.contains("sandbox"), "{about}");
        assert!(get(both(), "/metrics").await.starts_with("HTTP/1.1 404"), "counts are told to whoever asks");
    }
    let files = Config::on_loopback(0).with_files(Files::new(folder.path(), "/"));
    assert!(get(files, "/v0/relay").await.starts_with("HTTP/1.1 404"));
}
