use serde::{Deserialize, Serialize};

use crate::calendar::{Day, Repeat, Schedule};
use crate::view::Field;

/// Whether a task goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskStatus {
    /// It is to be done.
    Active,
    /// It was stopped. What was done stays readable.
    Ended,
    /// It was a mistake, and is not shown any more.
    Removed,
}

/// What a person said of a task on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Done, or not done.
    pub done: bool,
    /// When they said so, milliseconds since 1970.
    pub at_ms: i64,
}

/// A task of a care plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Names it in the document.
    pub id: [u8; 16],
    /// What is to be done.
    pub title: Field,
    /// Why, or how.
    pub detail: Field,
    /// When.
    pub schedule: Schedule,
    /// What other devices set at the same time.
    pub other_schedules: Vec<Schedule>,
    /// Whether it goes on.
    pub status: TaskStatus,
    /// When it was written down, milliseconds since 1970.
    pub created_ms: i64,
    /// What was said of it, oldest day first; of a task without a day, under `None`.
    pub marks: Vec<(Option<Day>, Mark)>,
}

/// How a task stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// To be done, on no day in particular.
    AnyTime,
    /// To be done today.
    Today(Day),
    /// Was to be done on this day, and nobody said anything.
    Late(Day),
    /// To be done on this day.
    Later(Day),
    /// Nothing is left to do. The day, where one was set, and what was said.
    Settled(Option<Day>, Mark),
}

/// What became of one time of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Somebody said so.
    Said(Mark),
    /// The next time came, and nobody had said anything.
    Unmarked,
}

impl Task {
    /// What was said of a day.
    pub fn mark(&self, day: Option<Day>) -> Option<Mark> {
        self.marks.iter().find(|(marked, _)| *marked == day).map(|(_, mark)| *mark)
    }

    /// How it stands today.
    pub fn standing(&self, today: Day) -> Standing {
        let Some(due) = self.schedule.due else {
            return self.mark(None).map_or(Standing::AnyTime, |mark| Standing::Settled(None, mark));
        };
        let now = self.schedule.until(today).next();
        match now.map(|day| (day, self.mark(Some(day)))) {
            Some((day, None)) if day == today => Standing::Today(day),
            Some((day, None)) => Standing::Late(day),
            Some((day, Some(mark))) => {
                self.schedule.after(today).map_or(Standing::Settled(Some(day), mark), Standing::Later)
            }
            // Done before its day.
            None => match self.mark(Some(due)).filter(|_| self.schedule.repeat == Repeat::Once) {
                Some(mark) => Standing::Settled(Some(due), mark),
                None => Standing::Later(due),
            },
        }
    }

    /// The day whose mark is set or taken back today: the last one that has come, else the first one.
    pub fn current(&self, today: Day) -> Option<Day> {
        self.schedule.until(today).next().or(self.schedule.due)
    }

    /// What became of it, newest first: all that was said, and the times that passed without a word.
    pub fn history(&self, today: Day, most: usize) -> Vec<(Option<Day>, Outcome)> {
        let mut days: Vec<(Option<Day>, Outcome)> =
            self.marks.iter().map(|(day, mark)| (*day, Outcome::Said(*mark))).collect();
        // The last time that has come is not over yet.
        let over = self.schedule.until(today).skip(1).take(most);
        let over = over.filter(|day| self.mark(Some(*day)).is_none());
        days.extend(over.map(|day| (Some(day), Outcome::Unmarked)));
        days.sort_by_key(|(day, _)| core::cmp::Reverse(*day));
        days.truncate(most);
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: Mark = Mark { done: true, at_ms: 5 };

    fn task(due: Option<i32>, repeat: Repeat, marks: &[i32]) -> Task {
        Task {
            id: [0; 16],
            title: Field::default(),
            detail: Field::default(),
            schedule: Schedule { due: due.map(Day), repeat },
            other_schedules: Vec::new(),
            status: TaskStatus::Active,
            created_ms: 0,
            marks: marks.iter().map(|day| (Some(Day(*day)), SAID)).collect(),
        }
    }

    #[test]
    fn a_task_of_one_day_is_later_then_today_then_late_until_somebody_says_something() {
        let open = task(Some(10), Repeat::Once, &[]);
        assert_eq!(open.standing(Day(9)), Standing::Later(Day(10)));
        assert_eq!(open.standing(Day(10)), Standing::Today(Day(10)));
        assert_eq!(open.standing(Day(300)), Standing::Late(Day(10)));
        let done = task(Some(10), Repeat::Once, &[10]);
        for today in [9, 10, 300] {
            assert_eq!(done.standing(Day(today)), Standing::Settled(Some(Day(10)), SAID));
        }
    }

    #[test]
    fn a_repeated_task_is_due_again_and_what_passed_without_a_word_is_told() {
        let weekly = task(Some(10), Repeat::Days(7), &[17]);
        assert_eq!(weekly.standing(Day(16)), Standing::Late(Day(10)));
        assert_eq!(weekly.standing(Day(18)), Standing::Later(Day(24)));
        assert_eq!(weekly.standing(Day(24)), Standing::Today(Day(24)));
        let told = weekly.history(Day(25), 10);
        assert_eq!(told, [(Some(Day(17)), Outcome::Said(SAID)), (Some(Day(10)), Outcome::Unmarked)]);
        assert_eq!(weekly.current(Day(26)), Some(Day(24)));
        assert_eq!(weekly.history(Day(100_000), 50).len(), 50);
    }

    #[test]
    fn a_task_without_a_day_waits_for_its_only_mark() {
        let mut any = task(None, Repeat::Once, &[]);
        assert_eq!((any.standing(Day(5)), any.current(Day(5))), (Standing::AnyTime, None));
        any.marks.push((None, SAID));
        assert_eq!(any.standing(Day(5)), Standing::Settled(None, SAID));
    }
}
