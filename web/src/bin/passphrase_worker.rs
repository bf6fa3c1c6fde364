//! The passphrase worker: stretches one passphrase and is thrown away, with its 64 MiB.

#[cfg(target_arch = "wasm32")]
mod program {
    use chartchain_web::worker::{Stretch, Stretched};
    use gloo_worker::{HandlerId, Worker, WorkerScope};

    pub struct Stretcher;

    impl Worker for Stretcher {
        type Message = ();
        type Input = Stretch;
        type Output = Stretched;

        fn create(_scope: &WorkerScope<Self>) -> Self {
            Self
        }

        fn update(&mut self, _scope: &WorkerScope<Self>, (): Self::Message) {}

        fn received(&mut self, scope: &WorkerScope<Self>, request: Stretch, from: HandlerId) {
            scope.respond(from, request.carry_out(js_sys::Date::now));
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    use gloo_worker::Registrable;

    program::Stretcher::registrar().register();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser's worker; build it for wasm32-unknown-unknown");
}
