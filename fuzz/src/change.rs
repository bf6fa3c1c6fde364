//! A change of a document, as a member of a ledger may have written it, measured and merged into a care plan.

use chartchain_docs::{Author, DocsError, DocumentKind, Done, Edit, Goal, Schedule, TaskDraft, Work};
use chartchain_ledger::Hash;

const AUTHOR: Author = Author([1; 16]);
/// Before the checksum of a change of Automerge.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

fn work(changes: Vec<Vec<u8>>, goal: Goal) -> Work {
    Work {
        kind: DocumentKind::CarePlan,
        author: AUTHOR,
        branch: 0,
        snapshot: Vec::new(),
        changes: changes.into_iter().map(|change| (AUTHOR, change)).collect(),
        goal,
        now_ms: 1_795_000_000_000,
        random: [2; 16],
    }
}

fn carry_out(work: &Work) -> Result<Done, DocsError> {
    pollster::block_on(work.carry_out(async |work| work.attempt()))
}

/// A chunk behind its checksum, which is made to fit.
pub fn run(bytes: &[u8]) {
    let Hash(sum) = Hash::of(&[bytes]);
    let change = [MAGIC.as_slice(), sum.get(..4).unwrap_or_default(), bytes].concat();
    if let Ok(done) = carry_out(&work(vec![change], Goal::Edit(Vec::new()))) {
        let again = Work { snapshot: done.snapshot.clone(), ..work(Vec::new(), Goal::Edit(Vec::new())) };
        let again = carry_out(&again).map(|again| again.view);
        assert_eq!(again, Ok(done.view), "a snapshot does not say what was merged into it");
    }
}

/// One task, and three at once.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let task = |title: &str| {
        Edit::AddTask(TaskDraft { title: title.into(), detail: "slowly".into(), schedule: Schedule::ANY_TIME })
    };
    let of = |edits| carry_out(&work(Vec::new(), Goal::Edit(edits))).map(|done| done.changes).unwrap_or_default();
    let made = [of(vec![task("Walk")]), of(vec![task("Walk"), task("Drink"), task("Rest")])].concat();
    made.iter().filter_map(|change| change.get(8..)).map(<[u8]>::to_vec).collect()
}
