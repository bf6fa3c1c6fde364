use chartchain_fhir::{
    Coding, Compartment, Component, DayTime, DoseName, Facts, Kind, MedicineFacts, Person, Range, Schedule, Sex, Value,
    When, WhenPrecision, parse_when,
};
use proptest::prelude::*;

use crate::columns::{NAME_BYTES, read, write, write_names};
use crate::{Place, Record, Relation};

/// Draws what stands in a record. A field that is added to one of these makes a test that draws all of them anew.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn maybe<T>(&mut self, draw: fn(&mut Self) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| draw(self))
    }

    fn some<T>(&mut self, draw: fn(&mut Self) -> T) -> Vec<T> {
        (0..self.below(3)).map(|_| draw(self)).collect()
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    /// Few, so that records have some in common.
    fn text(&mut self) -> String {
        ["", "a", "Weight", "نبض", "urn:uuid:7", "61.40"].map(str::to_owned)[self.below(6) as usize].clone()
    }

    fn number(&mut self) -> u32 {
        [0, 1, 2, 1023, 70_000, u32::MAX][self.below(6) as usize]
    }

    fn when(&mut self) -> When {
        let written = ["2012", "2012-02", "2012-02-06", "2012-02-06T00:48:33+01:00"][self.below(4) as usize];
        let mut when = parse_when(written).unwrap();
        if self.below(4) == 0 {
            // Not what is read from the text: stored whole.
            when = When { sort_ms: -7, precision: WhenPrecision::Year, offset_minutes: Some(-90), ..when };
        }
        when
    }

    fn coding(&mut self) -> Coding {
        Coding { system: self.maybe(Self::text), code: self.text(), display: self.maybe(Self::text) }
    }

    fn range(&mut self) -> Range {
        let text = Self::text;
        Range { low: self.maybe(text), high: self.maybe(text), unit: self.maybe(text), text: self.maybe(text) }
    }

    fn component(&mut self) -> Component {
        let value = Value::Bool(self.yes());
        Component { name: self.text(), codes: self.some(Self::coding), value }
    }

    fn value(&mut self) -> Value {
        match self.below(7) {
            0 => Value::Quantity {
                comparator: self.maybe(Self::text),
                number: self.text(),
                unit: self.maybe(Self::text),
            },
            1 => Value::Pressure { systolic: self.text(), diastolic: self.text(), unit: self.maybe(Self::text) },
            2 => Value::Text(self.text()),
            3 => Value::Bool(self.yes()),
            4 => Value::Range(self.range()),
            5 => Value::Components(self.some(Self::component)),
            _ => Value::Absent(self.text()),
        }
    }

    fn person(&mut self) -> Person {
        let sex = self.maybe(|draw| if draw.yes() { Sex::Female } else { Sex::Unknown });
        let (name, birth_date, deceased) = (self.maybe(Self::text), self.maybe(Self::text), self.maybe(Self::text));
        Person { name, birth_date, sex, deceased }
    }

    fn schedule(&mut self) -> Schedule {
        Schedule {
            as_needed: self.yes(),
            doses: self.below(256) as u8,
            times: self.some(|draw| if draw.yes() { DayTime::Night } else { DayTime::Clock(draw.below(1440) as u16) }),
            every_days: self.below(65_536) as u16,
            weekdays: self.below(128) as u8,
            from: self.maybe(Self::text),
            until: self.maybe(Self::text),
        }
    }

    fn medicine(&mut self) -> Box<MedicineFacts> {
        Box::new(MedicineFacts {
            named_by: self.maybe(Self::text),
            intent: self.maybe(Self::text),
            reason: self.maybe(Self::text),
            schedule: self.maybe(Self::schedule),
            dose_of: self.maybe(Self::text),
            dose: self.maybe(|draw| DoseName { day: draw.text(), number: draw.below(256) as u8 }),
        })
    }

    fn facts(&mut self) -> Facts {
        Facts {
            type_name: self.text(),
            id: self.maybe(Self::text),
            version_id: self.maybe(Self::text),
            last_updated: self.maybe(Self::when),
            kind: [Kind::TestResult, Kind::Vital, Kind::Other][self.below(3) as usize],
            compartment: [Compartment::General, Compartment::Violence][self.below(2) as usize],
            title: self.text(),
            codes: self.some(Self::coding),
            when: self.maybe(Self::when),
            until: self.maybe(Self::when),
            status: self.maybe(Self::text),
            wrong: self.yes(),
            value: self.maybe(Self::value),
            range: self.maybe(Self::range),
            interpretation: self.maybe(Self::text),
            detail: self.maybe(Self::text),
            severity: self.maybe(Self::text),
            recorded_by: self.maybe(Self::text),
            recorded_by_refs: self.some(Self::text),
            subject_ref: self.maybe(Self::text),
            references: self.some(Self::text),
            person: self.maybe(Self::person),
            medicine: self.maybe(Self::medicine),
            // Words stand in pages of their own.
            search_text: String::new(),
        }
    }

    fn record(&mut self) -> Record {
        let mut name = || core::array::from_fn(|_| self.below(256) as u8);
        let commitment = name();
        let content = core::array::from_fn(|_| self.below(256) as u8);
        Record {
            commitment,
            place: Place { block: self.number(), segment: self.below(65_536) as u16, row: self.number() },
            content,
            full_url: self.maybe(Self::text),
            input: self.maybe(|draw| draw.below(65_536) as u16),
            superseded: false,
            supersedes: self.maybe(Self::number).into_iter().collect(),
            apart: Relation {
                supersedes: self.maybe(|draw| [draw.below(256) as u8; 16]).into_iter().collect(),
                older_than: self.maybe(|draw| [draw.below(256) as u8; 16]),
            },
            source: self.maybe(Self::number),
            facts: self.facts(),
        }
    }
}

proptest! {
    #[test]
    fn every_field_comes_back_and_a_row_too_many_or_too_few_is_an_error(seed in any::<u64>(), count in 0..40usize) {
        let mut draw = Draw(seed);
        let records: Vec<Record> = (0..count).map(|_| draw.record()).collect();
        let (names, columns) = (write_names(&records), write(&records).unwrap());
        prop_assert_eq!(read(&names, &columns).unwrap(), records);

        let more = [names.as_slice(), &[0; NAME_BYTES]].concat();
        prop_assert!(read(&more, &columns).is_err());
        if let Some(fewer) = names.len().checked_sub(NAME_BYTES) {
            prop_assert!(read(&names[..fewer], &columns).is_err());
            prop_assert!(read(&names[..names.len() - 1], &columns).is_err());
        }
        prop_assert!(read(&names, &[columns.as_slice(), &[0]].concat()).is_err());
        prop_assert!(read(&names, &columns[..columns.len() - 1]).is_err());
    }

    #[test]
    fn other_bytes_are_read_without_a_panic(names in proptest::collection::vec(any::<u8>(), 0..90), columns in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(records) = read(&names, &columns) {
            prop_assert_eq!(records.len() * NAME_BYTES, names.len());
        }
    }
}
