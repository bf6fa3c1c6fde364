//! How other devices are reached is kept for the person, before there is any record, and read anew after a lock.

use super::*;
use chartchain_vault::protocol::{Network, NetworkServer};

fn load(bench: &mut Bench) -> Network {
    match bench.ask(Command::LoadNetwork).unwrap() {
        Reply::Network(network) => network,
        other => panic!("{other:?}"),
    }
}

fn server(url: &str, user: &str) -> NetworkServer {
    NetworkServer { url: url.into(), user: user.into(), password: Secret(user.into()) }
}

#[test]
fn ways_are_kept_sealed_and_what_is_no_server_is_not() {
    let mut bench = keeper(20_900);
    assert!(!load(&mut bench).hides_address && load(&mut bench).servers.is_empty());
    let servers = vec![server("stun:stun.example.org", ""), server("turn:turn.example.org", "ida")];
    let network = Network { hides_address: true, servers };
    assert!(matches!(bench.ask(Command::SaveNetwork(network)), Ok(Reply::Network(_))));
    let wrong = Network { hides_address: false, servers: vec![server("https://example.org", "")] };
    assert!(matches!(bench.ask(Command::SaveNetwork(wrong)), Err(Fault::NotNow(_))));
    bench.ask(Command::Lock).unwrap();
    assert_eq!(bench.ask(Command::LoadNetwork).err(), Some(Fault::Locked));
    bench.unlock(PASSPHRASE).unwrap();
    let kept = load(&mut bench);
    assert!(kept.hides_address && kept.servers.len() == 2);
    let turn = kept.servers.last().unwrap();
    assert_eq!(
        (turn.url.as_str(), turn.user.as_str(), turn.password.0.as_str()),
        ("turn:turn.example.org", "ida", "ida")
    );
}
