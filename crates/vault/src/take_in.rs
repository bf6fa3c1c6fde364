//! Blocks of an open ledger that were written elsewhere.

use std::collections::HashMap;

use chartchain_fhir::Person;
use chartchain_keys::{DeviceKeys, Keyring, RecoveryWords, SigningKey};
use chartchain_ledger::{
    Authority, Blame, BlockMeta, Body, Change, Class, Control, Enrolment, EnrolmentError, Erasure, ForkProof, Hash,
    Ledger, Membership, Offer, Refusal, SignedBlock, Verified,
};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::block_row;
use crate::erase::ErasedSet;
use crate::members::recovery_key;
use crate::open::{HEADERS_PER_PAGE, OpenLedger};
use crate::protocol::{Fault, WordsProblem};
use crate::root::Root;
use crate::rows::{RowBatch, RowName, Rows};

/// A block as it travels: header and body.
pub(crate) type Parts = (Vec<u8>, Vec<u8>);

/// What became of blocks that were written elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TakenIn {
    /// Were not here and are now.
    pub(crate) added: u32,
    /// Do not hold, or nothing that is here links to them.
    pub(crate) refused: u32,
    /// Names of those that do not hold, as far as they have one.
    pub(crate) refused_names: Vec<Hash>,
    /// Some of them were never signed as they came: whoever handed them over has to answer for that.
    pub(crate) blames_carrier: bool,
}

/// Most bytes of blocks that wait for blocks before them.
const MAX_WAITING_BYTES: usize = 64 * 1024 * 1024;

impl OpenLedger {
    /// Whether the key of this device never writes again.
    pub(crate) fn is_retired(&self) -> bool {
        let may_write = || self.root.enrolment().is_some() || self.ledger.draft(&self.own_feed()).is_some();
        self.root.is_retired() || (!self.damage.stops_writing() && !may_write())
    }

    /// Takes in blocks, each judged as if a stranger had sent it; what is new is durable when this returns. A block that the
    /// key of this device signed and that is not here was written by a copy of this device: from then on the key is
    /// retired, in the same commit (design, rule R2). Blocks that came before those that they follow wait in memory, see
    /// [`OpenLedger::drop_waiting`].
    pub(crate) async fn take_in<S: Store>(
        &mut self,
        rows: &Rows<S>,
        blocks: Vec<Parts>,
        rng: &mut impl CryptoRng,
    ) -> Result<TakenIn, Fault> {
        let mut taken = TakenIn::default();
        if self.damage.stops_writing() {
            // Without the blocks that are missing here nothing can be held against them.
            taken.refused = u32::try_from(blocks.len()).unwrap_or(u32::MAX);
            return Ok(taken);
        }
        let (mut given, mut new) = (core::mem::take(&mut self.waiting), Vec::new());
        let mut ahead = false;
        for (header, body) in blocks {
            if self.ledger.holds(&header) {
                continue;
            }
            let meta = match checked(&header, &body) {
                Ok(meta) => meta,
                Err(blame) => {
                    taken.refused += 1;
                    taken.blames_carrier |= blame == Blame::Carrier;
                    continue;
                }
            };
            let offer = if body.is_empty() && meta.class == Class::Data {
                self.ledger.offer(&header)
            } else {
                self.ledger.offer_with_body(&header, &body)
            };
            ahead |= meta.feed == self.own_feed() && offer != Err(Refusal::OtherLedger);
            given.insert(meta.hash, (header, body));
            match offer {
                Ok(Offer::Accepted(names) | Offer::Forked { accepted: names, .. }) => {
                    new.extend(names.into_iter().filter_map(|name| Some((name, given.remove(&name)?))));
                }
                Ok(Offer::Known | Offer::Parked) => {}
                Err(refusal) => taken.blames_carrier |= refusal.blame() == Blame::Carrier,
            }
        }
        given.retain(|name, (header, _)| {
            let waits = self.ledger.holds(header);
            taken.refused += u32::from(!waits);
            taken.refused_names.extend((!waits).then_some(*name));
            waits
        });
        self.waiting = given;
        taken.added = u32::try_from(new.len()).unwrap_or(u32::MAX);
        let root = (ahead && !self.root.is_retired()).then(|| self.root.retired());
        if !new.is_empty() || root.is_some() {
            self.store_blocks(rows, new, root, rng).await?;
        }
        if self.waiting.values().map(|(header, body)| header.len() + body.len()).sum::<usize>() > MAX_WAITING_BYTES {
            taken.refused += self.drop_waiting(rows, rng).await?;
        }
        Ok(taken)
    }

    /// Lets go of blocks that wait for others: whoever sends those sends them once more. Tells how many they were.
    pub(crate) async fn drop_waiting<S: Store>(
        &mut self,
        rows: &Rows<S>,
        rng: &mut impl CryptoRng,
    ) -> Result<u32, Fault> {
        let waiting = u32::try_from(self.waiting.len()).unwrap_or(u32::MAX);
        if self.ledger.parked() > 0 {
            *self = Self::load(rows, self.id, rng).await?;
        }
        Ok(waiting)
    }

    /// Stores blocks that the ledger holds already, and reads their entries.
    async fn store_blocks<S: Store>(
        &mut self,
        rows: &Rows<S>,
        blocks: Vec<(Hash, Parts)>,
        root: Option<Root>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let mut head = self.head.clone();
        let mut header_page = self.header_page.clone();
        let mut batch = RowBatch::default();
        let erased = self.newly_erased(rows, &blocks).await?;
        let erases = !erased.is_empty();
        if erases {
            // Something of what is new is erased, or of what the index lists.
            (head.indexed_blocks, head.indexed_records) = (1, 0);
            self.shelf.clear(&self.id, &mut head, &mut batch);
        }
        for (_, (header, body)) in &blocks {
            batch.expect_none(RowName::block(&self.id, head.blocks));
            batch.put(RowName::block(&self.id, head.blocks), block_row::join(header, body));
            header_page.push(header.clone());
            batch.put_state(RowName::headers(&self.id, head.blocks / HEADERS_PER_PAGE as u32), &header_page)?;
            if header_page.len() == HEADERS_PER_PAGE {
                header_page.clear();
            }
            head.blocks += 1;
        }
        if erases {
            // What is gone of a block because it was erased later is not lost.
            head.lost.retain(|number| !erased.touches(*number));
        }
        self.put_head(&mut head, &mut batch)?;
        if let Some(root) = &root {
            root.put(&self.id, &mut batch)?;
        }
        rows.commit(batch, rng).await?;
        if erases {
            *self = Self::load(rows, self.id, rng).await?;
            self.erase_again(rows, &erased, rng).await?;
            return self.store_index(rows, rng).await;
        }
        let first = self.head.blocks;
        (self.head, self.header_page) = (head, header_page);
        self.root = root.unwrap_or_else(|| self.root.clone());
        self.arrivals.extend(blocks.iter().map(|(name, _)| Some(*name)));
        for (number, (_, (_, body))) in (first..).zip(&blocks) {
            self.read_in(number, body);
        }
        if self.head.subject == Person::default() {
            let subject = self.subject_of_entries();
            if subject != Person::default() {
                self.store_head(rows, RowBatch::default(), |head| head.subject = subject, rng).await?;
            }
        }
        self.store_index_if_due(rows, rng).await
    }

    /// Signs the first block of this device where another one has let it in, once that one is known here. True if it did.
    pub(crate) async fn introduce<S: Store>(
        &mut self,
        rows: &Rows<S>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<bool, Fault> {
        let Some(enrolment) = self.root.enrolment().and_then(|bytes| Enrolment::read(bytes).ok()) else {
            return Ok(false);
        };
        let claimed_ms = u64::try_from(now_ms).unwrap_or(0);
        let key = &self.root.device().feed;
        let Some(block) = self.ledger.enrol(&enrolment, key, claimed_ms) else { return Ok(false) };
        match self.ledger.offer_with_body(&block.header, &block.body) {
            Ok(Offer::Accepted(names)) => {
                let new = names.into_iter().map(|name| (name, (block.header.clone(), block.body.clone()))).collect();
                self.store_blocks(rows, new, Some(self.root.with_enrolment(None)), rng).await?;
                Ok(true)
            }
            // Whoever let it in is not known yet.
            _ => Ok(false),
        }
    }

    /// What new blocks erase of all that is or will be here, and what older ones erase of new blocks.
    async fn newly_erased<S: Store>(&self, rows: &Rows<S>, blocks: &[(Hash, Parts)]) -> Result<ErasedSet, Fault> {
        let new: HashMap<Hash, u32> = blocks.iter().map(|(name, _)| *name).zip(self.head.blocks..).collect();
        let mut erased = self.erased_of(rows, &new).await?;
        let mut all = None;
        for (name, (_, body)) in blocks {
            let Some(meta) = self.ledger.block(name).filter(|meta| meta.class == Class::Erase) else { continue };
            let body = Body::read_checked(meta.class, body, &meta.content_root);
            // Taking in checked the body; what is in it is for verifying to tell.
            let Some(erasure) = body.ok().and_then(|body| Erasure::read(&body).ok()) else { continue };
            let all = all.get_or_insert_with(|| {
                let mut all = self.block_numbers();
                all.extend(&new);
                all
            });
            erased.take(&erasure, all);
        }
        Ok(erased)
    }

    /// Keeps a proof of a fork that somebody else has told of; true if it is news. A device that forked itself, which is a copy, never
    /// writes with its key again.
    pub(crate) async fn learn_fork<S: Store>(
        &mut self,
        rows: &Rows<S>,
        proof: &ForkProof,
        rng: &mut impl CryptoRng,
    ) -> Result<bool, Fault> {
        if !self.ledger.learn_fork(proof) {
            return Ok(false);
        }
        let root = self.root.with_fork(proof);
        let root = if proof.feed() == self.own_feed() { root.retired() } else { root };
        let mut batch = RowBatch::default();
        root.put(&self.id, &mut batch)?;
        self.store_head(rows, batch, |_| {}, rng).await?;
        self.root = root;
        Ok(true)
    }

    /// Lets a new key of this device write in place of one that is retired. Only the recovery key may do so: the retired
    /// one belongs to whoever holds the other copy as well.
    pub(crate) async fn renew<S: Store>(
        &mut self,
        rows: &Rows<S>,
        words: &RecoveryWords,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let others = Fault::WrongWords(WordsProblem::OthersWords);
        let recovery = recovery_key(&self.ledger, words).ok_or(others)?;
        let was_steward = self.ledger.control().steward == self.own_feed();
        let device = DeviceKeys::make(rng);
        let block = enrol(&self.ledger, &recovery, self.root.keyring(), &device, now_ms, rng)?;
        let names = match self.ledger.offer_with_body(&block.header, &block.body) {
            Ok(Offer::Accepted(names)) => names,
            _ => return Err(Fault::Storage("an own block was refused".into())),
        };
        let new = names.into_iter().map(|name| (name, (block.header.clone(), block.body.clone()))).collect();
        self.store_blocks(rows, new, Some(self.root.with_device(device)), rng).await?;
        if was_steward || !self.ledger.has_steward() {
            // Whoever decided never does again with the old key.
            let block = take_over(&self.ledger, &recovery, self.root.device(), now_ms)?;
            let mut new = self.new_blocks()?;
            self.put_block(&mut new, block)?;
            self.write_blocks(rows, new, rng).await?;
        }
        Ok(())
    }
}

/// What a block says, if it is signed and its body is the one that was signed; else who has to answer for that. Entries may come
/// without their body, where whoever sends them has lost it.
fn checked(header: &[u8], body: &[u8]) -> Result<BlockMeta, Blame> {
    let header = Verified::check(header).map_err(|error| Refusal::Header(error).blame())?;
    let meta = BlockMeta::of_lone(&header);
    if !body.is_empty() || meta.class != Class::Data {
        Body::read_checked(meta.class, body, &meta.content_root).map_err(|_| Blame::Carrier)?;
    }
    Ok(meta)
}

/// The block with which a device decides from then on who belongs to a ledger, by the recovery key's word.
pub(crate) fn take_over(
    ledger: &Ledger,
    recovery: &SigningKey,
    device: &DeviceKeys,
    now_ms: i64,
) -> Result<SignedBlock, Fault> {
    let feed = device.feed.verify_key();
    let admitted = Change::Admit { feed, membership: Membership::patient() };
    let proposal = ledger.propose(vec![admitted, Change::Steward { feed }], true);
    let proofs = vec![proposal.prove(&ledger.id(), recovery)];
    let body = Control::Change { proposal, proofs }.to_body();
    let draft = ledger.draft(&feed).ok_or(Fault::Retired)?;
    Ok(draft.sign(Class::Control, u64::try_from(now_ms).unwrap_or(0), Vec::new(), &body, &device.feed))
}

/// The first block of a device that the recovery key lets in. It ends no feed: whether another device is lost is for the
/// person to say.
pub(crate) fn enrol(
    ledger: &Ledger,
    recovery: &SigningKey,
    keyring: &Keyring,
    device: &DeviceKeys,
    now_ms: i64,
    rng: &mut impl CryptoRng,
) -> Result<SignedBlock, Fault> {
    let failed = |error: EnrolmentError| Fault::Storage(error.to_string());
    let public = device.public().map_err(|error| failed(error.into()))?;
    let newcomer = (public, Membership::patient());
    let enrolment =
        Enrolment::make(&ledger.id(), newcomer, Authority::Recovery, recovery, keyring, rng).map_err(failed)?;
    let claimed_ms = u64::try_from(now_ms).unwrap_or(0);
    ledger.enrol(&enrolment, &device.feed, claimed_ms).ok_or(Fault::NotNow("a new key is known already".into()))
}
