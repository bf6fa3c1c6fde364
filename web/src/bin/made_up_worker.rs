//! The worker for made-up people: loaded when somebody asks for one, makes up that one and is thrown away.

#[cfg(target_arch = "wasm32")]
fn main() {
    use chartchain_web::services::wire::Owner;
    use chartchain_web::worker::MakeUp;

    Owner::listen(|owner, request: MakeUp| owner.send(&request.carry_out()));
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser's worker; build it for wasm32-unknown-unknown");
}
