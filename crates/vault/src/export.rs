use std::borrow::Cow;

use chartchain_calendar::{DAY_MS, civil_from_days};
use chartchain_docs::DocumentName;
use chartchain_fhir::{BundleWriter, ndjson_line, with_data};
use chartchain_store::Store;

use crate::documents::{resources, says_something};
use crate::entry::{Entry, FileRef};
use crate::open::OpenLedger;
use crate::out_file::OutFile;
use crate::protocol::{ExportFormat, Fault, JobResult};
use crate::rows::Rows;

/// Taking the record out.
pub(crate) struct ExportJob {
    format: ExportFormat,
    numbers: Vec<u32>,
    next: usize,
    pub(crate) file: OutFile,
    written: u32,
    writer: Option<BundleWriter>,
    at: String,
    /// Blocks that the index could not be made of, and files that cannot be read.
    lost: u32,
    /// Documents that are not written yet.
    documents: Vec<DocumentName>,
    /// Resources that documents became.
    of_documents: u32,
    subject: String,
}

impl ExportJob {
    /// Every entry, in order of arrival; old versions only if asked for.
    pub(crate) fn begin(open: &OpenLedger, format: ExportFormat, all_versions: bool, now_ms: i64) -> Self {
        let lost = u32::try_from(open.head.lost.len()).unwrap_or(u32::MAX);
        let numbers = open
            .chart
            .records()
            .filter(|(_, record)| all_versions || !record.superseded)
            .map(|(number, _)| number)
            .collect();
        Self {
            format,
            numbers,
            next: 0,
            file: OutFile::new(),
            written: 0,
            writer: None,
            at: iso_instant(now_ms),
            lost,
            documents: open.shelf.all().map(|(name, _)| *name).collect(),
            of_documents: 0,
            subject: open.subject_reference(),
        }
    }

    pub(crate) const fn done(&self) -> u64 {
        self.next as u64
    }

    pub(crate) fn total(&self) -> u64 {
        self.numbers.len() as u64
    }

    /// Writes the entries of the next block. What cannot be read any more is left out. True when all are written.
    pub(crate) async fn step<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<bool, Fault> {
        let Some(bytes) = self.file.bytes_mut() else { return Err(Fault::NotFound) };
        if self.format == ExportFormat::Bundle && self.writer.is_none() {
            self.writer = Some(BundleWriter::begin(bytes, &self.at));
        }
        // Entries of one block stand together in the order of arrival: each block is read and opened once.
        let place = |number: Option<&u32>| number.and_then(|number| open.chart.record(*number)).map(|r| r.place);
        if let Some(first) = place(self.numbers.get(self.next)) {
            let (entries, _) = match open.read_block(rows, first.block).await {
                Err(Fault::Damaged(_)) => (Vec::new(), false),
                read => read?,
            };
            while let Some(at) = place(self.numbers.get(self.next)).filter(|at| at.block == first.block) {
                self.next += 1;
                let found = entries.iter().find(|entry| entry.segment == at.segment && entry.row == at.row);
                let Some(Entry::Resource(entry)) = found.map(|found| &found.entry) else { continue };
                let json = match &entry.file {
                    Some(file) => whole(rows, open, file, &entry.json).await?,
                    None => Some(Cow::Borrowed(entry.json.as_str())),
                };
                // Without its file a document still says what it was.
                self.lost += u32::from(json.is_none());
                let json = json.as_deref().unwrap_or(&entry.json);
                match &mut self.writer {
                    Some(writer) => writer.entry(bytes, entry.full_url.as_deref(), "", json),
                    None => ndjson_line(bytes, json),
                }
                self.written += 1;
            }
        }
        // Entries that the index holds no more.
        while self.next < self.numbers.len() && place(self.numbers.get(self.next)).is_none() {
            self.next += 1;
        }
        let finished = self.next >= self.numbers.len();
        if finished {
            self.write_documents(rows, open).await?;
        }
        let Some(bytes) = self.file.bytes_mut() else { return Err(Fault::NotFound) };
        if finished && let Some(writer) = self.writer.take() {
            writer.finish(bytes);
        }
        Ok(finished)
    }

    /// What documents say now, behind the entries.
    async fn write_documents<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<(), Fault> {
        let Some(bytes) = self.file.bytes_mut() else { return Err(Fault::NotFound) };
        for name in core::mem::take(&mut self.documents) {
            match open.stored_document(rows, &name).await? {
                Some(stored) if says_something(&stored.view) => {
                    for (url, json) in resources(&name, &stored.view, &self.subject) {
                        match &mut self.writer {
                            Some(writer) => writer.entry(bytes, Some(&url), "", &json),
                            None => ndjson_line(bytes, &json),
                        }
                        self.of_documents += 1;
                    }
                }
                Some(_) => {}
                None => self.lost += 1,
            }
        }
        Ok(())
    }

    pub(crate) fn result(&self) -> JobResult {
        let ending = match self.format {
            ExportFormat::Bundle => "json",
            ExportFormat::Ndjson => "ndjson",
        };
        let day = self.at.get(..10).unwrap_or_default();
        JobResult::Exported {
            name: format!("chartchain-{day}.{ending}"),
            resources: self.written + self.of_documents,
            // How many entries a lost block held is not known: at least one.
            unreadable: u32::try_from(self.numbers.len()).unwrap_or(u32::MAX).saturating_sub(self.written) + self.lost,
            bytes: self.file.len(),
        }
    }
}

/// A document with the bytes of its file in it; `None` where they cannot be read any more.
async fn whole<'a, S: Store>(
    rows: &Rows<S>,
    open: &OpenLedger,
    file: &FileRef,
    json: &'a str,
) -> Result<Option<Cow<'a, str>>, Fault> {
    let named = chartchain_fhir::named_file(json).ok().flatten();
    match open.read_file(rows, file).await {
        Ok(bytes) => Ok(named.and_then(|named| with_data(json, &named.url, &bytes)).map(Cow::Owned)),
        Err(Fault::Damaged(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// A FHIR instant in UTC, from milliseconds since 1970.
pub(crate) fn iso_instant(ms: i64) -> String {
    let (year, month, day) = civil_from_days(ms.div_euclid(DAY_MS));
    let of_day = ms.rem_euclid(DAY_MS);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1000 % 60, of_day % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// The day of an instant in Greenwich, `2026-11-22`.
pub(crate) fn iso_day(ms: i64) -> String {
    let mut day = iso_instant(ms);
    day.truncate(day.find('T').unwrap_or(day.len()));
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc() {
        assert_eq!(iso_instant(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso_instant(1_582_934_400_001), "2020-02-29T00:00:00.001Z");
        assert_eq!((iso_day(0), iso_day(1_582_934_400_001)), ("1970-01-01".into(), "2020-02-29".into()));
        assert_eq!(iso_instant(-1), "1969-12-31T23:59:59.999Z");
    }
}
