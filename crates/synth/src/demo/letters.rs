//! Letters and leaflets, with their text.

use super::Demo;
use crate::codes::{Code, loinc};
use crate::date::Moment;
use crate::scribe::{Letter, Visit};

const CONSULT: Code = loinc("11488-4", "Consult note");
const REFERRAL: Code = loinc("57133-1", "Referral note");
const DISCHARGE: Code = loinc("18842-5", "Discharge summary");
const IMAGING: Code = loinc("18748-4", "Diagnostic imaging study");

impl Demo {
    pub(super) fn letters(&mut self) {
        let reviewed = self.ago(10).in_words();
        let text = format!(
            "Willow Lane Surgery\n\nDear Ms Sandoval,\n\nThank you for coming on {reviewed}. These are your results.\n\n\
             HbA1c (average blood sugar): 53 mmol/mol. This is your goal.\n\
             Blood pressure: 136/84. Your goal at home is below 135/85.\n\
             Non-HDL cholesterol: 2.7 mmol/L. Down from 4.3 three years ago.\n\
             Kidney function: normal for your age. There is less protein in the urine than last year.\n\
             Feet: no problems found.\n\n\
             Please book your eye screening. Keep taking all five medicines. We meet again in six months.\n\n\
             Nurse Abena Lindqvist\nDr Tomasz Ferreira\n"
        );
        let visit = self.at_surgery(self.ago(8), 960, &self.nurse);
        self.scribe.document(&visit, &Letter { kind: CONSULT, title: "Letter: annual diabetes review", text: &text });

        let text = "Fernside Eye Centre\n\nDiabetic eye screening\n\nRight eye: no sign of diabetic eye disease.\n\
                    Left eye: no sign of diabetic eye disease.\nSight: right 6/6, left 6/7.5 with glasses.\n\n\
                    The tiny bleed seen last year has gone. Next photographs in 12 months.\n\nMs Farah Delacroix, optometrist\n";
        let visit = Visit { place: self.opticians.clone(), ..self.at_surgery(self.ago(350), 700, &self.optometrist) };
        self.scribe.document(&visit, &Letter { kind: CONSULT, title: "Letter: result of your eye screening", text });

        let text = "Dear colleagues,\n\nPlease screen Ms Sandoval for diabetic eye disease. Type 2 diabetes for over eight \
                    years, high blood pressure. No eye complaints. Allergies: penicillin (severe, face swelling), latex \
                    (mild).\n\nDr Tomasz Ferreira\n";
        let visit = self.at_surgery(self.ago(770), 720, &self.doctor);
        self.scribe.document(&visit, &Letter { kind: REFERRAL, title: "Referral for eye screening", text });

        let text = "Harbourgate Hospital, X-ray department\n\nRight knee, two views, standing.\nThe inner joint space is \
                    narrowed. Small bony spurs. No fracture. The kneecap lies well.\nModerate osteoarthritis.\n";
        let visit = Visit {
            place: self.hospital.clone(),
            by: self.hospital.clone(),
            ..self.at_surgery(self.ago(42 * 30), 830, &self.doctor)
        };
        self.scribe.document(&visit, &Letter { kind: IMAGING, title: "Report: X-ray of the right knee", text });
    }

    pub(super) fn discharge_letter(&mut self, stay: &Visit) {
        let text = "Harbourgate Hospital, surgical ward\n\nPlanned keyhole removal of the gallbladder for gallstones. The \
                    operation went well. Home on the second day, eating and drinking.\n\nA rash on both hands came up after \
                    wearing rubber gloves: please treat as latex allergy.\nNo penicillin was given (known allergy).\n\n\
                    Stitches dissolve by themselves. Normal food. No heavy lifting for two weeks.\n\nMiss Ingrid Okonjo-Vale\n";
        let visit = Visit { when: Moment::new(stay.when.date.plus_days(1), 640), ..stay.clone() };
        self.scribe
            .document(&visit, &Letter { kind: DISCHARGE, title: "Discharge letter: gallbladder operation", text });
    }
}
