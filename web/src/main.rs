//! The window.

use chartchain_web::later::{self, Loader, NotLoaded};
use chartchain_web::{App, AppProps, Route};
use yew::Html;

fn main() {
    let later = Loader::from(|route| Box::pin(load(route)) as _);
    yew::Renderer::<App>::with_props(AppProps { later }).render();
}

/// What stands behind this is taken out of the module that a first visit loads.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(pages, fallible)]
fn page(route: Route) -> Result<Html, wasm_split_helpers::SplitLoaderError> {
    Ok(later::page(route))
}

#[cfg(feature = "split")]
async fn load(route: Route) -> Result<Html, NotLoaded> {
    page(route).await.map_err(|_| NotLoaded)
}

#[cfg(not(feature = "split"))]
async fn load(route: Route) -> Result<Html, NotLoaded> {
    Ok(later::page(route))
}
