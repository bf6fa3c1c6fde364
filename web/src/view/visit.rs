//! A visit as it is filled in.

use chartchain_vault::protocol::form::{
    DateParts, Field, Form, FormDate, FormProblem, Measurement, MeasurementKind, Medicine, Note, Reading, Unit,
    Vaccination, Visit, VisitProblem,
};
use chartchain_vault::protocol::{DraftOf, FormDraft, LastMeasured};
use serde::{Deserialize, Serialize};

use super::form::{Slot, ask_words, measured_name, normal_number, unit_name, words};
use super::kept::Kept;
use super::quick_line::{self, Measured, Said};
use crate::t;

/// Its place among drafts of new entries, apart from those of forms.
const DRAFT: u8 = 100;
/// Most rows of a table; with the numbers and texts they make no more forms than a visit may have.
const MOST_ROWS: usize = 7;

/// What is asked for in every visit.
const ALWAYS: [MeasurementKind; 4] = [
    MeasurementKind::BloodPressure,
    MeasurementKind::HeartRate,
    MeasurementKind::BodyWeight,
    MeasurementKind::BodyTemperature,
];

/// A number of the form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Of what.
    pub kind: MeasurementKind,
    /// As it was typed.
    pub number: String,
    /// In which unit; nothing while nobody said it.
    pub unit: Option<Unit>,
    /// It stands in the quick line.
    by_line: bool,
}

/// A text of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// What the visit is for.
    Reason,
    /// The quick line.
    Line,
    /// What was said and found.
    Note,
    /// What is to be done.
    Plan,
}

impl Text {
    const ALL: [Self; 4] = [Self::Reason, Self::Line, Self::Note, Self::Plan];

    /// What it is called.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Reason => t!("visit-reason"),
            Self::Line => t!("visit-line"),
            Self::Note => t!("visit-note-title"),
            Self::Plan => t!("visit-plan-title"),
        }
    }
}

/// What there can be several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Medicines that are taken from now on.
    Medicines,
    /// Vaccines that were given.
    Vaccines,
}

/// A field of a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A medicine.
    Medicine,
    /// How much of it.
    Dose,
    /// How often.
    HowOften,
    /// A vaccine.
    Vaccine,
    /// Its lot.
    Lot,
}

impl Table {
    /// Its fields; a row says nothing without the first.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Medicines => &[Column::Medicine, Column::Dose, Column::HowOften],
            Self::Vaccines => &[Column::Vaccine, Column::Lot],
        }
    }
}

impl Column {
    const fn table(self) -> Table {
        match self {
            Self::Medicine | Self::Dose | Self::HowOften => Table::Medicines,
            Self::Vaccine | Self::Lot => Table::Vaccines,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Medicine => t!("visit-medicine"),
            Self::Dose => t!("visit-dose"),
            Self::HowOften => t!("visit-how-often"),
            Self::Vaccine => t!("visit-vaccine"),
            Self::Lot => t!("visit-lot"),
        }
    }
}

/// A place that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// When it began.
    Start,
    /// A text.
    Text(Text),
    /// A number.
    Number(MeasurementKind),
    /// A field of a row.
    Cell(usize, Column),
}

impl Place {
    /// The id of its input.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Start => format!("{}-day", Slot::Of(Field::When).id()),
            Self::Text(Text::Reason) => "visit-reason".into(),
            Self::Text(Text::Line) => "visit-line".into(),
            Self::Text(Text::Note) => "visit-note".into(),
            Self::Text(Text::Plan) => "visit-plan".into(),
            Self::Number(kind) => {
                let at = MeasurementKind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
                format!("visit-value-{at}")
            }
            Self::Cell(row, column) => {
                let name = match column {
                    Column::Medicine => "medicine",
                    Column::Dose => "dose",
                    Column::HowOften => "how-often",
                    Column::Vaccine => "vaccine",
                    Column::Lot => "lot",
                };
                format!("visit-{name}-{row}")
            }
        }
    }

    /// What it is called: rows behind the first are counted.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Start => t!("visit-start"),
            Self::Text(text) => text.label(),
            Self::Number(kind) => measured_name(kind),
            Self::Cell(0, column) => column.label(),
            Self::Cell(row, column) => t!("visit-nth", label = column.label(), number = row + 1),
        }
    }
}

/// What stands in the form.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitDraft {
    /// When it began.
    pub start: DateParts,
    texts: [String; Text::ALL.len()],
    values: Vec<Value>,
    usual: Vec<(MeasurementKind, Unit)>,
    medicines: Vec<[String; Table::Medicines.columns().len()]>,
    vaccines: Vec<[String; Table::Vaccines.columns().len()]>,
}

impl VisitDraft {
    /// An empty one. Numbers are asked for in the units in which they were written last.
    #[must_use]
    pub fn new(last: &[LastMeasured], start: DateParts) -> Self {
        let mut draft = Self {
            start,
            texts: Default::default(),
            values: Vec::new(),
            usual: last.iter().filter_map(|last| Some((last.kind, last.unit?))).collect(),
            medicines: vec![Default::default()],
            vaccines: vec![Default::default()],
        };
        for kind in ALWAYS {
            draft.change(kind, |_| {});
        }
        draft
    }

    /// What stands in a place.
    #[must_use]
    pub fn at(&self, place: Place) -> &str {
        let text = match place {
            Place::Start => None,
            Place::Text(text) => self.texts.get(text as usize),
            Place::Number(kind) => self.values.iter().find(|value| value.kind == kind).map(|value| &value.number),
            Place::Cell(row, column) => self.cell(row, column),
        };
        text.map_or("", String::as_str)
    }

    /// Writes into a place. What the quick line says fills the numbers.
    pub fn put(&mut self, place: Place, typed: String) {
        match place {
            Place::Start => {}
            Place::Number(kind) => {
                self.change(kind, |value| (value.number, value.by_line) = (typed, false));
            }
            Place::Text(text) => {
                if text == Text::Line {
                    self.take_line(&typed);
                }
                if let Some(place) = self.texts.get_mut(text as usize) {
                    *place = typed;
                }
            }
            Place::Cell(row, column) => {
                if let Some(cell) = self.cell_mut(row, column) {
                    *cell = typed;
                }
            }
        }
    }

    /// What the line says newly fills the numbers, and what it said and says no more leaves them. What was typed there over it
    /// stays.
    fn take_line(&mut self, line: &str) {
        let before = quick_line::read(self.at(Place::Text(Text::Line))).measured;
        let now = quick_line::read(line).measured;
        let taken_back = |value: &&Value| value.by_line && !now.iter().any(|one| one.kind == value.kind);
        let taken_back: Vec<MeasurementKind> = self.values.iter().filter(taken_back).map(|value| value.kind).collect();
        for kind in taken_back {
            let unit = self.usual(kind);
            self.change(kind, |value| *value = Value { kind, number: String::new(), unit, by_line: false });
        }
        for Measured { kind, number, said } in now.into_iter().filter(|one| !before.contains(one)) {
            let unit = match said {
                Said::Unit(unit) => Some(unit),
                Said::Nothing => self.usual(kind),
                Said::Unknown => self.only(kind),
            };
            self.change(kind, |value| *value = Value { kind, number, unit, by_line: true });
        }
    }

    /// The person says in which unit something is measured here.
    pub fn choose_unit(&mut self, kind: MeasurementKind, unit: Unit) {
        self.usual.retain(|(of, _)| *of != kind);
        self.usual.push((kind, unit));
        self.change(kind, |value| value.unit = Some(unit));
    }

    /// The unit where none is said: the only one, or the one that was chosen or written last. It is never guessed.
    fn usual(&self, kind: MeasurementKind) -> Option<Unit> {
        let chosen = self.usual.iter().find(|(of, _)| *of == kind).map(|(_, unit)| *unit);
        chosen.filter(|chosen| kind.units().any(|own| own == *chosen)).or_else(|| self.only(kind))
    }

    /// The unit of what is measured in one only.
    fn only(&self, kind: MeasurementKind) -> Option<Unit> {
        let mut units = kind.units();
        units.next().filter(|_| units.next().is_none())
    }

    /// Changes a number; it is asked for behind the others where it was not.
    fn change(&mut self, kind: MeasurementKind, change: impl FnOnce(&mut Value)) {
        match self.values.iter_mut().find(|value| value.kind == kind) {
            Some(value) => change(value),
            None => {
                let mut value = Value { kind, number: String::new(), unit: self.usual(kind), by_line: false };
                change(&mut value);
                self.values.push(value);
            }
        }
    }

    /// The numbers, in the order in which they are shown.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// How many rows a table has.
    #[must_use]
    pub fn rows(&self, table: Table) -> usize {
        match table {
            Table::Medicines => self.medicines.len(),
            Table::Vaccines => self.vaccines.len(),
        }
    }

    /// Whether a table may have another row.
    #[must_use]
    pub fn has_room(&self, table: Table) -> bool {
        self.rows(table) < MOST_ROWS
    }

    /// Another empty row.
    pub fn add_row(&mut self, table: Table) {
        match table {
            _ if !self.has_room(table) => {}
            Table::Medicines => self.medicines.push(Default::default()),
            Table::Vaccines => self.vaccines.push(Default::default()),
        }
    }

    fn cell(&self, row: usize, column: Column) -> Option<&String> {
        let at = column.table().columns().iter().position(|own| *own == column)?;
        match column.table() {
            Table::Medicines => self.medicines.get(row)?.get(at),
            Table::Vaccines => self.vaccines.get(row)?.get(at),
        }
    }

    fn cell_mut(&mut self, row: usize, column: Column) -> Option<&mut String> {
        let at = column.table().columns().iter().position(|own| *own == column)?;
        match column.table() {
            Table::Medicines => self.medicines.get_mut(row)?.get_mut(at),
            Table::Vaccines => self.vaccines.get_mut(row)?.get_mut(at),
        }
    }

    /// Words of the quick line that say nothing there.
    #[must_use]
    pub fn rest(&self) -> String {
        quick_line::read(self.at(Place::Text(Text::Line))).rest
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.values.iter().filter(|value| !value.number.trim().is_empty()).count()
    }

    /// The visit, and for each of its forms the place that it comes from.
    #[must_use]
    pub fn visit(&self, offset: &dyn Fn(&DateParts) -> i16) -> (Visit, Vec<Place>) {
        let start = DateParts { offset_minutes: Some(offset(&self.start)), ..self.start.clone() };
        let when = || FormDate::from_parts(&start);
        let day = || FormDate::from_parts(&DateParts { clock: String::new(), offset_minutes: None, ..start.clone() });
        let mut forms: Vec<(Place, Form)> = Vec::new();
        for value in self.values.iter().filter(|value| !value.number.trim().is_empty()) {
            let measurement = Measurement {
                kind: value.kind,
                reading: reading(value),
                unit: value.unit,
                when: when(),
                site: String::new(),
                comment: String::new(),
            };
            forms.push((Place::Number(value.kind), Form::Measurement(measurement)));
        }
        for at in [Text::Note, Text::Plan] {
            let text = self.at(Place::Text(at)).trim().to_owned();
            if !text.is_empty() {
                forms.push((Place::Text(at), Form::Note(Note { title: at.label(), text, when: day() })));
            }
        }
        let said = |row: &[String]| row.iter().any(|cell| !cell.trim().is_empty());
        for (at, row) in self.medicines.iter().enumerate().filter(|(_, row)| said(&row[..])) {
            let [name, dose, how_often] = row.clone().map(|cell| cell.trim().to_owned());
            let medicine = Medicine { name, dose, how_often, from: day(), ..Medicine::default() };
            forms.push((Place::Cell(at, Column::Medicine), Form::Medicine(medicine)));
        }
        for (at, row) in self.vaccines.iter().enumerate().filter(|(_, row)| said(&row[..])) {
            let [vaccine, lot] = row.clone().map(|cell| cell.trim().to_owned());
            let vaccination = Vaccination { vaccine, lot, when: day(), ..Vaccination::default() };
            forms.push((Place::Cell(at, Column::Vaccine), Form::Vaccination(vaccination)));
        }
        let (places, forms) = forms.into_iter().unzip();
        (Visit { reason: self.at(Place::Text(Text::Reason)).trim().into(), start: when(), forms }, places)
    }

    /// What is wrong, and what is asked, in words, each with the place that it is about.
    #[must_use]
    pub fn told(&self, problems: &[VisitProblem], places: &[Place]) -> [Vec<(Option<Place>, String)>; 2] {
        let (mut wrong, mut asked) = (Vec::new(), Vec::new());
        for problem in problems {
            let VisitProblem::Form { at, problem } = problem else {
                wrong.push(match problem {
                    VisitProblem::Empty => (Some(Place::Text(Text::Line)), t!("visit-wrong-empty")),
                    VisitProblem::Reason => (Some(Place::Text(Text::Reason)), t!("visit-wrong-reason")),
                    VisitProblem::Start(problem) => {
                        (Some(Place::Start), words(&FormProblem { field: Field::When, problem: problem.clone() }))
                    }
                    _ => (None, t!("wrong-other")),
                });
                continue;
            };
            let place = places.get(usize::from(*at)).copied();
            let value = self.values.iter().find(|value| Some(Place::Number(value.kind)) == place);
            let unit = value.and_then(|value| value.unit).map(unit_name).unwrap_or_default();
            let question = value.and_then(|value| ask_words(&problem.problem, value.number.trim(), &unit));
            match (question, value) {
                (Some((question, expected)), Some(value)) => {
                    let name = measured_name(value.kind);
                    asked.push((place, t!("visit-ask", name = name, question = question, expected = expected)));
                }
                // All of it happened then.
                _ if matches!(problem.field, Field::When | Field::From) => {}
                _ => wrong.push((place, words(problem))),
            }
        }
        [wrong, asked]
    }

    /// Every place that says something, in the order in which they are shown.
    fn filled(&self) -> Vec<(Place, &str)> {
        let values = self.values.iter().map(|value| Place::Number(value.kind));
        let cells = [Table::Medicines, Table::Vaccines].into_iter().flat_map(|table| {
            let row = move |row| table.columns().iter().map(move |column| Place::Cell(row, *column));
            (0..self.rows(table)).flat_map(row)
        });
        let places = Text::ALL.into_iter().map(Place::Text).chain(values).chain(cells);
        places.map(|place| (place, self.at(place).trim())).filter(|(_, text)| !text.is_empty()).collect()
    }
}

impl Kept for VisitDraft {
    fn of(&self) -> DraftOf {
        DraftOf::New(DRAFT)
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(self).ok()
    }

    fn opened(kept: &FormDraft) -> Option<Self> {
        postcard::from_bytes(&kept.content).ok()
    }

    fn typed(&self) -> String {
        self.filled().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }

    fn said(&self) -> Vec<(String, String)> {
        let words = |(place, text): (Place, &str)| match place {
            Place::Number(kind) => {
                let value = self.values.iter().find(|value| value.kind == kind);
                (place.label(), value.map(value_words).unwrap_or_default())
            }
            _ => (place.label(), text.to_owned()),
        };
        self.filled().into_iter().map(words).collect()
    }
}

/// A number with its unit.
#[must_use]
pub fn value_words(value: &Value) -> String {
    let number = value.number.trim().to_owned();
    let words = value.unit.map(|unit| t!("value-with-unit", value = number.clone(), unit = unit_name(unit)));
    words.unwrap_or(number)
}

fn reading(value: &Value) -> Reading {
    let number: String = value.number.trim().chars().map(quick_line::plain).collect();
    let number = normal_number(&number);
    match (value.kind, number.split_once('/')) {
        (MeasurementKind::BloodPressure, Some((systolic, diastolic))) => {
            Reading::Pressure { systolic: systolic.trim().into(), diastolic: diastolic.trim().into() }
        }
        (MeasurementKind::BloodPressure, None) => Reading::Pressure { systolic: number, diastolic: String::new() },
        _ => Reading::One(number),
    }
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::Value as Known;

    use super::*;

    const NOW: &str = "2026-11-22T14:31:00+01:00";

    fn start() -> DateParts {
        FormDate::new("2026-11-22T14:31:00+01:00").parts().unwrap()
    }

    fn visit(draft: &VisitDraft) -> (Visit, Vec<Place>) {
        draft.visit(&|_| 60)
    }

    fn typed(line: &str) -> VisitDraft {
        let mut draft = VisitDraft::new(&[], start());
        draft.put(Place::Text(Text::Line), line.into());
        draft
    }

    #[test]
    fn the_quick_line_fills_the_numbers_and_nothing_else() {
        let mut draft = typed("bp 136/82 wt 180 lb spo2 97 feet ok");
        assert_eq!((draft.count(), draft.rest()), (3, "feet ok".into()));
        assert_eq!(draft.values().len(), 5, "what is not asked for always comes behind");
        draft.put(Place::Number(MeasurementKind::BodyWeight), "181".into());
        let (visit, places) = visit(&draft);
        assert_eq!((visit.forms.len(), places.len()), (3, 3));
        assert_eq!(visit.check(&FormDate::new(NOW)), []);
        let Some(Form::Measurement(weight)) = visit.forms.get(1) else { panic!() };
        assert!(weight.reading == Reading::One("181".into()) && weight.unit == Some(Unit::Pound));
    }

    #[test]
    fn a_line_that_is_changed_takes_back_what_it_said_and_leaves_what_was_typed_over_it() {
        let weight = Place::Number(MeasurementKind::BodyWeight);
        let line = Place::Text(Text::Line);
        let mut draft = typed("wt 180 lb hr 74");
        draft.put(line, "hr 74".into());
        assert_eq!((draft.at(weight), draft.count()), ("", 1));
        draft.put(line, "hr 74 wt 81".into());
        assert_eq!(draft.values().iter().find(|value| value.number == "81").and_then(|value| value.unit), None);
        draft.put(weight, "81.9".into());
        draft.put(line, "hr 74 wt 81 temp 37".into());
        assert_eq!((draft.at(weight), draft.count()), ("81.9", 3));
        draft.put(line, String::new());
        assert_eq!((draft.at(weight), draft.count()), ("81.9", 1));
    }

    #[test]
    fn numbers_are_asked_for_as_they_were_written_last() {
        let value = Known::Text(String::new());
        let last = LastMeasured { kind: MeasurementKind::BodyWeight, value, unit: Some(Unit::Pound), when: None };
        let mut draft = VisitDraft::new(&[last], start());
        draft.put(Place::Text(Text::Line), "wt 180 temp 37".into());
        assert_eq!(draft.values().iter().map(|value| value.unit).nth(2), Some(Some(Unit::Pound)));
        assert_eq!(draft.values().last().map(|value| (value.number.as_str(), value.unit)), Some(("37", None)));
        draft.choose_unit(MeasurementKind::BodyWeight, Unit::Kilogram);
        draft.put(Place::Text(Text::Line), "wt 81".into());
        assert_eq!(draft.values().iter().map(|value| value.unit).nth(2), Some(Some(Unit::Kilogram)));
    }

    #[test]
    fn a_full_form_is_no_more_than_a_visit_may_have() {
        let mut draft = VisitDraft::new(&[], start());
        for kind in MeasurementKind::ALL {
            draft.put(Place::Number(kind), "80".into());
        }
        for text in Text::ALL {
            draft.put(Place::Text(text), "x".into());
        }
        for table in [Table::Medicines, Table::Vaccines] {
            while draft.has_room(table) {
                draft.add_row(table);
            }
            draft.add_row(table);
            for row in 0..draft.rows(table) {
                draft.put(Place::Cell(row, table.columns()[0]), "x".into());
            }
        }
        let (visit, _) = visit(&draft);
        assert_eq!(visit.forms.len(), chartchain_vault::protocol::form::MAX_FORMS);
        assert_eq!(draft.said().len(), 16 + 4 + 2 * MOST_ROWS);
    }

    #[test]
    fn what_is_kept_comes_back() {
        let mut draft = typed("bp 136/82");
        draft.put(Place::Cell(0, Column::Dose), "5 mg".into());
        draft.add_row(Table::Vaccines);
        let kept = FormDraft { of: draft.of(), at_ms: 1, content: draft.to_bytes().unwrap(), file: None };
        assert!(VisitDraft::opened(&kept) == Some(draft));
        assert!(VisitDraft::opened(&FormDraft { content: vec![9], ..kept }).is_none());
    }

    #[test]
    fn a_problem_leads_to_its_field() {
        let mut draft = typed("bp 136/82 wt 81");
        draft.put(Place::Cell(0, Column::Dose), "5 mg".into());
        let wrong = |draft: &VisitDraft| {
            let (visit, places) = visit(draft);
            draft
                .told(&visit.check(&FormDate::new(NOW)), &places)
                .map(|told| told.into_iter().map(|(at, _)| at).collect::<Vec<_>>())
        };
        let (weight, medicine) = (Place::Number(MeasurementKind::BodyWeight), Place::Cell(0, Column::Medicine));
        assert_eq!(
            wrong(&draft),
            [vec![Some(weight), Some(medicine)], vec![]],
            "no unit was said, and no medicine named"
        );
        assert_eq!(wrong(&VisitDraft::new(&[], start())), [vec![Some(Place::Text(Text::Line))], vec![]]);
        let mut later = typed("bp 136/82");
        later.start.year = "2027".into();
        assert_eq!(wrong(&later), [vec![Some(Place::Start)], vec![]], "said once");
        let odd = typed("bp 82/136 wt 814 kg");
        let (visit, places) = visit(&odd);
        let [_, asked] = odd.told(&visit.check(&FormDate::new(NOW)), &places);
        assert_eq!(asked.len(), 2, "{asked:?}");
        assert!(asked[1].1.contains("Weight") && asked[1].1.contains("814") && asked[1].1.contains("300"), "{asked:?}");
    }

    #[test]
    fn typing_a_line_key_by_key_is_as_writing_it_at_once() {
        for line in [
            "wt 81.4 g glu 5.5 mmol",
            "waist 90 inspect",
            "temp 36.7 fc 74",
            "bp 136/82 hr 74 bp 130/80",
            "talla 85 in",
        ] {
            let mut draft = VisitDraft::new(&[], start());
            let keys: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
            // With a wrong word at each place, which is taken back.
            for at in keys {
                for text in [format!("{}wt 9", &line[..at]), line[..at].to_owned()] {
                    draft.put(Place::Text(Text::Line), text);
                }
            }
            let said = |draft: &VisitDraft| {
                let known = [MeasurementKind::BodyWeight, MeasurementKind::BodyTemperature];
                let told = |value: &&Value| !value.number.is_empty() || known.contains(&value.kind);
                let full = draft.values().iter().filter(told);
                let mut said: Vec<_> = full.map(|value| (value.kind as u8, value.number.clone(), value.unit)).collect();
                said.sort_by_key(|(kind, ..)| *kind);
                said
            };
            assert_eq!(said(&draft), said(&typed(line)), "{line}");
        }
    }
}
