//! The range bar: decoration for readers, its numbers stand in words beside it.

use yew::prelude::*;

use crate::view::range_bar::Bar;

/// Draws it. Not mirrored in right-to-left languages.
pub fn range_bar(bar: &Bar) -> Html {
    html! {
        <svg class="range-bar" aria-hidden="true" focusable="false" width="100%" height="16">
            <rect class="range-track" x="0" y="4" width="100%" height="8" rx="4" />
            <rect class="range-zone" x={format!("{:.2}%", bar.zone_start)} y="4" width={format!("{:.2}%", bar.zone_width)} height="8" rx="4" />
            <rect class="range-marker" x={format!("{:.2}%", bar.marker)} y="0" width="8" height="16" rx="3" transform="translate(-4 0)" />
        </svg>
    }
}
