//! Faults in words: what happened and what can be done.

use chartchain_vault::protocol::{Fault, Unreadable};

use crate::t;

/// What happened and what can be done, in one or two sentences.
#[must_use]
pub fn words(fault: &Fault) -> String {
    match fault {
        Fault::WrongPassphrase => t!("fault-wrong-passphrase"),
        Fault::WrongWords(_) => t!("recovery-others"),
        Fault::NotABackup => t!("fault-not-a-backup"),
        Fault::NotARecoveryFile => t!("fault-not-a-recovery-file"),
        Fault::NotASheet => t!("fault-not-a-sheet"),
        Fault::FileDamaged => t!("fault-file-damaged"),
        Fault::WrongPasskey => t!("fault-wrong-passkey"),
        Fault::Retired => t!("fault-retired"),
        Fault::NotAParcel => t!("fault-not-a-parcel"),
        Fault::NotForThisDevice => t!("fault-not-for-this-device"),
        Fault::NotARequest => t!("fault-not-a-request"),
        Fault::NotSteward => t!("fault-not-steward"),
        Fault::PassphraseTooShort => t!("fault-passphrase-short"),
        Fault::Locked => t!("fault-locked"),
        Fault::NoLedger => t!("fault-no-ledger"),
        Fault::NotFound => t!("fault-not-found"),
        Fault::Unreadable(why) => unreadable_words(why),
        Fault::StorageFull => t!("fault-storage-full"),
        Fault::OpenElsewhere => t!("fault-open-elsewhere"),
        Fault::Damaged(place) => t!("fault-damaged", place = place),
        Fault::Storage(what) => t!("fault-storage", what = what),
        Fault::Lost => t!("fault-lost"),
        Fault::DraftElsewhere => t!("other-tab-wrote"),
        Fault::Unlisted => t!("fault-unlisted"),
        Fault::TooNew => t!("fault-too-new"),
        Fault::NotLoaded => t!("later-why"),
        Fault::NotNow(why) => t!("fault-not-now", why = why),
    }
}

/// What helps when the device is full, in order.
#[must_use]
pub fn steps_to_free_room() -> [String; 3] {
    [t!("full-free-room"), t!("full-look"), t!("full-again")]
}

/// Why something cannot be read.
#[must_use]
pub fn unreadable_words(why: &Unreadable) -> String {
    match why {
        Unreadable::Empty => t!("unreadable-empty"),
        Unreadable::Encoding => t!("unreadable-encoding"),
        Unreadable::NotJson { line, column } => {
            t!("unreadable-not-json", line = line.to_string(), column = column.to_string())
        }
        Unreadable::NotFhir => t!("unreadable-not-fhir"),
        Unreadable::OtherVersion(version) => t!("unreadable-version", version = version),
        Unreadable::TooDeep => t!("unreadable-too-deep"),
        Unreadable::TooLarge { max_bytes } => t!("unreadable-too-large", size = size_words(*max_bytes)),
        Unreadable::OtherFormat(format) => t!("unreadable-format", format = format),
    }
}

/// A size in the unit that people use: `1.2 MB`.
#[must_use]
pub fn size_words(bytes: u64) -> String {
    let unit = |size: u64, name: &str| {
        let tenths = bytes / (size / 10);
        if tenths >= 100 {
            format!("{} {name}", tenths / 10)
        } else {
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
    };
    match bytes {
        1_000_000_000.. => unit(1_000_000_000, "GB"),
        1_000_000.. => unit(1_000_000, "MB"),
        1_000.. => unit(1_000, "KB"),
        _ => t!("size-bytes", count = bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_device_is_told_with_what_is_safe_and_what_to_do() {
        assert!(words(&Fault::StorageFull).contains("safe"));
        let steps = steps_to_free_room();
        assert!(
            steps[0].contains("Delete") && steps[1].contains("Settings") && steps[2].contains("again"),
            "{steps:?}"
        );
    }

    #[test]
    fn sizes_are_in_the_unit_that_people_use() {
        assert_eq!(size_words(1), "1 byte");
        assert_eq!(size_words(999), "999 bytes");
        assert_eq!(size_words(1_250_000), "1.2 MB");
        assert_eq!(size_words(2_000_000_000), "2.0 GB");
        assert_eq!(size_words(64_000_000), "64 MB");
    }
}
