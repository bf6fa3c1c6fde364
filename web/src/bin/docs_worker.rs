//! The documents worker: merges what was written into documents. Loaded when a document is first read or written that has
//! changes to merge, and ended when nothing was asked of it for a while.

#[cfg(target_arch = "wasm32")]
fn main() {
    use chartchain_vault::protocol::docs::Work;
    use chartchain_web::services::wire::Owner;

    Owner::listen(|owner, work: Work| owner.send(&work.attempt()));
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser's worker; build it for wasm32-unknown-unknown");
}
