//! Titles that fit in a line, without the parts of laboratory names that only laboratories need.

/// `Hemoglobin [Mass/volume] in Blood by Automated count` becomes `Hemoglobin in Blood`.
#[must_use]
pub fn short_title(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut depth = 0_u32;
    for letter in title.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    if title.contains('[') {
        if let Some((kept, _)) = out.split_once(" by ") {
            out = kept.to_owned();
        }
        out = out.replace("in Serum or Plasma", "in blood serum").replace("in Serum, Plasma or Blood", "in blood");
    }
    let out = out.replace("/Hemoglobin.total", "");
    let spaced = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if spaced.is_empty() { title.to_owned() } else { spaced }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laboratory_names_lose_what_only_laboratories_need() {
        assert_eq!(short_title("Hemoglobin [Mass/volume] in Blood by Automated count"), "Hemoglobin in Blood");
        assert_eq!(short_title("Hemoglobin A1c/Hemoglobin.total in Blood"), "Hemoglobin A1c in Blood");
        assert_eq!(short_title("Glucose [Mass/volume] in Serum or Plasma"), "Glucose in blood serum");
        assert_eq!(
            short_title("Pain severity - 0-10 verbal numeric rating [Score] - Reported"),
            "Pain severity - 0-10 verbal numeric rating - Reported"
        );
    }

    #[test]
    fn other_names_stay_as_they_are() {
        assert_eq!(short_title("Stress by work"), "Stress by work");
        assert_eq!(short_title("[odd]"), "[odd]");
    }
}
