use proptest::prelude::*;

use super::*;

fn packer() -> Packer {
    let dictionary = br#"{"resourceType":"Observation","status":"final","code":{"text":""},"value":}"#;
    let samples: [&[u8]; 2] = [
        br#"{"resourceType":"Observation","status":"final","code":{"text":"Weight"},"value":81}"#,
        br#"{"resourceType":"Observation","status":"final","code":{"text":"Height"},"value":173}"#,
    ];
    Packer::new(dictionary, samples)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is stored somewhere has to be readable for ever: these bytes never change.
#[test]
fn packed_bytes_are_what_they_were() {
    let other = b"Lauter kurze Saetze, lauter kurze Worte, 120/80.";
    let pulse = br#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"value":72}"#;
    for (mut packer, plain, packed) in [
        (packer(), &b""[..], "00"),
        (packer(), b"a", "0461"),
        (packer(), pulse, "c902350c6c706dda662f1f09"),
        (packer(), &[b'x'; 3000], "e15d05bd92676453e8c14c0539f8"),
        (packer(), other, "c201237d9eb86ba5201eb9441d06156b517402d7a3766923294222d182b2d7c847f18bce87a932f2975eeb06"),
        (
            Packer::new(&[], []),
            other,
            "c201261846a783d6e564db1f671563e5bcd25c955533e4b5c8850eb05a4be1ec61cd2a8e6fa4c9229ba3a9b2",
        ),
    ] {
        let again = packer.pack(plain);
        assert_eq!(hex(&again), packed, "{}", String::from_utf8_lossy(plain));
        assert_eq!(packer.unpack(&again, 4000).as_deref(), Ok(plain));
    }
}

/// Which way a text was told.
fn how(packed: &[u8]) -> u64 {
    read_number(packed).unwrap().0 & 3
}

#[test]
fn each_text_is_told_the_way_that_suits_it() {
    let mut packer = packer();
    let pulse = br#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"value":72}"#;
    assert_eq!(how(&packer.pack(pulse)), SHORT);
    // No sample has such letters; what repeats in it is learned from itself.
    let strange = "نبضات القلب في الدقيقة، نبضات القلب أثناء الراحة، نبضات القلب بعد المشي";
    let packed = packer.pack(strange.as_bytes());
    assert_eq!(how(&packed), LONG);
    assert!(packed.len() * 4 < strange.len() * 3, "{}", packed.len());
    assert_eq!(packer.unpack(&packed, 9000).as_deref(), Ok(strange.as_bytes()));
    assert_eq!(how(&packer.pack(&strange.repeat(60).into_bytes())), LONG);
    let mut seed = 1u64;
    let mut noise = core::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 56) as u8
    });
    for length in [1, 100, 5000, 300_000] {
        let picture: Vec<u8> = noise.by_ref().take(length).collect();
        let packed = packer.pack(&picture);
        assert_eq!(how(&packed), STORED);
        assert!(packed.len() <= length + 4);
        assert_eq!(packer.unpack(&packed, length), Ok(picture));
    }
}

#[test]
fn what_is_like_the_samples_shrinks_most() {
    let mut packer = packer();
    let like = br#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"value":72}"#;
    assert!(packer.pack(like).len() < 20, "{}", packer.pack(like).len());
    let first = packer.pack(like);
    packer.pack(b"something else, quite different, 123456");
    assert_eq!(packer.pack(like), first, "a text taught something about the next one");
}

#[test]
fn lengths_that_are_declared_and_not_there_are_refused_before_any_work() {
    let mut packer = packer();
    let declared = |how: u64, length: u64, rest: &[u8]| {
        let mut packed = Vec::new();
        push_number(&mut packed, length << 2 | how);
        packed.extend_from_slice(rest);
        packed
    };
    for how in [STORED, SHORT, LONG, 3] {
        for (length, rest) in [(1 << 40, &[0; 30]), (1 << 20, &[0; 30]), (70_000, &[7; 30])] {
            assert_eq!(packer.unpack(&declared(how, length, rest), 64 << 20), Err(Broken));
        }
        // As much as so many bytes may become, and no more than was asked for.
        let most = declared(how, 30 * 2048, &[0; 30]);
        if let Ok(plain) = packer.unpack(&most, 64 << 20) {
            assert_eq!(plain.len(), 30 * 2048);
        }
        assert_eq!(packer.unpack(&most, 30 * 2048 - 1), Err(Broken));
    }
    assert_eq!(packer.unpack(&[0xff; 40], 64 << 20), Err(Broken));
    assert_eq!(packer.unpack(&[], 10), Err(Broken));
    assert_eq!(packer.unpack(&[8, 1], 10), Err(Broken));
}

#[test]
fn what_shrinks_without_end_is_kept_as_it_is_and_long_texts_come_back() {
    let mut packer = packer();
    for plain in [vec![b' '; 3_000_000], (0..400_000u32).flat_map(|n| (n % 977).to_be_bytes()).collect()] {
        let packed = packer.pack(&plain);
        assert!(packer.unpack(&packed, plain.len()).as_ref() == Ok(&plain));
    }
}

proptest! {
    #[test]
    fn everything_comes_back(plain in texts()) {
        let mut packer = packer();
        let packed = packer.pack(&plain);
        prop_assert!(packed.len() <= plain.len() + 6);
        prop_assert_eq!(packer.unpack(&packed, plain.len()), Ok(plain));
    }

    #[test]
    fn without_a_dictionary_too(plain in texts()) {
        let mut packer = Packer::new(&[], []);
        let packed = packer.pack(&plain);
        prop_assert_eq!(packer.unpack(&packed, plain.len()), Ok(plain));
    }

    /// Whichever way the encoder would not have chosen.
    #[test]
    fn both_ways_tell_every_text(plain in texts()) {
        let mut packer = packer();
        for (how, coded) in [(SHORT, packer.pack_short(&plain)), (LONG, packer.pack_long(&plain))] {
            let mut packed = Vec::new();
            push_number(&mut packed, (plain.len() as u64) << 2 | how);
            packed.extend_from_slice(&coded);
            let unpacked = packer.unpack(&packed, plain.len());
            // Nothing is read that would be more than so many bytes for one.
            if plain.len() <= coded.len() * MOST_PLAIN_FOR_ONE {
                prop_assert_eq!(unpacked.as_ref(), Ok(&plain));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic_and_never_give_more_than_was_asked_for(
        packed in proptest::collection::vec(any::<u8>(), 0..60),
        length in 0u64..70_000,
        how in 0u64..4,
    ) {
        let mut packer = packer();
        let mut bytes = Vec::new();
        push_number(&mut bytes, length << 2 | how);
        bytes.extend_from_slice(&packed);
        for bytes in [&packed, &bytes] {
            if let Ok(plain) = packer.unpack(bytes, 50_000) {
                prop_assert!(plain.len() <= 50_000 && plain.len() <= bytes.len() * MOST_PLAIN_FOR_ONE);
            }
        }
        let like = br#"{"resourceType":"Observation","status":"final"}"#;
        let packed = packer.pack(like);
        prop_assert_eq!(packer.unpack(&packed, 100), Ok(like.to_vec()));
    }
}

/// Texts with repetitions, and bytes that are none.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        Just(br#""status":"final","#.to_vec()),
        Just(vec![0xff; 700]),
        "[a-z ]{1,12}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..30),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
