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
    let out = out.replace("/Hemoglobin.total", "").replace(" in Arterial blood by Pulse oximetry", "");
    let spaced = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if spaced.is_empty() { title.to_owned() } else { spaced }
}

/// A short title as it stands within a sentence: `Kidney function (eGFR)` becomes `kidney function`, `HbA1c` stays.
#[must_use]
pub fn in_sentence(title: &str) -> String {
    let title = match title.split_once(" (") {
        Some((before, after)) if after.ends_with(')') && !before.is_empty() => before,
        _ => title,
    };
    let mut letters = title.chars();
    match (letters.next(), title.split_whitespace().next()) {
        (Some(first), Some(word)) if word.chars().skip(1).all(char::is_lowercase) && word.chars().count() > 1 => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_a_sentence_only_abbreviations_keep_their_capitals() {
        let told =
            ["Blood pressure", "HbA1c (average blood sugar)", "Kidney function (eGFR)", "ALT (liver)", "T4 free"];
        assert_eq!(told.map(in_sentence), ["blood pressure", "HbA1c", "kidney function", "ALT", "T4 free"]);
    }

    #[test]
    fn laboratory_names_lose_what_only_laboratories_need() {
        assert_eq!(short_title("Hemoglobin [Mass/volume] in Blood by Automated count"), "Hemoglobin in Blood");
        assert_eq!(short_title("Hemoglobin A1c/Hemoglobin.total in Blood"), "Hemoglobin A1c in Blood");
        assert_eq!(short_title("Oxygen saturation in Arterial blood by Pulse oximetry"), "Oxygen saturation");
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
