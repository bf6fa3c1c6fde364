//! The narrative of a resource as plain text.

use crate::tree::Node;

/// Longest text, in characters.
const MAX_CHARS: usize = 20_000;

/// The narrative (`text.div`) without tags, entities decoded, one line for each block. `None` where there is none or
/// the text is not JSON. Longer than 20,000 characters is cut with `…`.
#[must_use]
pub fn narrative_text(json: &str) -> Option<String> {
    text_of(&Node::parse(json).ok()?)
}

pub(crate) fn text_of(root: &Node<'_>) -> Option<String> {
    let text = plain(root.get("text")?.text_at("div")?);
    (!text.is_empty()).then_some(text)
}

/// XHTML to text. What is no well-formed tag or entity stays as it is.
pub(crate) fn plain(div: &str) -> String {
    let mut out = Lines { text: String::new(), chars: 0, pending: None };
    let mut rest = div;
    while !rest.is_empty() && out.chars < MAX_CHARS {
        let at = rest.find('<').unwrap_or(rest.len());
        let (words, markup) = rest.split_at(at);
        out.words(words);
        rest = tag(markup, &mut out);
    }
    if out.chars >= MAX_CHARS {
        out.text.push('…');
    }
    out.text
}

/// Passes what starts with `<` and gives the rest.
fn tag<'t>(markup: &'t str, out: &mut Lines) -> &'t str {
    let after = |end: &str| markup.find(end).map_or("", |at| markup.get(at + end.len()..).unwrap_or_default());
    if markup.starts_with("<!--") {
        return after("-->");
    }
    let Some(inside) = markup.strip_prefix('<') else { return markup };
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        out.words("<");
        return inside;
    }
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    if matches!(name.as_str(), "script" | "style") && !inside.starts_with('/') {
        return after_end_tag(inside, &name);
    }
    match name.as_str() {
        "td" | "th" => out.gap('\t'),
        "p" | "div" | "br" | "li" | "ul" | "ol" | "tr" | "table" | "thead" | "tbody" | "caption" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" | "hr" | "dl" | "dt" | "dd" | "pre" | "blockquote" | "section" => out.gap('\n'),
        _ => {}
    }
    after(">")
}

/// What comes after the end tag of a script or a style; nothing where there is none.
fn after_end_tag<'t>(text: &'t str, name: &str) -> &'t str {
    let is_end =
        |at: &usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    let end = text.match_indices("</").map(|(at, _)| at).find(is_end);
    let rest = end.and_then(|at| text.get(at..)).unwrap_or_default();
    rest.find('>').and_then(|close| rest.get(close + 1..)).unwrap_or_default()
}

/// Text with white space runs made one; what separates two words is decided when the second one comes.
struct Lines {
    text: String,
    chars: usize,
    pending: Option<char>,
}

impl Lines {
    fn gap(&mut self, gap: char) {
        let stronger = matches!((self.pending, gap), (Some('\n'), _) | (Some('\t'), ' '));
        if !stronger {
            self.pending = Some(gap);
        }
    }

    fn words(&mut self, raw: &str) {
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            let (decoded, length) = if c == '&' { entity(rest).unwrap_or((c, 1)) } else { (c, c.len_utf8()) };
            rest = rest.get(length..).unwrap_or_default();
            if decoded.is_whitespace() {
                self.gap(' ');
                continue;
            }
            if let Some(gap) = self.pending.take()
                && !self.text.is_empty()
            {
                self.push(gap);
            }
            if !self.push(decoded) {
                return;
            }
        }
    }

    fn push(&mut self, c: char) -> bool {
        if self.chars >= MAX_CHARS {
            return false;
        }
        self.text.push(c);
        self.chars += 1;
        true
    }
}

/// The character that an entity at the start of the text means, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "deg" => '°',
        "micro" => 'µ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "bull" => '•',
        "le" => '≤',
        "ge" => '≥',
        "plusmn" => '±',
        "times" => '×',
        "sup2" => '²',
        "sup3" => '³',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_blocks_become_lines() {
        let div = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><h1>Medicines</h1><p>A &amp; B<br/>C</p><table><tr><td>1</td>\
                   <td> 2 </td></tr><tr><th>3</th></tr></table></div>";
        assert_eq!(plain(div), "Medicines\nA & B\nC\n1\t2\n3");
    }

    #[test]
    fn scripts_comments_and_broken_markup_do_not_show_or_hang() {
        assert_eq!(plain("a<script>alert('x < y')</script>b<!-- c -->d<style>p{}</style>"), "abd");
        assert_eq!(plain("5 < 6 &nope; &#65;&#x42; &#0; &"), "5 < 6 &nope; AB &#0; &");
        assert_eq!(plain("<p unclosed"), "");
        assert_eq!(plain("<!-- unclosed"), "");
    }

    #[test]
    fn a_long_narrative_is_cut() {
        let text = plain(&"word ".repeat(10_000));
        assert_eq!(text.chars().count(), MAX_CHARS + 1);
        assert!(text.ends_with('…'));
    }
}
