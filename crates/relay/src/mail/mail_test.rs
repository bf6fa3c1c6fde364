//! Mailboxes, as those who use them see them.

use core::time::Duration;
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::SystemTime,
};

use futures_util::future::join_all;

use crate::{
    Clock, Limits, Mail, MailLimits, Rate, Relay,
    testing::{Running, TAG, name_of, with_mail},
};

fn path(bytes: &[u8]) -> String {
    format!("/v0/mail/{TAG}/{}", name_of(bytes))
}

async fn limited(folder: &Path, limits: MailLimits) -> Running {
    Running::start(Relay { mail: Some(Mail { limits, ..Mail::new(folder) }), ..Relay::default() }).await
}

#[tokio::test]
async fn what_is_put_in_is_listed_given_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(with_mail(folder.path())).await;
    assert_eq!(relay.names(TAG).await, [""; 0]);
    assert_eq!(relay.put(TAG, b"a parcel").await, 201);
    let listed = relay.get(&format!("/v0/mail/{TAG}")).await;
    assert!(listed.head.contains("content-type: application/json"), "{}", listed.head);
    let name = name_of(b"a parcel");
    assert_eq!(listed.body, format!("[{{\"name\":\"{name}\",\"bytes\":8,\"age_s\":0}}]").as_bytes());
    let given = relay.get(&path(b"a parcel")).await;
    assert_eq!((given.status, given.body.as_slice()), (200, &b"a parcel"[..]));
    assert!(given.head.contains("content-type: application/octet-stream") && given.head.contains("nosniff"));
    assert!(given.head.contains("access-control-allow-origin: *"), "{}", given.head);
    assert_eq!((relay.count("parcels").await, relay.count("mail_bytes").await), (1, 8));
    assert_eq!(relay.ask("DELETE", &path(b"a parcel"), "", &[]).await.status, 204);
    assert_eq!(relay.ask("DELETE", &path(b"a parcel"), "", &[]).await.status, 204);
    let gone = relay.get(&path(b"a parcel")).await;
    assert_eq!((gone.status, gone.body.as_slice()), (404, &b"there is no such parcel\n"[..]));
    assert_eq!((relay.names(TAG).await.len(), relay.count("mail_bytes").await), (0, 0));
    relay.end().await;
}

#[tokio::test]
async fn putting_in_twice_is_putting_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(with_mail(folder.path())).await;
    assert_eq!((relay.put(TAG, b"").await, relay.put(TAG, b"").await), (201, 200));
    assert_eq!(relay.names(TAG).await, [name_of(b"")]);
    assert_eq!(relay.names(&"ab".repeat(16)).await.len(), 0);
    relay.end().await;
}

#[tokio::test]
async fn a_parcel_that_is_not_what_its_name_says_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(with_mail(folder.path())).await;
    let answer = relay.ask("PUT", &path(b"one"), "", b"another").await;
    assert_eq!(answer.status, 400);
    assert!(String::from_utf8(answer.body).unwrap().contains("SHA-256"));
    for bad in
        [path(b"one").to_uppercase(), format!("{}0", path(b"one")), format!("/v0/mail/{TAG}0/{}", name_of(b"one"))]
    {
        assert_eq!(relay.ask("PUT", &bad, "", b"one").await.status, 404, "{bad}");
    }
    assert_eq!(relay.names(TAG).await.len(), 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    relay.end().await;
}

#[tokio::test]
async fn a_parcel_that_is_too_large_is_refused_whether_or_not_it_says_so_before() {
    let folder = tempfile::tempdir().unwrap();
    let relay = limited(folder.path(), MailLimits { parcel_bytes: 1_000, ..MailLimits::default() }).await;
    assert_eq!(relay.put(TAG, &[7; 1_000]).await, 201);
    let told = relay.ask("PUT", &path(&[7; 1_001]), "Content-Length: 1001\r\n", &[]).await;
    assert_eq!((told.status, told.body.as_slice()), (413, &b"a parcel has at most 1000 bytes\n"[..]));
    let chunk = [b"3e9\r\n", &[7; 1_001][..], b"\r\n0\r\n\r\n"].concat();
    assert_eq!(relay.ask("PUT", &path(&[7; 1_001]), "Transfer-Encoding: chunked\r\n", &chunk).await.status, 413);
    assert_eq!(relay.count("refusals_total{kind=\"parcel_size\"}").await, 2);
    relay.end().await;
}

#[tokio::test]
async fn the_largest_parcel_goes_through() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(with_mail(folder.path())).await;
    let large: Vec<u8> = (0..8 * 1024 * 1024_u32).map(|at| (at % 251) as u8).collect();
    assert_eq!(relay.put(TAG, &large).await, 201);
    assert!(relay.get(&path(&large)).await.body == large);
    relay.end().await;
}

#[tokio::test]
async fn a_mailbox_holds_so_many_parcels_and_bytes_and_all_together_so_many() {
    let few = MailLimits { parcels: 2, ..MailLimits::default() };
    let small = MailLimits { tag_bytes: 19, ..MailLimits::default() };
    let altogether = MailLimits { total_bytes: 2 * (4_096 + 10), ..MailLimits::default() };
    for (limits, others) in [(few, 201), (small, 201), (altogether, 507)] {
        let folder = tempfile::tempdir().unwrap();
        let relay = limited(folder.path(), limits).await;
        assert_eq!(relay.put(TAG, &[1; 9]).await, 201);
        assert_eq!(relay.put(TAG, &[2; 10]).await, 201);
        assert_eq!(relay.put(TAG, &[3; 10]).await, 507);
        assert_eq!(relay.put(TAG, &[2; 10]).await, 200);
        assert_eq!(relay.put(&"ab".repeat(16), &[3; 10]).await, others);
        // What was refused takes no room.
        assert_eq!(relay.ask("DELETE", &path(&[1; 9]), "", &[]).await.status, 204);
        assert_eq!(relay.put(TAG, &[4; 9]).await, 201);
        relay.end().await;
    }
}

#[tokio::test]
async fn parcels_that_come_at_the_same_time_do_not_share_the_last_room() {
    let folder = tempfile::tempdir().unwrap();
    let relay = limited(folder.path(), MailLimits { parcels: 3, ..MailLimits::default() }).await;
    let parcels: Vec<[u8; 2]> = (0..10).map(|number| [number, 0]).collect();
    let statuses = join_all(parcels.iter().map(|parcel| relay.put(TAG, parcel))).await;
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 3, "{statuses:?}");
    assert_eq!((relay.names(TAG).await.len(), relay.count("mail_bytes").await), (3, 6));
    let again = join_all(parcels.iter().map(|_| relay.put(TAG, &parcels[0]))).await;
    assert!(again.windows(2).all(|two| two[0] == two[1]), "{again:?}");
    relay.end().await;
}

#[tokio::test]
async fn no_more_comes_at_once_than_there_is_memory_for() {
    let folder = tempfile::tempdir().unwrap();
    let relay = limited(folder.path(), MailLimits { coming_bytes: 10, ..MailLimits::default() }).await;
    assert_eq!(relay.put(TAG, &[1; 11]).await, 503);
    assert_eq!((relay.put(TAG, &[1; 10]).await, relay.put(TAG, &[2; 10]).await), (201, 201));
    relay.end().await;
}

#[tokio::test]
async fn the_oldest_is_listed_first_and_what_is_too_old_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let day = Arc::new(AtomicU64::new(20_000));
    let now = Arc::clone(&day);
    let clock = Clock::new(move || SystemTime::UNIX_EPOCH + Duration::from_secs(24 * 60 * 60 * now.load(SeqCst)));
    let mail = || Relay { mail: Some(Mail { clock: clock.clone(), ..Mail::new(folder.path()) }), ..Relay::default() };
    let relay = Running::start(mail()).await;
    for letter in [b"b", b"a", b"c"] {
        assert_eq!(relay.put(TAG, letter).await, 201);
        day.fetch_add(1, SeqCst);
    }
    assert_eq!(relay.names(TAG).await, [name_of(b"b"), name_of(b"a"), name_of(b"c")]);
    assert!(relay.get(&format!("/v0/mail/{TAG}")).await.body.ends_with(b"\"bytes\":1,\"age_s\":86400}]"));
    day.store(20_000 + 29, SeqCst);
    assert_eq!((relay.put(TAG, b"b").await, relay.names(TAG).await.len()), (200, 3));
    day.store(20_000 + 30, SeqCst);
    // Not deleted yet, and given to nobody.
    assert_eq!((relay.get(&path(b"b")).await.status, relay.count("parcels").await), (404, 3));
    assert_eq!(relay.names(TAG).await, [name_of(b"a"), name_of(b"c")]);
    assert_eq!((relay.put(TAG, b"b").await, relay.count("parcels").await), (201, 3));
    relay.end().await;
    // The start clears up.
    day.store(20_000 + 32, SeqCst);
    let relay = Running::start(mail()).await;
    assert_eq!((relay.names(TAG).await, relay.count("parcels").await), (vec![name_of(b"b")], 1));
    relay.end().await;
}

#[tokio::test]
async fn a_new_start_finds_what_was_put_in_and_clears_what_was_not_finished() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(with_mail(folder.path())).await;
    assert_eq!(relay.put(TAG, b"stays").await, 201);
    relay.end().await;
    let of_tag = folder.path().join(&TAG[..2]).join(TAG);
    let unfinished = of_tag.join("unfinished");
    fs::write(&unfinished, b"half of a par").unwrap();
    fs::write(folder.path().join("README"), b"not of the relay").unwrap();
    let relay = Running::start(with_mail(folder.path())).await;
    assert!(!unfinished.exists() && folder.path().join("README").exists());
    assert_eq!((relay.names(TAG).await, relay.count("mail_bytes").await), (vec![name_of(b"stays")], 5));
    assert_eq!(relay.get(&path(b"stays")).await.body, b"stays");
    assert_eq!(relay.ask("DELETE", &path(b"stays"), "", &[]).await.status, 204);
    assert!(!of_tag.exists(), "an empty folder stays behind");
    relay.end().await;
}

#[tokio::test]
async fn who_asks_too_often_has_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    let requests = Rate { per_second: 0, at_once: 3 };
    let limits = Limits { requests, ..Limits::default() };
    let relay = Running::start(Relay { limits, ..with_mail(folder.path()) }).await;
    assert_eq!(relay.put(TAG, b"x").await, 201);
    assert_eq!((relay.names(TAG).await.len(), relay.names(TAG).await.len()), (1, 1));
    let refused = relay.get(&path(b"x")).await;
    assert_eq!(refused.status, 429);
    assert!(refused.head.contains("access-control-allow-origin: *"), "{}", refused.head);
    assert_eq!(relay.get("/v0/relay").await.status, 200);
    assert_eq!(relay.count("refusals_total{kind=\"requests\"}").await, 1);
    relay.end().await;
}

#[tokio::test]
async fn apps_of_other_hosts_may_use_it_and_are_told_before() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(with_mail(folder.path())).await;
    let head = "Origin: https://elsewhere.example\r\nAccess-Control-Request-Method: PUT\r\n";
    let answer = relay.ask("OPTIONS", &path(b"x"), head, &[]).await;
    assert_eq!(answer.status, 200);
    for line in ["access-control-allow-origin: *", "access-control-allow-methods: GET,PUT,DELETE"] {
        assert!(answer.head.contains(line), "{}", answer.head);
    }
    assert!(!answer.head.contains("allow-credentials"));
    relay.end().await;
}

#[tokio::test]
async fn a_relay_without_a_folder_keeps_no_mail_and_says_so() {
    let relay = Running::start(Relay::default()).await;
    for asked in ["GET", "PUT", "DELETE"] {
        let answer = relay.ask(asked, &path(b"x"), "", b"x").await;
        assert_eq!((answer.status, answer.body.as_slice()), (404, &b"this relay keeps no mail\n"[..]));
    }
    assert_eq!(relay.get(&format!("/v0/mail/{TAG}")).await.status, 404);
    let about = relay.get("/v0/relay").await;
    assert_eq!(about.body, br#"{"version":0,"meet":true,"mail":false,"mail_max_bytes":8388608}"#);
    relay.end().await;
}
