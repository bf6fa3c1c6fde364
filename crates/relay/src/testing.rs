//! A relay on a port of its own, and who uses it.

use core::time::Duration;
use std::{io, net::SocketAddr, path::Path, time::SystemTime};

use futures_util::{SinkExt, StreamExt};
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, Message},
};

use crate::{Clock, Config, Mail, Relay, Server};

pub(crate) const TAG: &str = "000102030405060708090a0b0c0d0eff";

/// A relay that runs until it is told to end.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    end: oneshot::Sender<()>,
    served: JoinHandle<io::Result<()>>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// Somebody in a room.
pub(crate) struct Participant {
    pub(crate) socket: WebSocketStream<TcpStream>,
    pub(crate) number: u32,
    pub(crate) met: Vec<u32>,
}

/// A relay with a mailbox in this folder, for which time stands still.
pub(crate) fn with_mail(folder: &Path) -> Relay {
    let clock = Clock::new(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    Relay { mail: Some(Mail { clock, ..Mail::new(folder) }), ..Relay::default() }
}

/// A parcel's name.
pub(crate) fn name_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Running {
    pub(crate) async fn start(relay: Relay) -> Self {
        let server = Server::with(Config::on_loopback(0).with_relay(Relay { metrics: true, ..relay })).await.unwrap();
        let address = server.address().unwrap();
        let (end, ended) = oneshot::channel();
        let served = tokio::spawn(server.run_until(async {
            let _told = ended.await;
        }));
        Self { address, end, served }
    }

    /// Tells it to end, and waits until it did.
    pub(crate) async fn end(self) {
        self.end.send(()).unwrap();
        self.served.await.unwrap().unwrap();
    }

    pub(crate) async fn try_to_enter(&self, tag: &str) -> tungstenite::Result<WebSocketStream<TcpStream>> {
        // Small buffers: what is on its way should wait in the relay.
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        socket.set_send_buffer_size(16 * 1024).unwrap();
        let stream = socket.connect(self.address).await.unwrap();
        client_async(format!("ws://{}/v0/meet/{tag}", self.address), stream).await.map(|(socket, _)| socket)
    }

    pub(crate) async fn enter(&self, tag: &str) -> Participant {
        let mut entered = Participant { socket: self.try_to_enter(tag).await.unwrap(), number: 0, met: Vec::new() };
        let welcome = entered.hear().await;
        let mut numbers = welcome[1..].chunks(4).map(|number| u32::from_be_bytes(number.try_into().unwrap()));
        assert_eq!(welcome[0], 0);
        entered.number = numbers.next().unwrap();
        entered.met = numbers.collect();
        entered
    }

    /// Asks once, on a connection of its own.
    pub(crate) async fn ask(&self, method: &str, path: &str, head: &str, body: &[u8]) -> Answer {
        let length = if head.is_empty() { format!("Content-Length: {}\r\n", body.len()) } else { head.into() };
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{length}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        // Who is refused early may be cut off while it sends.
        let _cut = stream.write_all(body).await;
        let mut bytes = Vec::new();
        let _cut = stream.read_to_end(&mut bytes).await;
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", &[]).await
    }

    /// Puts a parcel in under its own name, and gives the answer's status.
    pub(crate) async fn put(&self, tag: &str, bytes: &[u8]) -> u16 {
        self.ask("PUT", &format!("/v0/mail/{tag}/{}", name_of(bytes)), "", bytes).await.status
    }

    /// The names of what is in a mailbox, in order.
    pub(crate) async fn names(&self, tag: &str) -> Vec<String> {
        let answer = self.get(&format!("/v0/mail/{tag}")).await;
        assert_eq!(answer.status, 200);
        let listed: Vec<serde_json::Value> = serde_json::from_slice(&answer.body).unwrap();
        listed.iter().map(|parcel| parcel["name"].as_str().unwrap().into()).collect()
    }

    /// A line of the metrics.
    pub(crate) async fn count(&self, name: &str) -> u64 {
        let text = String::from_utf8(self.get("/metrics").await.body).unwrap();
        let start = format!("chartchain_relay_{name} ");
        text.lines().find_map(|line| line.strip_prefix(&start)).unwrap().parse().unwrap()
    }

    /// Waits until a line of the metrics says so.
    pub(crate) async fn until(&self, name: &str, count: u64) {
        while self.count(name).await != count {
            tokio::task::yield_now().await;
        }
    }
}

impl Participant {
    /// The next message.
    pub(crate) async fn hear(&mut self) -> Vec<u8> {
        loop {
            match self.socket.next().await.unwrap().unwrap() {
                Message::Binary(bytes) => return bytes.to_vec(),
                Message::Ping(_) => {}
                other => panic!("not a message: {other:?}"),
            }
        }
    }

    /// Hears of a coming (1) or a leaving (2).
    pub(crate) async fn hear_of(&mut self, kind: u8, number: u32) {
        assert_eq!(self.hear().await, [&[kind][..], &number.to_be_bytes()].concat());
    }

    /// Hears what somebody says.
    pub(crate) async fn hear_from(&mut self, sender: u32) -> Vec<u8> {
        let message = self.hear().await;
        assert_eq!(message[..5], [&[3][..], &sender.to_be_bytes()].concat());
        message[5..].to_vec()
    }

    pub(crate) async fn say(&mut self, to: u32, payload: &[u8]) {
        self.socket.send(said(to, payload)).await.unwrap();
    }

    /// The close code with which it is sent away, whatever came before.
    pub(crate) async fn sent_away(self) -> u16 {
        close_code(self.socket).await
    }

    pub(crate) async fn leave(mut self) {
        self.socket.close(None).await.unwrap();
        while let Some(Ok(_)) = self.socket.next().await {}
    }
}

pub(crate) fn said(to: u32, payload: &[u8]) -> Message {
    Message::binary([&to.to_be_bytes(), payload].concat())
}

pub(crate) async fn close_code(mut socket: WebSocketStream<TcpStream>) -> u16 {
    loop {
        match socket.next().await.expect("a reason").expect("a reason") {
            Message::Close(Some(close)) => return close.code.into(),
            Message::Close(None) => panic!("closed without a reason"),
            _ => {}
        }
    }
}
