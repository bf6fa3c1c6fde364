//! Edge cases of Ed25519: C2SP/CCTV (914) and ed25519-speccheck (12), where they are at hand.

use serde_json::Value;

use super::{say, unhex, unhex_array};
use crate::{VerifyError, VerifyKey};

const CCTV: &str = include_str!(concat!(env!("OUT_DIR"), "/cctv-ed25519vectors.json"));
const SPECCHECK: &str = include_str!(concat!(env!("OUT_DIR"), "/speccheck-cases.json"));

fn cases(name: &str, json: &str) -> Option<Vec<Value>> {
    if json.is_empty() {
        say(&format!("{name}: skipped, the vectors are not here"));
        return None;
    }
    Some(serde_json::from_str(json).unwrap())
}

fn verify(case: &Value, key: &str, message: &[u8], signature: &str) -> (VerifyKey, Result<(), VerifyError>) {
    let text = |name: &str| case[name].as_str().unwrap();
    let key = VerifyKey(unhex_array(text(key)));
    let verdict = key.verify_raw(message, &unhex_array(text(signature)));
    (key, verdict)
}

/// Strict verification refuses A and R of small order, every encoding that is not canonical, and what only fits after
/// multiplication by the cofactor (a residue of small order). Parts of small order in A or R that cancel out are the
/// author's own affair: everyone comes to the same verdict about them.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn cctv_signatures_are_judged_by_the_one_strict_rule() {
    let Some(cases) = cases("CCTV ed25519", CCTV) else { return };
    let (mut accepted, mut enrolled) = (0, 0);
    for case in &cases {
        let flags = case["flags"].as_array().map(|flags| flags.iter().map(|flag| flag.as_str().unwrap()));
        let flags: Vec<&str> = flags.into_iter().flatten().collect();
        let any = |refused: &[&str]| flags.iter().any(|flag| refused.contains(flag));
        let (key, verdict) = verify(case, "key", case["msg"].as_str().unwrap().as_bytes(), "sig");
        let refused = any(&["low_order_A", "low_order_R", "low_order_residue", "non_canonical_A", "non_canonical_R"]);
        assert_eq!(verdict.is_err(), refused, "vector {} {flags:?}", case["number"]);
        assert_eq!(
            key.check_enrolment().is_err(),
            any(&["low_order_A", "non_canonical_A"]),
            "key of vector {} {flags:?}",
            case["number"]
        );
        accepted += usize::from(verdict.is_ok());
        enrolled += usize::from(key.check_enrolment().is_ok());
    }
    say(&format!("CCTV ed25519: {} vectors ran, {accepted} accepted, {enrolled} keys usable", cases.len()));
    assert_eq!((cases.len(), accepted), (914, 43));
}

/// Of the twelve only the fourth holds without the cofactor and has neither A nor R of small order, S below the
/// order, and canonical encodings.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn speccheck_signatures_are_judged_by_the_one_strict_rule() {
    let Some(cases) = cases("ed25519-speccheck", SPECCHECK) else { return };
    let verdicts: Vec<bool> = cases
        .iter()
        .map(|case| verify(case, "pub_key", &unhex(case["message"].as_str().unwrap()), "signature").1.is_ok())
        .collect();
    say(&format!("ed25519-speccheck: {} vectors ran", cases.len()));
    assert_eq!(verdicts, (0..12).map(|number| number == 3).collect::<Vec<_>>());
}
