//! The app of Chartchain. The window is thin: it knows no key and no block, asks the vault worker and shows what
//! comes back.

mod app;
mod components;
mod hooks;
mod pages;
pub mod qr;
mod route;
pub mod services;
mod view;
pub mod words;
pub mod worker;

pub use app::{App, AppProps};
pub use pages::later;
pub use route::Route;
