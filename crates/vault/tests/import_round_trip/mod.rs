//! What goes out as NDJSON and comes in again keeps its references.

use std::collections::BTreeMap;
use std::path::Path;

use chartchain_fhir::{Facts, Resource, facts, find_people, read};
use chartchain_vault::protocol::{ExportFormat, Inspection};

use crate::bench_person::{Bench, imported};

fn files() -> Vec<std::path::PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folders = ["synthea", "ips", "ips/golden"].map(|folder| data.join(folder));
    let list = |folder: &std::path::PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = folders.iter().flat_map(list).map(|file| file.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files
}

fn resources(text: &str) -> Vec<(Resource, Facts)> {
    let all = read(text.as_bytes()).unwrap().resources.into_iter();
    all.map(|resource| {
        let facts = facts(&resource.json).unwrap();
        (resource, facts)
    })
    .collect()
}

/// For the text of every resource: the texts of what it refers to, and who it is about.
type Links = BTreeMap<String, (Vec<Option<String>>, Option<chartchain_fhir::Person>)>;

/// References resolved through a chart of these resources, as pages do.
fn links(resources: &[(Resource, Facts)]) -> Links {
    let mut chart = chartchain_chart::Chart::default();
    for (number, (resource, facts)) in (0u32..).zip(resources) {
        let mut commitment = [0; 16];
        commitment[..4].copy_from_slice(&number.to_be_bytes());
        chart.add(chartchain_chart::NewEntry {
            commitment,
            place: chartchain_chart::Place { block: 0, segment: 0, row: number },
            content: [0; 12],
            full_url: resource.full_url.as_deref().map(str::to_owned),
            input: None,
            relation: chartchain_chart::Relation::default(),
            facts: facts.clone(),
        });
    }
    let people = find_people(resources);
    let found = resources.iter().zip(&people.about).map(|((resource, facts), about)| {
        let references = facts.references.iter().chain(&facts.recorded_by_refs).chain(&facts.subject_ref);
        let targets = references.map(|reference| {
            let number = chart.find_reference(reference, resource.full_url.as_deref())?;
            Some(resources[number as usize].0.json.to_string())
        });
        let person = about.map(|number| people.people[number].1.clone());
        (resource.json.to_string(), (targets.collect(), person))
    });
    found.collect()
}

fn import(bench: &mut Bench, text: &str) -> (Inspection, (u32, u32, u32, u32)) {
    let inspection = bench.inspect("x", text.as_bytes()).unwrap();
    let done = imported(bench.import_all(&inspection));
    (inspection, done)
}

#[test]
fn real_files_come_back_from_ndjson_and_add_nothing() {
    let files = files();
    if files.is_empty() {
        println!("no real files beside the checkout");
        return;
    }
    let mut kept = 0;
    for path in files {
        let name = path.display();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut bench = Bench::with_ledger(None, None);
        let (before, _) = import(&mut bench, &text);
        let lines = bench.export(ExportFormat::Ndjson);
        let (all, out) = (links(&resources(&text)), links(&resources(&lines)));
        // Addresses are not in NDJSON: where references need none, they mean the same after it.
        let named = resources(&text).iter().all(|(_, facts)| facts.id.is_some());
        let needs_none = out == all && named;
        kept += u32::from(needs_none);

        if !needs_none {
            continue;
        }
        let (again, done) = import(&mut bench, &lines);
        let count = u32::try_from(lines.lines().count()).unwrap();
        assert_eq!(done, (0, 0, count, 0), "{name}: it is all there");
        let people = |inspection: &Inspection| {
            inspection.people.iter().map(|found| (found.person.clone(), found.entries)).collect::<Vec<_>>()
        };
        let mut other = Bench::with_ledger(None, None);
        let (fresh, done) = import(&mut other, &lines);
        assert_eq!((done.0 + done.1, done.3), (count, 0), "{name}");
        for inspection in [&again, &fresh] {
            assert_eq!(people(inspection), people(&before), "{name}");
            assert_eq!(inspection.shared, before.shared, "{name}");
        }
        assert_eq!(other.export(ExportFormat::Ndjson), lines, "{name}");
    }
    assert!(kept > 0, "no file keeps its references");
}
