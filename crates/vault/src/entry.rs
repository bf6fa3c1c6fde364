use core::cell::RefCell;

use chartchain_chart::Commitment;
use chartchain_docs::{DocumentKind, DocumentName};
use chartchain_ledger::{CborError, CborReader, CborWriter};
use chartchain_pack::Packer;
use serde::{Deserialize, Serialize};

const VERSION: u64 = 0;
const KIND_RESOURCE: u64 = 0;
const KIND_INPUT: u64 = 1;
const KIND_PART: u64 = 2;
const KIND_CHANGE: u64 = 8;
pub(crate) const MAX_SUPERSEDED: usize = 64;

/// Compression of entries: `chartchain-pack` with the dictionary and the samples of this number.
pub(crate) const CODEC: (u64, u64) = (2, 2);
const MAX_PLAIN_BYTES: usize = 64 * 1024 * 1024;
static DICTIONARY_2: &str = include_str!("dictionary-2.txt");
/// One resource a line.
static SAMPLES_2: &str = include_str!("samples-2.txt");

thread_local! {
    static PACKER: RefCell<Packer> = RefCell::new(learn());
}

/// The samples as entries of the sorts that there are, so that their frame is learned too.
fn learn() -> Packer {
    let samples: Vec<Vec<u8>> = SAMPLES_2
        .lines()
        .map(|json| {
            let id = json.split_once("\"id\":\"").and_then(|(_, rest)| rest.split_once('"')).map(|(id, _)| id);
            let full_url = id.filter(|id| id.len() == 36).map(|id| format!("urn:uuid:{id}"));
            let mut input = [0; 6];
            for (to, from) in input.iter_mut().zip(json.bytes().rev()) {
                *to = from.wrapping_mul(151);
            }
            let entry =
                ResourceEntry { full_url, input: Some(input), json: json.to_owned(), ..ResourceEntry::default() };
            Entry::Resource(entry).write()
        })
        .collect();
    Packer::new(DICTIONARY_2.as_bytes(), samples.iter().map(Vec::as_slice))
}

/// Names an input where an entry refers to it: the start of its name is enough among the few inputs of a record.
pub(crate) type InputName = [u8; 6];

/// How entries refer to an input.
pub(crate) fn input_name(input: &Commitment) -> InputName {
    let [a, b, c, d, e, f, ..] = *input;
    [a, b, c, d, e, f]
}

/// What is sealed in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A FHIR resource as written, white space apart.
    Resource(ResourceEntry),
    /// An input that the entries after it were brought in from.
    Input(InputEntry),
    /// A part of a file, in a block of its own; a resource names the first of them.
    Part(Vec<u8>),
    /// A change of a document.
    Change(ChangeEntry),
}

/// A resource with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ResourceEntry {
    /// URL in the Bundle it came in.
    pub(crate) full_url: Option<String>,
    /// The entry of the input that brought it; `None` where it was written here.
    pub(crate) input: Option<InputName>,
    /// Entries that it replaces.
    pub(crate) supersedes: Vec<Commitment>,
    /// A newer version that was there already.
    pub(crate) older_than: Option<Commitment>,
    /// The file that it tells of, where its bytes are entries of their own.
    pub(crate) file: Option<FileRef>,
    /// Its text.
    pub(crate) json: String,
}

/// Where the parts of a file stand: one in each of so many blocks of one feed, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileRef {
    /// The feed.
    pub(crate) feed: [u8; 32],
    /// Place of the first block in it.
    pub(crate) seq: u64,
    /// How many blocks.
    pub(crate) parts: u32,
}

/// An input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputEntry {
    /// File name; empty for pasted text.
    pub(crate) name: String,
    /// SHA-256 of its bytes.
    pub(crate) sha256: [u8; 32],
    /// When it was brought in, milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// The Bundle without its entries, as written; empty where it was none.
    pub(crate) shell: String,
}

/// A change of a document, as Automerge writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeEntry {
    /// Which document.
    pub(crate) document: DocumentName,
    /// Since when its past is forgotten.
    pub(crate) generation: Generation,
    /// The change.
    pub(crate) bytes: Vec<u8>,
}

/// Counts how often the past of a document was forgotten. Where two devices do that at the same time, the larger one counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Generation {
    pub(crate) number: u32,
    /// Random; zeros for the first generation.
    pub(crate) id: [u8; 8],
}

/// An entry that opened, but is not in its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EntryError {
    #[error("entry is not in its form: {0}")]
    Form(#[from] CborError),
    #[error("entry is compressed in a way that this version does not know")]
    Codec,
    #[error("entry is compressed in a broken way")]
    Packed,
    #[error("entry holds text that is not UTF-8")]
    Text,
    #[error("entry is of an unknown kind")]
    Kind,
}

impl Entry {
    /// Encodes and compresses, ready to be sealed.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let plain = self.write();
        PACKER.with_borrow_mut(|packer| packer.pack(&plain))
    }

    /// The reverse of [`Entry::pack`], for the codec that the segment names.
    pub(crate) fn unpack(codec: (u64, u64), packed: &[u8]) -> Result<Self, EntryError> {
        if codec != CODEC {
            return Err(EntryError::Codec);
        }
        let plain = PACKER.with_borrow_mut(|packer| packer.unpack(packed, MAX_PLAIN_BYTES));
        Self::read(&plain.map_err(|_| EntryError::Packed)?)
    }

    fn write(&self) -> Vec<u8> {
        match self {
            Self::Resource(entry) => {
                let mut writer = CborWriter::with_capacity(entry.json.len() + 160);
                writer.array(8).uint(VERSION).uint(KIND_RESOURCE);
                writer.bytes(entry.full_url.as_deref().unwrap_or_default().as_bytes());
                write_name(&mut writer, entry.input.as_ref());
                writer.array(entry.supersedes.len());
                for old in &entry.supersedes {
                    writer.bytes(old);
                }
                write_name(&mut writer, entry.older_than.as_ref());
                write_file(&mut writer, entry.file.as_ref());
                writer.bytes(entry.json.as_bytes()).take()
            }
            Self::Change(entry) => {
                let mut writer = CborWriter::with_capacity(entry.bytes.len() + 64);
                writer.array(7).uint(VERSION).uint(KIND_CHANGE);
                writer.uint(u64::from(entry.document.kind.number())).bytes(&entry.document.id);
                writer.uint(u64::from(entry.generation.number)).bytes(&entry.generation.id);
                writer.bytes(&entry.bytes).take()
            }
            Self::Input(entry) => {
                let mut writer = CborWriter::with_capacity(entry.shell.len() + 160);
                writer.array(6).uint(VERSION).uint(KIND_INPUT).bytes(entry.name.as_bytes()).bytes(&entry.sha256);
                writer.uint(u64::try_from(entry.at_ms).unwrap_or(0)).bytes(entry.shell.as_bytes()).take()
            }
            Self::Part(bytes) => {
                let mut writer = CborWriter::with_capacity(bytes.len() + 16);
                writer.array(3).uint(VERSION).uint(KIND_PART).bytes(bytes).take()
            }
        }
    }

    fn read(plain: &[u8]) -> Result<Self, EntryError> {
        let mut reader = CborReader::new(plain);
        let fields = reader.array_up_to(8)?;
        let (version, kind) = (reader.uint()?, reader.uint()?);
        let entry = match (version, kind, fields) {
            (VERSION, KIND_RESOURCE, 8) => {
                let full_url = text(reader.bytes()?)?;
                let input = read_name(&mut reader)?;
                let count = reader.array_up_to(MAX_SUPERSEDED)?;
                let mut supersedes = Vec::with_capacity(count);
                for _ in 0..count {
                    supersedes.push(reader.bytes_exact()?);
                }
                let older_than = read_name(&mut reader)?;
                let file = read_file(&mut reader)?;
                let json = text(reader.bytes()?)?;
                let full_url = (!full_url.is_empty()).then_some(full_url);
                Self::Resource(ResourceEntry { full_url, input, supersedes, older_than, file, json })
            }
            (VERSION, KIND_CHANGE, 7) => {
                let kind = DocumentKind::from_number(reader.uint()?).ok_or(EntryError::Kind)?;
                let document = DocumentName { kind, id: reader.bytes_exact()? };
                let number = u32::try_from(reader.uint()?).map_err(|_| EntryError::Kind)?;
                let generation = Generation { number, id: reader.bytes_exact()? };
                let bytes = reader.bytes()?.to_vec();
                if !document.is_valid() {
                    return Err(EntryError::Kind);
                }
                Self::Change(ChangeEntry { document, generation, bytes })
            }
            (VERSION, KIND_INPUT, 6) => {
                let name = text(reader.bytes()?)?;
                let sha256 = reader.bytes_exact()?;
                let at_ms = i64::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
                Self::Input(InputEntry { name, sha256, at_ms, shell: text(reader.bytes()?)? })
            }
            (VERSION, KIND_PART, 3) => Self::Part(reader.bytes()?.to_vec()),
            _ => return Err(EntryError::Kind),
        };
        reader.finish()?;
        Ok(entry)
    }
}

fn write_name<const N: usize>(writer: &mut CborWriter, name: Option<&[u8; N]>) {
    writer.bytes(name.map(<[u8; N]>::as_slice).unwrap_or_default());
}

fn read_name<const N: usize>(reader: &mut CborReader<'_>) -> Result<Option<[u8; N]>, EntryError> {
    let bytes = reader.bytes()?;
    if bytes.is_empty() {
        return Ok(None);
    }
    Ok(Some(bytes.try_into().map_err(|_| CborError::Length)?))
}

/// Feed, place and number of blocks; nothing where there is no file.
fn write_file(writer: &mut CborWriter, file: Option<&FileRef>) {
    match file {
        Some(file) => writer.array(3).bytes(&file.feed).uint(file.seq).uint(u64::from(file.parts)),
        None => writer.array(0),
    };
}

fn read_file(reader: &mut CborReader<'_>) -> Result<Option<FileRef>, EntryError> {
    match reader.array_up_to(3)? {
        0 => Ok(None),
        3 => {
            let (feed, seq) = (reader.bytes_exact()?, reader.uint()?);
            let parts = u32::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
            Ok(Some(FileRef { feed, seq, parts }))
        }
        _ => Err(CborError::Length.into()),
    }
}

fn text(bytes: &[u8]) -> Result<String, EntryError> {
    core::str::from_utf8(bytes).map(str::to_owned).map_err(|_| EntryError::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_back_and_shrink() {
        let json = r#"{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7","display":"Body Weight"}],"text":"Body Weight"},"subject":{"reference":"urn:uuid:0"},"effectiveDateTime":"2012-02-06T00:48:33+00:00","valueQuantity":{"value":81.40,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}"#;
        let resource = Entry::Resource(ResourceEntry {
            full_url: Some("urn:uuid:1".into()),
            input: Some([7; 6]),
            supersedes: vec![[1; 16], [2; 16]],
            older_than: None,
            file: None,
            json: json.into(),
        });
        let file = Some(FileRef { feed: [9; 32], seq: 70_000, parts: 3 });
        let document = Entry::Resource(ResourceEntry { file, json: "{}".into(), ..ResourceEntry::default() });
        let input = Entry::Input(InputEntry { name: "a.json".into(), sha256: [3; 32], at_ms: 5, shell: "{}".into() });
        let part = Entry::Part((0..=255).cycle().take(3000).collect());
        let change = Entry::Change(ChangeEntry {
            document: DocumentName::note([4; 16]),
            generation: Generation { number: 2, id: [5; 8] },
            bytes: vec![6; 40],
        });
        for entry in [&resource, &document, &input, &part, &change] {
            assert_eq!(Entry::unpack(CODEC, &entry.pack()).as_ref(), Ok(entry));
        }
        assert!(resource.pack().len() * 3 < json.len(), "{}", resource.pack().len());
        // Stored entries have to be readable for ever: dictionary and samples never change under their number.
        let Entry::Resource(entry) = &resource else { return };
        let short = Entry::Resource(ResourceEntry { supersedes: Vec::new(), full_url: None, ..entry.clone() });
        let packed: String = short.pack().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            packed,
            "890badf3774aafc24e8658a7a03bb22659d3a7a826fba7ad27f765bc370c0d31cc5967c3d23d1c99417568f6cd92ea866ba819a5103a"
        );
    }

    #[test]
    fn broken_entries_are_errors() {
        let packed = Entry::Resource(ResourceEntry { json: "{}".into(), ..ResourceEntry::default() }).pack();
        assert_eq!(Entry::unpack((9, 9), &packed), Err(EntryError::Codec));
        assert_eq!(Entry::unpack(CODEC, &[]), Err(EntryError::Packed));
        assert!(Entry::unpack(CODEC, &[0xff; 40]).is_err());
    }
}
