//! What every store does, as cases that each store's tests run: see [`each_case!`](crate::each_case).
//!
//! A case panics where a store does wrong and passes on the errors it did not ask for.

use crate::store::{Batch, Durability, RowKey, Store, StoreError};
use std::collections::BTreeSet;

/// Makes the stores that a case needs.
#[expect(async_fn_in_trait, reason = "for tests on one thread")]
pub trait Factory {
    /// What is tested.
    type Store: Store;

    /// A new, empty store at a place of its own. `place` is a plain word.
    async fn create(&self, place: &str) -> Result<Self::Store, StoreError>;

    /// Opens what was created there, after all handles on it were dropped; creates it anew where it was wiped.
    async fn open(&self, place: &str) -> Result<Self::Store, StoreError>;

    /// One more handle on a store that is open.
    async fn second(&self, place: &str, first: &Self::Store) -> Result<Self::Store, StoreError>;
}

/// Calls the macro that is named with the names of all cases.
#[macro_export]
macro_rules! each_case {
    ($with:ident) => {
        $with! {
            a_row_reads_back_as_it_was_written
            values_come_in_the_order_of_the_keys
            a_row_that_is_not_there_reads_as_none
            a_later_value_replaces_an_earlier_one
            a_deleted_row_is_gone
            the_last_word_on_a_row_counts
            keys_that_differ_in_one_bit_are_different_rows
            an_empty_batch_changes_nothing
            an_empty_value_is_a_value
            values_are_binary
            a_value_of_16_mib_comes_back
            ten_thousand_rows_come_back
            keys_are_complete
            usage_covers_the_rows
            a_guard_that_holds_lets_the_batch_through
            a_guard_that_fails_stops_the_whole_batch
            a_guard_can_expect_absence
            every_guard_must_hold
            a_guard_alone_is_checked
            a_guard_sees_what_was_there_before_the_batch
            a_second_handle_sees_every_commit
            a_guard_fences_the_writer_that_was_replaced
            relaxed_rows_count_like_others_and_stay
            reopening_keeps_everything
            wiping_leaves_nothing
            places_share_nothing
        }
    };
}

/// A batch that writes these rows.
pub fn puts<'a>(rows: impl IntoIterator<Item = (RowKey, &'a [u8])>) -> Batch {
    let mut batch = Batch::new();
    for (key, value) in rows {
        batch.put(key, value.to_vec());
    }
    batch
}

/// The key with this number.
pub fn key(number: u32) -> RowKey {
    let mut bytes = [0x5a; 32];
    for (byte, part) in bytes.iter_mut().zip(number.to_be_bytes()) {
        *byte = part;
    }
    RowKey(bytes)
}

async fn value<S: Store>(store: &S, key: RowKey) -> Result<Option<Vec<u8>>, StoreError> {
    let mut values = store.read(&[key]).await?;
    assert_eq!(values.len(), 1, "as many values as keys");
    Ok(values.pop().flatten())
}

/// Bytes that look like nothing else.
pub(crate) fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

macro_rules! cases {
    ($($(#[$doc:meta])* async fn $name:ident($factory:ident, $place:ident) $body:block)*) => {
        $(
            $(#[$doc])*
            pub async fn $name<F: Factory>($factory: &F) -> Result<(), StoreError> {
                let $place = stringify!($name);
                $body
                Ok(())
            }
        )*
    };
}

cases! {
    /// Reads see commits, strict and relaxed.
    async fn a_row_reads_back_as_it_was_written(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"one".as_slice())]), Durability::Strict).await?;
        store.commit(puts([(key(2), b"two".as_slice())]), Durability::Relaxed).await?;
        assert_eq!(value(&store, key(1)).await?.as_deref(), Some(b"one".as_slice()));
        assert_eq!(value(&store, key(2)).await?.as_deref(), Some(b"two".as_slice()));
    }

    /// Whatever the order, with repetitions and gaps.
    async fn values_come_in_the_order_of_the_keys(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"1".as_slice()), (key(2), b"2"), (key(3), b"3")]), Durability::Relaxed).await?;
        let values = store.read(&[key(3), key(9), key(1), key(3), key(2)]).await?;
        assert_eq!(values, [Some(b"3".to_vec()), None, Some(b"1".to_vec()), Some(b"3".to_vec()), Some(b"2".to_vec())]);
        assert!(store.read(&[]).await?.is_empty());
    }

    /// In an empty store and in one that has others.
    async fn a_row_that_is_not_there_reads_as_none(factory, place) {
        let store = factory.create(place).await?;
        assert_eq!(value(&store, key(7)).await?, None);
        store.commit(puts([(key(1), b"1".as_slice())]), Durability::Relaxed).await?;
        assert_eq!(value(&store, key(7)).await?, None);
    }

    /// Shorter and longer ones.
    async fn a_later_value_replaces_an_earlier_one(factory, place) {
        let store = factory.create(place).await?;
        for written in [b"a longer value".as_slice(), b"short", b"the longest value of them all"] {
            store.commit(puts([(key(1), written)]), Durability::Strict).await?;
            assert_eq!(value(&store, key(1)).await?.as_deref(), Some(written));
        }
        assert_eq!(store.keys().await?, [key(1)]);
    }

    /// Deleting what is not there is no error.
    async fn a_deleted_row_is_gone(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"1".as_slice()), (key(2), b"2")]), Durability::Strict).await?;
        let mut batch = Batch::new();
        batch.delete(key(1));
        batch.delete(key(99));
        store.commit(batch, Durability::Strict).await?;
        assert_eq!(store.read(&[key(1), key(2), key(99)]).await?, [None, Some(b"2".to_vec()), None]);
        assert_eq!(store.keys().await?, [key(2)]);
    }

    /// Within one batch.
    async fn the_last_word_on_a_row_counts(factory, place) {
        let store = factory.create(place).await?;
        let mut batch = puts([(key(1), b"first".as_slice()), (key(2), b"first")]);
        batch.put(key(1), b"last".to_vec());
        batch.delete(key(2));
        batch.delete(key(3));
        batch.put(key(3), b"last".to_vec());
        store.commit(batch, Durability::Strict).await?;
        let last = Some(b"last".to_vec());
        assert_eq!(store.read(&[key(1), key(2), key(3)]).await?, [last.clone(), None, last]);
    }

    /// At each end, and the extremes.
    async fn keys_that_differ_in_one_bit_are_different_rows(factory, place) {
        let store = factory.create(place).await?;
        let (mut front, mut back) = ([0; 32], [0; 32]);
        if let (Some(first), Some(last)) = (front.first_mut(), back.last_mut()) {
            (*first, *last) = (0x80, 1);
        }
        let keys = [RowKey([0; 32]), RowKey(front), RowKey(back), RowKey([0xff; 32])];
        let rows = keys.into_iter().zip([b"0".as_slice(), b"1", b"2", b"3"]);
        store.commit(puts(rows), Durability::Strict).await?;
        let values: Vec<_> = store.read(&keys).await?.into_iter().flatten().collect();
        assert_eq!(values, [b"0", b"1", b"2", b"3"]);
    }

    /// And is no error.
    async fn an_empty_batch_changes_nothing(factory, place) {
        let store = factory.create(place).await?;
        store.commit(Batch::new(), Durability::Strict).await?;
        store.commit(puts([(key(1), b"1".as_slice())]), Durability::Relaxed).await?;
        store.commit(Batch::new(), Durability::Relaxed).await?;
        store.commit(Batch::new(), Durability::Strict).await?;
        assert_eq!(value(&store, key(1)).await?, Some(b"1".to_vec()));
        assert_eq!(store.keys().await?.len(), 1);
    }

    /// Not the same as no row.
    async fn an_empty_value_is_a_value(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"".as_slice())]), Durability::Strict).await?;
        assert_eq!(store.read(&[key(1), key(2)]).await?, [Some(Vec::new()), None]);
        assert_eq!(store.keys().await?, [key(1)]);
        let mut batch = Batch::new();
        batch.expect(key(1), None);
        assert_eq!(store.commit(batch, Durability::Strict).await, Err(StoreError::Fenced));
    }

    /// Every byte, in every place.
    async fn values_are_binary(factory, place) {
        let store = factory.create(place).await?;
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let turned: Vec<u8> = (0..=u8::MAX).rev().collect();
        store.commit(puts([(key(1), all.as_slice()), (key(2), turned.as_slice())]), Durability::Strict).await?;
        assert_eq!(store.read(&[key(1), key(2)]).await?, [Some(all), Some(turned)]);
    }

    /// And leaves when it is deleted.
    async fn a_value_of_16_mib_comes_back(factory, place) {
        let store = factory.create(place).await?;
        let large = noise(16, 16 << 20);
        store.commit(puts([(key(1), large.as_slice()), (key(2), b"small")]), Durability::Strict).await?;
        assert!(value(&store, key(1)).await?.as_deref() == Some(large.as_slice()), "16 MiB differ");
        let mut batch = Batch::new();
        batch.delete(key(1));
        store.commit(batch, Durability::Strict).await?;
        assert_eq!(store.read(&[key(1), key(2)]).await?, [None, Some(b"small".to_vec())]);
    }

    /// Written in one batch, read in one go.
    async fn ten_thousand_rows_come_back(factory, place) {
        let store = factory.create(place).await?;
        let mut batch = Batch::new();
        let keys: Vec<RowKey> = (0..10_000).map(key).collect();
        for (number, key) in (0..).zip(&keys) {
            batch.put(*key, noise(number, 60));
        }
        store.commit(batch, Durability::Strict).await?;
        let values = store.read(&keys).await?;
        assert_eq!(values.len(), keys.len());
        for (number, value) in (0..).zip(values) {
            assert_eq!(value, Some(noise(number, 60)), "row {number}");
        }
        assert_eq!(store.keys().await?.len(), keys.len());
    }

    /// Each once.
    async fn keys_are_complete(factory, place) {
        let store = factory.create(place).await?;
        assert!(store.keys().await?.is_empty());
        let mut expected = BTreeSet::new();
        for number in 0..300 {
            let key = key(number * 7919);
            expected.insert(key);
            store.commit(puts([(key, b"x".as_slice())]), Durability::Relaxed).await?;
        }
        let keys = store.keys().await?;
        assert_eq!(keys.len(), expected.len());
        assert_eq!(keys.into_iter().collect::<BTreeSet<_>>(), expected);
    }

    /// Grows with them.
    async fn usage_covers_the_rows(factory, place) {
        let store = factory.create(place).await?;
        let before = store.usage_bytes().await?;
        let large = noise(1, 4 << 20);
        store.commit(puts([(key(1), large.as_slice()), (key(2), large.as_slice())]), Durability::Strict).await?;
        let after = store.usage_bytes().await?;
        assert!(after >= 2 * (32 + (4 << 20)) && after > before, "{before} then {after} bytes");
    }

    /// Several of them.
    async fn a_guard_that_holds_lets_the_batch_through(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"generation 1".as_slice()), (key(2), b"")]), Durability::Strict).await?;
        for durability in [Durability::Strict, Durability::Relaxed] {
            let mut batch = puts([(key(3), b"written".as_slice())]);
            batch.expect(key(1), Some(b"generation 1".to_vec()));
            batch.expect(key(2), Some(Vec::new()));
            store.commit(batch, durability).await?;
        }
        assert_eq!(value(&store, key(3)).await?, Some(b"written".to_vec()));
    }

    /// Puts, replacements and deletions alike.
    async fn a_guard_that_fails_stops_the_whole_batch(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"1".as_slice()), (key(2), b"2")]), Durability::Strict).await?;
        for wrong in [Some(b"11".to_vec()), Some(Vec::new()), Some(b"2".to_vec()), None] {
            for durability in [Durability::Strict, Durability::Relaxed] {
                let mut batch = puts([(key(1), b"new".as_slice()), (key(3), b"new")]);
                batch.delete(key(2));
                batch.expect(key(1), wrong.clone());
                assert_eq!(store.commit(batch, durability).await, Err(StoreError::Fenced));
                let values = store.read(&[key(1), key(2), key(3)]).await?;
                assert_eq!(values, [Some(b"1".to_vec()), Some(b"2".to_vec()), None]);
            }
        }
        store.commit(puts([(key(4), b"goes on".as_slice())]), Durability::Strict).await?;
    }

    /// Of a row that never was and of one that was deleted.
    async fn a_guard_can_expect_absence(factory, place) {
        let store = factory.create(place).await?;
        let mut first = puts([(key(1), b"founded".as_slice())]);
        first.expect(key(1), None);
        store.commit(first.clone(), Durability::Strict).await?;
        assert_eq!(store.commit(first.clone(), Durability::Strict).await, Err(StoreError::Fenced));
        let mut batch = Batch::new();
        batch.delete(key(1));
        store.commit(batch, Durability::Strict).await?;
        store.commit(first, Durability::Strict).await?;
        assert_eq!(value(&store, key(1)).await?, Some(b"founded".to_vec()));
    }

    /// The first, the last, and two that contradict each other.
    async fn every_guard_must_hold(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"1".as_slice()), (key(2), b"2")]), Durability::Strict).await?;
        let (right, wrong) = (Some(b"1".to_vec()), Some(b"no".to_vec()));
        for guards in [
            [(key(1), right.clone()), (key(2), wrong.clone())],
            [(key(2), wrong.clone()), (key(1), right.clone())],
            [(key(1), wrong.clone()), (key(1), right.clone())],
            [(key(1), right.clone()), (key(1), wrong.clone())],
        ] {
            let mut batch = puts([(key(3), b"3".as_slice())]);
            for (key, value) in guards {
                batch.expect(key, value);
            }
            assert_eq!(store.commit(batch, Durability::Strict).await, Err(StoreError::Fenced));
        }
        assert_eq!(value(&store, key(3)).await?, None);
    }

    /// With nothing to write.
    async fn a_guard_alone_is_checked(factory, place) {
        let store = factory.create(place).await?;
        let mut batch = Batch::new();
        batch.expect(key(1), Some(b"1".to_vec()));
        assert_eq!(store.commit(batch.clone(), Durability::Strict).await, Err(StoreError::Fenced));
        store.commit(puts([(key(1), b"1".as_slice())]), Durability::Relaxed).await?;
        store.commit(batch, Durability::Strict).await?;
    }

    /// Compare and swap of one row.
    async fn a_guard_sees_what_was_there_before_the_batch(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"old".as_slice())]), Durability::Strict).await?;
        let mut swap = puts([(key(1), b"new".as_slice())]);
        swap.expect(key(1), Some(b"old".to_vec()));
        store.commit(swap.clone(), Durability::Strict).await?;
        assert_eq!(store.commit(swap, Durability::Strict).await, Err(StoreError::Fenced));
        assert_eq!(value(&store, key(1)).await?, Some(b"new".to_vec()));
    }

    /// As soon as it is acknowledged.
    async fn a_second_handle_sees_every_commit(factory, place) {
        let first = factory.create(place).await?;
        let second = factory.second(place, &first).await?;
        for (number, durability) in [(1, Durability::Strict), (2, Durability::Relaxed), (3, Durability::Strict)] {
            first.commit(puts([(key(number), b"seen".as_slice())]), durability).await?;
            assert_eq!(value(&second, key(number)).await?, Some(b"seen".to_vec()));
        }
        assert_eq!(second.keys().await?.len(), 3);
    }

    /// The writer generation of rule R2.
    async fn a_guard_fences_the_writer_that_was_replaced(factory, place) {
        let zombie = factory.create(place).await?;
        let generation = key(0);
        let mut batch = puts([(generation, b"1".as_slice())]);
        batch.expect(generation, None);
        zombie.commit(batch, Durability::Strict).await?;

        let heir = factory.second(place, &zombie).await?;
        let mut batch = puts([(generation, b"2".as_slice())]);
        batch.expect(generation, Some(b"1".to_vec()));
        heir.commit(batch, Durability::Strict).await?;

        let mut late = puts([(key(1), b"of the zombie".as_slice())]);
        late.expect(generation, Some(b"1".to_vec()));
        assert_eq!(zombie.commit(late, Durability::Strict).await, Err(StoreError::Fenced));
        let mut next = puts([(key(1), b"of the heir".as_slice())]);
        next.expect(generation, Some(b"2".to_vec()));
        heir.commit(next, Durability::Strict).await?;
        assert_eq!(value(&zombie, key(1)).await?, Some(b"of the heir".to_vec()));
    }

    /// In reads, lists and guards, over and under strict ones, more of them than memory should hold.
    async fn relaxed_rows_count_like_others_and_stay(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"old".as_slice()), (key(2), b"old")]), Durability::Strict).await?;
        let mut batch = puts([(key(2), b"new".as_slice()), (key(3), b"new")]);
        batch.delete(key(1));
        batch.expect(key(1), Some(b"old".to_vec()));
        store.commit(batch, Durability::Relaxed).await?;
        let expected = [None, Some(b"new".to_vec()), Some(b"new".to_vec())];
        assert_eq!(store.read(&[key(1), key(2), key(3)]).await?, expected);
        let mut keys = store.keys().await?;
        keys.sort();
        assert_eq!(keys, [key(2), key(3)]);
        for durability in [Durability::Relaxed, Durability::Strict] {
            let mut late = puts([(key(3), b"late".as_slice())]);
            late.expect(key(2), Some(b"old".to_vec()));
            assert_eq!(store.commit(late, durability).await, Err(StoreError::Fenced));
        }
        assert_eq!(store.read(&[key(1), key(2), key(3)]).await?, expected);
        for number in 10..20 {
            store.commit(puts([(key(number), noise(number, 1 << 20).as_slice())]), Durability::Relaxed).await?;
        }
        let mut batch = Batch::new();
        batch.expect(key(19), Some(noise(19, 1 << 20)));
        batch.delete(key(10));
        store.commit(batch, Durability::Strict).await?;
        drop(store);
        let store = factory.open(place).await?;
        assert_eq!(store.read(&[key(1), key(2), key(3)]).await?, expected);
        for number in 10..20 {
            let expected = (number > 10).then(|| noise(number, 1 << 20));
            assert!(value(&store, key(number)).await? == expected, "row {number}");
        }
    }

    /// Relaxed commits too, after an orderly close.
    async fn reopening_keeps_everything(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"strict".as_slice()), (key(9), b"leaves")]), Durability::Strict).await?;
        let mut batch = puts([(key(2), b"relaxed".as_slice())]);
        batch.delete(key(9));
        store.commit(batch, Durability::Relaxed).await?;
        drop(store);
        for _ in 0..3 {
            let store = factory.open(place).await?;
            let values = store.read(&[key(1), key(2), key(9)]).await?;
            assert_eq!(values, [Some(b"strict".to_vec()), Some(b"relaxed".to_vec()), None]);
            assert_eq!(store.keys().await?.len(), 2);
        }
    }

    /// For nobody.
    async fn wiping_leaves_nothing(factory, place) {
        let store = factory.create(place).await?;
        store.commit(puts([(key(1), b"1".as_slice()), (key(2), b"2")]), Durability::Strict).await?;
        let other = factory.second(place, &store).await?;
        store.wipe().await?;
        assert_eq!(other.read(&[key(1)]).await, Err(StoreError::Closed));
        let late = other.commit(puts([(key(1), b"late".as_slice())]), Durability::Strict).await;
        assert_eq!(late, Err(StoreError::Closed));
        drop(other);
        let store = factory.open(place).await?;
        assert!(store.keys().await?.is_empty());
        assert_eq!(store.read(&[key(1), key(2)]).await?, [None, None]);
    }

    /// Not even the same key.
    async fn places_share_nothing(factory, place) {
        let here = factory.create(place).await?;
        let there = factory.create(&format!("{place}_too")).await?;
        here.commit(puts([(key(1), b"here".as_slice())]), Durability::Strict).await?;
        assert_eq!(value(&there, key(1)).await?, None);
        there.commit(puts([(key(1), b"there".as_slice())]), Durability::Strict).await?;
        assert_eq!(value(&here, key(1)).await?, Some(b"here".to_vec()));
        here.wipe().await?;
        assert_eq!(value(&there, key(1)).await?, Some(b"there".to_vec()));
    }
}
