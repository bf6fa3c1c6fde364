//! All vectors of transparency-dev/merkle (518), where they are at hand, natively and in browsers.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Hash, verify_consistency, verify_inclusion, verify_subtree_consistency, verify_subtree_inclusion};

const CASES: &str = include_str!(concat!(env!("OUT_DIR"), "/merkle.json"));

/// Standard base64 with padding.
fn unbase64(text: &str) -> Vec<u8> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0u32, 0);
    for digit in text.trim_end_matches('=').chars() {
        bits = bits << 6 | u32::try_from(DIGITS.find(digit).unwrap()).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    bytes
}

/// A hash; `None` for bytes of another length, which our types cannot hold.
fn hash(value: &Value) -> Option<Hash> {
    unbase64(value.as_str()?).try_into().ok().map(Hash)
}

/// Cases of consistency give short texts for some roots, and only ask whether these are equal: so are their hashes.
fn root(value: &Value) -> Hash {
    hash(value).unwrap_or_else(|| Hash::of(&[&unbase64(value.as_str().unwrap())]))
}

fn holds(kind: &str, case: &Value) -> Option<bool> {
    let number = |name: &str| case[name].as_u64().unwrap();
    let proof = case["proof"].as_array().into_iter().flatten().map(hash).collect::<Option<Vec<Hash>>>()?;
    Some(match kind {
        "inclusion" => {
            let (leaf, root) = (hash(&case["leafHash"])?, hash(&case["root"])?);
            verify_inclusion(&leaf, number("leafIdx"), number("treeSize"), &proof, &root).is_ok()
        }
        "consistency" => {
            let (old, new) = (root(&case["root1"]), root(&case["root2"]));
            verify_consistency(number("size1"), number("size2"), &proof, &old, &new).is_ok()
        }
        "subtreeinclusion" => {
            let (leaf, root) = (hash(&case["leafHash"])?, hash(&case["root"])?);
            let range = (number("start"), number("end"));
            verify_subtree_inclusion(&leaf, number("leafIdx"), range, &proof, &root).is_ok()
        }
        "subtreeconsistency" => {
            let (subtree, whole) = (root(&case["root1"]), root(&case["root2"]));
            let range = (number("start"), number("end"));
            verify_subtree_consistency(range, number("size"), &proof, &subtree, &whole).is_ok()
        }
        other => panic!("unknown kind of vector: {other}"),
    })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn published_proofs_hold_or_fail_as_published() {
    let cases: Vec<(String, Value)> = serde_json::from_str(CASES).unwrap();
    let mut ran: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        let kind = name.split('/').next().unwrap();
        if holds(kind, case).unwrap_or(false) == case["wantErr"].as_bool().unwrap() {
            wrong.push(name);
        }
        *ran.entry(kind).or_default() += 1;
    }
    let line = if cases.is_empty() {
        "Merkle vectors: skipped, they are not here".to_owned()
    } else {
        format!("Merkle vectors: {} ran, {ran:?}", cases.len())
    };
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    println!("{line}");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(cases.is_empty() || cases.len() == 518);
}
