//! The picture that tells people apart on the lock screen.

use yew::prelude::*;

use crate::view::emblems;

/// Draws an emblem. Its word stands beside it.
pub fn emblem(number: u8) -> Html {
    html! {
        <span class="emblem">
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path d={emblems::picture(number)} />
            </svg>
        </span>
    }
}
