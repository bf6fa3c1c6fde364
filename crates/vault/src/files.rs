//! Files that documents tell of: what they are, and their bytes.

use chartchain_ledger::Hash;
use chartchain_store::Store;

use crate::entry::{Entry, FileRef, ResourceEntry};
use crate::import::Input;
use crate::open::OpenLedger;
use crate::protocol::{EntryId, Fault, FileCard, FileLine, InputId, MAX_FILE_BYTES, Unreadable};
use crate::rows::Rows;
use crate::written::make_uuid;

/// What a file is, told by how it begins: its name may say anything.
pub(crate) fn sniff(bytes: &[u8]) -> Option<&'static str> {
    let at = |start: usize, wanted: &[u8]| bytes.get(start..).is_some_and(|rest| rest.starts_with(wanted));
    let brand = |names: &[&[u8]]| at(4, b"ftyp") && names.iter().any(|name| at(8, name));
    // A PDF may stand behind a few other bytes.
    let pdf = || bytes.get(..1024.min(bytes.len())).is_some_and(|start| start.windows(5).any(|five| five == b"%PDF-"));
    Some(match () {
        () if at(0, b"\xff\xd8\xff") => "image/jpeg",
        () if at(0, b"\x89PNG\r\n\x1a\n") => "image/png",
        () if at(0, b"GIF87a") || at(0, b"GIF89a") => "image/gif",
        () if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        () if brand(&[b"avif", b"avis"]) => "image/avif",
        () if brand(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"]) => "image/heic",
        () if at(0, b"II*\0") || at(0, b"MM\0*") => "image/tiff",
        () if at(0, b"BM") && at(6, &[0; 4]) => "image/bmp",
        () if pdf() => "application/pdf",
        () => return None,
    })
}

impl Input {
    /// What file it is; `None` for what is neither a PDF nor a picture.
    pub(crate) fn card(&self, uuid: [u8; 16]) -> Result<Option<FileCard>, Fault> {
        let size_bytes = u32::try_from(self.bytes.len()).ok().filter(|size| *size <= MAX_FILE_BYTES);
        let size_bytes = size_bytes.ok_or_else(too_large)?;
        Ok(sniff(&self.bytes).map(|content_type| FileCard {
            input: InputId(self.number),
            name: self.name.clone(),
            content_type: content_type.to_owned(),
            size_bytes,
            sha256: Hash::of(&[&self.bytes]).0,
            url: format!("urn:uuid:{}", make_uuid(uuid)),
        }))
    }
}

fn too_large() -> Fault {
    Fault::Unreadable(Unreadable::TooLarge { max_bytes: u64::from(MAX_FILE_BYTES) })
}

/// The files of an entry in one line each, without their bytes.
pub(crate) fn lines(entry: &ResourceEntry) -> Vec<FileLine> {
    let inline = chartchain_fhir::inline_files(&entry.json).unwrap_or_default().into_iter().map(|file| {
        // So many characters tell what it is.
        let start = file.data.get(..file.data.floor_char_boundary(1400)).unwrap_or_default();
        let whole = start.len() / 4 * 4;
        let start = start.get(..whole).and_then(chartchain_fhir::decode_base64);
        let (sniffed, size) = (start.as_deref().and_then(sniff), file.data.len() / 4 * 3);
        let content_type = sniffed.map(str::to_owned).or(file.content_type);
        let size_bytes = u32::try_from(size).unwrap_or(u32::MAX);
        FileLine {
            title: file.title,
            content_type: content_type.unwrap_or_default(),
            known: sniffed.is_some(),
            size_bytes,
        }
    });
    let named = entry.file.and_then(|_| chartchain_fhir::named_file(&entry.json).ok().flatten());
    let own = named.map(|file| FileLine {
        title: file.title,
        known: true,
        content_type: file.content_type,
        size_bytes: file.size_bytes,
    });
    own.into_iter().chain(inline).collect()
}

impl OpenLedger {
    /// All bytes of a file of an entry.
    pub(crate) async fn file_bytes<S: Store>(
        &mut self,
        rows: &Rows<S>,
        id: &EntryId,
        file: u32,
    ) -> Result<Vec<u8>, Fault> {
        let number = self.find_entry(id)?;
        let place = self.chart.record(number).ok_or(Fault::NotFound)?.place;
        let (_, Entry::Resource(entry)) = self.read_entry(rows, place).await? else { return Err(Fault::NotFound) };
        let mut inline = file as usize;
        if let Some(own) = entry.file {
            match inline.checked_sub(1) {
                Some(behind) => inline = behind,
                None => return self.read_file(rows, &own).await,
            }
        }
        let found = chartchain_fhir::inline_files(&entry.json).map_err(Fault::Unreadable)?;
        let found = found.into_iter().nth(inline).ok_or(Fault::NotFound)?;
        chartchain_fhir::decode_base64(&found.data)
            .ok_or_else(|| Fault::Damaged("the file in this entry is not in base64".into()))
    }

    /// The blocks that the parts of a file stand in.
    pub(crate) fn blocks_of(&self, file: &FileRef) -> Vec<u32> {
        let until = file.seq.saturating_add(u64::from(file.parts));
        let of_file = |block: &u32| {
            self.meta(*block).is_some_and(|meta| meta.feed.0 == file.feed && (file.seq..until).contains(&meta.seq))
        };
        let mut blocks: Vec<u32> =
            (0..u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX)).filter(of_file).collect();
        blocks.sort_by_key(|block| self.meta(*block).map(|meta| meta.seq));
        blocks
    }

    /// The parts of a file, one after the other.
    pub(crate) async fn read_file<S: Store>(&self, rows: &Rows<S>, file: &FileRef) -> Result<Vec<u8>, Fault> {
        let blocks = self.blocks_of(file);
        if blocks.len() != file.parts as usize {
            return Err(Fault::Damaged("parts of a file are missing".into()));
        }
        let mut bytes = Vec::new();
        for block in blocks {
            let (entries, _) = self.read_block(rows, block).await?;
            match entries.into_iter().next().map(|entry| entry.entry) {
                Some(Entry::Part(part)) if bytes.len() + part.len() <= MAX_FILE_BYTES as usize => bytes.extend(part),
                _ => return Err(Fault::Damaged(format!("the part of a file in block {block}"))),
            }
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_bytes() {
        for (bytes, kind) in [
            (b"\xff\xd8\xff\xe0rest".as_slice(), Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\nrest", Some("image/png")),
            (b"GIF89a", Some("image/gif")),
            (b"RIFF\0\0\0\0WEBP", Some("image/webp")),
            (b"\0\0\0\x18ftypheic", Some("image/heic")),
            (b"\0\0\0\x18ftypavif", Some("image/avif")),
            (b"\n%PDF-1.7", Some("application/pdf")),
            (b"<svg xmlns", None),
            (b"MZ", None),
            (b"", None),
        ] {
            assert_eq!(sniff(bytes), kind, "{bytes:?}");
        }
    }
}
