//! X-Wing (draft-connolly-cfrg-xwing-kem, appendix C) and HPKE (RFC 9180, appendix A.2; X-Wing suite of
//! draft-ietf-hpke-pq as published with Go's implementation). Long values are given by their SHA-256.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{X25519HkdfSha256, XWing};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use sha2::{Digest, Sha256};
use x_wing::{Decapsulate, Encapsulate, KeyExport, XWingKem, kem::Kem as _};

use super::{FixedBytes, fresh, say, unhex, unhex_array};
use crate::{WrapError, WrapSecret};

struct XWingCase {
    seed: &'static str,
    encapsulation_seed: &'static str,
    shared: &'static str,
    public_sha256: &'static str,
    ciphertext_sha256: &'static str,
}

const XWING_CASES: [XWingCase; 3] = [
    XWingCase {
        seed: "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
        encapsulation_seed: "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2\
                             35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2",
        shared: "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
        public_sha256: "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb",
        ciphertext_sha256: "17cd532d657e44c897ca6583e548a5424fc70bf54f99515a4d2bcf99e3469f33",
    },
    XWingCase {
        seed: "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea",
        encapsulation_seed: "17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdef\
                             aee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d",
        shared: "f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150",
        public_sha256: "c42ba5f8430d7d2c83739338203819f090e8303ce9c8b02107c272bfa5376916",
        ciphertext_sha256: "1661ea86d608a1924ba30840cb0a65f13ae051e3aec9cf0f064efc0bc92f2154",
    },
    XWingCase {
        seed: "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9",
        encapsulation_seed: "22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619\
                             f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b",
        shared: "953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f",
        public_sha256: "6b080d6b84f095342092fa7a22423e58bd681397ad0ef00eac92bd254db4fa95",
        ciphertext_sha256: "d3ca5578500344b5896cffc4fd740c9311946b82951df155e6fd86a7966b43c6",
    },
];

fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn xwing_keys_ciphertexts_and_secrets_are_the_published_ones() {
    for case in &XWING_CASES {
        let (secret, public) = XWingKem::generate_keypair_from_rng(&mut FixedBytes(unhex(case.seed)));
        assert_eq!(digest(&public.to_bytes()), unhex(case.public_sha256));
        let (ciphertext, shared) = public.encapsulate_with_rng(&mut FixedBytes(unhex(case.encapsulation_seed)));
        assert_eq!(digest(&ciphertext), unhex(case.ciphertext_sha256));
        assert_eq!(shared.as_slice(), unhex(case.shared));
        assert_eq!(secret.decapsulate(&ciphertext).as_slice(), unhex(case.shared));
        // Our own type expands a stored seed to the same public key.
        let ours = WrapSecret::from_bytes(unhex_array(case.seed)).public().unwrap();
        assert_eq!(digest(ours.as_bytes()), unhex(case.public_sha256));
    }
    say(&format!("X-Wing: {} vectors ran", XWING_CASES.len()));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn hpke_with_x25519_gives_what_rfc_9180_publishes() {
    let plain = unhex("4265617574792069732074727574682c20747275746820626561757479");
    let info = unhex("4f6465206f6e2061204772656369616e2055726e");
    let (secret, public) =
        X25519HkdfSha256::derive_keypair(&unhex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df"));
    // The published private key is not clamped, ours is: the same key in two forms.
    let published = unhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    assert!(<X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&published).unwrap() == secret);
    assert_eq!(public.to_bytes().as_slice(), unhex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));
    let encapped = unhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    let published = [
        (
            "436f756e742d30",
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
        ),
        (
            "436f756e742d31",
            "6b53c051e4199c518de79594e1c4ab18b96f081549d45ce015be002090bb119e85285337cc95ba5f59992dc98c",
        ),
    ];
    let encapped = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&encapped).unwrap();
    let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &encapped,
        &info,
    )
    .unwrap();
    for (aad, sealed) in published {
        assert_eq!(context.open(&unhex(sealed), &unhex(aad)).unwrap(), plain);
    }
    let ephemeral = "909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b";
    let (again, mut context) = hpke::setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        &info,
        &mut FixedBytes(unhex(ephemeral)),
    )
    .unwrap();
    assert_eq!(again.to_bytes(), encapped.to_bytes());
    for (aad, sealed) in published {
        assert_eq!(context.seal(&plain, &unhex(aad)).unwrap(), unhex(sealed));
    }
    say("HPKE, RFC 9180 A.2.1: 2 encryptions ran");
}

/// The very suite that wraps key lists: X-Wing, HKDF-SHA-256, ChaCha20-Poly1305.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn hpke_with_xwing_gives_what_is_published() {
    // In this set info and plaintexts are the hex digits themselves.
    let info = b"4f6465206f6e2061204772656369616e2055726e";
    let plain = b"4265617574792069732074727574682c20747275746820626561757479";
    let published = [
        (
            "436f756e742d30",
            "ac355d192158cd54250e1702be51e9d2eafe5f9292a9f153e02a2323e1ff071a30947836c38c63c986c28ccf05e00d4e5fe0\
             66a48ab8d5b39c69d32da80c93dc868daa0f853a6cbdd640",
        ),
        (
            "436f756e742d31",
            "712e40f2971afcfbf899f766c47d815265c1a0f52dba3bd68dfe6d14918f114b1d85f5ed0409a9b6caa370f1ed94b9d56408\
             0dd7468f629881db3aee6db91b5479a634ff18b819694d43",
        ),
    ];
    let (secret, public) =
        XWing::derive_keypair(&unhex("0379761fa4f6869592b0d1f9a71eb92b122dc030a7a8858132109f6b1a4bbde4"));
    let stored = "b3f98b03126a431ccecc62ae0f68e102c2d8e1cc7b21ba85d821d8e31761e0f8";
    assert_eq!(secret.to_bytes().as_slice(), unhex(stored));
    let public_sha256 = unhex("120b60e0ae3c00c1c9def1c61aeb12de710bfa49646ae6f99a7e564b25ace493");
    assert_eq!(digest(&public.to_bytes()), public_sha256);
    assert_eq!(digest(WrapSecret::from_bytes(unhex_array(stored)).public().unwrap().as_bytes()), public_sha256);
    let randomness = "a3a869097e0241158eca5dc6c9e695f9e0d2ee5db51c09c435aab69d56509a43\
                      d94ff76d7d47cf79ecf75394261236cec024bd849cc782e14f7f0738af83daed";
    let (encapped, mut context) = hpke::setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &public,
        info,
        &mut FixedBytes(unhex(randomness)),
    )
    .unwrap();
    assert_eq!(digest(&encapped.to_bytes()), unhex("3a7ef30fb815e75b7f0f16f5bab5c36250882d94ea0f776cc2241cdd3b36b480"));
    let mut receiver =
        hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, XWing>(&OpModeR::Base, &secret, &encapped, info).unwrap();
    for (aad, sealed) in published {
        assert_eq!(context.seal(plain, &unhex(aad)).unwrap(), unhex(sealed));
        assert_eq!(receiver.open(&unhex(sealed), &unhex(aad)).unwrap(), plain);
    }
    say("HPKE with X-Wing: 2 encryptions ran");
}

/// Our wrap is HPKE's single shot with our domain as info, and nothing else.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_wrap_is_plain_hpke_and_every_changed_part_is_noticed() {
    let secret = WrapSecret::make(&mut fresh());
    let wrapped = secret.public().unwrap().seal(b"ledger", b"keys", &mut fresh()).unwrap();
    let (encapped, sealed) = wrapped.split_at(1120);
    let key = <XWing as Kem>::PrivateKey::from_bytes(secret.expose()).unwrap();
    let encapped = <XWing as Kem>::EncappedKey::from_bytes(encapped).unwrap();
    let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &key,
        &encapped,
        b"chartchain.key-wrap.v0",
        sealed,
        b"ledger",
    );
    assert_eq!(opened.unwrap(), b"keys");
    for at in (0..wrapped.len()).step_by(31) {
        let mut changed = wrapped.clone();
        changed[at] ^= 0x10;
        assert_eq!(secret.unseal(b"ledger", &changed), Err(WrapError::Broken), "byte {at}");
    }
    assert_eq!(secret.unseal(b"ledger", &wrapped[..wrapped.len() - 1]), Err(WrapError::Broken));
}
