//! What a body measures at an age: growth, weight, blood. Whole numbers only; medians are rounded, spreads are rough.

use crate::date::Date;
use crate::math;
use crate::rng::Rng;
use crate::scribe::Sex;

/// What stays the same about a body, each as a deviation from usual in thousandths of a standard deviation.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) sex: Sex,
    pub(crate) birth: Date,
    height: i32,
    pub(crate) weight: i32,
    /// Gain of body mass index per decade of adult life, in tenths of kg/m².
    pub(crate) gain: i32,
    systolic: i32,
    lipids: i32,
    hdl: i32,
    sugar: i32,
    kidney: i32,
    blood: i32,
    pulse: i32,
}

/// How long what changes a body has lasted, in days; negative: it has not begun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) diabetes: i32,
    pub(crate) type_1: bool,
    pub(crate) pressure: i32,
    pub(crate) lipids: i32,
    pub(crate) kidney: i32,
    pub(crate) anemia: i32,
    /// Days until the birth of a child; negative: not pregnant.
    pub(crate) pregnant: i32,
}

impl Default for Load {
    fn default() -> Self {
        Self { diabetes: -1, type_1: false, pressure: -1, lipids: -1, kidney: -1, anemia: -1, pregnant: -1 }
    }
}

/// Ages in months of the growth tables.
const MONTHS: [i32; 18] = [0, 2, 4, 6, 9, 12, 18, 24, 36, 48, 60, 72, 96, 120, 144, 168, 192, 216];
/// Median length or height in millimetres, girls and boys.
const HEIGHT: [[i32; 18]; 2] = [
    [491, 571, 621, 657, 701, 740, 807, 857, 951, 1027, 1094, 1151, 1266, 1386, 1512, 1598, 1625, 1632],
    [499, 584, 639, 676, 720, 757, 823, 871, 961, 1033, 1100, 1160, 1273, 1378, 1491, 1632, 1729, 1765],
];
/// Median weight in tens of grams.
const WEIGHT: [[i32; 18]; 2] = [
    [323, 513, 642, 730, 823, 895, 1023, 1148, 1385, 1607, 1823, 2020, 2500, 3190, 4150, 5030, 5390, 5620],
    [335, 557, 700, 793, 890, 965, 1094, 1215, 1434, 1634, 1834, 2050, 2540, 3120, 3990, 5080, 6080, 6720],
];
/// Median head circumference in millimetres, to 36 months.
const HEAD: [[i32; 9]; 2] =
    [[339, 383, 406, 422, 438, 449, 462, 472, 485], [345, 391, 416, 433, 450, 461, 474, 483, 495]];

impl Body {
    pub(crate) fn new(sex: Sex, birth: Date, rng: &mut Rng) -> Self {
        let weight = rng.bell();
        Self {
            sex,
            birth,
            height: rng.bell(),
            weight,
            gain: (12 + rng.spread(8) + weight / 200).clamp(-2, 34),
            systolic: rng.bell(),
            lipids: rng.bell(),
            hdl: rng.bell(),
            sugar: rng.bell(),
            kidney: rng.bell(),
            blood: rng.bell(),
            pulse: rng.bell(),
        }
    }

    pub(crate) fn age(&self, on: Date) -> i32 {
        on.years_since(self.birth)
    }

    fn months(&self, on: Date) -> i32 {
        ((on.to_days() - self.birth.to_days()) * 12 / 365).max(0)
    }

    fn of_sex<'a, const N: usize>(&self, [girls, boys]: &'a [[i32; N]; 2]) -> &'a [i32; N] {
        if self.sex.is_female() { girls } else { boys }
    }

    /// Millimetres.
    pub(crate) fn height_mm(&self, on: Date) -> i32 {
        let median = interpolate(self.of_sex(&HEIGHT), self.months(on));
        let shrunk = (self.age(on) - 60).max(0);
        median + median * self.height / 1000 * 38 / 1000 - shrunk
    }

    /// Hundreds of grams, as scales show it, without what changes from day to day.
    pub(crate) fn weight_hg(&self, on: Date, load: &Load) -> i32 {
        let months = self.months(on);
        let median = interpolate(self.of_sex(&WEIGHT), months);
        let spread = if months < 24 { 110 } else { 135 };
        let young = median + median * (self.weight + self.height / 2) / 1000 * spread / 1000;
        if months <= 216 {
            return young / 10;
        }
        let height = i64::from(self.height_mm(on));
        // kg/m² in tenths: tens of grams × 100,000 / mm².
        let grown = i64::from(self.height_mm(self.birth.plus_years(18)));
        let at_18 = i32::try_from(i64::from(young) * 100_000 / (grown * grown).max(1)).unwrap_or(210);
        let age = self.age(on);
        let index = at_18 + self.gain * (age.min(56) - 18) / 10
            - (age - 74).max(0) * 2
            - if load.diabetes > 200 { (load.diabetes / 200).min(18) } else { 0 };
        let index = i64::from(index.clamp(158, 540));
        let carried = if load.pregnant >= 0 { (280 - load.pregnant).clamp(0, 280) * 125 / 280 } else { 0 };
        i32::try_from(index * height * height / 1_000_000).unwrap_or(700) + carried
    }

    /// Millimetres, to the third birthday.
    pub(crate) fn head_mm(&self, on: Date) -> i32 {
        let median = interpolate(self.of_sex(&HEAD), self.months(on));
        median + median * self.height / 1000 * 25 / 1000
    }

    /// kg/m² in tenths, from rounded height and weight, as a calculator would.
    pub(crate) fn index(height_mm: i32, weight_hg: i32) -> i32 {
        let square = i64::from(height_mm) * i64::from(height_mm);
        i32::try_from((i64::from(weight_hg) * 1_000_000 + square / 2) / square.max(1)).unwrap_or(0)
    }

    /// Systolic and diastolic, mmHg.
    pub(crate) fn pressure(&self, on: Date, load: &Load, rng: &mut Rng) -> (i32, i32) {
        let age = self.age(on);
        if age < 18 {
            let systolic = 88 + age * 3 / 2 + self.systolic * 6 / 1000 + rng.spread(4);
            return (systolic, systolic * 60 / 100 + rng.spread(3));
        }
        let usual = 111 + (age - 20) * 3 / 10 + self.systolic * 7 / 1000;
        let untreated = if load.pressure < 0 { 0 } else { (26 - load.pressure / 60).max(10) };
        let pregnant = if load.pregnant > 60 { -5 } else { 0 };
        let systolic = usual + untreated + pregnant + rng.spread(6);
        let stiff = (age - 60).max(0) / 3;
        (systolic.clamp(84, 214), (systolic * 62 / 100 + 3 - stiff + rng.spread(4)).clamp(46, 120))
    }

    /// Beats a minute.
    pub(crate) fn pulse(&self, on: Date, temperature: i32, rng: &mut Rng) -> i32 {
        let age = self.age(on);
        let usual = if age < 1 { 128 } else { (118 - age * 4).max(72) };
        usual + self.pulse * 7 / 1000 + rng.spread(4) + (temperature - 370).max(0)
    }

    /// HbA1c, mmol/mol.
    pub(crate) fn hba1c(&self, on: Date, load: &Load, rng: &mut Rng) -> i32 {
        let usual = 33 + self.age(on) / 20 + self.sugar * 2 / 1000;
        if load.diabetes < 0 {
            return (usual + rng.spread(1)).clamp(24, 47);
        }
        let start = 66 + (self.sugar.max(-800)) * 11 / 1000;
        let treated = 50 + self.sugar * 4 / 1000 + if load.type_1 { 8 } else { 0 };
        let years = load.diabetes / 365;
        let fallen = (start - treated) * load.diabetes.min(540) / 540;
        (start - fallen + years * 3 / 4 + rng.spread(2)).clamp(38, 130)
    }

    /// Glucose in tenths of mmol/L that fits an HbA1c.
    pub(crate) fn glucose(hba1c: i32, rng: &mut Rng) -> i32 {
        // Estimated average glucose: 1.59 × HbA1c in % − 2.59; fasting is lower.
        let percent = hba1c * 915 / 1000 + 21;
        (percent * 159 / 100 - 26 - 9 + rng.spread(4)).clamp(32, 240)
    }

    /// Creatinine in µmol/L and the filtration rate that follows from it.
    pub(crate) fn kidneys(&self, on: Date, load: &Load, rng: &mut Rng) -> (i32, i32) {
        let age = self.age(on).max(18);
        let usual = 118 - (age - 25).max(0) * 8 / 10 + self.kidney * 7 / 1000;
        let worn = if load.kidney < 0 { usual.max(64) } else { (56 - load.kidney * 3 / 730).clamp(17, 58) };
        let female = self.sex.is_female();
        let creatinine = math::creatinine_for(worn + rng.spread(3), age, female);
        (creatinine, math::egfr(creatinine, age, female))
    }

    /// Total, HDL and LDL cholesterol and triglycerides, tenths of mmol/L; they fit together by Friedewald's formula.
    pub(crate) fn cholesterol(&self, on: Date, load: &Load, rng: &mut Rng) -> (i32, i32, i32, i32) {
        let treated = load.lipids > 60;
        let high = if load.lipids >= 0 { 11 } else { 0 };
        let ldl = 27 + self.age(on).min(65) / 8 + high + self.lipids * 6 / 1000 + rng.spread(2);
        let ldl = if treated { ldl * 58 / 100 } else { ldl }.clamp(8, 75);
        let hdl = 13 + if self.sex.is_female() { 3 } else { 0 } + self.hdl * 3 / 1000 + rng.spread(1);
        let hdl = (hdl - if load.diabetes >= 0 { 2 } else { 0 }).clamp(6, 26);
        let triglyceride = (12 + self.gain / 3 + if load.diabetes >= 0 { 5 } else { 0 } + rng.spread(3)).clamp(5, 44);
        (ldl + hdl + triglyceride * 10 / 22, hdl, ldl, triglyceride)
    }

    /// Hemoglobin, g/L.
    pub(crate) fn hemoglobin(&self, on: Date, load: &Load, rng: &mut Rng) -> i32 {
        let age = self.age(on);
        let usual = match (age, self.sex) {
            (..1, _) => 118,
            (1..12, _) => 125,
            (_, Sex::Female) => 135,
            (_, Sex::Male) => 150 - (age - 65).max(0) / 3,
        };
        let short = if load.anemia < 0 { 0 } else { (38 - load.anemia / 5).max(4) };
        let thin = if load.pregnant >= 0 { (280 - load.pregnant) / 18 } else { 0 };
        let worn = if load.kidney >= 0 { 10 } else { 0 };
        (usual + self.blood * 7 / 1000 + rng.spread(2) - short - thin - worn).clamp(72, 182)
    }
}

fn interpolate(table: &[i32], months: i32) -> i32 {
    let mut points = MONTHS.iter().zip(table);
    let Some((mut from, mut low)) = points.next() else { return 0 };
    for (to, high) in points {
        if months < *to {
            return low + (high - low) * (months - from) / (to - from).max(1);
        }
        (from, low) = (to, high);
    }
    *low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn average(sex: Sex) -> Body {
        let birth = Date { year: 1960, month: 1, day: 1 };
        let mut body = Body::new(sex, birth, &mut Rng::new(1));
        (body.height, body.weight, body.gain, body.systolic) = (0, 0, 12, 0);
        body
    }

    #[test]
    fn people_of_average_build_grow_along_the_medians() {
        let girl = average(Sex::Female);
        let load = Load::default();
        for (years, height, weight) in [(1, 740, 89), (10, 1386, 319), (18, 1632, 562)] {
            let on = girl.birth.plus_years(years);
            assert!((girl.height_mm(on) - height).abs() <= 4, "{years} {}", girl.height_mm(on));
            assert!((girl.weight_hg(on, &load) - weight).abs() <= 3, "{years} {}", girl.weight_hg(on, &load));
        }
        let man = average(Sex::Male);
        let at_50 = man.birth.plus_years(50);
        let index = Body::index(man.height_mm(at_50), man.weight_hg(at_50, &load));
        assert!((240..270).contains(&index), "{index}");
    }

    #[test]
    fn weight_has_no_jump_at_eighteen() {
        let mut rng = Rng::new(3);
        for _ in 0..200 {
            let body = Body::new(Sex::Male, Date { year: 1980, month: 6, day: 1 }, &mut rng);
            let grown = body.birth.plus_years(18);
            let (before, after) = (grown.plus_days(-20), grown.plus_days(40));
            let load = Load::default();
            let (before, after) = (body.weight_hg(before, &load), body.weight_hg(after, &load));
            assert!((after - before).abs() < 60 || after < 500, "{before} {after}");
        }
    }

    #[test]
    fn diabetes_starts_high_and_falls_under_treatment() {
        let mut rng = Rng::new(4);
        for _ in 0..200 {
            let body = Body::new(Sex::Female, Date { year: 1960, month: 6, day: 1 }, &mut rng);
            let on = Date { year: 2020, month: 1, day: 1 };
            let at = |days| Load { diabetes: days, ..Load::default() };
            let first = body.hba1c(on, &at(0), &mut rng);
            let later = body.hba1c(on, &at(600), &mut rng);
            assert!(first >= 48, "{first}");
            assert!(later < first, "{first} {later}");
            assert!(body.hba1c(on, &Load::default(), &mut rng) < 48);
        }
    }

    #[test]
    fn cholesterols_fit_together() {
        let mut rng = Rng::new(5);
        for _ in 0..500 {
            let body = Body::new(Sex::Male, Date { year: 1960, month: 6, day: 1 }, &mut rng);
            let load = Load { lipids: 400, ..Load::default() };
            let (total, hdl, ldl, triglyceride) =
                body.cholesterol(Date { year: 2020, month: 1, day: 1 }, &load, &mut rng);
            assert_eq!(total, hdl + ldl + triglyceride * 10 / 22);
            assert!((15..130).contains(&total), "{total}");
        }
    }
}
