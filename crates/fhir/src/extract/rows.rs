//! Which elements of which resource type say what a person wants to know.

use crate::facts::Kind;

/// Where to find what, as paths for [`crate::tree::Node::first`]; of several the first that says something counts.
pub(super) struct Row {
    pub kind: Kind,
    pub title: &'static [&'static str],
    pub when: &'static [&'static str],
    pub until: &'static [&'static str],
    pub by: &'static [&'static str],
    /// All of them are put into the line of details, unless the type has a rule of its own.
    pub detail: &'static [&'static str],
}

type Paths = &'static [&'static str];

const fn row(kind: Kind, title: Paths, when: Paths, until: Paths, by: Paths, detail: Paths) -> Row {
    Row { kind, title, when, until, by, detail }
}

/// The row of a type; a general one for types that are not listed.
pub(super) fn row_of(type_name: &str) -> Row {
    match type_name {
        "Patient" | "Person" | "RelatedPerson" | "Practitioner" | "PractitionerRole" | "Organization" | "Location"
        | "HealthcareService" | "Device" | "DeviceUseStatement" | "DeviceRequest" | "Specimen" | "BodyStructure" => {
            people_places_and_things(type_name)
        }
        "Coverage"
        | "Claim"
        | "ClaimResponse"
        | "ExplanationOfBenefit"
        | "Account"
        | "Invoice"
        | "ChargeItem"
        | "CoverageEligibilityRequest"
        | "CoverageEligibilityResponse"
        | "PaymentNotice"
        | "PaymentReconciliation" => money(type_name),
        "MedicationRequest"
        | "MedicationStatement"
        | "MedicationAdministration"
        | "MedicationDispense"
        | "Medication"
        | "Immunization"
        | "ImmunizationRecommendation"
        | "ImmunizationEvaluation" => medicines(type_name),
        "Composition"
        | "DocumentReference"
        | "DocumentManifest"
        | "Media"
        | "Binary"
        | "Consent"
        | "Communication"
        | "QuestionnaireResponse"
        | "Questionnaire"
        | "List"
        | "Provenance"
        | "AuditEvent" => documents(type_name),
        "CarePlan"
        | "CareTeam"
        | "Goal"
        | "ServiceRequest"
        | "Task"
        | "NutritionOrder"
        | "RequestGroup"
        | "CommunicationRequest"
        | "VisionPrescription"
        | "SupplyRequest" => plans(type_name),
        _ => clinical(type_name),
    }
}

fn clinical(type_name: &str) -> Row {
    match type_name {
        "Observation" => row(
            Kind::TestResult,
            &["code"],
            &["effective*", "appliesDateTime", "appliesPeriod", "issued"],
            &[],
            &["performer"],
            &["bodySite", "note.text", "comment"],
        ),
        "DiagnosticReport" => row(
            Kind::TestResult,
            &["code", "category"],
            &["effective*", "issued"],
            &[],
            &["performer", "resultsInterpreter"],
            &["conclusion", "conclusionCode"],
        ),
        "Condition" => row(
            Kind::Condition,
            &["code", "category"],
            &["onset*", "recordedDate", "assertedDate", "dateRecorded"],
            &["abatement*"],
            &["recorder", "asserter"],
            &["bodySite", "stage.summary", "note.text"],
        ),
        "AllergyIntolerance" => row(
            Kind::Allergy,
            &["code", "reaction.substance", "category"],
            &["onset*", "recordedDate", "assertedDate", "lastOccurrence"],
            &[],
            &["recorder", "asserter"],
            &[],
        ),
        "Encounter" => row(
            Kind::Visit,
            &["type", "serviceType"],
            &["period"],
            &[],
            &["participant.individual", "participant.actor", "serviceProvider"],
            &[
                "reasonCode",
                "reason",
                "diagnosis.condition.display",
                "reasonReference.display",
                "location.location.display",
            ],
        ),
        "Appointment" => row(
            Kind::Visit,
            &["appointmentType", "serviceType", "description", "serviceCategory"],
            &["start", "requestedPeriod", "created"],
            &["end"],
            &[],
            &["description", "reasonCode", "comment", "patientInstruction"],
        ),
        "EpisodeOfCare" => row(
            Kind::Visit,
            &["type"],
            &["period"],
            &[],
            &["careManager", "managingOrganization"],
            &["diagnosis.condition.display"],
        ),
        "Procedure" => row(
            Kind::Procedure,
            &["code", "category"],
            &["performed*", "occurrence*", "recorded"],
            &[],
            &["performer.actor", "recorder", "asserter"],
            &["bodySite", "reasonCode", "reasonReference.display", "outcome", "note.text"],
        ),
        "ImagingStudy" => row(
            Kind::Procedure,
            &["procedureCode", "description", "modality", "series.modality"],
            &["started", "series.started"],
            &[],
            &["interpreter", "referrer"],
            &["series.bodySite", "reasonCode", "note.text"],
        ),
        "FamilyMemberHistory" => {
            row(Kind::Lifestyle, &["relationship", "name"], &["date"], &[], &[], &["condition.code"])
        }
        "ClinicalImpression" => row(
            Kind::Note,
            &["code", "description", "summary"],
            &["effective*", "date"],
            &[],
            &["assessor"],
            &["summary", "finding.itemCodeableConcept"],
        ),
        "RiskAssessment" => row(
            Kind::Note,
            &["code", "prediction.outcome", "method"],
            &["occurrence*"],
            &[],
            &["performer"],
            &["prediction.qualitativeRisk", "mitigation", "note.text"],
        ),
        "Flag" => row(Kind::Note, &["code", "category"], &["period"], &[], &["author"], &["category"]),
        "AdverseEvent" => row(
            Kind::Condition,
            &["event", "category"],
            &["date", "detected", "recordedDate"],
            &[],
            &["recorder"],
            &["seriousness", "outcome"],
        ),
        "DetectedIssue" => row(
            Kind::Condition,
            &["code", "detail"],
            &["identified*"],
            &[],
            &["author"],
            &["detail", "mitigation.action"],
        ),
        "MolecularSequence" => row(Kind::TestResult, &["type"], &[], &[], &["performer"], &[]),
        _ => row(
            Kind::Other,
            &["code", "name", "title", "description", "type", "category", "topic"],
            &[
                "date",
                "effective*",
                "occurrence*",
                "performed*",
                "period",
                "authoredOn",
                "created",
                "recorded",
                "issued",
                "recordedDate",
                "start",
                "onset*",
                "sent",
                "timestamp",
            ],
            &["end"],
            &["author", "performer", "recorder", "requester"],
            &["description", "note.text"],
        ),
    }
}

fn medicines(type_name: &str) -> Row {
    let medicine = &["medication*", "medication", "code"];
    match type_name {
        "MedicationStatement" => {
            row(Kind::Medicine, medicine, &["effective*", "dateAsserted"], &[], &["informationSource"], &[])
        }
        "MedicationAdministration" => {
            row(Kind::Medicine, medicine, &["effective*", "occurence*", "occurrence*"], &[], &["performer.actor"], &[])
        }
        "MedicationDispense" => row(
            Kind::Medicine,
            medicine,
            &["whenHandedOver", "whenPrepared", "recorded"],
            &[],
            &["performer.actor"],
            &[],
        ),
        "Medication" => row(
            Kind::Medicine,
            &["code", "ingredient.itemCodeableConcept", "ingredient.itemReference.display", "form"],
            &[],
            &[],
            &["manufacturer"],
            &["form", "amount"],
        ),
        "Immunization" => row(
            Kind::Vaccination,
            &["vaccineCode", "protocolApplied.targetDisease"],
            &["occurrenceDateTime", "date", "occurrenceString", "recorded"],
            &[],
            &["performer.actor", "location"],
            &[],
        ),
        "ImmunizationRecommendation" => row(
            Kind::Plan,
            &["recommendation.vaccineCode", "recommendation.targetDisease"],
            &["recommendation.dateCriterion.value", "date"],
            &[],
            &["authority"],
            &["recommendation.forecastStatus", "recommendation.description"],
        ),
        "ImmunizationEvaluation" => {
            row(Kind::Other, &["targetDisease"], &["date"], &[], &["authority"], &["doseStatus", "description"])
        }
        _ => row(
            Kind::Medicine,
            medicine,
            &["authoredOn", "dateWritten"],
            &["dosageInstruction.timing.repeat.boundsPeriod.end"],
            &["requester", "requester.agent", "recorder", "performer"],
            &[],
        ),
    }
}

fn documents(type_name: &str) -> Row {
    match type_name {
        "Composition" => {
            row(Kind::Document, &["title", "type"], &["date"], &[], &["author", "custodian"], &["section.title"])
        }
        "DocumentReference" => row(
            Kind::Document,
            &["type", "description", "content.attachment.title", "category"],
            &["context.period", "date", "created", "indexed", "content.attachment.creation"],
            &[],
            &["author", "authenticator", "custodian"],
            &["description", "content.attachment.title"],
        ),
        "DocumentManifest" => row(Kind::Document, &["type", "description"], &["created"], &[], &["author"], &[]),
        "Media" => row(
            Kind::Document,
            &["content.title", "type", "modality", "view"],
            &["created*", "issued"],
            &[],
            &["operator"],
            &["bodySite", "note.text"],
        ),
        "Binary" => row(Kind::Document, &[], &[], &[], &[], &["contentType"]),
        "Consent" => row(
            Kind::Document,
            &["category", "scope"],
            &["dateTime", "provision.period"],
            &[],
            &["performer", "consentingParty", "organization"],
            &["scope", "provision.type"],
        ),
        "Communication" => row(
            Kind::Note,
            &["topic", "category", "payload.contentString"],
            &["sent", "received"],
            &[],
            &["sender"],
            &["payload.contentString", "note.text"],
        ),
        "QuestionnaireResponse" => row(
            Kind::Lifestyle,
            &["_questionnaire.extension.valueString", "questionnaire.display"],
            &["authored"],
            &[],
            &["author", "source"],
            &[],
        ),
        "Questionnaire" => row(Kind::Other, &["title", "name"], &["date"], &[], &[], &["description"]),
        "List" => row(Kind::Other, &["title", "code"], &["date"], &[], &["source"], &["note.text", "emptyReason"]),
        "Provenance" => row(
            Kind::Other,
            &["activity"],
            &["recorded", "occurred*"],
            &[],
            &["agent.who", "agent.onBehalfOf"],
            &["reason"],
        ),
        _ => row(Kind::Other, &["subtype", "type"], &["recorded"], &[], &["agent.who"], &["outcomeDesc"]),
    }
}

fn plans(type_name: &str) -> Row {
    match type_name {
        "CarePlan" => row(
            Kind::Plan,
            &["title", "category", "description"],
            &["period", "created"],
            &[],
            &["author", "contributor"],
            &["description", "activity.detail.code", "activity.detail.description"],
        ),
        "CareTeam" => row(
            Kind::Plan,
            &["name", "category"],
            &["period"],
            &[],
            &["managingOrganization"],
            &["participant.member.display", "participant.role"],
        ),
        "Goal" => row(
            Kind::Plan,
            &["description"],
            &["start*", "statusDate", "target.due*"],
            &[],
            &["expressedBy", "author"],
            &["target.detail*", "note.text"],
        ),
        "ServiceRequest" => row(
            Kind::Plan,
            &["code", "category"],
            &["occurrence*", "authoredOn"],
            &[],
            &["requester", "performer"],
            &["reasonCode", "patientInstruction", "note.text"],
        ),
        "Task" => row(
            Kind::Plan,
            &["code", "description"],
            &["executionPeriod", "authoredOn", "lastModified"],
            &[],
            &["requester", "owner"],
            &["description", "note.text"],
        ),
        "NutritionOrder" => row(
            Kind::Plan,
            &["oralDiet.type", "supplement.type", "enteralFormula.baseFormulaType"],
            &["dateTime"],
            &[],
            &["orderer"],
            &["oralDiet.instruction", "supplement.instruction", "note.text"],
        ),
        "VisionPrescription" => row(Kind::Plan, &[], &["dateWritten", "created"], &[], &["prescriber"], &[]),
        _ => row(
            Kind::Plan,
            &["code", "itemCodeableConcept", "category", "payload.contentString"],
            &["occurrence*", "authoredOn"],
            &[],
            &["requester", "author", "sender"],
            &["reasonCode", "note.text"],
        ),
    }
}

fn people_places_and_things(type_name: &str) -> Row {
    match type_name {
        "Patient" => row(Kind::Person, &["name"], &[], &[], &[], &["address"]),
        "Person" => row(Kind::Person, &["name"], &[], &[], &[], &[]),
        "RelatedPerson" => {
            row(Kind::Person, &["name", "relationship"], &["period"], &[], &[], &["relationship", "telecom"])
        }
        "Practitioner" => row(Kind::Provider, &["name"], &[], &[], &[], &["qualification.code"]),
        "PractitionerRole" => row(
            Kind::Provider,
            &["practitioner.display", "code", "specialty", "organization.display"],
            &["period"],
            &[],
            &[],
            &["specialty", "organization.display", "telecom"],
        ),
        "Organization" => row(Kind::Provider, &["name", "alias", "type"], &[], &[], &[], &["address", "telecom"]),
        "Location" => row(Kind::Provider, &["name", "alias", "type", "description"], &[], &[], &[], &["address"]),
        "HealthcareService" => row(Kind::Provider, &["name", "type", "specialty"], &[], &[], &[], &["comment"]),
        "Device" => row(
            Kind::Device,
            &["type", "deviceName.name", "udiCarrier.name", "modelNumber", "distinctIdentifier"],
            &["manufactureDate"],
            &[],
            &["owner"],
            &["deviceName.name", "manufacturer", "modelNumber", "serialNumber", "lotNumber"],
        ),
        "DeviceUseStatement" => row(
            Kind::Device,
            &["device.display", "device.concept"],
            &["timing*", "recordedOn"],
            &[],
            &["source"],
            &["bodySite", "reasonCode", "note.text"],
        ),
        "DeviceRequest" => row(
            Kind::Plan,
            &["code*", "code"],
            &["occurrence*", "authoredOn"],
            &[],
            &["requester"],
            &["reasonCode", "note.text"],
        ),
        "Specimen" => row(
            Kind::TestResult,
            &["type"],
            &["collection.collected*", "receivedTime"],
            &[],
            &["collection.collector"],
            &["collection.bodySite", "note.text"],
        ),
        _ => row(Kind::Other, &["location", "morphology", "description"], &[], &[], &[], &["description"]),
    }
}

fn money(type_name: &str) -> Row {
    match type_name {
        "Coverage" => row(
            Kind::Payment,
            &["type", "payor.display", "class.name"],
            &["period"],
            &[],
            &["payor"],
            &["subscriberId"],
        ),
        "Claim" | "ClaimResponse" | "ExplanationOfBenefit" => row(
            Kind::Payment,
            &["item.productOrService", "item.service", "type"],
            &["billablePeriod", "item.serviced*", "created"],
            &[],
            &["provider", "organization", "insurer", "enterer"],
            &["disposition"],
        ),
        "ChargeItem" => row(Kind::Payment, &["code"], &["occurrence*", "enteredDate"], &[], &["enterer"], &["reason"]),
        _ => row(
            Kind::Payment,
            &["type", "name", "code", "description"],
            &["servicePeriod", "date", "created", "paymentDate"],
            &[],
            &["owner", "issuer", "provider", "insurer"],
            &["description"],
        ),
    }
}
