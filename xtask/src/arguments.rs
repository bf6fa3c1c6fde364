//! The words after a command.

use std::str::FromStr;

use crate::failure::Failure;

/// Words that are taken one by one; what is left at the end was not understood.
#[derive(Debug)]
pub(crate) struct Arguments(Vec<String>);

impl Arguments {
    pub(crate) fn new(words: impl Iterator<Item = String>) -> Self {
        Self(words.collect())
    }

    /// Takes a word such as `--release`.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let found = self.0.iter().position(|word| word == name);
        found.map(|at| self.0.remove(at)).is_some()
    }

    /// Takes a word such as `--port` and the value after it (or `--port=VALUE`).
    pub(crate) fn value<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, Failure> {
        let joined = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&joined)) else {
            return Ok(None);
        };
        let word = self.0.remove(at);
        let text = match word.strip_prefix(&joined) {
            Some(text) => text.to_owned(),
            None if at < self.0.len() => self.0.remove(at),
            None => return Err(Failure::Usage(format!("{name} needs a value"))),
        };
        text.parse().map(Some).map_err(|_| Failure::Usage(format!("{name} does not take {text}")))
    }

    /// Takes the value of every occurrence.
    pub(crate) fn values(&mut self, name: &str) -> Result<Vec<String>, Failure> {
        let mut found = Vec::new();
        while let Some(value) = self.value(name)? {
            found.push(value);
        }
        Ok(found)
    }

    /// All that is left.
    pub(crate) fn rest(self) -> Vec<String> {
        self.0
    }

    /// Nothing may be left.
    pub(crate) fn end(self) -> Result<(), Failure> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Failure::Usage(format!("{word} is not understood here"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn flags_and_values_are_taken_and_the_rest_is_refused() {
        let mut words = arguments("--only fmt --port=81 --release --only deny extra");
        assert!(words.flag("--release") && !words.flag("--release"));
        assert_eq!(words.value::<u16>("--port").unwrap(), Some(81));
        assert_eq!(words.values("--only").unwrap(), ["fmt", "deny"]);
        assert!(words.end().is_err());
        assert!(arguments("--port").value::<u16>("--port").is_err());
        assert!(arguments("--port x").value::<u16>("--port").is_err());
    }
}
