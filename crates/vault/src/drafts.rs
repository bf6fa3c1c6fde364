//! Forms that are not saved yet: sealed rows that survive a lock and a kill, and with them the file of a document.
//!
//! Two tabs may write in one form. Whoever keeps, saves or throws away a text says which one they began from; where another one
//! is there by now, it stays, and the newer text is kept beside it.

use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::append::NewBlocks;
use crate::import::Input;
use crate::open::{Head, OpenLedger};
use crate::protocol::{DraftFrom, DraftKept, DraftOf, Elsewhere, Fault, FileCard, FormDraft, MAX_DRAFT_BYTES};
use crate::rows::{RowBatch, RowName, Rows, decode_state};

/// Nobody begins so many forms without ending one.
const MAX_DRAFTS: usize = 256;
/// Of so many drafts it is known that they were saved.
const MAX_HANDED_IN: usize = 64;

#[derive(Clone, Serialize, Deserialize)]
struct StoredDraft {
    at_ms: i64,
    content: Vec<u8>,
    file: Option<(FileCard, u32)>,
}

/// Drafts that were saved as entries, newest last: what was kept of them until then.
type HandedIn = Vec<(DraftOf, i64)>;

impl StoredDraft {
    fn says(&self, content: &[u8], file: Option<&(FileCard, u32)>) -> bool {
        self.content == content && self.file.as_ref() == file
    }

    /// As the interface gets it, with its file if that is there.
    fn shown(self, of: &DraftOf, has_file: bool) -> FormDraft {
        let file = self.file.map(|(card, _)| card).filter(|_| has_file);
        FormDraft { of: of.clone(), at_ms: self.at_ms, content: self.content, file }
    }
}

impl OpenLedger {
    /// Keeps a form in the place of what it began from. Gives the input of the file that nothing refers to any more.
    pub(crate) async fn save_draft<S: Store>(
        &mut self,
        rows: &Rows<S>,
        from: &DraftFrom,
        (content, file): (Vec<u8>, Option<&Input>),
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(DraftKept, Option<u32>), Fault> {
        let DraftFrom { of, since_ms } = from;
        if content.len() > MAX_DRAFT_BYTES {
            return Err(no_room());
        }
        let file = file.and_then(|input| Some((input.file.clone()?, input.parts)));
        let stored = stored(rows, &self.id, of).await?;
        if let Some(same) = stored.as_ref().filter(|stored| stored.says(&content, file.as_ref())) {
            return Ok((DraftKept::At(same.at_ms), None));
        }
        let there_ms = stored.as_ref().map(|stored| stored.at_ms);
        let at_ms = now_ms.max(there_ms.max(*since_ms).map_or(i64::MIN, |before| before.saturating_add(1)));
        let text = StoredDraft { at_ms, content, file };
        if there_ms == *since_ms {
            let before = self.put_draft(rows, of, &text, rng).await?;
            return Ok((DraftKept::At(at_ms), before));
        }
        let what = match stored {
            Some(other) => Elsewhere::Wrote(Box::new(other.shown(of, true))),
            None if was_handed_in(&handed_in(rows, &self.id).await?, of, *since_ms) => Elsewhere::Saved,
            None => Elsewhere::ThrownAway,
        };
        let aside_ms = self.put_aside(rows, of, &text, rng).await?;
        Ok((DraftKept::Elsewhere { what, aside_ms }, None))
    }

    /// Keeps a text beside the one that another tab kept, unless a third one is there.
    async fn put_aside<S: Store>(
        &mut self,
        rows: &Rows<S>,
        of: &DraftOf,
        text: &StoredDraft,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<i64>, Fault> {
        if matches!(of, DraftOf::Aside(_)) {
            return Ok(None);
        }
        let aside = DraftOf::Aside(Box::new(of.clone()));
        match stored(rows, &self.id, &aside).await? {
            Some(there) => Ok(there.says(&text.content, text.file.as_ref()).then_some(there.at_ms)),
            None => self.put_draft(rows, &aside, text, rng).await.map(|_| Some(text.at_ms)),
        }
    }

    async fn put_draft<S: Store>(
        &mut self,
        rows: &Rows<S>,
        of: &DraftOf,
        text: &StoredDraft,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<u32>, Fault> {
        let known = self.head.drafts.iter().find(|(known, _)| known == of).cloned();
        if known.is_none() && self.head.drafts.len() >= MAX_DRAFTS {
            return Err(no_room());
        }
        let now = (of.clone(), text.file.as_ref().map(|(card, _)| card.input.0));
        let mut batch = RowBatch::default();
        batch.put_state(RowName::draft(&self.id, of), text)?;
        if known.as_ref() == Some(&now) {
            rows.commit(batch, rng).await?;
            return Ok(None);
        }
        let change = |head: &mut Head| {
            head.drafts.retain(|(known, _)| *known != now.0);
            head.drafts.push(now);
        };
        self.store_head(rows, batch, change, rng).await?;
        Ok(known.and_then(|(_, before)| before).filter(|before| !self.is_of_draft(*before)))
    }

    /// Whether a draft has this input as its file.
    pub(crate) fn is_of_draft(&self, input: u32) -> bool {
        self.head.drafts.iter().any(|(_, kept)| *kept == Some(input))
    }

    /// What was kept of a form, with its file. A draft whose row is lost is gone.
    pub(crate) async fn load_draft<S: Store>(
        &self,
        rows: &Rows<S>,
        of: &DraftOf,
    ) -> Result<Option<(FormDraft, Option<Input>)>, Fault> {
        // Another tab may have kept it, so that the head here does not name it yet.
        let Some(stored) = stored(rows, &self.id, of).await? else { return Ok(None) };
        let mut input = None;
        if let Some((card, parts)) = &stored.file {
            let whose = (card.input.0, card.name.clone(), *parts);
            match Input::restore(rows, &self.id, whose).await {
                Ok(mut restored) => {
                    restored.file = Some(card.clone());
                    input = Some(restored);
                }
                // What was typed is there all the same.
                Err(Fault::Damaged(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(Some((stored.shown(of, input.is_some()), input)))
    }

    /// Throws away what was kept of a form at a moment. Gives the input of its file, if nothing else refers to it.
    pub(crate) async fn drop_draft<S: Store>(
        &mut self,
        rows: &Rows<S>,
        of: &DraftOf,
        at_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<u32>, Fault> {
        let there = stored(rows, &self.id, of).await?;
        if there.as_ref().is_some_and(|there| there.at_ms != at_ms) {
            return Ok(None);
        }
        let known = self.head.drafts.iter().find(|(known, _)| known == of);
        if there.is_none() && known.is_none() {
            return Ok(None);
        }
        let input = known.and_then(|(_, input)| *input);
        let mut batch = RowBatch::default();
        batch.delete(RowName::draft(&self.id, of));
        let change = |head: &mut Head| head.drafts.retain(|(known, _)| known != of);
        self.store_head(rows, batch, change, rng).await?;
        Ok(input.filter(|input| !self.is_of_draft(*input)))
    }

    /// A form becomes an entry: what was kept of it goes with what is written.
    pub(crate) async fn hand_in<S: Store>(
        &self,
        rows: &Rows<S>,
        new: &mut NewBlocks,
        DraftFrom { of, since_ms }: &DraftFrom,
    ) -> Result<(), Fault> {
        let there_ms = stored(rows, &self.id, of).await?.map(|stored| stored.at_ms);
        if there_ms != *since_ms {
            return Err(Fault::DraftElsewhere);
        }
        if let Some(at_ms) = there_ms {
            let mut done = handed_in(rows, &self.id).await?;
            done.retain(|(known, _)| known != of);
            done.push((of.clone(), at_ms));
            done.drain(..done.len().saturating_sub(MAX_HANDED_IN));
            new.batch.put_state(RowName::handed_in(&self.id), &done)?;
        }
        new.drop_draft(&self.id, of);
        Ok(())
    }
}

impl NewBlocks {
    /// Throws away what was kept of a form, together with what is written.
    pub(crate) fn drop_draft(&mut self, ledger: &[u8; 32], of: &DraftOf) {
        self.batch.delete(RowName::draft(ledger, of));
        self.head.drafts.retain(|(known, _)| known != of);
    }
}

fn no_room() -> Fault {
    Fault::NotNow("there is no room for a draft like this".into())
}

/// What is kept of a form by whichever tab. A row that is lost or damaged is none.
async fn stored<S: Store>(rows: &Rows<S>, ledger: &[u8; 32], of: &DraftOf) -> Result<Option<StoredDraft>, Fault> {
    let row = rows.read_each(&[RowName::draft(ledger, of)]).await?.pop().and_then(Result::ok).flatten();
    Ok(row.and_then(|row| decode_state(&row).ok()))
}

/// Nothing where the row is lost or damaged: then a draft that was saved seems to be thrown away.
async fn handed_in<S: Store>(rows: &Rows<S>, ledger: &[u8; 32]) -> Result<HandedIn, Fault> {
    let row = rows.read_each(&[RowName::handed_in(ledger)]).await?.pop().and_then(Result::ok).flatten();
    Ok(row.and_then(|row| decode_state(&row).ok()).unwrap_or_default())
}

/// Whether the text that somebody began from, or one that came after it, was saved.
fn was_handed_in(done: &HandedIn, of: &DraftOf, since_ms: Option<i64>) -> bool {
    done.iter().any(|(known, at_ms)| known == of && Some(*at_ms) >= since_ms)
}
