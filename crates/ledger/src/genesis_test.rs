//! The first block: codec, keys, who can open it.

use chartchain_keys::{DeviceKeys, Domain, RecoveryWords, WrapError, test_rng};

use crate::cbor::{CborError, Writer};
use crate::world_test::{NOW_MS, World};
use crate::{Body, BodyError, Draft, Founding, Genesis, GenesisError, Hash, HeaderError, Ledger, OpenError};

fn found(others: usize, repeat: bool) -> Result<Genesis, WrapError> {
    let mut rng = test_rng(20);
    let device = DeviceKeys::make(&mut rng);
    let recovery = RecoveryWords::make(&mut rng).derive_keys(7).public()?;
    let founding =
        Founding { made_up: false, recovery: &recovery, recovery_number: 7, device: &device, claimed_ms: NOW_MS };
    let mut list = Vec::new();
    for _ in 0..others {
        list.push(DeviceKeys::make(&mut rng).public()?);
    }
    if repeat {
        list.push(device.public()?);
    }
    let (block, _) = Genesis::found(&founding, &list, &mut rng)?;
    Ok(Ledger::open(&block.header, &block.body).unwrap().genesis().clone())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_genesis_is_read_back_and_opens_for_its_devices_and_its_recovery_key_only() {
    let mut rng = test_rng(21);
    let (mine, other, stranger) = (DeviceKeys::make(&mut rng), DeviceKeys::make(&mut rng), DeviceKeys::make(&mut rng));
    let words = RecoveryWords::make(&mut rng);
    let recovery = words.derive_keys(3);
    let public = recovery.public().unwrap();
    let founding =
        Founding { made_up: false, recovery: &public, recovery_number: 3, device: &mine, claimed_ms: NOW_MS };
    let (block, epoch) = Genesis::found(&founding, &[other.public().unwrap()], &mut rng).unwrap();
    let ledger = Ledger::open(&block.header, &block.body).unwrap();
    let genesis = ledger.genesis();
    assert_eq!(ledger.id(), block.hash);
    assert_eq!((genesis.recovery_number, genesis.made_up, &genesis.recovery), (3, false, &public));
    for device in [&mine, &other] {
        assert_eq!(*genesis.unwrap_for_device(device).unwrap().expose(), *epoch.expose());
    }
    assert_eq!(*genesis.unwrap_for_recovery(&recovery.wrap).unwrap().expose(), *epoch.expose());
    assert!(genesis.unwrap_for_device(&stranger).is_err());
    assert!(genesis.unwrap_for_recovery(&words.derive_keys(4).wrap).is_err());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn at_most_eight_unlike_devices_found_a_ledger() {
    assert_eq!(found(7, false).unwrap().devices.len(), 8);
    assert_eq!(found(8, false).err(), Some(WrapError::BadKey));
    assert_eq!(found(0, true).err(), Some(WrapError::BadKey));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_flipped_bit_of_the_first_block_is_noticed() {
    let World { genesis, .. } = World::new(22, 1);
    for bit in 0..genesis.header.len() * 8 {
        let mut changed = genesis.header.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(matches!(Ledger::open(&changed, &genesis.body), Err(OpenError::Header(_))), "bit {bit}");
    }
    // The body is checked by one hash, so one bit of each byte is as good as all.
    for byte in 0..genesis.body.len() {
        let mut changed = genesis.body.clone();
        changed[byte] ^= 1 << (byte % 8);
        let error = Ledger::open(&genesis.header, &changed).err();
        assert_eq!(error, Some(OpenError::Body(BodyError::ContentRoot)), "byte {byte}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_first_block_of_another_form_founds_nothing() {
    let world = World::new(23, 2);
    let key = &world.devices[0].feed;
    let open = |body: Vec<u8>| {
        let body = Body::Open(body.into());
        let block = Draft::genesis().sign(crate::Class::Control, NOW_MS, Vec::new(), &body, key);
        Ledger::open(&block.header, &block.body).err().unwrap()
    };
    let mut newer = world.genesis.body.clone();
    assert_eq!(newer[1], 0);
    newer[1] = 1;
    assert_eq!(open(newer), OpenError::Genesis(GenesisError::NewerFormat(1)));
    assert_eq!(open(vec![0x80]), OpenError::Genesis(GenesisError::Malformed(CborError::Length)));
    let trailing = [world.genesis.body.as_slice(), &[0]].concat();
    assert_eq!(open(trailing), OpenError::Genesis(GenesisError::Malformed(CborError::Trailing)));
    for end in 0..world.genesis.body.len() {
        assert!(matches!(open(world.genesis.body[..end].to_vec()), OpenError::Genesis(_)), "{end}");
    }

    // A signer that is none of its devices, a header that is not first, and a body of the wrong class.
    let stranger = DeviceKeys::make(&mut test_rng(24)).feed;
    let body = Body::Open(world.genesis.body.clone().into());
    let block = Draft::genesis().sign(crate::Class::Control, NOW_MS, Vec::new(), &body, &stranger);
    assert_eq!(Ledger::open(&block.header, &block.body).err(), Some(OpenError::Genesis(GenesisError::Keys)));
    let (_, second) = world.craft_raw(Hash::ZERO, 0, 1, Hash::ZERO, &{
        let mut rest = world.rest();
        rest.content_root = body.content_root();
        rest.write()
    });
    assert_eq!(Ledger::open(&second, &world.genesis.body).err(), Some(OpenError::Genesis(GenesisError::NotFirst)));
    let data = Draft::genesis().sign(crate::Class::Data, NOW_MS, Vec::new(), &Body::Segments(Vec::new()), key);
    assert_eq!(Ledger::open(&data.header, &data.body).err(), Some(OpenError::Genesis(GenesisError::NotFirst)));
    assert!(matches!(
        Ledger::open(&[], &[]).err(),
        Some(OpenError::Header(HeaderError::Envelope(CborError::Truncated)))
    ));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn devices_out_of_order_and_keys_of_small_order_are_refused() {
    let world = World::new(25, 2);
    let replica = world.replica();
    let genesis = replica.genesis();
    let write = |feeds: [[u8; 32]; 2], signing: [u8; 32]| {
        let mut writer = Writer::default();
        let recovery = [&signing[..], genesis.recovery.wrap.as_bytes()].concat();
        writer.array(8).uint(0).bytes(&genesis.nonce).uint(1).bytes(&recovery).uint(0).array(2);
        for (feed, device) in feeds.iter().zip(&genesis.devices) {
            writer.array(3).bytes(feed).bytes(&device.note.0).bytes(device.wrap.as_bytes());
        }
        writer.array(2).bytes(&[]).bytes(&[]).bytes(&[]).take()
    };
    let [one, two] = [genesis.devices[0].feed.0, genesis.devices[1].feed.0];
    let signing = genesis.recovery.signing.0;
    let mut small = [0; 32];
    small[0] = 1;
    assert!(Genesis::read(&write([one, two], signing)).is_ok());
    assert_eq!(Genesis::read(&write([two, one], signing)), Err(GenesisError::Keys));
    assert_eq!(Genesis::read(&write([one, one], signing)), Err(GenesisError::Keys));
    assert_eq!(Genesis::read(&write([small, two], signing)), Err(GenesisError::Keys));
    assert_eq!(Genesis::read(&write([one, two], small)), Err(GenesisError::Keys));
}

/// If this changes, stored ledgers no longer read as they did: a new version is due, not a new number here.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_founding_and_a_first_entry_from_fixed_randomness_have_these_bytes() {
    let (genesis, block) = pinned_blocks();
    let digests = [&genesis.header, &genesis.body, &block.header, &block.body].map(|bytes| Hash::of(&[bytes]).to_hex());
    assert_eq!(digests, PINNED);
    assert_eq!(Domain::BlockEnvelope.as_bytes(), b"chartchain.block-envelope.v0");
}

const PINNED: [&str; 4] = [
    "6d0968de3f9a2dc1b5579427bb7423bf958d339dacbce2e39afaf8d6c1f3742c",
    "a6242937e70047db74dec0c149bd41726c36c8b4cfbadca208e9ef1585d720f5",
    "df216a972b4b59b4bb5d0bde6702289934fb5ed5d560593d429fc90959cfe173",
    "e0be6434714874dfe5b225b90fd052fd69386cf8fb659dd8ee33c0e45f901acc",
];

fn pinned_blocks() -> (crate::SignedBlock, crate::SignedBlock) {
    let mut world = World::new(26, 2);
    let mut replica = world.replica();
    let entries = [b"penicillin: rash".to_vec(), Vec::new(), vec![0x5a; 70_000]];
    let place = world.place(1, 0);
    let body = Body::Segments(vec![world.segment(0, place, &entries), world.segment(1, place, &entries[..1])]);
    let draft = replica.draft(&world.feed(1)).unwrap();
    let block = draft.sign(crate::Class::Data, NOW_MS + 1, vec![world.genesis.hash], &body, &world.devices[1].feed);
    replica.offer(&block.header).unwrap();
    (world.genesis, block)
}
