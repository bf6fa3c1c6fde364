//! Commands by which a person writes: forms, their drafts, and files of documents.

use chartchain_docs::DocumentName;
use chartchain_fhir::form::{Form, Visit};
use chartchain_keys::make_random;

use crate::import::Input;
use crate::jobs::tolerate_full;
use crate::open::OpenLedger;
use crate::out_file::OutFile;
use crate::platform::Platform;
use crate::protocol::{DraftFrom, DraftOf, EntryId, Event, Fault, InputId, LedgerId, Reply};
use crate::rows::Rows;
use crate::session::Session;

/// Parts of a file that are handed out are at most this long.
const PART_BYTES: usize = 1024 * 1024;

/// A file that is being looked at.
pub(crate) struct Viewed {
    entry: EntryId,
    file: u32,
    bytes: OutFile,
}

impl<P: Platform> Session<P> {
    pub(crate) async fn save_form(
        &mut self,
        platform: &P,
        (form, amends, draft): (&Form, &[EntryId], Option<&DraftFrom>),
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        let url = match form {
            Form::Document(document) => Some(document.attachment.url.as_str()),
            _ => None,
        };
        let is_it = |input: &&Input| input.file.as_ref().is_some_and(|card| Some(card.url.as_str()) == url);
        let input = self.inputs.values().find(is_it);
        if let (Some(card), Form::Document(document)) = (input.and_then(|input| input.file.as_ref()), form) {
            let said = &document.attachment;
            if (&said.content_type, said.size_bytes, said.sha256) != (&card.content_type, card.size_bytes, card.sha256)
            {
                return Err(Fault::NotNow("the form tells of another file".into()));
            }
        }
        let mut new = open.new_blocks()?;
        if let Some(draft) = draft {
            open.hand_in(&self.rows, &mut new, draft).await?;
        }
        let what = (form, amends, input.map(|input| input.bytes.as_slice()));
        let number = input.map(|input| input.number);
        let saved = open.write_form(&self.rows, new, what, platform.now_ms(), &mut platform.rng()).await?;
        if let Some(number) = number.filter(|number| !open.is_of_draft(*number)) {
            // The document is in; what is left of its input is put away now or when the record is opened the next time.
            tolerate_full(self.put_input_away(platform, number).await)?;
        }
        events.push(Event::Changed);
        Ok(Reply::Saved(saved))
    }

    pub(crate) async fn save_visit(
        &mut self,
        platform: &P,
        ledger: &LedgerId,
        (visit, draft): (&Visit, Option<&DraftFrom>),
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if open.ledger_id() != *ledger {
            return Err(Fault::NotNow("another record was opened meanwhile; nothing was signed".into()));
        }
        let mut new = open.new_blocks()?;
        if let Some(draft) = draft {
            open.hand_in(&self.rows, &mut new, draft).await?;
        }
        let saved = open.write_visit(&self.rows, new, visit, platform.now_ms(), &mut platform.rng()).await?;
        events.push(Event::Changed);
        Ok(Reply::Saved(saved))
    }

    pub(crate) async fn erase(
        &mut self,
        platform: &P,
        entry: &EntryId,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let (rows, open) = self.undisturbed()?;
        let erased = open.erase(rows, entry, platform.now_ms(), &mut platform.rng()).await?;
        self.viewed = None;
        for input in erased.inputs {
            tolerate_full(self.put_input_away(platform, input).await)?;
        }
        events.push(Event::Changed);
        Ok(Reply::Erased(erased.versions))
    }

    /// The open ledger, if nothing reads or writes it that could still hold what is erased.
    fn undisturbed(&mut self) -> Result<(&Rows<P::Store>, &mut OpenLedger), Fault> {
        if self.jobs.is_busy() {
            return Err(Fault::NotNow("other work on this record has not ended: wait for it, or cancel it".into()));
        }
        Ok((&self.rows, self.open.as_mut().ok_or(Fault::NoLedger)?))
    }

    pub(crate) async fn forget_past(
        &mut self,
        platform: &P,
        name: DocumentName,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let (rows, open) = self.undisturbed()?;
        let page = open.forget_past(platform, rows, name).await?;
        events.push(Event::Changed);
        Ok(Reply::Document(Box::new(page)))
    }

    pub(crate) async fn erase_note(
        &mut self,
        platform: &P,
        name: DocumentName,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let (rows, open) = self.undisturbed()?;
        open.erase_note(platform, rows, name).await?;
        events.push(Event::Changed);
        Ok(Reply::Done)
    }

    pub(crate) fn inspect_file(&mut self, platform: &P, input: InputId) -> Result<Reply, Fault> {
        let target = self.inputs.get_mut(&input.0).ok_or(Fault::NotFound)?;
        target.file = target.card(make_random(&mut platform.rng()))?;
        Ok(Reply::File(target.file.clone()))
    }

    pub(crate) async fn file_part(&mut self, entry: EntryId, file: u32, offset: u64) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if offset == 0 {
            let mut bytes = OutFile::new();
            if let Some(content) = bytes.bytes_mut() {
                *content = open.file_bytes(&self.rows, &entry, file).await?;
            }
            self.viewed = Some(Viewed { entry, file, bytes });
        } else if !self.viewed.as_ref().is_some_and(|viewed| viewed.entry == entry && viewed.file == file) {
            return Err(Fault::NotFound);
        }
        let part = self.viewed.as_mut().and_then(|viewed| viewed.bytes.take_part(offset, PART_BYTES));
        let part = part.ok_or(Fault::NotFound)?;
        if part.is_empty() {
            self.viewed = None;
        }
        Ok(Reply::Part(part))
    }

    pub(crate) async fn save_draft(
        &mut self,
        platform: &P,
        from: &DraftFrom,
        content: Vec<u8>,
        file: Option<InputId>,
    ) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        let input = file.map(|input| self.inputs.get(&input.0).ok_or(Fault::NotFound)).transpose()?;
        let (now_ms, mut rng) = (platform.now_ms(), platform.rng());
        let (kept, before) = open.save_draft(&self.rows, from, (content, input), now_ms, &mut rng).await?;
        if let Some(before) = before {
            tolerate_full(self.put_input_away(platform, before).await)?;
        }
        Ok(Reply::DraftKept(kept))
    }

    pub(crate) async fn load_draft(&mut self, of: &DraftOf) -> Result<Reply, Fault> {
        let open = self.open.as_ref().ok_or(Fault::NoLedger)?;
        let Some((draft, input)) = open.load_draft(&self.rows, of).await? else { return Ok(Reply::Draft(None)) };
        if let Some(input) = input {
            self.inputs.insert(input.number, input);
        }
        Ok(Reply::Draft(Some(Box::new(draft))))
    }

    pub(crate) async fn drop_draft(&mut self, platform: &P, of: &DraftOf, at_ms: i64) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if let Some(input) = open.drop_draft(&self.rows, of, at_ms, &mut platform.rng()).await? {
            tolerate_full(self.put_input_away(platform, input).await)?;
        }
        self.load_draft(of).await
    }

    async fn put_input_away(&mut self, platform: &P, input: u32) -> Result<(), Fault> {
        self.inputs.remove(&input);
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        Input::put_away(&self.rows, open, (input, 0), &mut platform.rng()).await
    }
}
