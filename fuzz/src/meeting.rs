//! What a relay's room says to two who want to meet: from the relay itself, and sealed by somebody who was given the same invitation.

use chartchain_keys::{MEETING_OVERHEAD_BYTES, test_rng};
use chartchain_link::{Invitation, MAX_MEETING_FRAME_BYTES, Meeting, MeetingEvent};

/// More than this is never waiting to be sent because of what came.
const MOST_WAITING: usize = 64;
/// Most that is sent in one message: to whom, and what.
const MOST_BYTES: usize = 4 + MEETING_OVERHEAD_BYTES + 1 + MAX_MEETING_FRAME_BYTES;
/// Says that what follows is for the room to carry: the other side says it.
const CARRIED: u8 = 0xff;

/// Reads the bytes as an invitation, and then as messages, two bytes of length before each: to both sides of a meeting, the
/// first being the host's. What begins with 255 is said by one side to the other as a frame, and arrives.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(invitation) = Invitation::from_text(&text) {
        assert_eq!(Invitation::from_text(&invitation.to_text()).map(|read| *read.tag()), Ok(*invitation.tag()));
    }
    let mut rng = test_rng(3);
    let invitation = Invitation::make(&mut rng);
    let mut sides = [Meeting::host(&invitation, true), Meeting::guest(&invitation, true)];
    let mut at = 0;
    let mut rest = bytes;
    while let Some((length, more)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length)).min(more.len());
        let (message, more) = more.split_at(length);
        rest = more;
        let [one, other] = &mut sides;
        let (one, other) = if at == 0 { (one, other) } else { (other, one) };
        if let Some((&CARRIED, frame)) = message.split_first() {
            let _ = one.send_frame(frame, &mut rng);
        } else {
            one.receive(message, &mut rng);
        }
        let mut waiting = 0;
        while let Some(frame) = one.take_frame() {
            assert!(frame.len() <= MOST_BYTES, "longer than a room takes");
            waiting += 1;
            // The numbers of the two: 1 and 2.
            let sender = u32::from(at == 1) + 1;
            let said = [&[3], sender.to_be_bytes().as_slice(), frame.get(4..).unwrap_or_default()].concat();
            other.receive(&said, &mut rng);
        }
        assert!(waiting <= MOST_WAITING, "a room makes one side say too much");
        for side in [one, other] {
            while let Some(event) = side.take_event() {
                let ends = matches!(event, MeetingEvent::Gone | MeetingEvent::Taken | MeetingEvent::Broken);
                assert!(!ends || side.is_over(), "over, and not known to be");
            }
        }
        at = 1 - at;
    }
}

/// A link, and rooms in which two meet, say something and leave.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let link = Invitation::make(&mut test_rng(5)).to_link("https://example.org/");
    let framed = |messages: &[&[u8]]| -> Vec<u8> {
        let length = |message: &&[u8]| u16::try_from(message.len()).unwrap_or(0).to_be_bytes();
        messages.iter().flat_map(|message| [length(message).as_slice(), message].concat()).collect()
    };
    let (alone, second): (&[u8], &[u8]) = (&[0, 0, 0, 0, 1], &[0, 0, 0, 0, 2, 0, 0, 0, 1]);
    let (came, left, said): (&[u8], &[u8], &[u8]) = (&[1, 0, 0, 0, 2], &[2, 0, 0, 0, 2], &[3, 0, 0, 0, 2, 9, 9]);
    let frame: &[u8] = b"\xffa frame";
    vec![
        link.into_bytes(),
        framed(&[alone, second, came, &[], frame, frame, left]),
        framed(&[alone, second, frame, frame, said]),
        framed(&[alone, &[0, 0, 0, 0, 2], said, &[1, 0, 0, 0, 1], frame]),
    ]
}
