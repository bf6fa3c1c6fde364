//! Codes of connections: pasted, or read from a QR code.

use chartchain_link::{Candidate, Role, Signal};

/// Reads text as a code; what is one comes back the same, and makes a description that is read as the same.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = Signal::of_sdp(Role::Offer, &text);
    let Ok(signal) = Signal::from_text(&text) else { return };
    assert_eq!(Signal::from_text(&signal.to_text()).as_ref(), Ok(&signal), "a code does not come back");
    let sdp = signal.to_sdp();
    assert!(sdp.lines().all(|line| line.get(1..2) == Some("=")), "a line that is none: {sdp:?}");
    assert_eq!(sdp.matches("a=ice-pwd:").count(), 1, "a line too many: {sdp:?}");
}

/// A code with every kind of address, a link, and a description.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let candidates = vec![
        Candidate::V4([192, 168, 1, 20].into(), 1024),
        Candidate::Hidden([7; 16], 54_321),
        Candidate::OutsideV4([203, 0, 113, 9].into(), 4000),
        Candidate::V6([1; 16].into(), 9),
    ];
    let (ufrag, password) = ("a+B/".to_owned(), "abcdefghijklmnopqrstuv".to_owned());
    let offer = Signal { role: Role::Offer, fingerprint: [0xab; 32], ufrag, password, candidates };
    let answer = Signal { role: Role::Answer(offer.name()), ..offer.clone() };
    let link = format!("https://example.org/#/connect/{}", answer.to_text());
    vec![offer.to_text().into_bytes(), link.into_bytes(), offer.to_sdp().into_bytes()]
}
