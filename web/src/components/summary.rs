//! Summary lists.

use yew::prelude::*;

/// One row.
pub fn row(name: impl Into<AttrValue>, value: Html, note: Option<String>) -> Html {
    html! {
        <div>
            <dt>{ name.into() }</dt>
            <dd>{ value }{ for note.map(|note| html! { <div class="summary-note">{ note }</div> }) }</dd>
        </div>
    }
}

/// The list.
pub fn summary(rows: impl IntoIterator<Item = Html>) -> Html {
    html! { <dl class="summary">{ for rows }</dl> }
}
