//! The folder of a mailbox. Each parcel is a file, `first two digits of the tag / tag / name`; its time of change is when it came.

use std::{
    fs::{self, DirEntry, File},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use super::error::MailError;
use crate::{
    config::{Clock, Mail, MailLimits},
    tag::{Name, Tag},
};

/// What a parcel is called that is still being written. One is, at most, in each folder.
const UNFINISHED: &str = "unfinished";
/// What a parcel takes of the relay's storage beside its bytes.
const OVERHEAD_BYTES: u64 = 4_096;
/// Tags are written under so many locks.
const LOCKS: usize = 64;

/// A parcel that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parcel {
    pub(super) name: Name,
    pub(super) bytes: u64,
    /// How long ago it came.
    pub(super) age: Duration,
}

/// Parcels in a folder. The folder is the truth; in memory are only sums.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    limits: MailLimits,
    clock: Clock,
    locks: [Mutex<()>; LOCKS],
    held: Mutex<Held>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Held {
    parcels: u64,
    bytes: u64,
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// Opens a folder, which is made where there is none.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub(super) fn open(mail: Mail) -> io::Result<Self> {
        let Mail { folder, limits, clock } = mail;
        fs::create_dir_all(&folder)?;
        let locks = core::array::from_fn(|_| Mutex::default());
        let store = Self { folder, limits, clock, locks, held: Mutex::default() };
        for tag in store.tags()? {
            gone(fs::remove_file(store.folder_of(tag).join(UNFINISHED)))?;
            let parcels = store.parcels(tag)?;
            let mut held = lock(&store.held);
            held.parcels += parcels.iter().map(|_| 1_u64).sum::<u64>();
            held.bytes += parcels.iter().map(|parcel| parcel.bytes).sum::<u64>();
        }
        store.purge()?;
        Ok(store)
    }

    pub(super) const fn limits(&self) -> &MailLimits {
        &self.limits
    }

    /// Parcels, and their bytes.
    pub(super) fn holds(&self) -> (u64, u64) {
        let held = lock(&self.held);
        (held.parcels, held.bytes)
    }

    /// Stores a parcel durably, and tells whether it is new. What is there already keeps its age.
    pub(super) fn put(&self, tag: Tag, name: Name, bytes: &[u8]) -> Result<bool, MailError> {
        let _alone = self.alone(tag);
        self.purge_of(tag)?;
        let there = self.parcels(tag)?;
        if there.iter().any(|parcel| parcel.name == name) {
            return Ok(false);
        }
        let size = u64::try_from(bytes.len()).map_err(io::Error::other)?;
        let used: u64 = there.iter().map(|parcel| parcel.bytes).sum();
        if there.len() >= self.limits.parcels || used.saturating_add(size) > self.limits.tag_bytes {
            return Err(MailError::MailboxFull);
        }
        self.reserve(size)?;
        self.write(tag, name, bytes).inspect_err(|_| {
            self.give_back(size);
            let folder = self.folder_of(tag);
            // Both are looked at again: at the next start, and when something is deleted.
            let _leftover = fs::remove_file(folder.join(UNFINISHED));
            let _folder = fs::remove_dir(folder);
        })?;
        Ok(true)
    }

    /// What is there, the oldest first.
    pub(super) fn list(&self, tag: Tag) -> Result<Vec<Parcel>, MailError> {
        let mut parcels = self.parcels(tag)?;
        parcels.retain(|parcel| parcel.age < self.limits.kept);
        parcels.sort_by(|one, other| other.age.cmp(&one.age).then(one.name.cmp(&other.name)));
        Ok(parcels)
    }

    /// A parcel to read from, and its bytes.
    pub(super) fn read(&self, tag: Tag, name: Name) -> Result<(File, u64), MailError> {
        let file = match File::open(self.file(tag, name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(MailError::NotThere),
            opened => opened?,
        };
        let about = file.metadata()?;
        if self.age(about.modified()?) < self.limits.kept { Ok((file, about.len())) } else { Err(MailError::NotThere) }
    }

    /// Deletes a parcel, if it is there.
    pub(super) fn delete(&self, tag: Tag, name: Name) -> Result<(), MailError> {
        let _alone = self.alone(tag);
        if let Some(parcel) = self.parcels(tag)?.into_iter().find(|parcel| parcel.name == name) {
            self.remove(tag, &parcel)?;
        }
        Ok(())
    }

    /// Deletes what is too old. One folder that cannot be read keeps no other one from being gone through.
    pub(super) fn purge(&self) -> io::Result<()> {
        let mut purged = Ok(());
        for tag in self.tags()? {
            let _alone = self.alone(tag);
            let result = self.purge_of(tag);
            purged = purged.and(result);
        }
        purged
    }

    fn purge_of(&self, tag: Tag) -> io::Result<()> {
        let parcels = self.parcels(tag)?;
        parcels.iter().filter(|parcel| parcel.age >= self.limits.kept).try_for_each(|parcel| self.remove(tag, parcel))
    }

    fn remove(&self, tag: Tag, parcel: &Parcel) -> io::Result<()> {
        fs::remove_file(self.file(tag, parcel.name))?;
        self.give_back(parcel.bytes);
        // Only an empty folder goes.
        let _stays = fs::remove_dir(self.folder_of(tag));
        Ok(())
    }

    /// Writes beside, then puts it in its place: nobody sees half of a parcel, and what was answered for stays.
    fn write(&self, tag: Tag, name: Name, bytes: &[u8]) -> io::Result<()> {
        let folder = self.folder_of(tag);
        fs::create_dir_all(&folder)?;
        let unfinished = folder.join(UNFINISHED);
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.set_modified(self.clock.now())?;
        file.sync_all()?;
        fs::rename(&unfinished, self.file(tag, name))?;
        folder.ancestors().take(3).try_for_each(settle)
    }

    fn reserve(&self, bytes: u64) -> Result<(), MailError> {
        let mut held = lock(&self.held);
        let parcels = held.parcels.saturating_add(1);
        let sum = held.bytes.saturating_add(bytes);
        if sum.saturating_add(parcels.saturating_mul(OVERHEAD_BYTES)) > self.limits.total_bytes {
            return Err(MailError::MailFull);
        }
        *held = Held { parcels, bytes: sum };
        Ok(())
    }

    fn give_back(&self, bytes: u64) {
        let mut held = lock(&self.held);
        held.parcels = held.parcels.saturating_sub(1);
        held.bytes = held.bytes.saturating_sub(bytes);
    }

    /// Nobody else writes to this tag meanwhile.
    fn alone(&self, tag: Tag) -> Option<MutexGuard<'_, ()>> {
        self.locks.get(tag.kind() % LOCKS).map(lock)
    }

    fn folder_of(&self, tag: Tag) -> PathBuf {
        let tag = tag.to_string();
        let first: String = tag.chars().take(2).collect();
        self.folder.join(first).join(tag)
    }

    fn file(&self, tag: Tag, name: Name) -> PathBuf {
        self.folder_of(tag).join(name.to_string())
    }

    /// All parcels of a tag in any order, those that are too old among them.
    fn parcels(&self, tag: Tag) -> io::Result<Vec<Parcel>> {
        let mut parcels = Vec::new();
        for entry in entries(&self.folder_of(tag))? {
            let Some(name) = Name::read(&entry.file_name().to_string_lossy()) else { continue };
            match entry.metadata() {
                // Deleted meanwhile.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                about => {
                    let about = about?;
                    parcels.push(Parcel { name, bytes: about.len(), age: self.age(about.modified()?) });
                }
            }
        }
        Ok(parcels)
    }

    /// All tags that have a folder.
    fn tags(&self) -> io::Result<Vec<Tag>> {
        let mut tags = Vec::new();
        for first in entries(&self.folder)? {
            // Whoever owns the folder may keep other things in it.
            if first.file_type()?.is_dir() {
                let names = entries(&first.path())?.into_iter().map(|entry| entry.file_name());
                tags.extend(names.filter_map(|name| Tag::read(&name.to_string_lossy())));
            }
        }
        Ok(tags)
    }

    fn age(&self, came: SystemTime) -> Duration {
        self.clock.now().duration_since(came).unwrap_or_default()
    }
}

/// What is in a folder; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.collect(),
    }
}

/// Not being there is as good as having been removed.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes what a folder lists durable. Only Unix opens folders for that; elsewhere the file system sees to it.
fn settle(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
