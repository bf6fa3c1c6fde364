//! The site map. Addresses say nothing about health: entries and records stand under opaque ids, sections under
//! numbers.

use yew_router::Routable;

/// Every page.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub enum Route {
    /// First page of a record.
    #[at("/")]
    Home,
    /// First start.
    #[at("/start")]
    Start,
    /// A new person: passphrase, then whose record.
    #[at("/new")]
    New,
    /// A new person with a made-up record.
    #[at("/try")]
    TryOut,
    /// Choose who, then passphrase.
    #[at("/unlock")]
    Unlock,
    /// Everything, newest first.
    #[at("/timeline")]
    Timeline,
    /// Timeline with the search field ready.
    #[at("/search")]
    Search,
    /// Entries of one sort.
    #[at("/s/:number")]
    Section {
        /// See [`Section`](crate::view::kinds::Section).
        number: u8,
    },
    /// One entry.
    #[at("/e/:entry")]
    Entry {
        /// Opaque id.
        entry: String,
    },
    /// All values of what an entry measures.
    #[at("/e/:entry/over-time")]
    Review {
        /// Opaque id of any of them.
        entry: String,
    },
    /// The log of what was taken.
    #[at("/log")]
    Log,
    /// The same of one entry.
    #[at("/e/:entry/log")]
    LogOf {
        /// Opaque id.
        entry: String,
    },
    /// Amend an entry that the person wrote.
    #[at("/e/:entry/amend")]
    Amend {
        /// Opaque id.
        entry: String,
    },
    /// Its versions, where devices amended it apart.
    #[at("/e/:entry/versions")]
    Versions {
        /// Opaque id.
        entry: String,
    },
    /// Say that an entry was made in error.
    #[at("/e/:entry/withdraw")]
    Withdraw {
        /// Opaque id.
        entry: String,
    },
    /// Erase an entry.
    #[at("/e/:entry/erase")]
    Erase {
        /// Opaque id.
        entry: String,
    },
    /// An entry belongs to somebody else.
    #[at("/e/:entry/move")]
    MoveEntry {
        /// Opaque id.
        entry: String,
    },
    /// What the person wants to do.
    #[at("/p")]
    Plan,
    /// Write down something to do.
    #[at("/p/new")]
    NewTask,
    /// Something to do.
    #[at("/p/:task")]
    Task {
        /// Opaque id.
        task: String,
    },
    /// The person's own notes.
    #[at("/n")]
    Notes,
    /// A new note.
    #[at("/n/new")]
    NewNote,
    /// A note.
    #[at("/n/:note")]
    Note {
        /// Opaque id.
        note: String,
    },
    /// What the person tells about themselves.
    #[at("/me")]
    About,
    /// Bring something in.
    #[at("/add")]
    Add,
    /// A clinic's intake form, filled from the record.
    #[at("/intake")]
    Intake,
    /// Write a visit.
    #[at("/visit")]
    Visit,
    /// Write something by hand.
    #[at("/write/:number")]
    Write {
        /// See [`Sort`](crate::view::form::Sort).
        number: u8,
    },
    /// Blocks and verifying.
    #[at("/history")]
    History,
    /// Take the record out.
    #[at("/take-out")]
    TakeOut,
    /// A sealed backup.
    #[at("/backup")]
    Backup,
    /// Records from a backup.
    #[at("/restore")]
    Restore,
    /// The emergency card.
    #[at("/card")]
    Card,
    /// A backup into records that are here.
    #[at("/bring-back")]
    BringBack,
    /// People and devices of a record.
    #[at("/devices")]
    Devices,
    /// One of them.
    #[at("/devices/:feed")]
    Member {
        /// Its public key, hex.
        feed: String,
    },
    /// Something to be done about one of them.
    #[at("/devices/:feed/:act")]
    MemberAct {
        /// Its public key, hex.
        feed: String,
        /// See [`Act`](crate::view::members::Act).
        act: String,
    },
    /// A file for other devices of a record.
    #[at("/file/send")]
    SendFile,
    /// A file that came from another device.
    #[at("/file/open")]
    OpenFile,
    /// Asking by file to be let into somebody's record.
    #[at("/file/ask")]
    AskByFile,
    /// Connecting with another device.
    #[at("/connect")]
    Connect,
    /// The same, from its link.
    #[at("/connect/:code")]
    ConnectTo {
        /// How to reach it; nothing secret.
        code: String,
    },
    /// The same, from a link through a relay.
    #[at("/meet/:code")]
    Meet {
        /// Lets into a room where somebody waits; shows nothing of a record.
        code: String,
    },
    /// Settings.
    #[at("/settings")]
    Settings,
    /// Another passphrase.
    #[at("/passphrase")]
    Passphrase,
    /// Recovery words.
    #[at("/recovery")]
    Recovery,
    /// Delete from this device.
    #[at("/delete")]
    Delete,
    /// Everything that the phone's bottom bar has no room for.
    #[at("/more")]
    More,
    /// Which record.
    #[at("/records")]
    Records,
    /// Start another record.
    #[at("/records/new")]
    NewRecord,
    /// No such page.
    #[not_found]
    #[at("/404")]
    NotFound,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_back_to_their_pages() {
        let entry = || "0a".to_owned();
        for route in [
            Route::Home,
            Route::Section { number: 3 },
            Route::Entry { entry: entry() },
            Route::Review { entry: entry() },
            Route::Amend { entry: entry() },
            Route::Withdraw { entry: entry() },
            Route::Versions { entry: entry() },
            Route::Erase { entry: entry() },
            Route::MoveEntry { entry: entry() },
            Route::Write { number: 2 },
            Route::NewTask,
            Route::Visit,
            Route::Intake,
            Route::NewNote,
            Route::Note { note: entry() },
            Route::Task { task: entry() },
            Route::NewRecord,
            Route::Member { feed: entry() },
            Route::MemberAct { feed: entry(), act: "stop".to_owned() },
            Route::ConnectTo { code: "a-_9".to_owned() },
            Route::Meet { code: "a-_9".to_owned() },
        ] {
            assert_eq!(Route::recognize(&route.to_path()), Some(route));
        }
        assert_eq!(Route::recognize("/nowhere"), Some(Route::NotFound));
    }

    #[test]
    fn no_address_holds_a_word_about_health() {
        for path in Route::routes() {
            for word in ["result", "medicine", "vital", "condition", "vaccin", "allerg", "health"] {
                assert!(!path.contains(word), "{path}");
            }
        }
    }
}
