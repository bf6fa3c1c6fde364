//! Rooms, as participants see them.

use core::time::Duration;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::{self, Message};

use super::frame::PAYLOAD_BYTES;
use crate::{
    Limits, Rate, Relay,
    testing::{Running, TAG, close_code, said},
};

const UNHURRIED: Rate = Rate { per_second: u32::MAX, at_once: u32::MAX };

async fn relay(limits: Limits) -> Running {
    Running::start(Relay { limits, ..Relay::default() }).await
}

#[tokio::test]
async fn two_meet_and_say_everything_to_each_other_in_order() {
    let relay = relay(Limits::default()).await;
    let mut one = relay.enter(TAG).await;
    let mut two = relay.enter(TAG).await;
    assert_eq!((one.number, one.met.as_slice(), two.number, two.met.as_slice()), (1, &[][..], 2, &[1][..]));
    one.hear_of(1, 2).await;
    for round in 0..100_u8 {
        let long = vec![round; PAYLOAD_BYTES - usize::from(round)];
        one.say(2, &long).await;
        two.say(0, &[round]).await;
        assert_eq!(two.hear_from(1).await, long);
        assert_eq!(one.hear_from(2).await, [round]);
    }
    one.say(2, &[]).await;
    assert!(two.hear_from(1).await.is_empty());
}

#[tokio::test]
async fn a_third_one_hears_who_comes_and_leaves_and_only_what_is_said_to_it() {
    let relay = relay(Limits::default()).await;
    let mut one = relay.enter(TAG).await;
    let mut two = relay.enter(TAG).await;
    let mut three = relay.enter(TAG).await;
    assert_eq!(three.met, [1, 2]);
    one.hear_of(1, 2).await;
    one.hear_of(1, 3).await;
    two.hear_of(1, 3).await;
    two.say(1, b"for one").await;
    two.say(9, b"for nobody").await;
    two.say(2, b"for itself").await;
    two.say(0, b"for both").await;
    assert_eq!(one.hear_from(2).await, b"for one");
    assert_eq!(one.hear_from(2).await, b"for both");
    assert_eq!(three.hear_from(2).await, b"for both");
    two.say(3, b"last words").await;
    two.leave().await;
    assert_eq!(three.hear_from(2).await, b"last words");
    three.hear_of(2, 2).await;
    one.hear_of(2, 2).await;
    let four = relay.enter(TAG).await;
    assert_eq!((four.number, four.met), (4, vec![1, 3]));
}

#[tokio::test]
async fn rooms_know_nothing_of_each_other() {
    let relay = relay(Limits::default()).await;
    let one = relay.enter(TAG).await;
    let other = relay.enter(&"ab".repeat(16)).await;
    assert_eq!((one.number, other.number, other.met), (1, 1, vec![]));
    assert_eq!(relay.count("rooms").await, 2);
}

#[tokio::test]
async fn a_full_room_sends_away_whoever_comes_and_lets_in_when_somebody_left() {
    let relay = relay(Limits { participants: 2, ..Limits::default() }).await;
    let mut one = relay.enter(TAG).await;
    let two = relay.enter(TAG).await;
    one.hear_of(1, 2).await;
    assert_eq!(close_code(relay.try_to_enter(TAG).await.unwrap()).await, 4001);
    two.leave().await;
    one.hear_of(2, 2).await;
    assert_eq!(relay.enter(TAG).await.number, 3);
    assert_eq!(relay.count("refusals_total{kind=\"room_full\"}").await, 1);
}

#[tokio::test]
async fn a_room_is_gone_with_the_last_who_leaves_it() {
    let relay = relay(Limits { rooms: 1, ..Limits::default() }).await;
    let one = relay.enter(TAG).await;
    let other = "ab".repeat(16);
    assert_eq!(close_code(relay.try_to_enter(&other).await.unwrap()).await, 1013);
    one.leave().await;
    relay.until("rooms", 0).await;
    assert_eq!(relay.enter(&other).await.number, 1);
    // Whoever is cut off leaves too.
    relay.until("rooms", 0).await;
    assert_eq!(relay.enter(TAG).await.number, 1);
}

#[tokio::test]
async fn what_is_no_tag_is_not_found() {
    let relay = relay(Limits::default()).await;
    for tag in [&TAG[1..], &TAG.to_uppercase(), &format!("{TAG}0"), "x", &TAG.replace('f', "g")] {
        match relay.try_to_enter(tag).await {
            Err(tungstenite::Error::Http(answer)) => assert_eq!(answer.status(), 404, "{tag}"),
            other => panic!("{tag}: {other:?}"),
        }
    }
    assert_eq!(relay.get(&format!("/v0/meet/{TAG}")).await.status, 400);
}

#[tokio::test]
async fn text_and_messages_too_short_or_too_long_are_the_end_for_who_sends_them_only() {
    let relay = relay(Limits::default()).await;
    let mut one = relay.enter(TAG).await;
    let texts =
        [Message::text("1"), Message::binary(vec![0; 3]), said(0, &[0; PAYLOAD_BYTES + 1]), said(0, &[7; 300_000])];
    for (number, text) in (2..).zip(texts) {
        let mut other = relay.enter(TAG).await;
        one.hear_of(1, number).await;
        // The longest one is not read to its end, so that sending it may not come to one.
        let _sent = tokio::time::timeout(Duration::from_millis(200), other.socket.send(text)).await;
        assert_eq!(other.sent_away().await, 4002);
        one.hear_of(2, number).await;
    }
    assert_eq!(relay.count("refusals_total{kind=\"form\"}").await, 4);
}

#[tokio::test]
async fn a_slow_reader_slows_its_sender_down_and_loses_nothing() {
    const MESSAGES: usize = 2_000;
    let relay = relay(Limits { queue_bytes: 64 * 1024, sending: UNHURRIED, ..Limits::default() }).await;
    let mut reader = relay.enter(TAG).await;
    let mut sender = relay.enter(TAG).await;
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let sending = tokio::spawn(async move {
        for number in 0..MESSAGES {
            let mut payload = vec![0; PAYLOAD_BYTES];
            payload[..8].copy_from_slice(&number.to_be_bytes());
            sender.say(1, &payload).await;
            counter.store(number + 1, SeqCst);
        }
        sender
    });
    // Nothing is read until the sender has come to a stop.
    loop {
        let before = sent.load(SeqCst);
        tokio::time::sleep(Duration::from_millis(300)).await;
        if before > 0 && sent.load(SeqCst) == before {
            break;
        }
    }
    assert!(sent.load(SeqCst) < MESSAGES, "nothing held the sender up");
    reader.hear_of(1, 2).await;
    for number in 0..MESSAGES {
        let payload = reader.hear_from(2).await;
        assert_eq!((payload.len(), &payload[..8]), (PAYLOAD_BYTES, &number.to_be_bytes()[..]));
    }
    drop(sending.await.unwrap());
    reader.hear_of(2, 2).await;
}

#[tokio::test]
async fn who_takes_nothing_for_too_long_is_sent_away_and_its_sender_goes_on() {
    let stall = Duration::from_millis(100);
    let relay = relay(Limits { queue_bytes: 64 * 1024, stall, sending: UNHURRIED, ..Limits::default() }).await;
    let _takes_nothing = relay.enter(TAG).await;
    let sender = relay.enter(TAG).await;
    let (mut sink, mut stream) = sender.socket.split();
    let sending = tokio::spawn(async move { while sink.send(said(0, &[1; PAYLOAD_BYTES])).await.is_ok() {} });
    assert_eq!(stream.next().await.unwrap().unwrap(), Message::binary(vec![2, 0, 0, 0, 1]));
    sending.abort();
    relay.until("refusals_total{kind=\"stalled\"}", 1).await;
}

#[tokio::test]
async fn who_sends_too_much_is_listened_to_later_and_loses_nothing() {
    let sending = Rate { per_second: 1_000_000, at_once: 1 };
    let relay = relay(Limits { sending, ..Limits::default() }).await;
    let mut one = relay.enter(TAG).await;
    let mut two = relay.enter(TAG).await;
    one.hear_of(1, 2).await;
    for number in 0..10 {
        one.say(2, &[number; 1_000]).await;
    }
    for number in 0..10 {
        assert_eq!(two.hear_from(1).await, [number; 1_000]);
    }
}

#[tokio::test]
async fn where_nobody_says_anything_everybody_is_sent_away() {
    let limits = Limits { ping: Duration::from_millis(20), idle: Duration::from_millis(100), ..Limits::default() };
    let relay = relay(limits).await;
    let one = relay.enter(TAG).await;
    let two = relay.enter(TAG).await;
    assert_eq!((one.sent_away().await, two.sent_away().await), (4003, 4003));
    relay.until("connections", 0).await;
}

#[tokio::test]
async fn connections_are_limited_for_each_address_and_for_all() {
    for (limits, status) in [
        (Limits { connections_per_address: 2, ..Limits::default() }, 429),
        (Limits { connections: 2, ..Limits::default() }, 503),
    ] {
        let relay = relay(limits).await;
        let one = relay.enter(TAG).await;
        let _two = relay.enter(&"ab".repeat(16)).await;
        match relay.try_to_enter(TAG).await {
            Err(tungstenite::Error::Http(answer)) => assert_eq!(answer.status(), status),
            other => panic!("{other:?}"),
        }
        one.leave().await;
        relay.until("connections", 1).await;
        assert_eq!(relay.enter(TAG).await.number, 1);
    }
}

#[tokio::test]
async fn when_the_relay_ends_everybody_is_told() {
    let relay = relay(Limits::default()).await;
    let one = relay.enter(TAG).await;
    let two = relay.enter(TAG).await;
    let told = tokio::spawn(async move { (one.sent_away().await, two.sent_away().await) });
    relay.end().await;
    assert_eq!(told.await.unwrap(), (1001, 1001));
}
