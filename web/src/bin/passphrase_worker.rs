//! The passphrase worker: stretches one passphrase and is thrown away, with its 64 MiB.

#[cfg(target_arch = "wasm32")]
fn main() {
    use chartchain_web::services::wire::Owner;
    use chartchain_web::worker::Stretch;

    Owner::listen(|owner, request: Stretch| owner.send(&request.carry_out(js_sys::Date::now)));
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser's worker; build it for wasm32-unknown-unknown");
}
