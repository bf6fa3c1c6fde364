//! Parcels between devices that are never online together, and a device that gets everything by files only.

use super::members::{founder, let_in_as, line, members, own};
use super::*;
use chartchain_vault::protocol::{LedgerCard, ParcelCard, ParcelFor};

fn file_of(bench: &mut Bench, to: ParcelFor) -> (Vec<u8>, u32, Option<String>) {
    let Reply::Started(job) = bench.ask(Command::PackParcel { to }).unwrap() else { panic!() };
    let JobState::Finished(JobResult::Packed { blocks, number, bytes, .. }) = bench.finish(job) else { panic!() };
    let mut file = Vec::new();
    loop {
        let Reply::Part(part) = bench.ask(Command::ExportPart { job, offset: file.len() as u64 }).unwrap() else {
            panic!()
        };
        if part.is_empty() {
            assert_eq!(file.len() as u64, bytes);
            return (file, blocks, number);
        }
        file.extend(part);
    }
}

fn parcel_for(bench: &mut Bench, feeds: &[String]) -> Vec<u8> {
    file_of(bench, ParcelFor::Members(feeds.to_vec())).0
}

fn take(bench: &mut Bench, file: &[u8]) -> Result<ParcelCard, Fault> {
    bench.ask(Command::BeginParcel).unwrap();
    let pieces: Vec<&[u8]> = file.chunks(10_000).collect();
    for (at, piece) in pieces.iter().enumerate() {
        let last = at + 1 == pieces.len();
        match bench.ask(Command::ParcelPart { bytes: piece.to_vec(), last })? {
            Reply::Parcel(card) => return Ok(*card),
            Reply::Done => assert!(!last),
            other => panic!("{other:?}"),
        }
    }
    panic!("nothing came of it")
}

fn assert_alike(one: &mut Bench, other: &mut Bench) {
    assert_eq!(state(one), state(other));
    assert_eq!(content(one), content(other));
    for bench in [one, other] {
        assert_eq!(bench.verify().problems_total, 0);
    }
}

#[test]
fn devices_that_never_meet_hold_the_same_by_parcels() {
    let (first, _) = founder();
    let [mut first, mut laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    bring_in(&mut first, 100..140);
    bring_in(&mut laptop, 200..220);
    let (here, there) = (own(&mut first).feed, own(&mut laptop).feed);
    let file = parcel_for(&mut first, std::slice::from_ref(&there));
    let card = take(&mut laptop, &file).unwrap();
    assert_eq!((card.refused, card.number.as_deref(), card.lacks), (0, None, 1), "{card:?}");
    // Once more it changes nothing.
    assert_eq!(take(&mut laptop, &file).unwrap().added, 0);
    let back = parcel_for(&mut laptop, &[here]);
    let card = take(&mut first, &back).unwrap();
    assert_eq!((card.sender.as_str(), card.refused, card.lacks), ("Laptop", 0, 0));
    assert_alike(&mut first, &mut laptop);
    let known = line(&mut first, "Laptop");
    assert_eq!(known.has, DeviceHas::Everything);
    // The next one holds only what is new.
    bring_in(&mut first, 300..303);
    let (small, blocks, _) = file_of(&mut first, ParcelFor::Members(vec![there]));
    assert!(blocks <= 2 && small.len() < file.len(), "{blocks}");
    // An old one comes late: nothing that is known is taken away.
    take(&mut first, &back).unwrap();
    assert_eq!(line(&mut first, "Laptop").has, DeviceHas::Lacks(1));
    take(&mut laptop, &small).unwrap();
    assert_alike(&mut first, &mut laptop);
}

#[test]
fn a_third_device_gets_everything_by_files_only() {
    let (first, _) = founder();
    let [mut first, mut laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    bring_in(&mut first, 100..130);
    let mut third = keeper(30_000);
    let Reply::Request { bytes: request, number } =
        third.ask(Command::AskByFile { name: "Grandmother’s tablet".into() }).unwrap()
    else {
        panic!()
    };
    let Reply::Asked { name, number: seen } = first.ask(Command::ReadRequest { bytes: request.clone() }).unwrap()
    else {
        panic!()
    };
    assert_eq!((name.as_str(), seen), ("Grandmother’s tablet", number));
    let newcomer = ParcelFor::Newcomer { request: request.clone(), role: MemberRole::Delegate, name };
    let (file, _, shown) = file_of(&mut first, newcomer.clone());
    assert_eq!(take(&mut laptop, &file).err(), Some(Fault::NotForThisDevice));
    // The person there compares the number, then the file is read for what is in it.
    let card = take(&mut third, &file).unwrap();
    assert!(card.number.is_some() && card.number == shown);
    assert_eq!(third.ledgers().len(), 0);
    let Reply::Opened(LedgerCard { id, .. }) = third.ask(Command::JoinByParcel).unwrap() else { panic!() };
    assert_eq!(third.ask(Command::JoinByParcel).err(), Some(Fault::NotFound));
    third.ask(Command::OpenLedger { ledger: id }).unwrap();
    let card = take(&mut third, &file).unwrap();
    assert_eq!((card.refused, card.number), (0, None));
    assert_eq!(third.count_found("weight"), 35);
    bring_in(&mut third, 200..203);
    let back = parcel_for(&mut third, &[members(&mut first).devices[0].feed.clone()]);
    take(&mut first, &back).unwrap();
    assert_alike(&mut first, &mut third);
    assert_eq!(line(&mut first, "Grandmother’s tablet").standing, DeviceStanding::Good);
    // The same request lets nobody in twice.
    assert!(matches!(first.ask(Command::PackParcel { to: newcomer }), Err(Fault::NotNow(_))));
}

#[test]
fn nobody_who_may_have_nothing_is_sent_a_parcel_and_what_is_no_parcel_says_so() {
    let (first, _) = founder();
    let [mut first, mut laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    let there = own(&mut laptop).feed;
    let file = parcel_for(&mut first, std::slice::from_ref(&there));
    first.ask(Command::Suspend { feed: there.clone() }).unwrap();
    let pack =
        |bench: &mut Bench, feeds: Vec<String>| bench.ask(Command::PackParcel { to: ParcelFor::Members(feeds) }).err();
    assert_eq!(pack(&mut first, vec![there]), Some(Fault::NotFound));
    assert!(pack(&mut first, Vec::new()).is_some());
    let me = own(&mut first).feed;
    assert_eq!(pack(&mut first, vec![me]), Some(Fault::NotFound));
    assert_eq!(take(&mut laptop, b"%PDF-1.7").err(), Some(Fault::NotAParcel));
    for length in [40, file.len() / 2, file.len() - 1] {
        assert_eq!(take(&mut laptop, &file[..length]).err(), Some(Fault::FileDamaged), "{length}");
    }
    let mut bent = file.clone();
    *bent.last_mut().unwrap() ^= 1;
    assert_eq!(take(&mut laptop, &bent).err(), Some(Fault::FileDamaged));
    take(&mut laptop, &file).unwrap();
    assert_eq!(take(&mut keeper_with_record(40_000), &file).err(), Some(Fault::NotForThisDevice));
    assert_eq!(laptop.ask(Command::ReadRequest { bytes: b"no".to_vec() }).err(), Some(Fault::NotARequest));
    assert_eq!(laptop.ask(Command::ParcelPart { bytes: file, last: true }).err(), Some(Fault::NotFound));
}

#[test]
fn a_witness_gets_headers_by_parcel_too() {
    let (first, _) = founder();
    let [mut first, mut witness] = let_in_as(first, keeper(30_000), MemberRole::Witness, "Witness");
    bring_in(&mut first, 100..120);
    let there = own(&mut witness).feed;
    let file = parcel_for(&mut first, &[there]);
    take(&mut witness, &file).unwrap();
    assert_eq!(witness.count_found("weight"), 0);
    assert_eq!(state(&mut first), state(&mut witness));
    let me = own(&mut first).feed;
    let (_, blocks, _) = file_of(&mut witness, ParcelFor::Members(vec![me]));
    assert_eq!(blocks, 0);
}
