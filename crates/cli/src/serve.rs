//! `chartchain serve`: the app, rooms and a mailbox on one port.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use chartchain_cli::Failure;
use chartchain_relay::{Config, Files, Mail, Relay, Server};

use crate::arguments::Serve;
use crate::print::Printer;

/// The app's first page, by which its folder is known.
const PAGE: &str = "index.html";

/// Serves until Ctrl-C.
///
/// # Errors
/// The port is taken, or a folder cannot be used.
pub fn run(wanted: &Serve, printer: &Printer) -> Result<(), Failure> {
    let dist = match &wanted.dist {
        Some(folder) if !has_app(folder) => {
            let error = format!("there is no {PAGE} in it; give the folder of a built app");
            return Err(Failure::Input { file: folder.display().to_string(), error });
        }
        Some(folder) => Some(folder.clone()),
        None => find_app(),
    };
    let mail = wanted.mail.as_ref().map(Mail::new);
    let (has_app, has_mail) = (dist.is_some(), mail.is_some());
    let mut config = Config::on_loopback(wanted.port).with_relay(Relay {
        mail,
        behind_proxy: wanted.behind_proxy,
        ..Relay::default()
    });
    if wanted.public {
        config.listen = SocketAddr::from((Ipv4Addr::UNSPECIFIED, wanted.port));
    }
    config.files = dist.map(|folder| Files::new(folder, "/"));
    let listen = config.listen;
    let failed = |error: io::Error| Failure::File { file: listen.to_string(), error: error.to_string() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let server = Server::with(config).await.map_err(failed)?;
        let address = server.address().map_err(failed)?;
        printer.serving(&format!("http://{address}/"), has_app, has_mail, wanted.public)?;
        server.run_until(asked_to_end()).await.map_err(failed)
    })
}

fn has_app(folder: &Path) -> bool {
    folder.join(PAGE).is_file()
}

fn find_app() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("dist")));
    [Some(PathBuf::from("dist")), beside].into_iter().flatten().find(|folder| has_app(folder))
}

/// Ctrl-C, or what a service manager sends.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
