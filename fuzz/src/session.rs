//! Messages of a session, from a device that has proved to be a member and then says anything at all.

use chartchain_keys::{SessionKeys, SessionOffer, SigningKey, test_rng};
use chartchain_ledger::{CborWriter, Hash};
use chartchain_sync::{Event, Session};

const LEDGER: Hash = Hash([7; 32]);
/// Most that a session may keep of what a peer sent and nobody has dealt with.
const MOST_BYTES: u64 = chartchain_sync::WINDOW_BYTES + chartchain_sync::MAX_BODY_BYTES;

/// Two bytes of length, so many bytes of a message, and again. The session may end, and nothing else.
pub fn run(bytes: &[u8]) {
    let mut rng = test_rng(3);
    let Ok(offer) = SessionOffer::make(&mut rng) else { return };
    let mut session = Session::answer(b"link");
    session.hold(vec![(LEDGER, Hash([1; 32]))]);
    session.receive(offer.as_bytes(), &mut rng);
    let Some(answer) = session.take_frame() else { return };
    let Ok(mut keys) = offer.finish(b"link", &answer) else { return };
    for message in [holds(&keys), member(&keys)] {
        if let Ok(frame) = keys.seal(&message) {
            session.receive(&frame, &mut rng);
        }
    }
    let mut waiting = 0;
    let mut rest = bytes;
    while let Some((length, more)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length)).min(more.len());
        let (message, more) = more.split_at(length);
        rest = more;
        let Ok(frame) = keys.seal(message) else { break };
        session.receive(&frame, &mut rng);
        while let Some(event) = session.take_event() {
            match event {
                Event::Member { ledger, .. } => session.admit(&ledger),
                Event::Block { bytes, header, body, .. } => {
                    assert!(bytes <= chartchain_sync::WINDOW_BYTES, "more than the window is owed");
                    waiting += (header.len() + body.len()) as u64;
                    assert!(waiting <= MOST_BYTES, "the window does not bind");
                }
                _ => {}
            }
        }
        while session.take_frame().is_some() {}
    }
}

fn tag(keys: &SessionKeys) -> Vec<u8> {
    keys.derive_ledger_tag(&LEDGER.0).iter().take(16).copied().collect()
}

fn holds(keys: &SessionKeys) -> Vec<u8> {
    let mut writer = CborWriter::default();
    writer.array(2).uint(0).array(1).array(2).bytes(&tag(keys)).bytes(&[5; 8]);
    writer.take()
}

fn member(keys: &SessionKeys) -> Vec<u8> {
    let feed = SigningKey::make(&mut test_rng(4));
    let mut writer = CborWriter::default();
    let signature = keys.prove_member(&LEDGER.0, &feed);
    writer.array(4).uint(1).bytes(&tag(keys)).bytes(&feed.verify_key().0).bytes(&signature);
    writer.take()
}

/// One of each message, as `docs/protocol.md` has it, so that it is read by what was written from there.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut rng = test_rng(3);
    let session = |rng: &mut _| {
        let offer = SessionOffer::make(rng).ok()?;
        let mut session = Session::answer(b"link");
        session.receive(offer.as_bytes(), rng);
        offer.finish(b"link", &session.take_frame()?).ok()
    };
    let Some(keys) = session(&mut rng) else { return Vec::new() };
    let tag = tag(&keys);
    let write = |write: &dyn Fn(&mut CborWriter)| {
        let mut writer = CborWriter::default();
        write(&mut writer);
        writer.take()
    };
    let messages = [
        holds(&keys),
        member(&keys),
        write(&|writer| {
            writer.array(2).uint(2).bytes(&tag);
        }),
        write(&|writer| {
            writer.array(2).uint(3).bytes(&tag);
        }),
        write(&|writer| {
            writer.array(4).uint(4).uint(0).bytes(&tag).array(2).uint(3).uint(4);
        }),
        write(&|writer| {
            writer.array(2).uint(5).bytes(&[9; 7]);
        }),
        write(&|writer| {
            writer.array(4).uint(4).uint(3).bytes(&tag).array(1).uint(1);
        }),
        write(&|writer| {
            writer.array(2).uint(5).bytes(&[0x80]);
        }),
        write(&|writer| {
            writer.array(2).uint(6).uint(0);
        }),
        write(&|writer| {
            writer.array(4).uint(7).bytes(&tag).bytes(&[1; 32]).uint(2);
        }),
        write(&|writer| {
            writer.array(2).uint(13).uint(0);
        }),
    ];
    let framed = |messages: &[Vec<u8>]| -> Vec<u8> {
        let lengths = messages.iter().map(|message| u16::try_from(message.len()).unwrap_or(0).to_be_bytes());
        lengths.zip(messages).flat_map(|(length, message)| [length.as_slice(), message].concat()).collect()
    };
    let mut seeds: Vec<Vec<u8>> = messages.iter().map(|message| framed(core::slice::from_ref(message))).collect();
    seeds.push(framed(&messages));
    seeds
}
