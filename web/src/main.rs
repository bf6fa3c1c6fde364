//! The window.

use chartchain_web::later::{self, Loader, NotLoaded, Part};
use chartchain_web::{App, AppProps};
use yew::Html;

fn main() {
    let later = Loader::from(|part| Box::pin(load(part)) as _);
    yew::Renderer::<App>::with_props(AppProps { later }).render();
}

/// What stands behind this is taken out of the module that a first visit loads.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(pages, fallible)]
fn made(part: Part) -> Result<Html, wasm_split_helpers::SplitLoaderError> {
    Ok(later::made(part))
}

#[cfg(feature = "split")]
async fn load(part: Part) -> Result<Html, NotLoaded> {
    made(part).await.map_err(|_| NotLoaded)
}

#[cfg(not(feature = "split"))]
async fn load(part: Part) -> Result<Html, NotLoaded> {
    Ok(later::made(part))
}
