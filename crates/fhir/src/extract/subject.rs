//! Whom a resource speaks of.

use super::{contained, people};
use crate::facts::Person;
use crate::tree::Node;

/// Elements that hold the one it is about.
const SUBJECTS: &[&str] = &["subject", "patient", "beneficiary", "for", "individual", "candidate"];
/// Where a patient may stand in types that name no subject, or not always one (FHIR R4, CompartmentDefinition
/// `patient`).
const PARTICIPANTS: &[&str] = &[
    "participant.actor.reference",
    "participant.member.reference",
    "actor.reference",
    "link.target.reference",
    "recipient.reference",
    "sender.reference",
    "author.reference",
    "performer.reference",
];

/// What a resource says of its subject beside the reference in [`crate::Facts::subject_ref`].
#[derive(Default)]
pub(crate) struct Subject {
    /// Resource type, where the reference gives one by itself.
    pub type_name: Option<String>,
    /// Identifier as `system|value`.
    pub identifier: Option<String>,
    /// The subject itself, where it stands inside the resource.
    pub contained: Option<Contained>,
}

/// A subject that stands inside the resource about it.
pub(crate) struct Contained {
    pub type_name: String,
    pub person: Person,
    pub identifiers: Vec<String>,
}

/// The reference to whom it is about, as written.
pub(super) fn reference(root: &Node<'_>, type_name: &str) -> Option<String> {
    if matches!(type_name, "Patient" | "Practitioner" | "Organization" | "Location") {
        return None;
    }
    let reference =
        |key: &&str| root.get(key).and_then(|node| node.first("reference", &mut |text| text.text().map(str::to_owned)));
    let of_patient = |text: &Node<'_>| text.text().filter(|text| text.contains("Patient/")).map(str::to_owned);
    let of_patients = || PARTICIPANTS.iter().find_map(|path| root.first(path, &mut { of_patient }));
    SUBJECTS.iter().find_map(reference).or_else(|| is_about_somebody(type_name).then(of_patients).flatten())
}

/// Reads again what [`reference`] leaves out, for the few resources for which that counts.
pub(crate) fn subject(json: &str) -> Subject {
    let Ok(root) = Node::parse(json) else { return Subject::default() };
    let holders = || SUBJECTS.iter().filter_map(|key| root.get(key)).flat_map(Node::items);
    let Some(node) = holders()
        .find(|node| node.get("reference").is_some())
        .or_else(|| holders().find(|node| node.get("identifier").is_some()))
    else {
        return Subject::default();
    };
    Subject {
        type_name: node.text_at("type").map(str::to_owned),
        identifier: node.get("identifier").and_then(identifier),
        contained: contained(&root, node).map(|inner| Contained {
            type_name: inner.text_at("resourceType").unwrap_or_default().to_owned(),
            person: people::person(inner),
            identifiers: inner.each("identifier").iter().filter_map(identifier).collect(),
        }),
    }
}

/// Identifiers of a resource as `system|value`.
pub(crate) fn identifiers(json: &str) -> Vec<String> {
    let root = Node::parse(json);
    root.map(|root| root.each("identifier").iter().filter_map(identifier).collect()).unwrap_or_default()
}

fn identifier(node: &Node<'_>) -> Option<String> {
    let value = node.get("value").and_then(Node::scalar)?;
    Some(format!("{}|{value}", node.text_at("system").unwrap_or_default()))
}

/// Whether resources of this type always speak of somebody: those of the patient compartment of FHIR R4, and tasks,
/// but not what is also made for nobody in particular (audit events, provenance, schedules, reports on measures).
pub(crate) fn is_about_somebody(type_name: &str) -> bool {
    matches!(
        type_name,
        "Account"
            | "AdverseEvent"
            | "AllergyIntolerance"
            | "Appointment"
            | "AppointmentResponse"
            | "BodyStructure"
            | "CarePlan"
            | "CareTeam"
            | "ChargeItem"
            | "Claim"
            | "ClaimResponse"
            | "ClinicalImpression"
            | "Communication"
            | "CommunicationRequest"
            | "Composition"
            | "Condition"
            | "Consent"
            | "Coverage"
            | "CoverageEligibilityRequest"
            | "CoverageEligibilityResponse"
            | "DetectedIssue"
            | "DeviceRequest"
            | "DeviceUseStatement"
            | "DiagnosticReport"
            | "DocumentManifest"
            | "DocumentReference"
            | "Encounter"
            | "EnrollmentRequest"
            | "EpisodeOfCare"
            | "ExplanationOfBenefit"
            | "FamilyMemberHistory"
            | "Flag"
            | "Goal"
            | "ImagingStudy"
            | "Immunization"
            | "ImmunizationEvaluation"
            | "ImmunizationRecommendation"
            | "Invoice"
            | "List"
            | "Media"
            | "MedicationAdministration"
            | "MedicationDispense"
            | "MedicationRequest"
            | "MedicationStatement"
            | "MolecularSequence"
            | "NutritionOrder"
            | "Observation"
            | "Person"
            | "Procedure"
            | "QuestionnaireResponse"
            | "RelatedPerson"
            | "RequestGroup"
            | "ResearchSubject"
            | "RiskAssessment"
            | "ServiceRequest"
            | "Specimen"
            | "SupplyDelivery"
            | "SupplyRequest"
            | "Task"
            | "VisionPrescription"
    )
}

/// Whether a thing of this type is nobody: what is about it belongs to no one's record more than to another's.
pub(crate) fn is_nobody(type_name: &str) -> bool {
    matches!(
        type_name,
        "BiologicallyDerivedProduct"
            | "Device"
            | "Endpoint"
            | "Group"
            | "HealthcareService"
            | "Location"
            | "Medication"
            | "Organization"
            | "PlanDefinition"
            | "Practitioner"
            | "PractitionerRole"
            | "Substance"
    )
}
