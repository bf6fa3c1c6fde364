//! The confirmation ring: how firmly an entry holds, in five shapes, always with its words.

use chartchain_vault::protocol::Status;
use yew::prelude::*;

use crate::view::statuses;

const ARCS: [&str; 3] =
    ["M14.2 4.31A8 8 0 0 1 19.76 13.94", "M17.56 17.75A8 8 0 0 1 6.44 17.75", "M4.24 13.94A8 8 0 0 1 9.8 4.31"];

/// Only the shape.
pub fn ring(status: Status) -> Html {
    let shape = match status {
        Status::Recorded => arcs(0),
        Status::Witnessed { have, needed } => arcs(filled(have, needed)),
        Status::Final => html! {
            <>
                <circle class="ring-disc" cx="12" cy="12" r="10" />
                <path class="ring-tick" d="M7.5 12.3l3 3 6-6.5" />
            </>
        },
        Status::Quarantined => html! {
            <path class="ring-oct" d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3ZM9.8 8.5v7M14.2 8.5v7" />
        },
        Status::Void => html! {
            <path class="ring-void" d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12" />
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
