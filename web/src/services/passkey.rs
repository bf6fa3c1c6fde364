//! Passkeys whose pseudo-random function gives a secret (WebAuthn, extension `prf`). The secret goes on to the vault worker
//! and is kept nowhere here.

use chartchain_vault::protocol::{PasskeyCard, SecretBytes};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long the browser may wait for the person.
const PATIENCE_MS: f64 = 120_000.0;

/// Why a passkey gave no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyFault {
    /// It has no pseudo-random function.
    NoSecret,
    /// The person or the browser broke it off, or the passkey is not on this device.
    Refused,
}

/// Whether this browser may have passkeys with a secret. Only trying tells for sure.
pub async fn is_possible() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let Some(kind) = property(&window, "PublicKeyCredential") else { return false };
    // A passkey belongs to a name, not to a number.
    if host().is_none_or(|host| host.starts_with('[') || host.chars().all(|c| c.is_ascii_digit() || c == '.')) {
        return false;
    }
    let Some(ask) = property(&kind, "getClientCapabilities").and_then(|ask| ask.dyn_into::<Function>().ok()) else {
        return true;
    };
    let Ok(promise) = ask.call0(&kind).map(JsCast::unchecked_into::<Promise>) else { return true };
    match JsFuture::from(promise).await {
        Ok(told) => property(&told, "extension:prf").is_none_or(|prf| prf.is_truthy()),
        Err(_) => true,
    }
}

/// Makes a passkey under a name that says nothing of the person, and asks it for a secret.
///
/// # Errors
/// There is none.
pub async fn make(name: &str) -> Result<(PasskeyCard, SecretBytes), PasskeyFault> {
    let salt = random::<32>().ok_or(PasskeyFault::Refused)?;
    let options = creation(name, &salt).ok_or(PasskeyFault::Refused)?;
    let made = call("create", &options).await?;
    let credential = property(&made, "rawId").map(|id| Uint8Array::new(&id).to_vec()).ok_or(PasskeyFault::Refused)?;
    let prf = results(&made).ok_or(PasskeyFault::NoSecret)?;
    let card = PasskeyCard { credential, salt };
    match secret(&prf) {
        Some(secret) => Ok((card, secret)),
        None if property(&prf, "enabled").is_some_and(|enabled| enabled.is_truthy()) => {
            // Many give it only when they are asked for themselves.
            let secret = ask(&card).await?;
            Ok((card, secret))
        }
        None => Err(PasskeyFault::NoSecret),
    }
}

/// Asks a passkey for its secret.
///
/// # Errors
/// There is none.
pub async fn ask(card: &PasskeyCard) -> Result<SecretBytes, PasskeyFault> {
    let options = request(card).ok_or(PasskeyFault::Refused)?;
    let given = call("get", &options).await?;
    results(&given).and_then(|prf| secret(&prf)).ok_or(PasskeyFault::NoSecret)
}

fn creation(name: &str, salt: &[u8; 32]) -> Option<Object> {
    let rp = object(&[("id", host()?.into()), ("name", "Chartchain".into())])?;
    let id = Uint8Array::from(random::<16>()?.as_slice());
    let user = object(&[("id", id.into()), ("name", name.into()), ("displayName", name.into())])?;
    let kinds = Array::new();
    // Ed25519, ECDSA with P-256, RSA: nobody checks the signature, only the secret is of use.
    for number in [-8.0, -7.0, -257.0] {
        kinds.push(object(&[("type", "public-key".into()), ("alg", number.into())])?.as_ref());
    }
    let choice = object(&[("userVerification", "required".into()), ("residentKey", "preferred".into())])?;
    object(&[
        ("challenge", challenge()?),
        ("rp", rp.into()),
        ("user", user.into()),
        ("pubKeyCredParams", kinds.into()),
        ("authenticatorSelection", choice.into()),
        ("attestation", "none".into()),
        ("timeout", PATIENCE_MS.into()),
        ("extensions", extensions(salt)?),
    ])
}

fn request(card: &PasskeyCard) -> Option<Object> {
    let id = Uint8Array::from(card.credential.as_slice());
    let allowed = object(&[("type", "public-key".into()), ("id", id.into())])?;
    object(&[
        ("challenge", challenge()?),
        ("rpId", host()?.into()),
        ("allowCredentials", Array::of1(&allowed).into()),
        ("userVerification", "required".into()),
        ("timeout", PATIENCE_MS.into()),
        ("extensions", extensions(&card.salt)?),
    ])
}

fn extensions(salt: &[u8; 32]) -> Option<JsValue> {
    let first = object(&[("first", Uint8Array::from(salt.as_slice()).into())])?;
    let prf = object(&[("eval", first.into())])?;
    object(&[("prf", prf.into())]).map(Into::into)
}

fn challenge() -> Option<JsValue> {
    Some(Uint8Array::from(random::<32>()?.as_slice()).into())
}

async fn call(name: &str, options: &Object) -> Result<JsValue, PasskeyFault> {
    let promise = || -> Option<Promise> {
        let navigator = web_sys::window()?.navigator();
        let credentials = property(&navigator, "credentials")?;
        let method: Function = property(&credentials, name)?.dyn_into().ok()?;
        let options = object(&[("publicKey", options.into())])?;
        method.call1(&credentials, &options).ok().map(JsCast::unchecked_into)
    };
    let promise = promise().ok_or(PasskeyFault::Refused)?;
    JsFuture::from(promise).await.ok().filter(|given| !given.is_null()).ok_or(PasskeyFault::Refused)
}

fn results(credential: &JsValue) -> Option<JsValue> {
    let method: Function = property(credential, "getClientExtensionResults")?.dyn_into().ok()?;
    property(&method.call0(credential).ok()?, "prf")
}

/// The secret in a result, which is wiped there.
fn secret(prf: &JsValue) -> Option<SecretBytes> {
    let first = Uint8Array::new(&property(&property(prf, "results")?, "first")?);
    let mut secret = SecretBytes([0; 32]);
    let fits = first.length() == 32;
    if fits {
        first.copy_to(&mut secret.0);
    }
    first.fill(0, 0, first.length());
    fits.then_some(secret)
}

fn host() -> Option<String> {
    web_sys::window()?.location().hostname().ok()
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let window = web_sys::window()?;
    let crypto = property(&window, "crypto")?;
    let fill: Function = property(&crypto, "getRandomValues")?.dyn_into().ok()?;
    let bytes = Uint8Array::new_with_length(u32::try_from(N).ok()?);
    fill.call1(&crypto, &bytes).ok()?;
    let mut random = [0; N];
    bytes.copy_to(&mut random);
    Some(random)
}

fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn object(properties: &[(&str, JsValue)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value).ok()?;
    }
    Some(object)
}
