use chartchain_docs::Task;
use chartchain_fhir::{Coding, Compartment, Kind, Person, Range, Value, When};
use serde::{Deserialize, Serialize};

use super::{BlockLine, FileLine, MemberRole, Series};

/// 64 lower-case hex digits: a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LedgerId(pub String);

/// 32 lower-case hex digits: an entry, named by the start of its commitment. Says nothing about its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(pub String);

/// A ledger of the unlocked person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCard {
    /// Which.
    pub id: LedgerId,
    /// Whose record it is.
    pub subject: Person,
    /// A made-up person: banner, and never mixed with real ones.
    pub made_up: bool,
    /// How many entries can be read.
    pub entries: u32,
    /// How many blocks.
    pub blocks: u32,
    /// Something stored of it cannot be read any more: verifying tells what.
    pub damaged: bool,
}

/// Name, birth date, sex and allergies: on every chart page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Banner {
    /// Which ledger.
    pub ledger: LedgerId,
    /// Whose.
    pub subject: Person,
    /// Made-up person.
    pub made_up: bool,
    /// Something stored of this record cannot be read any more: verifying tells what.
    pub damaged: bool,
    /// As what this device belongs to the record.
    pub role: Option<MemberRole>,
    /// Other devices may receive something of this record.
    pub shared: bool,
    /// On how many devices everything is that is here, this one included, as they said last.
    pub copies: u32,
    /// The key of this device never writes again, until the recovery words give it a new one.
    pub retired: bool,
    /// Active allergies, worst first.
    pub allergies: Vec<AllergyLine>,
    /// The record says that there are no known allergies.
    pub no_known_allergies: bool,
}

/// Somebody else who signs entries of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// What its device is called; empty for none.
    pub name: String,
    /// As what it belongs to the record, or belonged; nothing where nobody let it in, or whoever did is out.
    pub role: Option<MemberRole>,
}

/// An allergy in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllergyLine {
    /// The entry.
    pub entry: EntryId,
    /// Substance.
    pub substance: String,
    /// How bad, as the source says.
    pub severity: Option<String>,
    /// What happened.
    pub reaction: Option<String>,
    /// Another version of the entry says something else.
    pub disputed: bool,
}

/// First page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Who.
    pub banner: Banner,
    /// Current medicines.
    pub medicines: Vec<EntryLine>,
    /// Latest value of each analyte or vital sign, newest first, at most 8.
    pub latest: Vec<LatestValue>,
    /// What came in last, newest arrival first, at most 6.
    pub new: Vec<EntryLine>,
    /// Tasks of the care plan that go on, with the last marks of each.
    pub tasks: Vec<Task>,
    /// What the person likes to be called.
    pub preferred_name: Option<String>,
    /// How many current entries of each kind; one that is disputed is one.
    pub counts: Vec<(Kind, u32)>,
    /// Entries with several live versions, newest first, a version of each, at most 6.
    pub disputed: Vec<EntryLine>,
    /// How many of these there are.
    pub disputed_total: u32,
    /// When the recovery words were checked; `None` while the recovery card is not done.
    pub recovery_done: bool,
    /// When the recovery words were made, milliseconds since 1970.
    pub recovery_made_ms: i64,
    /// When the last backup was made, milliseconds since 1970.
    pub last_backup_ms: Option<i64>,
}

/// Latest value of something measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestValue {
    /// The entry.
    pub line: EntryLine,
    /// The usual range that the source gave.
    pub range: Option<Range>,
    /// The source's interpretation (`H`, `L`, `N` … or its words).
    pub interpretation: Option<String>,
    /// The value before it, if any, and when.
    pub previous: Option<(Value, Option<When>)>,
    /// How many values of it there are.
    pub count: u32,
}

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Words that all have to be found; each may be the start of a word. Empty: no search.
    pub words: String,
    /// Kinds; empty: every kind but providers, payments and the person.
    pub kinds: Vec<Kind>,
    /// FHIR resource type, exactly.
    pub type_name: Option<String>,
    /// Only entries from this source (as in [`Timeline::sources`]).
    pub source: Option<String>,
    /// Only entries with a code `code` or `system|code`.
    pub code: Option<String>,
    /// Only entries with this FHIR status.
    pub status: Option<String>,
    /// Not before, milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Before, milliseconds since 1970.
    pub before_ms: Option<i64>,
    /// Old versions and entries made in error too.
    pub include_superseded: bool,
    /// Only what is no value of anything measured: reports and the like.
    pub without_values: bool,
    /// Doses of the person's own log too; a search finds them anyway.
    pub doses: bool,
    /// How many to pass over.
    pub offset: u32,
    /// At most this many; the engine caps it at 500.
    pub limit: u32,
}

impl Query {
    /// So many entries are asked for first.
    pub const FIRST_LIMIT: u32 = 50;
    /// The latest entries: what is asked for first, and is there before the rest of a record.
    pub const FIRST: Self = Self {
        words: String::new(),
        kinds: Vec::new(),
        type_name: None,
        source: None,
        code: None,
        status: None,
        from_ms: None,
        before_ms: None,
        include_superseded: false,
        without_values: false,
        doses: false,
        offset: 0,
        limit: Self::FIRST_LIMIT,
    };
}

/// A page of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// Who.
    pub banner: Banner,
    /// The entries.
    pub lines: Vec<EntryLine>,
    /// How many fit the query.
    pub total: u32,
    /// Every source there is, for the filter, with how many entries.
    pub sources: Vec<(String, u32)>,
    /// How many fit the query apart from its kinds, by kind.
    pub kinds: Vec<(Kind, u32)>,
}

/// How firmly an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Durable on this device.
    Recorded,
    /// Confirmed by some of the witnesses that are needed.
    Witnessed {
        /// So many have.
        have: u16,
        /// So many are needed.
        needed: u16,
    },
    /// A quorum of independent witnesses holds it.
    Final,
    /// Set aside.
    Quarantined,
    /// Well formed, but its effect breaks a rule.
    Void,
}

/// An entry in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// Which.
    pub entry: EntryId,
    /// What sort of thing.
    pub kind: Kind,
    /// FHIR resource type.
    pub type_name: String,
    /// Main name, as the source wrote it.
    pub title: String,
    /// Main value.
    pub value: Option<Value>,
    /// Usual range and interpretation, where given.
    pub range: Option<Range>,
    /// The source's interpretation.
    pub interpretation: Option<String>,
    /// One more line.
    pub detail: Option<String>,
    /// When it happened.
    pub when: Option<When>,
    /// When it ended.
    pub until: Option<When>,
    /// FHIR status.
    pub fhir_status: Option<String>,
    /// Who recorded it, by name, where known.
    pub source: Option<String>,
    /// Written by hand, not brought in.
    pub by_hand: bool,
    /// Written by hand by the person here, on this device or another one of theirs.
    pub entered_by_you: bool,
    /// Who signed it, where that is somebody else.
    pub signer: Option<Signer>,
    /// Who wrote the version that it goes back to, where that is somebody else than who signed this one and than the person here.
    pub first_signer: Option<Signer>,
    /// How firmly it holds.
    pub status: Status,
    /// A newer version exists.
    pub superseded: bool,
    /// Entered in error.
    pub wrong: bool,
    /// One of several live versions, which say different things.
    pub disputed: bool,
}

/// At most so many values of one thing come with an entry, the newest.
pub const MOST_IN_SERIES: usize = 500;

/// At most so many versions are listed with an entry, the newest.
pub const MOST_VERSION_LINES: usize = 100;

/// One entry in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPage {
    /// Who.
    pub banner: Banner,
    /// The entry in one line.
    pub line: EntryLine,
    /// All its main codes.
    pub codes: Vec<Coding>,
    /// Everything else it says, in reading order.
    pub facts: Vec<Fact>,
    /// Other entries it speaks of and that are in this record.
    pub links: Vec<Link>,
    /// Its versions, newest first, with itself, where there are several; at most [`MOST_VERSION_LINES`].
    pub versions: Vec<EntryLine>,
    /// How many versions there are, with itself.
    pub versions_total: u32,
    /// How many live versions that say different things it has, counted up to 64; 1 where it is not disputed.
    pub live_versions: u32,
    /// Values of the same thing with itself, at most [`MOST_IN_SERIES`]; none where it measures nothing.
    pub series: Series,
    /// Its files: pictures, PDFs.
    pub files: Vec<FileLine>,
    /// The block that carries it.
    pub block: BlockLine,
    /// Where in the block: segment and row.
    pub place: (u32, u32),
    /// Sensitivity group.
    pub compartment: Compartment,
    /// Where it was brought in from (file name and when), if it was.
    pub brought_in: Option<BroughtIn>,
    /// The resource as written, indented for reading.
    pub source_json: String,
}

/// Where an entry came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtIn {
    /// File name; empty for pasted text.
    pub name: String,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// SHA-256 of the file, hex.
    pub sha256: String,
}

/// One thing that a resource says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Element path without indexes and choice suffixes, for example `dosageInstruction.text`.
    pub path: String,
    /// Words for it where the interface has none of its own, for example `Dosage instruction: text`.
    pub label: String,
    /// What it says, for people.
    pub text: String,
}

/// A reference to another entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Element path, for example `encounter`.
    pub path: String,
    /// Words for it.
    pub label: String,
    /// The other entry.
    pub line: EntryLine,
}
