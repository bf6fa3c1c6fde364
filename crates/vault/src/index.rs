use core::cell::RefCell;

use chartchain_chart::{Chart, Commitment, ContentHash, NewEntry, Place, Relation};
use chartchain_fhir::Facts;
use chartchain_ledger::{EntryCommitment, Hash};
use chartchain_pack::Packer;
use serde::{Deserialize, Serialize};

use crate::entry::{Entry, InputEntry, ResourceEntry, input_name};
use crate::open::BlockEntry;
use crate::protocol::Fault;

/// An input that was brought in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct InputMeta {
    pub(crate) commitment: Commitment,
    pub(crate) name: String,
    pub(crate) at_ms: i64,
    pub(crate) sha256: [u8; 32],
}

/// An entry with what the index needs, ready to be written.
pub(crate) struct NewResource {
    pub(crate) entry: ResourceEntry,
    pub(crate) content: ContentHash,
    pub(crate) facts: Facts,
}

impl InputMeta {
    pub(crate) fn new(commitment: Commitment, input: &InputEntry) -> Self {
        Self { commitment, name: input.name.clone(), at_ms: input.at_ms, sha256: input.sha256 }
    }
}

/// Start of SHA-256 over full URL and text.
pub(crate) fn content_hash(full_url: Option<&str>, json: &str) -> ContentHash {
    let hash = Hash::of(&[full_url.unwrap_or_default().as_bytes(), &[0], json.as_bytes()]);
    start(&hash.0)
}

/// Longest page of the index.
const MAX_PAGE_BYTES: usize = 256 * 1024 * 1024;

thread_local! {
    /// Pages are like no dictionary, and long enough to learn from themselves.
    static PACKER: RefCell<Packer> = RefCell::new(Packer::new(&[], []));
}

/// Compresses a page of the index: how long its names are (4 bytes, big endian), the names as they are, the rest packed.
pub(crate) fn pack_page(page: &[u8]) -> Vec<u8> {
    let (names, rest) = chartchain_chart::split_page(page).unwrap_or((&[], page));
    let length = u32::try_from(names.len()).unwrap_or(u32::MAX).to_be_bytes();
    [length.as_slice(), names, &PACKER.with_borrow_mut(|packer| packer.pack(rest))].concat()
}

/// The reverse of [`pack_page`].
pub(crate) fn unpack_page(packed: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = packed.split_first_chunk::<4>()?;
    let (names, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let rest = PACKER.with_borrow_mut(|packer| packer.unpack(rest, MAX_PAGE_BYTES)).ok()?;
    Some([names, &rest].concat())
}

/// The name of an entry.
pub(crate) fn name_of(commitment: &EntryCommitment) -> Commitment {
    start(&commitment.0)
}

/// The first bytes of 32.
fn start<const N: usize>(bytes: &[u8; 32]) -> [u8; N] {
    let mut start = [0; N];
    for (to, from) in start.iter_mut().zip(bytes) {
        *to = *from;
    }
    start
}

/// Adds what a block says to a chart and a list of inputs: all that there is to know of entries comes from here.
pub(crate) fn add_block(
    chart: &mut Chart,
    inputs: &mut Vec<InputMeta>,
    block: u32,
    entries: Vec<BlockEntry>,
) -> Result<(), Fault> {
    let mut result = Ok(());
    for item in entries {
        match &item.entry {
            Entry::Input(input) => {
                if inputs.iter().all(|known| known.commitment != item.commitment) {
                    inputs.push(InputMeta::new(item.commitment, input));
                }
            }
            // A resource names it.
            Entry::Part(_) => {}
            // Documents stand on their own shelf.
            Entry::Change(_) => {}
            Entry::Resource(entry) => {
                let Ok(facts) = chartchain_fhir::facts(&entry.json) else {
                    result = Err(Fault::Damaged(format!("an entry of block {block} is no resource")));
                    continue;
                };
                let content = content_hash(entry.full_url.as_deref(), &entry.json);
                let place = Place { block, segment: item.segment, row: item.row };
                add_entry(chart, inputs, item.commitment, place, entry, (content, facts));
            }
        }
    }
    result
}

/// Adds one resource.
pub(crate) fn add_entry(
    chart: &mut Chart,
    inputs: &[InputMeta],
    commitment: Commitment,
    place: Place,
    entry: &ResourceEntry,
    (content, facts): (ContentHash, Facts),
) {
    let input = entry.input.and_then(|name| inputs.iter().position(|known| input_name(&known.commitment) == name));
    chart.add(NewEntry {
        commitment,
        place,
        content,
        full_url: entry.full_url.clone(),
        input: input.and_then(|number| u16::try_from(number).ok()),
        relation: Relation { supersedes: entry.supersedes.clone(), older_than: entry.older_than },
        facts,
    });
}
