//! The QR worker: draws or reads one QR code and is thrown away. It is loaded when somebody asks for it, so that a first
//! visit does not wait for it, and so that a hostile picture harms nothing but this worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    use chartchain_web::qr::Ask;
    use chartchain_web::services::wire::Owner;

    Owner::listen(|owner, request: Ask| owner.send(&request.carry_out()));
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser's worker; build it for wasm32-unknown-unknown");
}
