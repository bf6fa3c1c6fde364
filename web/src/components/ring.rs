//! The confirmation ring: how firmly an entry holds, in five shapes, always with its words.

use chartchain_vault::protocol::Status;
use yew::prelude::*;

use crate::view::statuses;

const ARCS: [&str; 3] = [
    "M14.200 4.310A8 8 0 0 1 19.760 13.940",
    "M17.560 17.750A8 8 0 0 1 6.440 17.750",
    "M4.240 13.940A8 8 0 0 1 9.800 4.310",
];

/// Only the shape.
#[must_use]
pub fn ring(status: Status) -> Html {
    let shape = match status {
        Status::Recorded => arcs(0),
        Status::Witnessed { have, needed } => arcs(filled(have, needed)),
        Status::Final => html! {
            <>
                <circle class="ring-disc" cx="12" cy="12" r="10" />
                <path class="ring-tick" d="M7.500 12.300l3 3 6-6.500" />
            </>
        },
        Status::Quarantined => html! {
            <path class="ring-oct" d="M8.300 3h7.400L21 8.300v7.400L15.700 21H8.300L3 15.700V8.300ZM9.800 8.500v7M14.200 8.500v7" />
        },
        Status::Void => html! {
            <path class="ring-void" d="M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M6 6l12 12" />
        },
    };
    html! { <svg class="ring" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ shape }</svg> }
}

/// A third for the first confirmation, all but one at most while some are missing.
fn filled(have: u16, needed: u16) -> usize {
    match (have, needed) {
        (0, _) | (_, 0) => 0,
        (have, needed) if have >= needed => 3,
        (have, needed) => (usize::from(have) * 3 / usize::from(needed)).clamp(1, 2),
    }
}

fn arcs(filled: usize) -> Html {
    ARCS.iter()
        .enumerate()
        .map(|(at, d)| {
            let class = if at < filled { "ring-arc-full" } else { "ring-arc" };
            html! { <path {class} d={*d} /> }
        })
        .collect()
}

/// The shape with its words.
#[must_use]
pub fn status(status: Status) -> Html {
    let class = match status {
        Status::Final => "status status-final",
        Status::Quarantined => "status status-quarantined",
        _ => "status",
    };
    html! { <span {class}>{ ring(status) }<span>{ statuses::words(status) }</span></span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_fill_with_confirmations_and_never_claim_more() {
        assert_eq!([filled(0, 3), filled(1, 3), filled(2, 3), filled(3, 3)], [0, 1, 2, 3]);
        assert_eq!([filled(1, 7), filled(6, 7), filled(1, 2)], [1, 2, 1]);
        assert_eq!(filled(5, 0), 0);
    }
}
