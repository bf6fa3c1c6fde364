//! How other devices are reached, as the person set it.

use chartchain_link::{IceServer, Reach, is_supported};
use chartchain_vault::protocol::{Command, Fault, Network, Reply};

use super::engine::unexpected;
use crate::hooks::session::Shell;

/// How this device goes to others directly; nothing where it talks to them in rooms only, because the browser connects to nobody, or
/// because its address stays hidden and no server passes on.
///
/// # Errors
/// The settings cannot be read, for example because it is locked by now: then nobody may learn the address.
pub async fn load(shell: &Shell) -> Result<Option<Reach>, Fault> {
    match shell.engine.ask(Command::LoadNetwork).await? {
        Reply::Network(network) if is_supported() => Ok(of(&network)),
        Reply::Network(_) => Ok(None),
        _ => Err(unexpected()),
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
