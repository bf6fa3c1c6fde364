//! Entered in error: the status by which FHIR withdraws what should never have been said.

use crate::json::{Fault, MAX_DEPTH, Scanner, append_minified};
use crate::read::ReadError;
use crate::tree::Node;
use std::borrow::Cow;
use thiserror::Error;

/// Why a resource cannot be marked as entered in error.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WrongError {
    /// It is no FHIR resource in JSON.
    #[error("the entry cannot be read: {0}")]
    Unreadable(#[from] ReadError),
    /// FHIR has no such status for this type; the person can only stop showing it.
    #[error("FHIR has no status for entries of type {0} that were made in error")]
    NoSuchStatus(String),
}

/// The same resource, marked as entered in error the way FHIR R4 has it for its type. Every other member is kept token
/// for token; white space between tokens is not. Conditions and allergies lose their clinical status, and conditions
/// their abatement, because R4 forbids them beside this mark (con-4, con-5, ait-2); the version before keeps both.
///
/// # Errors
/// [`WrongError::Unreadable`], or [`WrongError::NoSuchStatus`] for types such as `Patient` that have none.
pub fn entered_in_error(json: &str) -> Result<String, WrongError> {
    let (root, type_name) = Node::parse_resource(json)?;
    let (key, system) = mark_of(&type_name).ok_or_else(|| WrongError::NoSuchStatus(type_name.clone()))?;
    // FHIR before R4 has a plain code where R4 has a concept; who reads that version expects it.
    let is_plain = system.is_none() || root.get(key).is_some_and(|value| value.text().is_some());
    let mark = match system {
        Some(system) if !is_plain => {
            format!(r#""{key}":{{"coding":[{{"system":"{system}","code":"entered-in-error"}}]}}"#)
        }
        _ => format!(r#""{key}":"entered-in-error""#),
    };
    let mut out = String::with_capacity(json.len() + mark.len());
    let mut mark = Some(mark);
    for (name, text) in members(json)? {
        let stem = name.strip_prefix('_').unwrap_or(&name);
        if stem == key {
            // The first of them takes its place; extensions and repetitions of the old status go.
            if let Some(mark) = mark.take_if(|_| stem == name) {
                push_member(&mut out, &mark);
            }
        } else if !is_forbidden(&type_name, stem) {
            push_member(&mut out, text);
        }
    }
    if let Some(mark) = mark {
        push_member(&mut out, &mark);
    }
    out.push('}');
    Ok(out)
}

fn push_member(out: &mut String, member: &str) {
    out.push(if out.is_empty() { '{' } else { ',' });
    append_minified(out, member);
}

/// Keys of an object and, for each, the text from key to value.
pub(super) fn members(json: &str) -> Result<Vec<(Cow<'_, str>, &str)>, ReadError> {
    let mut found = Vec::new();
    let mut scanner = Scanner::new(json, MAX_DEPTH);
    scanner.gap();
    let scanned: Result<(), Fault> = scanner.object(|scanner, key| {
        scanner.value()?;
        found.push((key.decode(), scanner.since(key.start)));
        Ok(())
    });
    scanned.map_err(|fault| fault.explain(json)).map(|()| found)
}

fn is_forbidden(type_name: &str, key: &str) -> bool {
    match type_name {
        "Condition" => key == "clinicalStatus" || key.starts_with("abatement"),
        "AllergyIntolerance" => key == "clinicalStatus",
        _ => false,
    }
}

/// The element that holds the mark, and the code system where it is a concept (FHIR R4, required bindings of the
/// status elements that have `entered-in-error`).
fn mark_of(type_name: &str) -> Option<(&'static str, Option<&'static str>)> {
    match type_name {
        "Condition" => Some(("verificationStatus", Some("http://terminology.hl7.org/CodeSystem/condition-ver-status"))),
        "AllergyIntolerance" => {
            Some(("verificationStatus", Some("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification")))
        }
        "DeviceMetric" => Some(("operationalStatus", None)),
        "Goal" => Some(("lifecycleStatus", None)),
        "Account"
        | "Appointment"
        | "CarePlan"
        | "CareTeam"
        | "ChargeItem"
        | "Claim"
        | "ClaimResponse"
        | "ClinicalImpression"
        | "Communication"
        | "CommunicationRequest"
        | "Composition"
        | "Consent"
        | "Contract"
        | "Coverage"
        | "CoverageEligibilityRequest"
        | "CoverageEligibilityResponse"
        | "DetectedIssue"
        | "Device"
        | "DeviceRequest"
        | "DeviceUseStatement"
        | "DiagnosticReport"
        | "DocumentManifest"
        | "DocumentReference"
        | "Encounter"
        | "Endpoint"
        | "EnrollmentRequest"
        | "EnrollmentResponse"
        | "EpisodeOfCare"
        | "ExplanationOfBenefit"
        | "FamilyMemberHistory"
        | "Flag"
        | "GuidanceResponse"
        | "ImagingStudy"
        | "Immunization"
        | "ImmunizationEvaluation"
        | "Invoice"
        | "List"
        | "Media"
        | "Medication"
        | "MedicationAdministration"
        | "MedicationDispense"
        | "MedicationKnowledge"
        | "MedicationRequest"
        | "MedicationStatement"
        | "NutritionOrder"
        | "Observation"
        | "PaymentNotice"
        | "PaymentReconciliation"
        | "Procedure"
        | "QuestionnaireResponse"
        | "RequestGroup"
        | "RiskAssessment"
        | "ServiceRequest"
        | "Slot"
        | "Specimen"
        | "Substance"
        | "SupplyDelivery"
        | "SupplyRequest"
        | "Task"
        | "TestReport"
        | "VisionPrescription" => Some(("status", None)),
        _ => None,
    }
}
