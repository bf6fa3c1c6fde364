//! Recovery words as sheet and file, and passkeys beside the passphrase.

use chartchain_vault::protocol::{Command, Fault, PasskeyCard, PersonCard, Reply, Secret, SecretBytes, WordsProblem};

use crate::backup::person_of;
use crate::bench_person::{Bench, PASSPHRASE};

fn only(bench: &mut Bench) -> PersonCard {
    let Reply::People(people) = bench.ask(Command::ListPeople).unwrap() else { panic!() };
    people[0].clone()
}

fn words_of(reply: Reply) -> String {
    match reply {
        Reply::RecoveryWords(words) => words.0.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sheet_and_a_file_give_the_words_back_with_nobody_unlocked() {
    let (mut bench, words) = person_of(1200);
    let Reply::SheetCode(code) = bench.ask(Command::MakeSheetCode { words: words.clone() }).unwrap() else { panic!() };
    let passphrase = || Secret("harbour of tin".into());
    let make = Command::MakeRecoveryFile { words: words.clone(), passphrase: passphrase() };
    let Reply::RecoveryFile { name, text } = bench.ask(make).unwrap() else { panic!() };
    assert!(name.starts_with("chartchain-") && name.ends_with(".recovery"), "{name}");
    let short = Command::MakeRecoveryFile { words: words.clone(), passphrase: Secret("short".into()) };
    assert_eq!(bench.ask(short).err(), Some(Fault::PassphraseTooShort));
    bench.ask(Command::Lock).unwrap();
    assert_eq!(words_of(bench.ask(Command::ReadSheetCode { code }).unwrap()), words.0);
    // However its letters were composed.
    let open = Command::OpenRecoveryFile { file: text.clone().into_bytes(), passphrase: passphrase() };
    let told = words_of(bench.ask(open).unwrap());
    assert_eq!(told, words.0);
    let wrong = Command::OpenRecoveryFile { file: text.into_bytes(), passphrase: Secret("harbour of zinc".into()) };
    assert_eq!(bench.ask(wrong).err(), Some(Fault::WrongPassphrase));
    let person = only(&mut bench).id;
    let unlock =
        Command::UnlockWithWords { person, words: Secret(told), passphrase: Secret("another passphrase".into()) };
    assert!(matches!(bench.ask(unlock).unwrap(), Reply::Unlocked { .. }));
}

#[test]
fn other_files_and_codes_are_told_apart_and_others_words_make_none() {
    let (mut bench, words) = person_of(1201);
    let open =
        |file: &[u8]| Command::OpenRecoveryFile { file: file.to_vec(), passphrase: Secret("whatever it is".into()) };
    for (file, fault) in [
        (b"".as_slice(), Fault::NotARecoveryFile),
        (b"chartchain backup v0\n", Fault::NotARecoveryFile),
        (b"chartchain recovery file v0\n00", Fault::FileDamaged),
        (b"chartchain recovery file v9\n00", Fault::TooNew),
    ] {
        assert_eq!(bench.ask(open(file)).err(), Some(fault));
    }
    let read = |code: &str| Command::ReadSheetCode { code: Secret(code.into()) };
    assert_eq!(bench.ask(read("https://example.org")).err(), Some(Fault::NotASheet));
    assert_eq!(bench.ask(read("CHARTCHAIN-WORDS-0:00")).err(), Some(Fault::FileDamaged));
    assert_eq!(bench.ask(read("CHARTCHAIN-WORDS-7:00")).err(), Some(Fault::TooNew));
    let (_, others) = person_of(1202);
    let refused = Some(Fault::WrongWords(WordsProblem::OthersWords));
    assert_eq!(bench.ask(Command::MakeSheetCode { words: others.clone() }).err(), refused);
    let file = Command::MakeRecoveryFile { words: others, passphrase: Secret("harbour of tin".into()) };
    assert_eq!(bench.ask(file).err(), refused);
    assert!(bench.ask(Command::MakeSheetCode { words }).is_ok());
}

#[test]
fn a_passkey_unlocks_beside_the_passphrase_until_it_is_removed() {
    let (mut bench, _) = person_of(1203);
    let passkey = PasskeyCard { credential: b"made-up passkey".to_vec(), salt: [4; 32] };
    let secret = || SecretBytes([5; 32]);
    let add = |passphrase: &str| Command::AddPasskey {
        passphrase: Secret(passphrase.into()),
        passkey: passkey.clone(),
        secret: secret(),
    };
    assert_eq!(bench.ask(add("wrong passphrase")).err(), Some(Fault::WrongPassphrase));
    assert_eq!(only(&mut bench).passkey, None);
    assert!(
        matches!(bench.ask(add(PASSPHRASE)).unwrap(), Reply::Person(card) if card.passkey.as_ref() == Some(&passkey))
    );
    let mut bench = Bench::start(bench.world.clone());
    let person = only(&mut bench);
    assert_eq!(person.passkey, Some(passkey));
    let unlock = |secret| Command::UnlockWithPasskey { person: person.id.clone(), secret };
    assert_eq!(bench.ask(unlock(SecretBytes([6; 32]))).err(), Some(Fault::WrongPasskey));
    assert!(matches!(bench.ask(unlock(secret())).unwrap(), Reply::Unlocked { .. }));
    // The passphrase goes on to work, another one too, and neither ends the passkey.
    let change = Command::ChangePassphrase { old: Secret(PASSPHRASE.into()), new: Secret("another passphrase".into()) };
    bench.ask(change).unwrap();
    bench.unlock("another passphrase").unwrap();
    assert!(matches!(bench.ask(unlock(secret())).unwrap(), Reply::Unlocked { .. }));
    assert!(matches!(bench.ask(Command::RemovePasskey).unwrap(), Reply::Person(card) if card.passkey.is_none()));
    assert_eq!(bench.ask(unlock(secret())).err(), Some(Fault::WrongPasskey));
    bench.unlock("another passphrase").unwrap();
    let long = PasskeyCard { credential: vec![0; 5000], salt: [4; 32] };
    let command =
        Command::AddPasskey { passphrase: Secret("another passphrase".into()), passkey: long, secret: secret() };
    assert_eq!(bench.ask(command).err(), Some(Fault::WrongPasskey));
}
