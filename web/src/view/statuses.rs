//! Words for how firmly an entry holds and for the statuses that FHIR gives.

use chartchain_vault::protocol::{BlockKind, Compartment, Kind, ProblemCode, Sex, Status};

use crate::t;

/// How firmly an entry holds: `Saved here`, `Confirmed by 1 of 3 needed`, `Locked in`.
#[must_use]
pub fn words(status: Status) -> String {
    match status {
        Status::Recorded => t!("status-recorded"),
        Status::Witnessed { have, needed } => {
            t!("status-witnessed", have = have.to_string(), needed = needed.to_string())
        }
        Status::Final => t!("status-final"),
        Status::Quarantined => t!("status-quarantined"),
        Status::Void => t!("status-void"),
    }
}

/// A FHIR status in plain words; one that is not known stands as written.
#[must_use]
pub fn fhir_words(status: &str, kind: Kind) -> String {
    match (status, kind) {
        ("active", Kind::Medicine) => t!("fhir-taking"),
        ("active", _) => t!("fhir-active"),
        ("final", _) => t!("fhir-final"),
        ("amended", _) => t!("fhir-amended"),
        ("corrected", _) => t!("fhir-corrected"),
        ("preliminary", _) => t!("fhir-preliminary"),
        ("registered", _) => t!("fhir-registered"),
        ("partial", _) => t!("fhir-partial"),
        ("completed", Kind::Vaccination) => t!("fhir-given"),
        ("completed", Kind::Medicine) => t!("fhir-course-ended"),
        ("completed", _) => t!("fhir-completed"),
        ("finished", _) => t!("fhir-finished"),
        ("stopped", _) => t!("fhir-stopped"),
        ("on-hold", _) => t!("fhir-on-hold"),
        ("cancelled", _) => t!("fhir-cancelled"),
        ("draft", _) => t!("fhir-draft"),
        ("entered-in-error", _) => t!("fhir-error"),
        ("inactive", _) => t!("fhir-inactive"),
        ("resolved", _) => t!("fhir-resolved"),
        ("remission", _) => t!("fhir-remission"),
        ("recurrence" | "relapse", _) => t!("fhir-recurrence"),
        ("not-done", _) => t!("fhir-not-done"),
        ("in-progress", _) => t!("fhir-in-progress"),
        ("planned", _) => t!("fhir-planned"),
        ("arrived", _) => t!("fhir-arrived"),
        ("current", _) => t!("fhir-current"),
        ("superseded", _) => t!("fhir-superseded"),
        ("intended", _) => t!("fhir-intended"),
        ("unknown", _) => t!("fhir-unknown"),
        (other, _) => other.to_owned(),
    }
}

/// What a block does.
#[must_use]
pub fn block_words(kind: BlockKind, entries: u32, titles: &[String]) -> String {
    match kind {
        BlockKind::Genesis => t!("block-genesis"),
        BlockKind::Control => t!("block-control"),
        BlockKind::Ack => t!("block-ack"),
        BlockKind::File => t!("block-file"),
        BlockKind::Erase => t!("block-erase"),
        BlockKind::Erased => t!("block-erased"),
        BlockKind::Unknown => t!("block-unknown"),
        BlockKind::Entries => match titles {
            [only] if entries == 1 => super::titles::short_title(only),
            [first, ..] => t!("block-entries-with", first = super::titles::short_title(first), count = entries - 1),
            [] if entries == 0 => t!("block-documents"),
            [] => t!("count-entries", count = entries),
        },
    }
}

/// What does not hold.
#[must_use]
pub fn problem_words(code: ProblemCode) -> String {
    match code {
        ProblemCode::ErasedIsBack => t!("problem-erased-is-back"),
        ProblemCode::Missing => t!("problem-missing"),
        ProblemCode::SealBroken => t!("problem-seal"),
        ProblemCode::Malformed => t!("problem-malformed"),
        ProblemCode::BadSignature => t!("problem-signature"),
        ProblemCode::BrokenChain => t!("problem-chain"),
        ProblemCode::ContentChanged => t!("problem-content"),
        ProblemCode::EntryChanged => t!("problem-entry"),
        ProblemCode::IndexDiffers => t!("problem-index"),
        ProblemCode::Forked => t!("problem-forked"),
        ProblemCode::Mended => t!("problem-mended"),
        ProblemCode::RolledBack => t!("problem-rolled-back"),
    }
}

/// Sensitivity group.
#[must_use]
pub fn compartment_words(compartment: Compartment) -> String {
    match compartment {
        Compartment::General => t!("compartment-general"),
        Compartment::Emergency => t!("compartment-emergency"),
        Compartment::MentalHealth => t!("compartment-mental"),
        Compartment::SexualReproductive => t!("compartment-sexual"),
        Compartment::SubstanceUse => t!("compartment-substances"),
        Compartment::Genomics => t!("compartment-genomics"),
        Compartment::Violence => t!("compartment-violence"),
    }
}

/// Sex as the source wrote it.
#[must_use]
pub fn sex_words(sex: Sex) -> String {
    match sex {
        Sex::Female => t!("sex-female"),
        Sex::Male => t!("sex-male"),
        Sex::Other => t!("sex-other"),
        Sex::Unknown => t!("sex-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_status_stands_as_written() {
        assert_eq!(fhir_words("some-new-status", Kind::Other), "some-new-status");
        assert_eq!(fhir_words("active", Kind::Medicine), "current");
    }

    #[test]
    fn a_block_is_named_by_what_is_in_it() {
        let titles = ["Body weight".to_owned(), "Body height".to_owned()];
        assert_eq!(block_words(BlockKind::Entries, 1, &titles[..1]), "Body weight");
        assert_eq!(block_words(BlockKind::Entries, 2, &titles), "Body weight and 1 other entry");
        assert_eq!(block_words(BlockKind::Entries, 1204, &[]), "1,204 entries");
    }
}
