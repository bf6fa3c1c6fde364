//! The engine in two parts: what a first visit needs, and the rest, which is loaded when it is asked for, or once there is a
//! record with something in it.

use chartchain_vault::Engine;
use chartchain_vault::protocol::{Command, Fault, Reply};

use crate::browser::Browser;

#[cfg(not(feature = "split"))]
use one as rest;
#[cfg(feature = "split")]
use two as rest;

/// Carries out a command.
pub async fn handle(engine: &mut Engine<Browser>, command: Command) -> Result<Reply, Fault> {
    if command.is_later() { rest::handle(engine, command).await } else { engine.handle_first(command).await }
}

/// Does one slice of long work.
pub async fn step(engine: &mut Engine<Browser>) {
    if engine.works_later() { rest::step(engine).await } else { engine.step_first().await }
}

/// Loads the rest, so that it is there when it is asked for.
pub fn fetch() {
    wasm_bindgen_futures::spawn_local(rest::fetch());
}

/// The rest is a module of its own.
#[cfg(feature = "split")]
mod two {
    use core::pin::Pin;

    use chartchain_vault::Engine;
    use chartchain_vault::protocol::{Command, Fault, Reply};
    use gloo_timers::future::TimeoutFuture;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use crate::browser::Browser;

    /// How long work that waits for its code waits until it asks for it again.
    const AGAIN_MS: u32 = 2_000;

    type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

    pub async fn handle(engine: &mut Engine<Browser>, command: Command) -> Result<Reply, Fault> {
        handle_later(engine, command).await.map_err(|_| Fault::NotLoaded)?.await
    }

    pub async fn step(engine: &mut Engine<Browser>) {
        match step_later(engine).await {
            Ok(doing) => doing.await,
            Err(_) => TimeoutFuture::new(AGAIN_MS).await,
        }
    }

    pub async fn fetch() {
        // Whoever asks for something of it is told where it could not be loaded.
        let _ = fetch_later().await;
    }

    #[wasm_split(later, preload(fetch_later), fallible)]
    fn handle_later<'a>(
        engine: &'a mut Engine<Browser>,
        command: Command,
    ) -> Result<Doing<'a, Result<Reply, Fault>>, SplitLoaderError> {
        Ok(Box::pin(engine.handle_later(command)))
    }

    #[wasm_split(later, fallible)]
    fn step_later<'a>(engine: &'a mut Engine<Browser>) -> Result<Doing<'a, ()>, SplitLoaderError> {
        Ok(Box::pin(engine.step_later()))
    }
}

/// The rest is in this module.
#[cfg(not(feature = "split"))]
mod one {
    use chartchain_vault::Engine;
    use chartchain_vault::protocol::{Command, Fault, Reply};

    use crate::browser::Browser;

    pub async fn handle(engine: &mut Engine<Browser>, command: Command) -> Result<Reply, Fault> {
        engine.handle_later(command).await
    }

    pub async fn step(engine: &mut Engine<Browser>) {
        engine.step_later().await;
    }

    pub async fn fetch() {}
}
