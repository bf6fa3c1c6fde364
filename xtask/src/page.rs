//! `index.html`: one source for this tool and for Trunk.

use crate::failure::Failure;

/// The page without the elements that only Trunk reads.
pub(crate) fn without_trunk(source: &str) -> Result<String, Failure> {
    let mut page = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find("<link data-trunk") {
        let (before, element) = rest.split_at(start);
        let Some((_, after)) = element.split_once('>') else {
            return Err(Failure::form("index.html", "a link element has no end"));
        };
        page.push_str(before.trim_end_matches(' '));
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    page.push_str(rest);
    if page.contains("data-trunk") {
        return Err(Failure::form("index.html", "data-trunk must be the first attribute of a link element"));
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../index.html");

    #[test]
    fn what_only_trunk_reads_is_gone_and_the_rest_is_kept() {
        let source = "<head>\n  <link data-trunk rel=\"copy-dir\" href=\"static\">\n  <title>x</title>\n</head>\n";
        assert_eq!(without_trunk(source).unwrap(), "<head>\n  <title>x</title>\n</head>\n");
        assert!(without_trunk("<link rel=\"rust\" data-trunk>").is_err());
        assert!(!without_trunk(PAGE).unwrap().contains("trunk"));
    }

    #[test]
    fn the_policy_in_the_page_is_the_one_that_the_server_sends() {
        let written = PAGE.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(written.contains(chartchain_relay::CONTENT_SECURITY_POLICY));
    }

    #[test]
    fn the_page_has_no_script_or_style_of_its_own() {
        assert!(!PAGE.contains("<style") && !PAGE.contains(" style=") && !PAGE.contains(" on"));
        assert!(PAGE.split("<script").skip(1).all(|script| script.contains("src=") && script.contains("></script>")));
    }

    #[test]
    fn every_style_sheet_of_the_app_is_linked_from_the_page() {
        let folder = crate::place::root().join("static/css");
        for file in crate::place::files_under(&folder).unwrap() {
            let link = format!("href=\"css/{}\"", file.display());
            assert!(PAGE.contains(&link), "index.html has no {link}");
        }
    }
}
