//! Backup files: as they come, and with anything at all under a good seal, as whoever knows the words can make them.

use chartchain_keys::{FRAME_BYTES, FileSeal, RecoveryWords, SEALED_FRAME_BYTES, test_rng};
use chartchain_vault::Engine;
use chartchain_vault::protocol::{Command, Person, Reply, Secret};

use crate::world::World;

const MAGIC: &[u8] = b"chartchain backup v0\n";
/// Says that what follows is to be sealed first.
const TO_SEAL: u8 = 1;

/// Gives a file, or what is to be in one, to somebody who brings back a backup, in pieces.
pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let file = if *kind == TO_SEAL { sealed(rest) } else { rest.to_vec() };
    let mut engine = someone();
    let mut ask = |command| pollster::block_on(engine.handle(command));
    let begun = ask(Command::BeginRestore { words: words() });
    assert!(begun.is_ok(), "no backup can be brought back: {begun:?}");
    let pieces: Vec<&[u8]> = file.chunks(100_000).collect();
    let before = ask(Command::ListLedgers).map(|_| ());
    for (number, piece) in pieces.iter().enumerate() {
        let last = number + 1 == pieces.len();
        if ask(Command::RestorePart { bytes: piece.to_vec(), last }).is_err() {
            break;
        }
    }
    assert_eq!(before.is_ok(), ask(Command::ListLedgers).is_ok(), "what was refused left the person without records");
}

fn words() -> Secret {
    Secret(RecoveryWords::make(&mut test_rng(7)).to_text().to_string())
}

/// Somebody new who has the words.
fn someone() -> Engine<World> {
    let mut engine = Engine::new(World::default());
    let passphrase = Secret("correct horse battery".into());
    let made = pollster::block_on(engine.handle(Command::CreatePerson { passphrase, words: Some(words()) }));
    assert!(made.is_ok(), "nobody can be made: {made:?}");
    engine
}

fn sealed(plain: &[u8]) -> Vec<u8> {
    let key = RecoveryWords::make(&mut test_rng(7)).derive_file_key();
    let made = key.public().and_then(|key| FileSeal::make(&key, &mut test_rng(8)));
    let Ok((mut seal, wrap)) = made else { return Vec::new() };
    let length = u32::try_from(wrap.len()).unwrap_or(0).to_be_bytes();
    let mut file = [MAGIC, &length, &wrap].concat();
    let frames: Vec<&[u8]> = plain.chunks(FRAME_BYTES).collect();
    for (number, frame) in frames.iter().enumerate() {
        file.extend(seal.seal(frame, number + 1 == frames.len()));
    }
    file
}

/// A real backup, and what is in it.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut engine = someone();
    let subject = Person { name: Some("Ida Quill".into()), ..Person::default() };
    let founded = pollster::block_on(engine.handle(Command::CreateLedger { subject }));
    let started = founded.and_then(|_| pollster::block_on(engine.handle(Command::Backup)));
    let Ok(Reply::Started(job)) = started else { return Vec::new() };
    while engine.has_work() {
        pollster::block_on(engine.step());
    }
    let mut file = Vec::new();
    loop {
        let part = pollster::block_on(engine.handle(Command::ExportPart { job, offset: file.len() as u64 }));
        match part {
            Ok(Reply::Part(part)) if !part.is_empty() => file.extend(part),
            _ => break,
        }
    }
    let plain = opened(&file).unwrap_or_default();
    vec![[&[0], file.as_slice()].concat(), [&[TO_SEAL], plain.as_slice()].concat()]
}

fn opened(file: &[u8]) -> Option<Vec<u8>> {
    let key = RecoveryWords::make(&mut test_rng(7)).derive_file_key();
    let rest = file.strip_prefix(MAGIC)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (wrap, frames) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    let mut seal = FileSeal::open(&key, wrap).ok()?;
    let frames: Vec<&[u8]> = frames.chunks(SEALED_FRAME_BYTES).collect();
    let mut plain = Vec::new();
    for (number, frame) in frames.iter().enumerate() {
        plain.extend(seal.unseal(frame, number + 1 == frames.len()).ok()?);
    }
    Some(plain)
}
