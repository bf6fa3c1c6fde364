use core::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageEvent, RtcConfiguration, RtcDataChannel, RtcDataChannelInit, RtcDataChannelState, RtcDataChannelType,
    RtcIceGatheringState, RtcIceServer, RtcIceTransportPolicy, RtcPeerConnection, RtcPeerConnectionState, RtcSdpType,
    RtcSessionDescriptionInit,
};

use crate::{Role, Signal, SignalError};

/// The channel of both ends has this number, so that neither has to announce it.
const CHANNEL: u16 = 0;
/// Addresses that were not found by then are done without.
const GATHER_MS: u32 = 3_000;

/// What comes from the other end.
#[derive(Debug)]
pub enum Heard {
    /// The way is open.
    Open,
    /// A frame.
    Frame(Vec<u8>),
    /// The ends did not find each other, or lost each other. Where the other one begins to look only now, they may still.
    Failed,
    /// The way is closed, and does not open again.
    Closed,
}

/// Why there is no way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeerError {
    /// This browser has no WebRTC, or refuses it.
    #[error("this browser does not connect to other devices directly")]
    Unsupported,
    /// This browser does not take the servers of the settings.
    #[error("this browser does not take the servers of the settings")]
    Servers,
    /// No other device may learn the address of this one, and no server passes on.
    #[error("this device hides its address, so that it goes through a room of the host only")]
    Hidden,
    /// The code cannot be used.
    #[error("{0}")]
    Signal(#[from] SignalError),
}

/// How an end is reached, and looks for the other one.
#[derive(Clone, Default)]
pub struct Reach {
    /// Servers that are asked for ways.
    pub servers: Vec<IceServer>,
    /// Only ways through a TURN server count: the other end learns no address of this one.
    pub relayed_only: bool,
}

/// A STUN or TURN server.
#[derive(Clone)]
pub struct IceServer {
    /// Its address (RFC 7064, RFC 7065).
    pub url: String,
    /// Name at a TURN server.
    pub user: String,
    /// Password at a TURN server.
    pub password: String,
}

/// One end of a WebRTC connection with one data channel, ordered and reliable. Dropped, it is closed.
pub struct Peer {
    /// Let go of first, so that nobody hears the end.
    _listeners: Vec<EventListener>,
    own: Signal,
    ends: Ends,
}

/// What has to be closed, whatever goes wrong.
struct Ends {
    connection: RtcPeerConnection,
    channel: RtcDataChannel,
}

/// Whether this browser may connect to other devices at all.
#[must_use]
pub fn is_supported() -> bool {
    Reflect::has(&js_sys::global(), &"RTCPeerConnection".into()).unwrap_or(false)
}

impl Peer {
    /// An end that waits to be answered. `heard` is told everything that comes.
    ///
    /// # Errors
    /// There is no WebRTC, or no address.
    pub async fn offer(reach: &Reach, heard: impl Fn(Heard) + 'static) -> Result<Self, PeerError> {
        let ends = Ends::begin(reach)?;
        let sdp = local(&ends.connection, RtcSdpType::Offer).await?;
        let own = Signal::of_sdp(Role::Offer, &sdp)?;
        Ok(Self::with(ends, own, heard))
    }

    /// An end that answers an offer.
    ///
    /// # Errors
    /// There is no WebRTC, no address, or the offer is none.
    pub async fn answer(reach: &Reach, offer: &Signal, heard: impl Fn(Heard) + 'static) -> Result<Self, PeerError> {
        if offer.role != Role::Offer {
            return Err(SignalError::OtherKind.into());
        }
        let ends = Ends::begin(reach)?;
        remote(&ends.connection, RtcSdpType::Offer, offer).await?;
        let sdp = local(&ends.connection, RtcSdpType::Answer).await?;
        let own = Signal::of_sdp(Role::Answer(offer.name()), &sdp)?;
        Ok(Self::with(ends, own, heard))
    }

    fn with(ends: Ends, own: Signal, heard: impl Fn(Heard) + 'static) -> Self {
        let Ends { connection, channel } = &ends;
        let heard = Rc::new(heard);
        let listen = |target: &web_sys::EventTarget, kind: &'static str, hear: Box<dyn Fn(&web_sys::Event)>| {
            EventListener::new(target, kind, move |event| hear(event))
        };
        let (opened, messages, closed, failed) = (Rc::clone(&heard), Rc::clone(&heard), Rc::clone(&heard), heard);
        let state = connection.clone();
        let listeners = vec![
            listen(channel, "open", Box::new(move |_| opened(Heard::Open))),
            listen(
                channel,
                "message",
                Box::new(move |event| {
                    let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                    // Text is nothing that a device of ours sends.
                    let buffer = data.and_then(|data| data.dyn_into::<ArrayBuffer>().ok());
                    messages(buffer.map_or(Heard::Closed, |buffer| Heard::Frame(Uint8Array::new(&buffer).to_vec())));
                }),
            ),
            listen(channel, "close", Box::new(move |_| closed(Heard::Closed))),
            listen(
                connection,
                "connectionstatechange",
                Box::new(move |_| match state.connection_state() {
                    RtcPeerConnectionState::Failed => failed(Heard::Failed),
                    RtcPeerConnectionState::Closed => failed(Heard::Closed),
                    _ => {}
                }),
            ),
        ];
        Self { _listeners: listeners, own, ends }
    }

    /// How to reach this end.
    #[must_use]
    pub const fn own(&self) -> &Signal {
        &self.own
    }

    /// Takes in the answer to its offer.
    ///
    /// # Errors
    /// It is none, or answers another one; then another may be given.
    pub async fn accept(&self, answer: &Signal) -> Result<(), PeerError> {
        answer.check_answers(&self.own)?;
        remote(&self.ends.connection, RtcSdpType::Answer, answer).await
    }

    /// Sends a frame; one that is sent into a closed way is lost.
    pub fn send(&self, frame: &[u8]) {
        if self.ends.channel.ready_state() == RtcDataChannelState::Open {
            // What is lost with a way is sent again over the next one.
            let _ = self.ends.channel.send_with_u8_array(frame);
        }
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        self.channel.close();
        self.connection.close();
    }
}

impl core::fmt::Debug for Peer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Peer(…)")
    }
}

impl Reach {
    fn configuration(&self) -> RtcConfiguration {
        let configuration = RtcConfiguration::new();
        let servers = self.servers.iter().map(|server| {
            let entry = RtcIceServer::new();
            entry.set_urls(&server.url.as_str().into());
            if !server.user.is_empty() {
                entry.set_username(&server.user);
                entry.set_credential(&server.password);
            }
            entry
        });
        configuration.set_ice_servers(&servers.collect::<js_sys::Array>());
        if self.relayed_only {
            configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
        }
        configuration
    }
}

impl Ends {
    fn begin(reach: &Reach) -> Result<Self, PeerError> {
        let refused = |_| if reach.servers.is_empty() { PeerError::Unsupported } else { PeerError::Servers };
        if !is_supported() {
            return Err(PeerError::Unsupported);
        }
        let connection = RtcPeerConnection::new_with_configuration(&reach.configuration()).map_err(refused)?;
        let init = RtcDataChannelInit::new();
        init.set_negotiated(true);
        init.set_id(CHANNEL);
        let channel = connection.create_data_channel_with_data_channel_dict("", &init);
        channel.set_binary_type(RtcDataChannelType::Arraybuffer);
        Ok(Self { connection, channel })
    }
}

/// Describes this end, with its addresses.
async fn local(connection: &RtcPeerConnection, kind: RtcSdpType) -> Result<String, PeerError> {
    let refused = |_: JsValue| PeerError::Unsupported;
    let made = match kind {
        RtcSdpType::Offer => connection.create_offer(),
        _ => connection.create_answer(),
    };
    let description: RtcSessionDescriptionInit = JsFuture::from(made).await.map_err(refused)?.unchecked_into();
    JsFuture::from(connection.set_local_description(&description)).await.map_err(refused)?;
    gathered(connection).await;
    connection.local_description().map(|description| description.sdp()).ok_or(PeerError::Unsupported)
}

async fn remote(connection: &RtcPeerConnection, kind: RtcSdpType, signal: &Signal) -> Result<(), PeerError> {
    let description = RtcSessionDescriptionInit::new(kind);
    description.set_sdp(&signal.to_sdp());
    let taken = JsFuture::from(connection.set_remote_description(&description)).await;
    taken.map(|_| ()).map_err(|_| PeerError::Signal(SignalError::Damaged))
}

/// Waits until all addresses are known, but not for ever.
async fn gathered(connection: &RtcPeerConnection) {
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let done = move || {
        if let Some(sender) = sender.borrow_mut().take() {
            let _: Result<(), ()> = sender.send(());
        }
    };
    if connection.ice_gathering_state() == RtcIceGatheringState::Complete {
        done();
    }
    let (late, changed, state) = (done.clone(), done, connection.clone());
    let timer = Timeout::new(GATHER_MS, late);
    let listener = EventListener::new(connection, "icegatheringstatechange", move |_| {
        if state.ice_gathering_state() == RtcIceGatheringState::Complete {
            changed();
        }
    });
    // The sender lives as long as the timer.
    let _ = receiver.await;
    drop((timer, listener));
}
