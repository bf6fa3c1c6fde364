//! A mailbox: who knows a tag puts sealed parcels in and takes them out.

mod error;
mod store;

#[cfg(test)]
mod mail_test;

use std::{io, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::StreamExt;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::timeout,
};
use tokio_util::io::ReaderStream;

use self::{error::MailError, store::Store};
use crate::{
    config::{Mail, MailLimits},
    relay::{Shared, as_json},
    tag::{Name, Tag},
};

/// How long the next piece of a parcel may take to come.
const PIECE: Duration = Duration::from_secs(30);
/// How much is done with the folder at one time.
const AT_ONCE: usize = 32;

/// The mailboxes of a relay: [`Store`], and who waits for it.
#[derive(Debug)]
pub(crate) struct Mailbox {
    store: Arc<Store>,
    at_once: Semaphore,
    coming: Arc<Semaphore>,
}

impl Mailbox {
    /// Opens a folder: what an earlier run did not bring to its end and what is too old is gone then, the rest counted.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub(crate) async fn open(mail: Mail) -> io::Result<Self> {
        let coming = mail.limits.coming_bytes.min(Semaphore::MAX_PERMITS);
        let store = spawn_blocking(|| Store::open(mail)).await.map_err(io::Error::other)??;
        Ok(Self { store: Arc::new(store), at_once: Semaphore::new(AT_ONCE), coming: Arc::new(Semaphore::new(coming)) })
    }

    pub(crate) fn limits(&self) -> &MailLimits {
        self.store.limits()
    }

    /// Parcels, and their bytes.
    pub(crate) fn holds(&self) -> (u64, u64) {
        self.store.holds()
    }

    /// Deletes what is too old.
    pub(crate) async fn purge(&self) {
        // What cannot be deleted now is tried again in an hour, and is given to nobody.
        let _later = self.work(|store| Ok(store.purge()?)).await;
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, MailError> + Send + 'static,
    ) -> Result<T, MailError> {
        let _turn = self.at_once.acquire().await.map_err(io::Error::other)?;
        let store = Arc::clone(&self.store);
        spawn_blocking(move || work(&store)).await.map_err(io::Error::other)?
    }
}

/// The addresses of mailboxes.
pub(crate) fn routes(relay: &Shared) -> Router<Arc<Shared>> {
    let routes = Router::new();
    if relay.mailbox.is_none() {
        let none = || async { MailError::NoMail };
        return routes.route("/v0/mail/{*any}", axum::routing::any(none));
    }
    routes.route("/v0/mail/{tag}", get(list)).route("/v0/mail/{tag}/{name}", get(give).put(take_in).delete(delete))
}

/// `GET /v0/mail/{tag}`: what is there, the oldest first.
async fn list(State(relay): State<Arc<Shared>>, Path(tag): Path<String>) -> Result<Response, MailError> {
    let tag = Tag::read(&tag).ok_or(MailError::Address)?;
    let parcels = mailbox(&relay)?.work(move |store| store.list(tag)).await?;
    let listed = parcels
        .iter()
        .map(|parcel| json!({ "name": parcel.name.to_string(), "bytes": parcel.bytes, "age_s": parcel.age.as_secs() }));
    Ok(as_json(&listed.collect()))
}

/// `GET /v0/mail/{tag}/{name}`: the bytes. They go out as they are read, so that a slow receiver costs no memory.
async fn give(State(relay): State<Arc<Shared>>, Path(path): Path<(String, String)>) -> Result<Response, MailError> {
    let (tag, name) = address(&path)?;
    let (file, bytes) = mailbox(&relay)?.work(move |store| store.read(tag, name)).await?;
    let headers =
        [(header::CONTENT_TYPE, "application/octet-stream".into()), (header::CONTENT_LENGTH, bytes.to_string())];
    let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)));
    Ok((headers, body).into_response())
}

/// `PUT /v0/mail/{tag}/{name}`: 201 where it is new, 200 where it was there already.
async fn take_in(
    State(relay): State<Arc<Shared>>,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, MailError> {
    let put = async {
        let (tag, name) = address(&path)?;
        let mailbox = mailbox(&relay)?;
        let coming = come(mailbox, &headers, body, name).await?;
        let is_new = mailbox.work(move |store| store.put(tag, name, &coming.bytes)).await?;
        Ok(if is_new { StatusCode::CREATED } else { StatusCode::OK })
    };
    put.await.inspect_err(|error: &MailError| {
        if let Some(refusal) = error.refusal() {
            relay.counters.refused(refusal);
        }
    })
}

/// `DELETE /v0/mail/{tag}/{name}`: 204, whether or not it was there.
async fn delete(State(relay): State<Arc<Shared>>, Path(path): Path<(String, String)>) -> Result<StatusCode, MailError> {
    let (tag, name) = address(&path)?;
    mailbox(&relay)?.work(move |store| store.delete(tag, name)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn mailbox(relay: &Shared) -> Result<&Mailbox, MailError> {
    relay.mailbox.as_deref().ok_or(MailError::NoMail)
}

fn address((tag, name): &(String, String)) -> Result<(Tag, Name), MailError> {
    Tag::read(tag).zip(Name::read(name)).ok_or(MailError::Address)
}

/// A parcel in memory, and the room that it takes there.
struct Coming {
    bytes: Vec<u8>,
    room: Option<OwnedSemaphorePermit>,
}

/// Reads a parcel and holds it against its name.
async fn come(mailbox: &Mailbox, headers: &HeaderMap, body: Body, name: Name) -> Result<Coming, MailError> {
    let most = mailbox.limits().parcel_bytes;
    let told = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|told| told > most) {
        return Err(MailError::ParcelSize(most));
    }
    let mut coming = Coming { bytes: Vec::new(), room: None };
    let mut hash = Sha256::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = timeout(PIECE, pieces.next()).await.map_err(|_| MailError::BrokeOff)? {
        let piece = piece.map_err(|_| MailError::BrokeOff)?;
        if coming.bytes.len() + piece.len() > most {
            return Err(MailError::ParcelSize(most));
        }
        let size = u32::try_from(piece.len()).map_err(|_| MailError::ParcelSize(most))?;
        let room = Arc::clone(&mailbox.coming).try_acquire_many_owned(size).map_err(|_| MailError::Busy)?;
        match &mut coming.room {
            Some(all) => all.merge(room),
            none => *none = Some(room),
        }
        hash.update(&piece);
        coming.bytes.extend_from_slice(&piece);
    }
    if name.is(&hash.finalize()) { Ok(coming) } else { Err(MailError::Hash) }
}
