use std::{io::Write, net::SocketAddr, path::Path, thread};

use chartchain_relay::{CONTENT_SECURITY_POLICY, Config, Files, Mail, Relay, Server};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::Trouble;

/// The built app on a port of its own, which is a relay too, as `cargo xtask run` is. Dropped, it is off the network, with every connection to it.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    base: String,
    end: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
    /// Where its mail lies; gone with it.
    _mail: TempDir,
}

impl Site {
    /// Serves the app that `CHARTCHAIN_DIST` names under the path `base`; says so and gives nothing where it names none.
    ///
    /// # Errors
    /// The server does not start.
    pub async fn from_environment(base: &str) -> Result<Option<Self>, Trouble> {
        match std::env::var_os("CHARTCHAIN_DIST") {
            Some(dist) => Self::serve(Path::new(&dist), base, 0).await.map(Some),
            None => {
                // Past the test harness, which swallows what a passing test prints.
                let _written = writeln!(std::io::stderr(), "skipped: needs the built app, see `cargo xtask test`");
                Ok(None)
            }
        }
    }

    /// Serves a folder on a port of the loopback interface (0: any).
    ///
    /// # Errors
    /// The folder holds no app or the server does not start.
    pub async fn serve(dist: &Path, base: &str, port: u16) -> Result<Self, Trouble> {
        Self::serve_under(CONTENT_SECURITY_POLICY, dist, base, port).await
    }

    /// Serves a folder under a policy that may be stricter than the page's own.
    ///
    /// # Errors
    /// The folder holds no app or the server does not start.
    pub async fn serve_under(policy: &str, dist: &Path, base: &str, port: u16) -> Result<Self, Trouble> {
        let failed = |error| Trouble::files("serve", dist, error);
        std::fs::metadata(dist.join("index.html")).map_err(failed)?;
        let (told, address) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let mail = tempfile::tempdir().map_err(failed)?;
        let relay = Relay { mail: Some(Mail::new(mail.path())), ..Relay::default() };
        let files = Files { policy: policy.into(), ..Files::new(dist, base) };
        let config = Config::on_loopback(port).with_files(files).with_relay(relay);
        // On a thread of its own: with its runtime all connections end.
        let thread = thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                let bound = Server::with(config).await;
                let told = told.send(
                    bound
                        .as_ref()
                        .map_err(|error| error.kind())
                        .and_then(|server| server.address().map_err(|error| error.kind())),
                );
                if let (Ok(server), Ok(())) = (bound, told) {
                    tokio::select! {
                        _ended = server.run() => {}
                        _asked = ended => {}
                    }
                }
            });
        });
        let address = address.await.map_err(|_| Trouble::wrong("the server did not start"))?;
        let address = address.map_err(|kind| failed(kind.into()))?;
        Ok(Self { address, base: base.into(), end: Some(end), thread: Some(thread), _mail: mail })
    }

    /// The address of a page of the app, for example of `#/timeline`.
    #[must_use]
    pub fn url(&self, page: &str) -> String {
        format!("http://{}{}{page}", self.address, self.base)
    }

    /// Its port, to come back to the same address later.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // Only then is the port free again.
            let _ended = thread.join();
        }
    }
}
