//! The vault worker: owns the engine, and with it keys, ledgers and storage. The window only sees its messages.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod docs;
#[cfg(target_arch = "wasm32")]
mod drive;
#[cfg(target_arch = "wasm32")]
mod news;
#[cfg(target_arch = "wasm32")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod turns;

#[cfg(target_arch = "wasm32")]
fn main() {
    drive::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser's worker; build it for wasm32-unknown-unknown");
}
