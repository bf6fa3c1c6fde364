//! The app in real browsers: starts Chromium, Firefox and WebKit with their drivers, finds things on a page as a person would,
//! and looks where a person does not (console, policy violations, the raw store).

mod brake;
mod browser;
mod cdp;
mod console;
mod driver;
mod extension;
mod find;
mod probe;
mod script;
mod site;
mod trouble;
mod webkit;

pub use brake::Brake;
pub use browser::{Browser, Kind, Setup, with_browser};
pub use cdp::Media;
pub use probe::{StoredRow, Violation};
pub use script::Script;
pub use site::Site;
pub use trouble::Trouble;
