//! What nobody asks for before their first entry. A browser loads the code of it when it is asked for.

use chartchain_keys::RecoveryWords;

use crate::backup::BackupJob;
use crate::doses::Said;
use crate::import::MAX_PART_BYTES;
use crate::jobs::{Task, tolerate_full};
use crate::open::OpenLedger;
use crate::parcels;
use crate::platform::Platform;
use crate::profile;
use crate::protocol::{Command, Event, Fault, Reply, Secret};
use crate::recovery;
use crate::restore::{More, Restore};
use crate::rows::RowBatch;
use crate::session::Session;

impl<P: Platform> Session<P> {
    pub(crate) async fn carry_out_later(
        &mut self,
        platform: &P,
        command: Command,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        self.load_rest_if_whole(platform, events).await?;
        match command {
            Command::CreateMadeUp { seed } => self.create_made_up(platform, seed, events).await,
            Command::LoadNetwork => Ok(Reply::Network(self.network().await?)),
            Command::SaveNetwork(network) => self.set_network(platform, network).await,
            Command::LastMeasured => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::LastMeasured(open.last_measured()))
            }
            Command::Analytes { kind, offset, limit } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Analytes(open.analytes(kind, offset, limit)))
            }
            Command::Medicines { today, past } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Medicines(Box::new(open.medicines(&today, past)?)))
            }
            Command::DoseLog { medicine, offset, limit } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::DoseLog(open.dose_log(medicine.as_ref(), offset, limit)?))
            }
            Command::NoteDose { medicine, day, number, taken, at } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                let said = Said { medicine: &medicine, day: &day, number, taken, at: &at };
                let saved = open.note_dose(&self.rows, &said, platform.now_ms(), &mut platform.rng()).await?;
                events.push(Event::Changed);
                Ok(Reply::Saved(saved))
            }
            Command::EmergencyCard { today } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::EmergencyCard(Box::new(open.card_of_emergency(platform, &self.rows, &today).await?)))
            }
            Command::LeaveOut { left_out } => {
                self.opened()?.leave_out(&self.rows, left_out, &mut platform.rng()).await?;
                Ok(Reply::Done)
            }
            Command::Review { entry } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Review(Box::new(open.review(&entry)?)))
            }
            Command::Entry { entry } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Entry(Box::new(open.entry_page(&self.rows, &entry).await?)))
            }
            Command::CheckForm { form } => Ok(Reply::FormChecked(crate::written::check(&form, platform.now_ms()))),
            Command::CheckVisit { visit } => Ok(Reply::VisitChecked(crate::visit::check(&visit, platform.now_ms()))),
            Command::SaveVisit { ledger, visit, draft } => {
                self.save_visit(platform, &ledger, (&visit, draft.as_ref()), events).await
            }
            Command::SaveForm { form, amends, draft } => {
                self.save_form(platform, (&form, &amends, draft.as_ref()), events).await
            }
            Command::Erase { entry } => self.erase(platform, &entry, events).await,
            Command::MoveEntry { entry, to } => self.move_entry(platform, &entry, &to, events).await,
            Command::SaveDraft { from, content, file } => self.save_draft(platform, &from, content, file).await,
            Command::LoadDraft { of } => self.load_draft(&of).await,
            Command::DropDraft { of, at_ms } => self.drop_draft(platform, &of, at_ms).await,
            Command::InspectFile { input } => self.inspect_file(platform, input),
            Command::FilePart { entry, file, offset } => self.file_part(entry, file, offset).await,
            Command::EditForm { entry } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Form(open.read_form(&self.rows, &entry).await?.map(Box::new)))
            }
            Command::Versions { entry } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Versions(Box::new(open.versions_page(&self.rows, &entry).await?)))
            }
            Command::KeepVersion { entry, over } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                let (now_ms, mut rng) = (platform.now_ms(), platform.rng());
                let saved = open.keep_version(&self.rows, &entry, over, now_ms, &mut rng).await?;
                events.push(Event::Changed);
                Ok(Reply::Saved(saved))
            }
            Command::MarkWrong { entry } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                let saved = open.mark_wrong(&self.rows, &entry, platform.now_ms(), &mut platform.rng()).await?;
                events.push(Event::Changed);
                Ok(Reply::Saved(saved))
            }
            Command::Document { name } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Document(Box::new(open.read_document(platform, &self.rows, name).await?)))
            }
            Command::EditDocument { name, edits } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                let page = open.edit_document(platform, &self.rows, name, edits).await?;
                events.push(Event::Changed);
                Ok(Reply::Document(Box::new(page)))
            }
            Command::ForgetPast { name } => self.forget_past(platform, name, events).await,
            Command::EraseNote { name } => self.erase_note(platform, name, events).await,
            Command::Notes => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Notes(open.notes(platform, &self.rows).await?))
            }
            Command::BeginLink { side, by_itself, binding } => {
                self.begin_link(platform, (side, by_itself), &binding, events)
            }
            Command::LinkFrames { link, frames } => self.link_frames(platform, link, &frames, events).await,
            Command::EndLink { link } => self.end_link(link, events),
            Command::SayCode { link, same } => self.say_code(link, same, events),
            Command::AskToJoin { link, name } => self.ask_to_join(platform, link, &name, events),
            Command::LetIn { link, role, name } => self.let_in(platform, link, (role, &name), events).await,
            Command::ChangeMembers { change, words } => {
                self.change_members(platform, &change, words.as_ref(), events).await
            }
            Command::Suspend { feed } => self.suspend(platform, &feed, events).await,
            Command::AskByFile { name } => self.ask_by_file(platform, &name).await,
            Command::ReadRequest { bytes } => parcels::read_request(&bytes),
            Command::PackParcel { to } => self.pack_parcel(platform, &to, events).await,
            Command::BeginParcel => Ok(self.begin_parcel()),
            Command::ParcelPart { bytes, last } => self.parcel_part(platform, &bytes, last, events).await,
            Command::JoinByParcel => self.join_by_parcel(platform, events).await,
            Command::Companions => self.companions().await,
            Command::Mailboxes => self.mailboxes(platform).await,
            Command::WriteLetter { ledger, to } => self.write_letter(platform, &ledger, &to).await,
            Command::LetterLeft { ledger, to, mark } => self.letter_left(platform, (&ledger, &to), &mark).await,
            Command::TakeLetter { bytes } => self.take_letter(platform, &bytes, events).await,
            Command::ListDevices => self.list_devices().await,
            Command::Blocks { offset, limit } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Blocks(open.blocks(offset, limit)))
            }
            Command::Verify => {
                let task = Task::verify(self.opened()?);
                Ok(Reply::Started(self.jobs.start(task)))
            }
            Command::Export { format, all_versions } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                open.fold_documents(platform, &self.rows, |_| true).await?;
                let task = Task::export(self.opened()?, format, all_versions, platform.now_ms());
                Ok(Reply::Started(self.jobs.start(task)))
            }
            Command::Backup => {
                let mut rng = platform.rng();
                let job = BackupJob::begin(&self.rows, &self.person, platform.now_ms(), &mut rng).await?;
                Ok(Reply::Started(self.jobs.start(Task::Backup(Box::new(job)))))
            }
            Command::BeginRestore { words } => self.begin_restore(platform, &words).await,
            Command::RestorePart { bytes, last } => self.restore_part(platform, &bytes, last, events).await,
            Command::DropRestore => {
                self.restore = None;
                self.clear_restored(platform).await?;
                Ok(Reply::Done)
            }
            Command::ExportPart { job, offset } => {
                let part = self.jobs.file_part(job, offset)?;
                if part.is_empty() && self.jobs.is_backup(job) {
                    self.note_backup(platform, platform.now_ms()).await?;
                    events.push(Event::Changed);
                }
                Ok(Reply::Part(part))
            }
            Command::RecoveryWords => {
                let words = self.person.recovery_words();
                words.map(Reply::RecoveryWords).ok_or_else(|| Fault::NotNow("the recovery card is done".into()))
            }
            Command::CheckRecovery { words } => self.check_words(platform, &words).await,
            Command::MakeSheetCode { words } => {
                self.expect_words(platform, &words).await?;
                recovery::make_code(&words)
            }
            Command::MakeRecoveryFile { words, passphrase } => {
                self.expect_words(platform, &words).await?;
                recovery::make_file(platform, &words, &passphrase).await
            }
            Command::AddPasskey { passphrase, passkey, secret } => {
                profile::add_passkey(platform, self.id(), &passphrase, &passkey, &secret).await.map(Reply::Person)
            }
            Command::RemovePasskey => profile::set_passkey(platform, self.id(), None).await.map(Reply::Person),
            Command::ChangePassphrase { old, new } => {
                profile::change_passphrase(platform, self.id(), &old, &new).await?;
                Ok(Reply::Done)
            }
            _ => Err(Fault::NotNow("this is not for an open session".into())),
        }
    }

    async fn check_words(&mut self, platform: &P, words: &Secret) -> Result<Reply, Fault> {
        let checked = match self.person.compare_words(words) {
            Some(checked) => checked,
            None => profile::check_words(platform, self.id(), words).await?,
        };
        if checked.is_ok() {
            self.learn_words(platform, words).await?;
        }
        Ok(Reply::RecoveryChecked(checked.err()))
    }

    /// The person has their words: they need not be kept here any longer, there are recovery keys for more ledgers, and
    /// where the key of this device is retired it gets a new one.
    pub(crate) async fn learn_words(&mut self, platform: &P, words: &Secret) -> Result<(), Fault> {
        self.person.learn_words(words)?;
        self.person.store(platform, &self.rows).await?;
        let is_due =
            |open: &&mut OpenLedger| open.is_retired() && self.person.recovers(&open.ledger.genesis().recovery);
        if let Some(open) = self.open.as_mut().filter(is_due)
            && let Ok(words) = RecoveryWords::parse(&words.0)
        {
            open.renew(&self.rows, &words, platform.now_ms(), &mut platform.rng()).await?;
        }
        Ok(())
    }

    /// Refuses words that are not this person's.
    async fn expect_words(&self, platform: &P, words: &Secret) -> Result<(), Fault> {
        profile::check_words(platform, self.id(), words).await?.map_err(Fault::WrongWords)
    }

    /// Notes when the newest backup was made. If there is no room for that, it will be asked for once more.
    async fn note_backup(&mut self, platform: &P, made_ms: i64) -> Result<(), Fault> {
        self.person.last_backup_ms = self.person.last_backup_ms.max(Some(made_ms));
        tolerate_full(self.person.store(platform, &self.rows).await)
    }

    async fn begin_restore(&mut self, platform: &P, words: &Secret) -> Result<Reply, Fault> {
        // Later backups are sealed to this person's words, and have to open all that is in them.
        self.expect_words(platform, words).await?;
        let words = RecoveryWords::parse(&words.0).map_err(|error| Fault::WrongWords(error.into()))?;
        self.clear_restored(platform).await?;
        self.restore = Some(Restore::begin(words, self.person.ledgers.clone()));
        Ok(Reply::Done)
    }

    async fn restore_part(
        &mut self,
        platform: &P,
        bytes: &[u8],
        last: bool,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        if bytes.len() > MAX_PART_BYTES {
            return Err(Fault::NotNow("parts are at most 1 MiB".into()));
        }
        let mut restore = self.restore.take().ok_or_else(|| Fault::NotNow("no restore was begun".into()))?;
        let step = async {
            for record in restore.read(bytes, last)? {
                if let Some(id) = restore.begins(&record) {
                    // Before any row of it: a restore that is killed leaves nothing that nobody knows of.
                    self.person.restoring.push(id);
                    self.person.store(platform, &self.rows).await?;
                }
                let more = restore.take(&self.rows, record, platform.now_ms(), &mut platform.rng()).await?;
                if let Some(more) = more {
                    self.add_to_known(platform, &mut restore, more).await?;
                }
            }
            if last { self.finish_restore(platform, &restore).await } else { Ok(()) }
        };
        if let Err(fault) = step.await {
            // The first fault is the one to tell.
            let _ = self.clear_restored(platform).await;
            return Err(fault);
        }
        if last {
            events.push(Event::Changed);
            let Restore { left_out, added, renewed, .. } = restore;
            return Ok(Reply::Restored { ledgers: self.ledger_cards().await?, left_out, added, renewed });
        }
        self.restore = Some(restore);
        Ok(Reply::Done)
    }

    /// Adds what a backup holds of a ledger that is here already. Where that shows a copy of this device, it gets a new key
    /// once all of the ledger was seen.
    async fn add_to_known(&mut self, platform: &P, restore: &mut Restore, more: More) -> Result<(), Fault> {
        let (mut rng, now_ms) = (platform.rng(), platform.now_ms());
        let mut closed = None;
        let open = match &mut self.open {
            Some(open) if open.id == more.ledger => open,
            _ => {
                let known = restore.closed.take().filter(|open| open.id == more.ledger);
                closed.insert(match known {
                    Some(open) => open,
                    None => Box::new(OpenLedger::load(&self.rows, more.ledger, &mut rng).await?),
                })
            }
        };
        let taken = open.take_in(&self.rows, more.blocks, &mut rng).await?;
        restore.added += taken.added;
        restore.left_out += taken.refused + open.drop_waiting(&self.rows, &mut rng).await?;
        if more.last && open.is_retired() {
            open.renew(&self.rows, &restore.words, now_ms, &mut rng).await?;
            restore.renewed += 1;
        }
        restore.closed = closed;
        Ok(())
    }

    /// What was restored is opened once, which makes its index, and then listed: all of it or nothing.
    async fn finish_restore(&mut self, platform: &P, restore: &Restore) -> Result<(), Fault> {
        let mut rng = platform.rng();
        for (id, number) in &restore.restored {
            let mut open = OpenLedger::load(&self.rows, *id, &mut rng).await?;
            // A backup may hold what a later block of it erases.
            open.erase_again(&self.rows, &open.erased, &mut rng).await?;
            let subject = open.subject_of_entries();
            let change = |head: &mut crate::open::Head| head.subject = subject;
            open.store_index(&self.rows, &mut rng).await?;
            open.store_head(&self.rows, RowBatch::default(), change, &mut rng).await?;
            self.person.pass_over_recovery(*number, &restore.words)?;
        }
        self.person.ledgers.extend(restore.restored.iter().map(|(id, _)| *id));
        self.person.restoring = Vec::new();
        self.person.last_backup_ms = self.person.last_backup_ms.max(Some(restore.made_ms));
        self.person.store(platform, &self.rows).await
    }
}
