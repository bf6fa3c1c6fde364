//! A room of a relay, as somebody in it has it.

use chartchain_cli::Trouble;
use chartchain_link::{Meeting, MeetingEvent};
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use tokio::net::TcpStream;
use tokio::time::{Duration, timeout};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

/// No message of a relay is longer.
const MESSAGE_BYTES: usize = 64 * 1024;
/// So many messages that are there already are read at once.
const AT_ONCE: usize = 32;
/// How long the relay may take to let somebody in, or go.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to a room, and the meeting in it.
pub struct Room {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    meeting: Meeting,
}

impl Room {
    /// Enters the room at this address.
    ///
    /// # Errors
    /// The host is not there, or is no relay.
    pub async fn enter(address: &str, meeting: Meeting) -> Result<Self, Trouble> {
        let host = address.rsplit_once("/v0/").map_or(address, |(host, _)| host).to_owned();
        let config =
            WebSocketConfig::default().max_message_size(Some(MESSAGE_BYTES)).max_frame_size(Some(MESSAGE_BYTES));
        // Messages are small and waited for.
        match timeout(PATIENCE, connect_async_with_config(address, Some(config), true)).await {
            Ok(Ok((socket, _))) => Ok(Self { socket, meeting }),
            Ok(Err(Error::Http(answer))) => Err(Trouble::NoRelay { host, status: answer.status().as_u16() }),
            Ok(Err(error)) => Err(Trouble::Unreachable { host, error: error.to_string() }),
            Err(_) => Err(Trouble::Unreachable { host, error: "no answer".into() }),
        }
    }

    /// Waits until something comes, and takes in what is there by then. Nothing is lost where this is not waited for to its end.
    ///
    /// # Errors
    /// The relay ended the connection, or it broke.
    pub async fn hear(&mut self) -> Result<(), Trouble> {
        let first = self.socket.next().await;
        self.take_in(first)?;
        for _ in 1..AT_ONCE {
            // What was read has to be taken in.
            let Some(more) = self.socket.next().now_or_never() else { break };
            self.take_in(more)?;
        }
        Ok(())
    }

    fn take_in(&mut self, heard: Option<Result<Message, Error>>) -> Result<(), Trouble> {
        match heard {
            Some(Ok(Message::Binary(bytes))) => self.meeting.receive(&bytes, &mut UnwrapErr(SysRng)),
            Some(Ok(Message::Close(why))) => return Err(ended(why.map(|why| u16::from(why.code)))),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(Trouble::RelayEnded(error.to_string())),
            None => return Err(ended(None)),
        }
        Ok(())
    }

    /// What happened in the meeting.
    pub fn take_event(&mut self) -> Option<MeetingEvent> {
        self.meeting.take_event()
    }

    /// Puts a frame of a session on its way, if the other side is there.
    pub fn say(&mut self, frame: &[u8]) {
        let _gone = self.meeting.send_frame(frame, &mut UnwrapErr(SysRng));
    }

    /// Sends what is on its way.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn send(&mut self) -> Result<(), Trouble> {
        while let Some(frame) = self.meeting.take_frame() {
            self.socket.feed(Message::binary(frame)).await.map_err(|error| Trouble::RelayEnded(error.to_string()))?;
        }
        self.socket.flush().await.map_err(|error| Trouble::RelayEnded(error.to_string()))
    }

    /// Leaves, behind everything that was sent.
    pub async fn leave(mut self) {
        let leaving = async {
            if self.send().await.is_ok() && self.socket.close(None).await.is_ok() {
                while let Some(Ok(_)) = self.socket.next().await {}
            }
        };
        let _late = timeout(PATIENCE, leaving).await;
    }
}

fn ended(code: Option<u16>) -> Trouble {
    Trouble::RelayEnded(match code {
        Some(1001) => "it is being shut down".into(),
        Some(1013) => "it has no room left".into(),
        Some(4001) => "too many are in this room".into(),
        Some(4003) => "nobody said anything for a long time".into(),
        Some(4004) => "this device was too slow".into(),
        Some(code) => format!("code {code}"),
        None => "without a reason".into(),
    })
}
