//! Forms that are not saved yet: sealed rows that survive a lock and a kill, and with them the file of a document.

use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::append::NewBlocks;
use crate::import::Input;
use crate::open::{Head, OpenLedger};
use crate::protocol::{DraftOf, Fault, FileCard, FormDraft, MAX_DRAFT_BYTES};
use crate::rows::{RowBatch, RowName, Rows, decode_state};

/// Nobody begins so many forms without ending one.
const MAX_DRAFTS: usize = 256;

#[derive(Serialize, Deserialize)]
struct StoredDraft {
    at_ms: i64,
    content: Vec<u8>,
    file: Option<(FileCard, u32)>,
}

impl OpenLedger {
    /// Keeps a form. Gives the input of the file that was kept with it until now, if it is another one.
    pub(crate) async fn save_draft<S: Store>(
        &mut self,
        rows: &Rows<S>,
        of: &DraftOf,
        (content, file): (Vec<u8>, Option<&Input>),
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<u32>, Fault> {
        let known = self.head.drafts.iter().find(|(known, _)| known == of).cloned();
        if content.len() > MAX_DRAFT_BYTES || known.is_none() && self.head.drafts.len() >= MAX_DRAFTS {
            return Err(Fault::NotNow("there is no room for a draft like this".into()));
        }
        let file = file.and_then(|input| Some((input.file.clone()?, input.parts)));
        let now = (of.clone(), file.as_ref().map(|(card, _)| card.input.0));
        let mut batch = RowBatch::default();
        batch.put_state(RowName::draft(&self.id, of), &StoredDraft { at_ms: now_ms, content, file })?;
        if known.as_ref() == Some(&now) {
            rows.commit(batch, rng).await?;
            return Ok(None);
        }
        let input = now.1;
        let change = |head: &mut Head| {
            head.drafts.retain(|(known, _)| *known != now.0);
            head.drafts.push(now);
        };
        self.store_head(rows, batch, change, rng).await?;
        Ok(known.and_then(|(_, before)| before).filter(|before| Some(*before) != input))
    }

    /// What was kept of a form, with its file. A draft whose row is lost is gone.
    pub(crate) async fn load_draft<S: Store>(
        &self,
        rows: &Rows<S>,
        of: &DraftOf,
    ) -> Result<Option<(FormDraft, Option<Input>)>, Fault> {
        if !self.head.drafts.iter().any(|(known, _)| known == of) {
            return Ok(None);
        }
        let row = rows.read_each(&[RowName::draft(&self.id, of)]).await?.pop().and_then(Result::ok).flatten();
        let Some(stored) = row.and_then(|row| decode_state::<StoredDraft>(&row).ok()) else { return Ok(None) };
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
        let file = stored.file.map(|(card, _)| card).filter(|_| input.is_some());
        let draft = FormDraft { of: of.clone(), at_ms: stored.at_ms, content: stored.content, file };
        Ok(Some((draft, input)))
    }

    /// Throws away what was kept of a form. Gives the input of its file.
    pub(crate) async fn drop_draft<S: Store>(
        &mut self,
        rows: &Rows<S>,
        of: &DraftOf,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<u32>, Fault> {
        let Some((_, input)) = self.head.drafts.iter().find(|(known, _)| known == of).cloned() else { return Ok(None) };
        let mut batch = RowBatch::default();
        batch.delete(RowName::draft(&self.id, of));
        let change = |head: &mut Head| head.drafts.retain(|(known, _)| known != of);
        self.store_head(rows, batch, change, rng).await?;
        Ok(input)
    }
}

impl NewBlocks {
    /// Throws away what was kept of a form, together with what is written.
    pub(crate) fn drop_draft(&mut self, ledger: &[u8; 32], of: &DraftOf) {
        self.batch.delete(RowName::draft(ledger, of));
        self.head.drafts.retain(|(known, _)| known != of);
    }
}
