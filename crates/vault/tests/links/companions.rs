//! Devices that know each other find each other without a person.

use super::members::{change, founder, let_in_as, meet, own, remove};
use super::*;
use chartchain_vault::protocol::Companion;

fn companions(bench: &mut Bench) -> Vec<Companion> {
    let Reply::Companions(companions) = bench.ask(Command::Companions).unwrap() else { panic!() };
    companions
}

fn three() -> [Bench; 3] {
    let (first, _) = founder();
    let [first, laptop] = let_in_as(first, keeper(20_300), MemberRole::Patient, "Laptop");
    let [first, phone] = let_in_as(first, keeper(20_400), MemberRole::Patient, "Phone");
    // The laptop hears of the phone.
    let pair = meet(first, laptop);
    let [first, laptop] = pair.benches;
    [first, laptop, phone]
}

#[test]
fn each_two_have_a_secret_of_their_own_and_one_of_them_hosts() {
    let mut benches = three();
    for bench in &mut benches {
        for link in (1..=9).map(LinkId) {
            // Those that are over already are not there.
            let _ = bench.ask(Command::EndLink { link });
        }
    }
    let feeds = benches.each_mut().map(|bench| own(bench).feed);
    let all = benches.each_mut().map(companions);
    let mut secrets = std::collections::BTreeSet::new();
    for one in 0..3 {
        assert_eq!(all[one].len(), 2);
        for other in (0..3).filter(|other| *other != one) {
            let there = all[one].iter().find(|companion| companion.feed == feeds[other]).unwrap();
            let here = all[other].iter().find(|companion| companion.feed == feeds[one]).unwrap();
            assert_eq!(there.secret, here.secret);
            assert!(there.hosts != here.hosts);
            secrets.insert(there.secret.0);
        }
    }
    assert_eq!(secrets.len(), 3);
    assert_eq!(format!("{:?}", all[0][0].secret), "MeetingSecret(…)");
}

#[test]
fn whoever_is_connected_removed_or_alone_has_nobody_to_look_for() {
    let mut alone = keeper_with_record(20_500);
    assert_eq!(companions(&mut alone), []);
    let (first, _) = founder();
    let [first, laptop] = let_in_as(first, keeper(20_600), MemberRole::Patient, "Laptop");
    let mut pair = meet(first, laptop);
    for at in 0..2 {
        assert_eq!(companions(&mut pair.benches[at]), [], "they are connected");
        let line = devices(&mut pair.benches[at]);
        assert!(line.iter().all(|line| line.connected != line.this_device));
    }
    for at in 0..2 {
        let link = pair.links[at];
        pair.benches[at].ask(Command::EndLink { link }).unwrap();
    }
    let [mut first, mut laptop] = pair.benches;
    assert_eq!(companions(&mut first).len(), 1);
    let there = own(&mut laptop);
    change(&mut first, remove(&[&there]), None).unwrap();
    assert_eq!(companions(&mut first), []);
}
