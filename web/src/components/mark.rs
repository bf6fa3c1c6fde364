//! The mark: two links, mulberry and honey, that close into one.

use yew::prelude::*;

use crate::t;

/// The mark with the name beside it.
pub fn mark() -> Html {
    html! {
        <span class="brand-mark">
            <svg viewBox="0 0 36 22" aria-hidden="true" focusable="false" stroke-linecap="round">
                <path class="mark-a" d="M17 4h-6a7 7 0 0 0 0 14h7c3.5 0 5.5-1.5 6.5-4.5" />
                <path class="mark-b" d="M11.8 9.5C12.5 6 14.5 4 18 4h7a7 7 0 0 1 0 14h-4.5" />
            </svg>
            <span>{ t!("app-name") }</span>
        </span>
    }
}
