//! Holds the colours of `static/css/tokens.css` to the contrast that the design promises.
#![cfg(test)]

#[cfg(test)]
mod colours {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    type Tokens = BTreeMap<String, String>;

    fn sheet() -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/css/tokens.css")).unwrap()
    }

    /// The tokens of the first rule that begins with a line of this text.
    fn tokens_of(sheet: &str, rule: &str) -> Tokens {
        let start = sheet.find(rule).unwrap_or_else(|| panic!("there is no rule {rule}"));
        let body = sheet[start..].split_once('{').unwrap().1.split_once('}').unwrap().0;
        let pairs = body.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
        pairs.map(|(name, value)| (name.to_owned(), value.trim().trim_end_matches(';').to_owned())).collect()
    }

    fn light() -> Tokens {
        tokens_of(&sheet(), ":root {")
    }

    fn dark() -> Tokens {
        let mut tokens = light();
        tokens.extend(tokens_of(&sheet(), ":root[data-theme=\"dark\"] {"));
        tokens
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(tokens: &Tokens, text: &str, ground: &str) -> f64 {
        let (a, b) = (luminance(&tokens[text]), luminance(&tokens[ground]));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_pair_has_the_contrast_that_the_design_promises() {
        // Text, ground, least ratio in light and in dark.
        let rows = [
            ("text", "page", 14.7, 16.4),
            ("text", "surface", 16.4, 14.9),
            ("text-2", "page", 6.3, 10.2),
            ("text-2", "surface", 7.0, 9.3),
            ("text-2", "sunken", 6.3, 9.3),
            ("link", "page", 8.6, 10.9),
            ("link", "surface", 9.6, 9.9),
            ("link", "tint", 8.0, 8.5),
            ("on-action", "action", 9.6, 9.5),
            ("on-action", "action-hover", 9.6, 9.5),
            ("on-brand", "brand", 13.7, 14.5),
            ("on-brand-2", "brand", 9.4, 9.9),
            ("on-know", "know", 9.0, 9.0),
            ("ok", "ok-bg", 7.5, 8.1),
            ("ok", "surface", 8.9, 11.6),
            ("info", "info-bg", 7.5, 8.2),
            ("att", "att-bg", 7.6, 9.3),
            ("att", "surface", 8.7, 12.9),
            ("text", "att-bg", 7.0, 7.0),
            ("text", "info-bg", 7.0, 7.0),
            ("text", "urgent-bg", 7.0, 7.0),
            ("text", "ok-bg", 7.0, 7.0),
            ("urgent", "urgent-bg", 7.3, 8.1),
            ("neutral", "neutral-bg", 7.8, 8.5),
            ("danger", "surface", 6.4, 7.1),
            ("danger", "page", 5.8, 7.1),
            ("goal", "surface", 5.8, 9.9),
            ("series", "band", 8.0, 6.8),
            ("series", "surface", 9.6, 9.9),
            ("ok", "band", 7.5, 8.0),
            ("line-strong", "surface", 4.8, 5.8),
            ("line-strong", "page", 4.3, 5.8),
            ("ink", "focus", 11.8, 11.8),
            ("focus", "page", 1.1, 13.2),
        ];
        for (name, tokens) in [("light", light()), ("dark", dark())] {
            for (text, ground, in_light, in_dark) in rows {
                let least = if name == "light" { in_light } else { in_dark };
                let ratio = contrast(&tokens, text, ground);
                assert!(ratio >= least, "{name}: --{text} on --{ground} is {ratio:.2}, not {least}");
            }
        }
    }

    #[test]
    fn dark_by_choice_is_dark_by_device() {
        let sheet = sheet();
        let by_device = tokens_of(&sheet, ":root:not([data-theme=\"light\"]) {");
        assert_eq!(by_device, tokens_of(&sheet, ":root[data-theme=\"dark\"] {"));
    }

    #[test]
    fn every_colour_that_dark_changes_exists_in_light() {
        let light = light();
        for name in tokens_of(&sheet(), ":root[data-theme=\"dark\"] {").keys() {
            assert!(light.contains_key(name), "--{name}");
        }
    }

    #[test]
    fn no_sheet_uses_a_token_that_does_not_exist_or_a_colour_of_its_own_for_text() {
        let tokens = light();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/css");
        for file in ["base.css", "components.css", "pages.css"] {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            for (at, _) in text.match_indices("var(--") {
                let name: String =
                    text[at + 6..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                assert!(tokens.contains_key(&name), "{file}: --{name}");
            }
        }
    }
}
