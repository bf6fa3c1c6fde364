//! redb does what memory does, whatever the batches.

use crate::block_on;
use chartchain_store::conformance::key;
use chartchain_store::{Batch, Durability, MemoryStore, RedbStore, Store};
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Put(u32, Vec<u8>),
    Delete(u32),
    Expect(u32, Expected),
}

#[derive(Debug, Clone)]
enum Expected {
    WhatIsThere,
    Nothing,
    Some(Vec<u8>),
}

#[derive(Debug, Clone)]
struct Commit {
    steps: Vec<Step>,
    strict: bool,
    reopen: bool,
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => vec(any::<u8>(), 0..40),
        1 => (any::<u8>(), 3000usize..60_000).prop_map(|(byte, length)| std::vec![byte; length]),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let expected = prop_oneof![
        8 => Just(Expected::WhatIsThere),
        1 => Just(Expected::Nothing),
        1 => value().prop_map(Expected::Some),
    ];
    prop_oneof![
        6 => (0u32..20, value()).prop_map(|(number, value)| Step::Put(number, value)),
        2 => (0u32..20).prop_map(Step::Delete),
        1 => (0u32..20, expected).prop_map(|(number, expected)| Step::Expect(number, expected)),
    ]
}

fn commits() -> impl Strategy<Value = Vec<Commit>> {
    let commit = (vec(step(), 0..12), any::<bool>(), prop::bool::weighted(0.1));
    vec(commit.prop_map(|(steps, strict, reopen)| Commit { steps, strict, reopen }), 1..16)
}

async fn batch(steps: &[Step], model: &MemoryStore) -> Batch {
    let mut batch = Batch::new();
    for step in steps {
        match step {
            Step::Put(number, value) => batch.put(key(*number), value.clone()),
            Step::Delete(number) => batch.delete(key(*number)),
            Step::Expect(number, expected) => {
                let value = match expected {
                    Expected::WhatIsThere => model.read(&[key(*number)]).await.unwrap().remove(0),
                    Expected::Nothing => None,
                    Expected::Some(value) => Some(value.clone()),
                };
                batch.expect(key(*number), value);
            }
        }
    }
    batch
}

/// How many cases; `cargo xtask long` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn redb_and_memory_agree_after_every_batch(commits in commits()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.chart");
        let model = MemoryStore::new();
        let mut store = RedbStore::create(&path).unwrap();
        let everything: Vec<_> = (0..20).map(key).collect();
        for commit in commits {
            let batch = block_on(batch(&commit.steps, &model));
            let durability = if commit.strict { Durability::Strict } else { Durability::Relaxed };
            let expected = block_on(model.commit(batch.clone(), durability));
            prop_assert_eq!(block_on(store.commit(batch, durability)), expected);
            if commit.reopen {
                drop(store);
                store = RedbStore::open(&path).unwrap();
            }
            prop_assert_eq!(block_on(store.read(&everything)), block_on(model.read(&everything)));
            let mut keys = block_on(store.keys()).unwrap();
            keys.sort();
            prop_assert_eq!(Ok(keys), block_on(model.keys()));
            prop_assert!(block_on(store.usage_bytes()).unwrap() >= block_on(model.usage_bytes()).unwrap());
        }
    }
}
