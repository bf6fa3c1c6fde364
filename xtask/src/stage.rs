//! Stages: each says its name when it starts and its time when it ends.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// The stages of one command, in the order they ran.
#[derive(Debug, Default)]
pub(crate) struct Stages {
    done: Vec<(String, Duration, bool)>,
    depth: usize,
}

impl Stages {
    /// Runs one stage; its failure is also its result.
    pub(crate) fn run<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let indent = "  ".repeat(self.depth);
        println!("{indent}== {name}");
        let start = Instant::now();
        self.depth += 1;
        let result = work(self);
        self.depth -= 1;
        let time = start.elapsed();
        if result.is_ok() {
            println!("{indent}== {name}: {:.1} s", time.as_secs_f32());
        } else {
            println!("{indent}== {name}: FAILED after {:.1} s", time.as_secs_f32());
        }
        if self.depth == 0 {
            self.done.push((name.to_owned(), time, result.is_ok()));
        }
        result
    }

    /// One line per stage, and how many passed and failed.
    pub(crate) fn summary(&self) -> String {
        let mut text = String::from("\n");
        for (name, time, passed) in &self.done {
            let word = if *passed { "ok    " } else { "FAILED" };
            text.push_str(&format!("{word} {:>7.1} s  {name}\n", time.as_secs_f32()));
        }
        let passed = self.done.iter().filter(|(_, _, passed)| *passed).count();
        text.push_str(&format!("Stages: {passed} passed, {} failed\n", self.done.len() - passed));
        text
    }
}
