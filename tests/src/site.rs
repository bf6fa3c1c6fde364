use std::{io::Write, net::SocketAddr, path::Path};

use tokio::task::JoinHandle;
use xtask::serve::Server;

use crate::Trouble;

/// The built app on a port of its own, until it is dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    base: String,
    task: JoinHandle<()>,
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
        let failed = |error| Trouble::files("serve", dist, error);
        std::fs::metadata(dist.join("index.html")).map_err(failed)?;
        let server = Server::bind(dist, base, port).await.map_err(failed)?;
        let address = server.address().map_err(failed)?;
        let task = tokio::spawn(async move {
            let _ended = server.run().await;
        });
        Ok(Self { address, base: base.into(), task })
    }

    /// The address of a page of the app, for example of `#/timeline`.
    #[must_use]
    pub fn url(&self, page: &str) -> String {
        format!("http://{}{}{page}", self.address, self.base)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}
