//! Chance without a clock or a platform: SplitMix64 (Steele, Lea and Flood, 2014), whole numbers only.

/// A stream of numbers that the seed alone decides.
#[derive(Debug, Clone)]
pub(crate) struct Rng {
    state: u64,
}

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A stream of its own for one theme, so that a change in one theme leaves the others as they were.
    pub(crate) fn fork(&self, theme: u64) -> Self {
        let mut rng = Self { state: self.state ^ theme.wrapping_mul(0xD6E8_FEB8_6659_FD93) };
        rng.next();
        Self { state: rng.next() }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to `n - 1`; 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        let high = self.next() >> 32;
        u32::try_from((high * u64::from(n)) >> 32).unwrap_or(0)
    }

    /// `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = u32::try_from(high.saturating_sub(low)).unwrap_or(0);
        low.saturating_add(i32::try_from(self.below(span.saturating_add(1))).unwrap_or(0))
    }

    /// True so many times in a thousand.
    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// Bell-shaped around 0 with a standard deviation of 1000, within ±6000.
    pub(crate) fn bell(&mut self) -> i32 {
        (0..12).map(|_| i32::try_from(self.below(1001)).unwrap_or(0)).sum::<i32>() - 6000
    }

    /// Bell-shaped around 0 with a standard deviation of `deviation`.
    pub(crate) fn spread(&mut self, deviation: i32) -> i32 {
        self.bell() * deviation / 1000
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(u32::try_from(of.len()).unwrap_or(0)) as usize)
    }

    /// One of several parts that are divided by `|`.
    pub(crate) fn word(&mut self, of: &'static str) -> &'static str {
        let count = u32::try_from(of.split('|').count()).unwrap_or(1);
        of.split('|').nth(self.below(count) as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_splitmix64() {
        let mut rng = Rng::new(1_234_567);
        assert_eq!(rng.next(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn every_number_of_a_range_comes_up_and_none_outside() {
        let mut rng = Rng::new(7);
        let mut seen = [0_u32; 5];
        for _ in 0..5000 {
            seen[usize::try_from(rng.between(-2, 2) + 2).unwrap()] += 1;
        }
        assert!(seen.iter().all(|n| (800..1200).contains(n)), "{seen:?}");
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.between(3, 1), 3);
        assert_eq!(rng.pick::<u8>(&[]), None);
    }

    #[test]
    fn the_bell_has_its_mean_and_deviation() {
        let mut rng = Rng::new(9);
        let values: Vec<i64> = (0..20_000).map(|_| i64::from(rng.bell())).collect();
        let mean = values.iter().sum::<i64>() / 20_000;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<i64>() / 20_000;
        assert!(mean.abs() < 30 && (950_000..1_050_000).contains(&variance), "{mean} {variance}");
    }
}
