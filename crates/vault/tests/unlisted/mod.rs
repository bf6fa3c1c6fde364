//! The list of people is lost, and nobody may think that there was never a record here.

use chartchain_store::{Batch, Durability, Store as _};
use chartchain_vault::protocol::{Command, Fault, Person, Reply};

use crate::bench_person::{Bench, PASSPHRASE};

fn lose_the_list(bench: &Bench) {
    let (_, profile) = bench.world.stores().into_iter().find(|(name, _)| name.is_empty()).unwrap();
    let mut batch = Batch::new();
    for key in pollster::block_on(profile.keys()).unwrap() {
        batch.delete(key);
    }
    pollster::block_on(profile.commit(batch, Durability::Strict)).unwrap();
}

fn people(bench: &Bench) -> Result<usize, Fault> {
    match Bench::start(bench.world.clone()).ask(Command::ListPeople)? {
        Reply::People(people) => Ok(people.len()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_record_without_a_list_of_people_is_no_first_start() {
    let mut bench = Bench::unlocked();
    assert_eq!(people(&bench), Ok(1));
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    lose_the_list(&bench);
    assert_eq!(people(&bench), Err(Fault::Unlisted));
}

#[test]
fn a_person_who_was_begun_and_never_listed_is_in_nobodys_way() {
    let bench = Bench::unlocked();
    lose_the_list(&bench);
    assert_eq!(people(&bench), Ok(0));
    let mut bench = Bench::start(bench.world.clone());
    let passphrase = chartchain_vault::protocol::Secret(PASSPHRASE.into());
    bench.ask(Command::CreatePerson { passphrase, words: None }).unwrap();
    assert_eq!(people(&bench), Ok(1));
}
