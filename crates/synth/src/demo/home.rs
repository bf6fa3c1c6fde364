//! What she measures and notes herself.

use super::Demo;
use crate::analytes as a;

impl Demo {
    pub(super) fn at_home(&mut self) {
        self.home_pressures();
        self.home_weights();
        for (days_ago, minute, topic, text) in [
            (3, 1275, "A little dizzy after standing up", "It went away after a few minutes. I had not drunk much."),
            (47, 1190, "Question for the next review", "Can I take the new tablet in the evening instead?"),
            (121, 1240, "Knee", "Stairs hurt less since I do the exercises from the leaflet."),
            (188, 1215, "First day with the new tablet", "No problems so far. More thirsty than usual."),
        ] {
            let surgery = self.surgery.clone();
            let visit = self.herself(self.today.plus_days(-days_ago), minute);
            let to = topic.starts_with("Question").then_some(&surgery);
            self.scribe.message(&visit, topic, text, to);
        }
    }

    /// A week of mornings and evenings every quarter, the last one still under way this morning.
    fn home_pressures(&mut self) {
        for (first_day, days, systolic, diastolic) in
            [(372, 7, 146, 89), (281, 7, 142, 87), (186, 7, 140, 86), (95, 7, 137, 85), (4, 5, 135, 83)]
        {
            for day in 0..days {
                let date = self.today.plus_days(day - first_day);
                for (minute, evening) in [(395, false), (1205, true)] {
                    let last = first_day - day == 0;
                    if last && evening {
                        continue;
                    }
                    let minute = minute + u16::try_from(self.rng.below(if last { 1 } else { 25 })).unwrap_or(0);
                    let (up, more) = (self.rng.between(-4, 5), self.rng.between(-3, 3));
                    let lower = if evening { 3 } else { 0 };
                    let (systolic, diastolic) =
                        if last { (136, 84) } else { (systolic + up - lower, diastolic + more - lower / 2) };
                    let visit = self.herself(date, minute);
                    let note = if day == 0 && !evening { "Sitting, left arm, second of two readings" } else { "" };
                    self.scribe.pressure(&visit, systolic, diastolic, note);
                    let pulse = 71 + up + more;
                    self.scribe.measured(&visit, &a::PULSE, pulse);
                }
            }
        }
    }

    fn home_weights(&mut self) {
        let kilos = [851, 853, 850, 848, 849, 846, 844, 845, 842, 840, 838, 834, 831, 829, 826, 821, 818];
        for (i, weight) in kilos.iter().enumerate() {
            let days_ago = (kilos.len() - i) * 30 - 9;
            let visit = self.herself(self.today.plus_days(-i32::try_from(days_ago).unwrap_or(0)), 412);
            self.scribe.measured(&visit, &a::WEIGHT, *weight);
        }
        let visit = self.herself(self.today.plus_days(-1), 408);
        self.scribe.measured_with(&visit, &a::WEIGHT, 814, "Bathroom scale, before breakfast");
    }
}
