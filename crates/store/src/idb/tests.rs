//! Losing the connection in every way that can be brought about.

use super::*;
use crate::conformance::{key, noise, puts};
use connection::names;
use futures_util::FutureExt as _;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Event, IdbDatabase, IdbFactory};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn fresh(name: &str) -> IdbStore {
    IdbStore::delete(name).await.unwrap();
    let store = IdbStore::open(name).await.unwrap();
    store.commit(puts([(key(1), b"1".as_slice())]), Durability::Strict).await.unwrap();
    store
}

fn factory() -> IdbFactory {
    js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap().unchecked_into()
}

/// Opens as another program or a later version of this one would.
async fn open_raw(name: &str, version: u32) -> IdbDatabase {
    let request = factory().open_with_u32(name, version).unwrap();
    let source = request.clone();
    let upgrade = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
        let database: IdbDatabase = source.result().unwrap().unchecked_into();
        if !database.object_store_names().contains(ROWS) {
            database.create_object_store(ROWS).unwrap();
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    settled("open", &request).await.unwrap().unchecked_into()
}

async fn exists(name: &str) -> bool {
    names().await.unwrap().unwrap().iter().any(|found| found == name)
}

#[wasm_bindgen_test]
async fn a_connection_that_was_closed_is_opened_again() {
    let store = fresh("closed_connection").await;
    let close = || store.link.connection().as_ref().unwrap().writes().close();
    close();
    store.commit(puts([(key(2), b"2".as_slice())]), Durability::Strict).await.unwrap();
    close();
    assert!(store.usage_bytes().await.unwrap() > 0);
    assert_eq!(store.read(&[key(1), key(2)]).await.unwrap(), [Some(b"1".to_vec()), Some(b"2".to_vec())]);
}

/// Lets the next write end as it does when the browser drops its connection.
fn fail_next_write(store: &IdbStore) {
    let connection = store.link.connection();
    let database = connection.as_ref().unwrap().writes();
    let failing = js_sys::Function::new_with_args(
        "...asked",
        "delete this.transaction; const begun = this.transaction(...asked); begun.abort(); return begun;",
    );
    js_sys::Reflect::set(database, &"transaction".into(), &failing).unwrap();
}

fn only_if_new() -> Batch {
    let mut batch = puts([(key(2), b"2".as_slice())]);
    batch.expect(key(2), None);
    batch
}

#[wasm_bindgen_test]
async fn a_commit_whose_connection_is_lost_on_the_way_is_done_once_more() {
    let store = fresh("lost_on_the_way").await;
    fail_next_write(&store);
    assert_eq!(store.commit_once(&only_if_new(), Durability::Strict).await, Err(StoreError::Closed));
    fail_next_write(&store);
    store.commit(only_if_new(), Durability::Strict).await.unwrap();
    assert_eq!(store.read(&[key(2)]).await.unwrap(), [Some(b"2".to_vec())]);
}

#[wasm_bindgen_test]
async fn a_commit_that_was_done_before_its_connection_was_lost_is_not_done_again() {
    let store = fresh("done_before").await;
    store.commit_once(&only_if_new(), Durability::Strict).await.unwrap();
    fail_next_write(&store);
    store.commit(only_if_new(), Durability::Strict).await.unwrap();
    assert_eq!(store.commit(only_if_new(), Durability::Strict).await, Err(StoreError::Fenced));
}

#[wasm_bindgen_test]
async fn a_compatible_upgrade_by_another_tab_is_followed() {
    let store = fresh("compatible_upgrade").await;
    open_raw("compatible_upgrade", 101).await.close();
    assert_eq!(store.read(&[key(1)]).await.unwrap(), [Some(b"1".to_vec())]);
    store.commit(puts([(key(2), b"2".as_slice())]), Durability::Strict).await.unwrap();
    drop(store);
    let store = IdbStore::open("compatible_upgrade").await.unwrap();
    assert_eq!(store.keys().await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn a_breaking_upgrade_by_another_tab_is_too_new() {
    let store = fresh("breaking_upgrade").await;
    open_raw("breaking_upgrade", 200).await.close();
    assert_eq!(store.read(&[key(1)]).await, Err(StoreError::TooNew));
    assert_eq!(store.commit(puts([(key(2), b"2".as_slice())]), Durability::Strict).await, Err(StoreError::TooNew));
    assert_eq!(IdbStore::open("breaking_upgrade").await.unwrap_err(), StoreError::TooNew);
}

#[wasm_bindgen_test]
async fn a_database_of_another_program_is_refused_and_left_alone() {
    IdbStore::delete("other_program").await.unwrap();
    open_raw("other_program", 7).await.close();
    assert!(matches!(IdbStore::open("other_program").await, Err(StoreError::Damaged(_))));
    assert!(exists("other_program").await);
}

#[wasm_bindgen_test]
async fn an_unfinished_database_is_finished() {
    IdbStore::delete("unfinished").await.unwrap();
    let database: IdbDatabase = settled("open", &factory().open("unfinished").unwrap()).await.unwrap().unchecked_into();
    database.close();
    let store = IdbStore::open("unfinished").await.unwrap();
    assert!(store.keys().await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn recovering_the_log_leaves_every_row_and_no_database_of_its_own() {
    let store = fresh("beside_the_log").await;
    let before = names().await.unwrap().unwrap();
    for _ in 0..2 {
        IdbStore::recover_log().await.unwrap();
    }
    assert_eq!(names().await.unwrap().unwrap(), before);
    assert_eq!(store.read(&[key(1)]).await.unwrap(), [Some(b"1".to_vec())]);
}

#[wasm_bindgen_test]
async fn recovering_the_log_goes_on_where_nobody_waits_for_it() {
    let thrown = Rc::new(Cell::new(0));
    let count = Rc::clone(&thrown);
    let on_error = Closure::<dyn FnMut(Event)>::new(move |_: Event| count.set(count.get() + 1));
    let scope: web_sys::EventTarget = js_sys::global().unchecked_into();
    scope.add_event_listener_with_callback("error", on_error.as_ref().unchecked_ref()).unwrap();
    assert_eq!(IdbStore::recover_log().now_or_never(), None);
    TimeoutFuture::new(500).await;
    assert!(!exists("chartchain-log").await);
    scope.remove_event_listener_with_callback("error", on_error.as_ref().unchecked_ref()).unwrap();
    assert_eq!(thrown.get(), 0);
}

#[wasm_bindgen_test]
fn only_a_total_loss_is_one() {
    for (said, lost) in [(Some("total"), true), (Some("none"), false), (None, false)] {
        let event = js_sys::Object::new();
        if let Some(said) = said {
            js_sys::Reflect::set(&event, &"dataLoss".into(), &said.into()).unwrap();
        }
        assert_eq!(log::tells_of_loss(&event), lost);
    }
}

#[wasm_bindgen_test]
async fn a_deleted_database_stays_deleted() {
    let store = fresh("deleted").await;
    assert!(exists("deleted").await);
    IdbStore::delete("deleted").await.unwrap();
    for _ in 0..2 {
        assert_eq!(store.read(&[key(1)]).await, Err(StoreError::Closed));
        assert_eq!(store.commit(puts([(key(1), b"1".as_slice())]), Durability::Strict).await, Err(StoreError::Closed));
    }
    assert!(!exists("deleted").await);
}

#[wasm_bindgen_test]
async fn a_lost_connection_is_not_opened_again_where_the_database_was_deleted_meanwhile() {
    let store = fresh("deleted_unheard").await;
    store.link.lose();
    IdbStore::delete("deleted_unheard").await.unwrap();
    assert_eq!(store.keys().await, Err(StoreError::Closed));
    assert!(!exists("deleted_unheard").await);
}

#[wasm_bindgen_test]
async fn deleting_waits_only_so_long_for_a_tab_that_does_not_answer() {
    let stubborn = open_raw("stubborn", 100).await;
    assert_eq!(IdbStore::delete("stubborn").await, Err(StoreError::InUse));
    stubborn.close();
    IdbStore::delete("stubborn").await.unwrap();
    assert!(!exists("stubborn").await);
}

#[wasm_bindgen_test]
async fn opening_waits_only_so_long_for_a_deletion_that_hangs() {
    let stubborn = open_raw("hanging", 100).await;
    let deletion = factory().delete_database("hanging").unwrap();
    assert_eq!(IdbStore::open("hanging").await.unwrap_err(), StoreError::InUse);
    stubborn.close();
    let _ = settled("delete", &deletion).await;
    let store = IdbStore::open("hanging").await.unwrap();
    assert!(store.keys().await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn foreign_rows_are_damage() {
    let store = fresh("foreign_rows").await;
    let transaction = store.link.begin(|connection| connection.write(Durability::Relaxed)).await.unwrap();
    finish("test", &transaction, async |rows| {
        rows.put_with_key(&"text".into(), &row_key(&key(5))).unwrap();
        Ok(())
    })
    .await
    .unwrap();
    assert!(matches!(store.read(&[key(5)]).await, Err(StoreError::Damaged(_))));
    assert!(matches!(store.usage_bytes().await, Err(StoreError::Damaged(_))));
    let transaction = store.link.begin(|connection| connection.write(Durability::Relaxed)).await.unwrap();
    finish("test", &transaction, async |rows| {
        rows.put_with_key(&"text".into(), &"short key".into()).unwrap();
        Ok(())
    })
    .await
    .unwrap();
    assert!(matches!(store.keys().await, Err(StoreError::Damaged(_))));
}

#[wasm_bindgen_test]
async fn transactions_carry_the_durability_that_was_asked_for() {
    let store = fresh("durability").await;
    for (asked, expected) in [(Durability::Strict, "strict"), (Durability::Relaxed, "relaxed")] {
        let transaction = store.link.begin(|connection| connection.write(asked)).await.unwrap();
        let seen = js_sys::Reflect::get(&transaction, &"durability".into()).unwrap().as_string();
        assert_eq!(seen.as_deref(), Some(expected));
        transaction.abort().unwrap();
    }
}

#[wasm_bindgen_test]
async fn commits_that_run_together_are_all_there() {
    let store = fresh("together").await;
    let written = Cell::new(0);
    let commits = (10..60).map(|number| {
        let (store, written) = (&store, &written);
        async move {
            let durability = if number % 2 == 0 { Durability::Strict } else { Durability::Relaxed };
            store.commit(puts([(key(number), b"x".as_slice())]), durability).await?;
            written.set(written.get() + 1);
            Ok::<_, StoreError>(())
        }
    });
    try_join_all(commits).await.unwrap();
    assert_eq!((written.get(), store.keys().await.unwrap().len()), (50, 51));
}

#[wasm_bindgen_test]
async fn of_many_that_swap_one_row_together_one_wins() {
    let store = fresh("swap").await;
    let swaps = (0..20).map(|number: u32| {
        let mut batch = puts([(key(1), number.to_be_bytes().as_slice())]);
        batch.expect(key(1), Some(b"1".to_vec()));
        let store = &store;
        async move { store.commit(batch, Durability::Relaxed).await }
    });
    let results = futures_util::future::join_all(swaps).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(results.iter().filter(|result| **result == Err(StoreError::Fenced)).count(), 19);
}

#[wasm_bindgen_test]
fn errors_of_the_browser_mean_what_they_say() {
    let text = |name: &str| web_sys::DomException::new_with_message_and_name("why", name).unwrap();
    for (name, expected) in [
        ("QuotaExceededError", StoreError::Full),
        ("InvalidStateError", StoreError::Closed),
        ("AbortError", StoreError::Closed),
        ("VersionError", StoreError::TooNew),
        ("NotReadableError", StoreError::Damaged("NotReadableError: why".to_owned())),
        ("UnknownError", StoreError::Failed { operation: "test", cause: "UnknownError: why".to_owned() }),
    ] {
        assert_eq!(explain("test", &text(name)), expected);
    }
}

/// Bytes that the browser grants this origin, where it tells.
async fn quota_bytes() -> Option<f64> {
    let get = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    let storage = get(&get(&js_sys::global(), "navigator")?, "storage")?;
    let estimate = get(&storage, "estimate")?.dyn_into::<js_sys::Function>().ok()?;
    let promise: js_sys::Promise = estimate.call0(&storage).ok()?.dyn_into().ok()?;
    get(&wasm_bindgen_futures::JsFuture::from(promise).await.ok()?, "quota")?.as_f64()
}

#[wasm_bindgen_test]
async fn a_full_quota_refuses_whole_batches_and_recovers() {
    let quota = quota_bytes().await.unwrap_or(f64::INFINITY);
    wasm_bindgen_test::console_log!("quota {quota} bytes");
    if quota > 300e6 {
        wasm_bindgen_test::console_log!("skipped: the quota is too large to fill");
        return;
    }
    let store = fresh("quota").await;
    let mut written = 10;
    let refused = loop {
        assert!(written < 100, "never full");
        // Noise, because browsers compress.
        let (large, head) = (noise(written, 4 << 20), written.to_be_bytes());
        let batch = puts([(key(written), large.as_slice()), (key(1), &head)]);
        match store.commit(batch, Durability::Strict).await {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(refused, StoreError::Full);
    let head = (written - 1).to_be_bytes().to_vec();
    assert_eq!(store.read(&[key(1), key(written)]).await.unwrap(), [Some(head), None]);
    let mut batch = Batch::new();
    for number in 10..written {
        batch.delete(key(number));
    }
    store.commit(batch, Durability::Strict).await.unwrap();
    assert_eq!(store.keys().await.unwrap(), [key(1)]);
    store.wipe().await.unwrap();
}
