//! The engine in two parts: what a first visit needs, and the rest, which is loaded when it is asked for, or once there is a
//! record with something in it.

use chartchain_vault::Engine;
use chartchain_vault::protocol::{Command, Fault, Reply};

use crate::browser::Browser;

#[cfg(not(feature = "split"))]
use one as rest;
#[cfg(feature = "split")]
use two as rest;

/// Carries out a command. One of the rest waits for it to be loaded.
pub async fn handle(engine: &mut Engine<Browser>, command: Command) -> Result<Reply, Fault> {
    if command.is_later() { rest::handle(engine, command).await } else { engine.handle_first(command).await }
}

/// Does one slice of long work. What is of the rest was begun by a command of the rest.
pub async fn step(engine: &mut Engine<Browser>) {
    if engine.works_later() { rest::step(engine).await } else { engine.step_first().await }
}

/// Does some of what nobody waits for.
pub async fn quiet(engine: &mut Engine<Browser>) {
    if engine.rests_later() { rest::quiet(engine).await } else { engine.rest_first().await }
}

/// Gives other devices what was written here. Connections were begun by a command of the rest.
pub async fn link(engine: &mut Engine<Browser>) {
    rest::link(engine).await;
}

/// Loads the rest, if it is not there; false where that fails.
pub async fn load() -> bool {
    rest::load().await
}

/// The rest is a module of its own.
#[cfg(feature = "split")]
mod two {
    use core::pin::Pin;

    use chartchain_vault::Engine;
    use chartchain_vault::protocol::{Command, Fault, Reply};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use crate::browser::Browser;

    type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

    pub async fn handle(engine: &mut Engine<Browser>, command: Command) -> Result<Reply, Fault> {
        handle_later(engine, command).await.map_err(|_| Fault::NotLoaded)?.await
    }

    pub async fn step(engine: &mut Engine<Browser>) {
        if let Ok(doing) = step_later(engine).await {
            doing.await;
        }
    }

    pub async fn quiet(engine: &mut Engine<Browser>) {
        if let Ok(doing) = rest_later(engine).await {
            return doing.await;
        }
        // Without them, then.
        engine.rest_first().await;
    }

    pub async fn link(engine: &mut Engine<Browser>) {
        if let Ok(doing) = link_later(engine).await {
            doing.await;
        }
    }

    pub async fn load() -> bool {
        load_later().await.is_ok()
    }

    #[wasm_split(later, preload(load_later), fallible)]
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

    #[wasm_split(later, fallible)]
    fn link_later<'a>(engine: &'a mut Engine<Browser>) -> Result<Doing<'a, ()>, SplitLoaderError> {
        Ok(Box::pin(engine.link()))
    }

    #[wasm_split(later, fallible)]
    fn rest_later<'a>(engine: &'a mut Engine<Browser>) -> Result<Doing<'a, ()>, SplitLoaderError> {
        Ok(Box::pin(engine.rest_later()))
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

    pub async fn quiet(engine: &mut Engine<Browser>) {
        engine.rest_later().await;
    }

    pub async fn link(engine: &mut Engine<Browser>) {
        engine.link().await;
    }

    pub async fn load() -> bool {
        true
    }
}
