//! A bound socket and what is answered there.

use core::future::{Future, pending};
use std::{io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::{Router, serve::ListenerExt};
use tokio::{net::TcpListener, time::timeout};

use crate::{
    config::{Config, Files},
    files,
    relay::{self, Shared},
};

/// How long those who are connected may take to leave once it ends.
const LEAVING: Duration = Duration::from_secs(5);

/// A bound socket that answers nothing yet; its address is known before the first request.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
    relay: Option<Arc<Shared>>,
}

impl Server {
    /// Binds `127.0.0.1:port` (0: any free port) for the files under `folder`.
    ///
    /// `base` is the path under which the files appear, for example `/` or `/records/`.
    ///
    /// # Errors
    /// The port is taken or may not be bound.
    pub async fn bind(folder: &Path, base: &str, port: u16) -> io::Result<Self> {
        Self::with(Config::on_loopback(port).with_files(Files::new(folder, base))).await
    }

    /// The same under another policy than the page's own; where the two differ, browsers keep to both.
    ///
    /// # Errors
    /// The port is taken or may not be bound, or the policy is no header.
    pub async fn bind_under(policy: &str, folder: &Path, base: &str, port: u16) -> io::Result<Self> {
        let files = Files { policy: policy.into(), ..Files::new(folder, base) };
        Self::with(Config::on_loopback(port).with_files(files)).await
    }

    /// Binds for all that a configuration asks for. What a mailbox's folder holds is counted first.
    ///
    /// # Errors
    /// The port is taken or may not be bound, the policy is no header, or the mailbox's folder cannot be used.
    pub async fn with(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let mut router = Router::new();
        let mut shared = None;
        if let Some(wanted) = config.relay {
            let relay = Arc::new(Shared::open(wanted).await?);
            router = router.merge(relay::router(&relay));
            shared = Some(relay);
        }
        if let Some(wanted) = config.files {
            router = router.merge(files::router(&wanted)?);
        }
        Ok(Self { listener, router, relay: shared })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The operating system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the task is dropped.
    ///
    /// # Errors
    /// The socket fails for good.
    pub async fn run(self) -> io::Result<()> {
        self.run_until(pending()).await
    }

    /// Answers until `end` comes; then takes nobody in any more, tells all participants of rooms (close code 1001), lets requests come to
    /// their end and returns, after ten seconds at most.
    ///
    /// # Errors
    /// The socket fails for good.
    pub async fn run_until(self, end: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        // Messages are small and waited for.
        let listener = self.listener.tap_io(|stream| {
            let _slower = stream.set_nodelay(true);
        });
        let (told, ended) = tokio::sync::oneshot::channel();
        let relay = self.relay.clone();
        let ending = async move {
            end.await;
            if let Some(relay) = relay {
                relay.close();
            }
            let _gone = told.send(());
        };
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(ending);
        let late = async {
            match ended.await {
                Ok(()) => tokio::time::sleep(LEAVING).await,
                Err(_) => pending().await,
            }
        };
        let upkeep = async {
            match &self.relay {
                Some(relay) => relay.keep_up().await,
                None => pending().await,
            }
        };
        tokio::select! {
            result = served => result?,
            () = late => {}
            () = upkeep => {}
        }
        if let Some(relay) = &self.relay {
            let _late = timeout(LEAVING, relay.everybody_gone()).await;
        }
        Ok(())
    }
}
