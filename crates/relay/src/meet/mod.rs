//! Rooms to meet in: who knows a room's tag enters it and sends messages to those who are there.

mod connection;
mod connections;
mod frame;
mod queue;
mod room;

#[cfg(test)]
mod meet_test;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};

pub(crate) use connections::Connections;
pub(crate) use room::Rooms;

use crate::{client::Client, relay::Shared, tag::Tag};

/// What is read of a connection at once. Each connection has that much memory for itself.
const READ_BYTES: usize = 16 * 1024;
/// Messages beyond this are not even read to their end; those beyond [`frame::MESSAGE_BYTES`] are refused.
const UNREAD_BYTES: usize = 64 * 1024;

/// `GET /v0/meet/{tag}`, which becomes a WebSocket.
pub(crate) async fn enter(
    State(relay): State<Arc<Shared>>,
    Path(tag): Path<String>,
    Extension(client): Extension<Client>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Some(tag) = Tag::read(&tag) else {
        return (StatusCode::NOT_FOUND, "a room's tag is 32 lower-case hex digits\n").into_response();
    };
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let place = match relay.connections.take(client) {
        Ok(place) => place,
        Err(full) => {
            relay.counters.refused(full.refusal());
            return (full.status(), format!("{full}\n")).into_response();
        }
    };
    upgrade
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(0)
        .max_frame_size(UNREAD_BYTES)
        .max_message_size(UNREAD_BYTES)
        .on_upgrade(async move |socket| {
            connection::carry(socket, tag, &relay).await;
            drop(place);
        })
}
