//! What stands in an entry once it is opened: packed bytes, of whoever sealed them.

use chartchain_pack::Packer;

/// No text that is asked for is longer.
const MOST_BYTES: usize = 1 << 16;

fn samples() -> Vec<String> {
    chartchain_synth::observations(3, 12).collect()
}

fn packer() -> Packer {
    let samples = samples();
    let dictionary = samples.first().map(String::as_bytes).unwrap_or_default();
    Packer::new(dictionary, samples.iter().skip(1).map(String::as_bytes))
}

thread_local! {
    static PACKER: core::cell::RefCell<Packer> = core::cell::RefCell::new(packer());
    static WITHOUT: core::cell::RefCell<Packer> = core::cell::RefCell::new(Packer::new(&[], []));
}

/// Reads them with a dictionary and without one, and packs them as if they were a text.
pub fn run(bytes: &[u8]) {
    for packer in [&PACKER, &WITHOUT] {
        packer.with_borrow_mut(|packer| {
            if let Ok(plain) = packer.unpack(bytes, MOST_BYTES) {
                assert!(plain.len() <= MOST_BYTES, "more than was asked for");
                let again = packer.pack(&plain);
                assert_eq!(
                    packer.unpack(&again, MOST_BYTES).as_ref(),
                    Ok(&plain),
                    "what was read is not what is packed"
                );
            }
            let packed = packer.pack(bytes);
            assert_eq!(packer.unpack(&packed, bytes.len()).as_deref(), Ok(bytes), "a text did not come back");
        });
    }
}

/// Short and long texts that the samples taught, and some that they did not.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> = chartchain_synth::observations(4, 6).map(String::into_bytes).collect();
    texts.push(texts.concat());
    texts.push("ضغط الدم 120/80 ".repeat(9).into_bytes());
    texts.push((0..=255).collect());
    texts.push(vec![b' '; 3000]);
    PACKER.with_borrow_mut(|packer| texts.iter().map(|text| packer.pack(text)).collect())
}
