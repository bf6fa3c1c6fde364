//! The window.

fn main() {
    yew::Renderer::<chartchain_web::App>::new().render();
}
