//! How other devices are reached, as the person set it.

use chartchain_link::{IceServer, Reach, is_supported};
use chartchain_vault::protocol::{Command, Network, Reply};

use crate::hooks::session::Shell;

/// How this device goes to others directly; nothing where it talks to them in rooms only, because the browser connects to nobody, or
/// because its address stays hidden and no server passes on. Where the settings cannot be read, nobody learns the address.
pub async fn load(shell: &Shell) -> Option<Reach> {
    if !is_supported() {
        return None;
    }
    match shell.engine.ask(Command::LoadNetwork).await {
        Ok(Reply::Network(network)) => of(&network),
        _ => None,
    }
}

fn of(network: &Network) -> Option<Reach> {
    let servers = network.servers.iter().map(|server| IceServer {
        url: server.url.clone(),
        user: server.user.clone(),
        password: server.password.0.clone(),
    });
    network.goes_directly().then(|| Reach { servers: servers.collect(), relayed_only: network.hides_address })
}
