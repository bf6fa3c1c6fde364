//! Ways through servers: an address that stays hidden, in a room and through a TURN server.

use core::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chartchain_link::{Candidate, Signal};
use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};
use turn::auth::{AuthHandler, generate_auth_key};
use turn::relay::relay_static::RelayAddressGeneratorStatic;
use turn::server::Server;
use turn::server::config::{ConnConfig, ServerConfig};
use webrtc_util::vnet::net::Net;

use crate::{
    meeting::{compare, link_shown, meet, start_second},
    steps::{self, Keeper, is},
    words::say,
};

const USER: &str = "ida";
const PASSWORD: &str = "copper heron";
const REALM: &str = "example.org";

struct Known;

impl AuthHandler for Known {
    fn auth_handle(&self, user: &str, realm: &str, _: SocketAddr) -> Result<Vec<u8>, turn::Error> {
        if user == USER { Ok(generate_auth_key(user, realm, PASSWORD)) } else { Err(turn::Error::ErrFakeErr) }
    }
}

/// The address of this machine that others see: nothing is sent for that.
fn own_address() -> std::io::Result<IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0")?;
    // Documentation addresses (RFC 5737); a machine without any network has only itself.
    let is_routed = socket.connect("203.0.113.1:9").is_ok();
    Ok(if is_routed { socket.local_addr()?.ip() } else { IpAddr::from([127, 0, 0, 1]) })
}

async fn listen() -> std::io::Result<(tokio::net::UdpSocket, SocketAddr)> {
    let socket = tokio::net::UdpSocket::bind((own_address()?, 0)).await?;
    let at = socket.local_addr()?;
    Ok((socket, at))
}

async fn serve() -> Result<(Server, SocketAddr), Trouble> {
    let (socket, at) = listen().await.map_err(|error| Trouble::wrong(format!("no TURN server: {error}")))?;
    let relays = RelayAddressGeneratorStatic {
        relay_address: at.ip(),
        address: at.ip().to_string(),
        net: Arc::new(Net::new(None)),
    };
    let config = ServerConfig {
        conn_configs: vec![ConnConfig { conn: Arc::new(socket), relay_addr_generator: Box::new(relays) }],
        realm: REALM.into(),
        auth_handler: Arc::new(Known),
        channel_bind_timeout: Duration::from_secs(0),
        alloc_close_notify: None,
    };
    let server = Server::new(config).await.map_err(|error| Trouble::wrong(format!("no TURN server: {error}")))?;
    Ok((server, at))
}

#[tokio::test]
async fn an_address_stays_hidden_in_a_room_and_behind_a_turn_server() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), async |one: &mut Browser, site: &Site| {
        let other = Browser::start(Kind::Firefox, Setup::default()).await?;
        let (server, at) = serve().await?;
        let result = hidden(one, &other, site, at).await;
        if result.is_err() {
            let _ = other.screenshot("failed-turn-other").await;
        }
        // Whatever is left of it ends with the test.
        let _ = server.close().await;
        result
    })
    .await
}

/// Counts connections that the page begins.
const COUNT: &str = "window.begun = 0; const plain = window.RTCPeerConnection;
    window.RTCPeerConnection = function (...given) { window.begun += 1; return new plain(...given); };";

async fn hidden(one: &Browser, other: &Browser, site: &Site, turn: SocketAddr) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["1", "5", "1970"], false, "walnut ferry candle");
    steps::start_record(one, site, &keeper).await?;
    steps::finish_recovery(one).await?;
    start_second(other, site).await?;

    // What is no server is told at its field.
    steps::go(one, "#/settings").await?;
    one.type_into(&say!("network-stun"), "https://example.org").await?;
    one.click(&say!("network-save")).await?;
    one.wait_for(&say!("network-wrong-stun")).await?;
    one.type_into(&say!("network-stun"), "").await?;

    // Without a server there are no codes, and a link leads to a room: nobody looks for the other.
    for browser in [one, other] {
        steps::go(browser, "#/settings").await?;
        browser.click(&say!("network-hides")).await?;
        browser.wait_for(&say!("network-saved")).await?;
        browser.evaluate(COUNT, Vec::new()).await?;
        steps::go(browser, "#/connect").await?;
    }
    one.click(&say!("connect-show")).await?;
    one.wait_for(&say!("connect-hidden")).await?;
    one.click(&say!("meet-make")).await?;
    one.heading(&say!("meet-title")).await?;
    let link = link_shown(one).await?;
    let page = link.split_once('#').map(|(_, page)| format!("#{page}")).unwrap_or_default();
    steps::go(other, &page).await?;
    other.click(&say!("connect-link-do")).await?;
    compare(one, other).await?;
    for browser in [one, other] {
        let begun = browser.evaluate("return window.begun", Vec::new()).await?;
        is(begun == 0, || format!("{begun} connections were begun"))?;
    }
    one.click(&say!("connect-stop")).await?;
    for browser in [one, other] {
        browser.click(&say!("connect-again")).await?;
    }

    // Through a TURN server the codes name nothing but that.
    for browser in [one, other] {
        steps::go(browser, "#/settings").await?;
        browser.type_into(&say!("network-turn"), &format!("turn:{turn}?transport=udp")).await?;
        browser.type_into(&say!("network-user"), USER).await?;
        browser.type_into(&say!("network-password"), PASSWORD).await?;
        browser.click(&say!("network-save")).await?;
        browser.wait_for(&say!("network-saved")).await?;
        steps::go(browser, "#/connect").await?;
    }
    let codes = meet(one, other).await?;
    for code in codes {
        let signal = Signal::from_text(&code).map_err(|error| Trouble::wrong(error.to_string()))?;
        let is_relayed = |one: &Candidate| matches!(one, Candidate::OutsideV4(address, _) if *address == turn.ip());
        is(signal.candidates.iter().all(is_relayed), || format!("the code tells {:?}", signal.candidates))?;
    }
    for browser in [one, other] {
        let begun = browser.evaluate("return window.begun", Vec::new()).await?;
        is(begun == 1, || format!("{begun} connections were begun"))?;
    }
    compare(one, other).await
}
