//! Plain words for FHIR resource types.

use crate::t;

/// What a FHIR resource type is called; one that has no plain word stands as it is.
#[must_use]
pub fn words(type_name: &str) -> String {
    match type_name {
        "AllergyIntolerance" => t!("type-allergy"),
        "CarePlan" => t!("type-care-plan"),
        "CareTeam" => t!("type-care-team"),
        "Claim" => t!("type-claim"),
        "Composition" => t!("type-composition"),
        "Condition" => t!("type-condition"),
        "Coverage" => t!("type-coverage"),
        "Device" => t!("type-device"),
        "DiagnosticReport" => t!("type-report"),
        "DocumentReference" => t!("type-document"),
        "Encounter" => t!("type-encounter"),
        "ExplanationOfBenefit" => t!("type-benefit"),
        "Goal" => t!("type-goal"),
        "ImagingStudy" => t!("type-imaging"),
        "Immunization" => t!("type-immunization"),
        "Location" => t!("type-location"),
        "Medication" => t!("type-medication"),
        "MedicationAdministration" => t!("type-administration"),
        "MedicationRequest" => t!("type-prescription"),
        "MedicationStatement" => t!("type-statement"),
        "Observation" => t!("type-observation"),
        "Organization" => t!("type-organization"),
        "Patient" => t!("type-patient"),
        "Practitioner" | "PractitionerRole" => t!("type-practitioner"),
        "Procedure" => t!("type-procedure"),
        "Provenance" => t!("type-provenance"),
        "ServiceRequest" => t!("type-request"),
        other => other.to_owned(),
    }
}
