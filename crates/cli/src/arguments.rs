use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Keep, read, verify and take out a health record. The passphrase comes from the terminal or from
/// CHARTCHAIN_PASSPHRASE.
///
/// Exit codes: 0 done · 1 something stored was changed or damaged · 2 wrong arguments · 3 wrong passphrase or recovery
/// words · 4 input cannot be read · 5 not found · 6 whose record it is has to be said · 7 storage failed, is full or in use · 8 some of
/// the input could not be read, the rest is in · 9 the other device was not reached, or not all came over.
/// The same command again goes on where it ended.
#[derive(Debug, Parser)]
#[command(name = "chartchain", version)]
pub struct Arguments {
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Which record, where a file holds several (first is 1).
    #[arg(long, global = true)]
    pub record: Option<usize>,
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Start an empty ledger.
    Init {
        /// File of the ledger; must not exist.
        ledger: PathBuf,
        /// Whose record it is.
        #[arg(long)]
        name: Option<String>,
        /// Birth date, for example 1968-03-14.
        #[arg(long)]
        birth_date: Option<String>,
        /// Sex.
        #[arg(long)]
        sex: Option<Sex>,
    },
    /// Bring in FHIR R4: Bundles, single resources, NDJSON.
    Import {
        /// File of the ledger.
        ledger: PathBuf,
        /// What to bring in.
        #[arg(required = true)]
        files: Vec<String>,
        /// Name or reference of the person in the files whose record this is; may be given several times.
        #[arg(long)]
        person: Vec<String>,
    },
    /// List entries, newest first.
    List {
        /// File of the ledger.
        ledger: PathBuf,
        /// Only this FHIR type.
        #[arg(long = "type")]
        r#type: Option<String>,
    },
    /// Show one entry in full.
    Show {
        /// File of the ledger.
        ledger: PathBuf,
        /// Its name, as `list` prints it.
        entry: String,
    },
    /// Find entries by words.
    Search {
        /// File of the ledger.
        ledger: PathBuf,
        /// Words that all have to be found.
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Take the record out. The file is not encrypted.
    Export {
        /// File of the ledger.
        ledger: PathBuf,
        /// As what.
        #[arg(long)]
        format: Format,
        /// Where to.
        #[arg(long)]
        out: PathBuf,
        /// Old versions too.
        #[arg(long)]
        all_versions: bool,
    },
    /// Make a backup of everything in the file. It is sealed: the recovery words open it.
    Backup {
        /// File of the ledger.
        ledger: PathBuf,
        /// Where to.
        #[arg(long)]
        out: PathBuf,
    },
    /// List who holds the record: devices, as what they belong to it, what they have.
    Devices {
        /// File of the ledger.
        ledger: PathBuf,
    },
    /// Give other devices what they lack as a sealed file, or open one that came from another device.
    Parcel(Parcel),
    /// Take in what other devices left for this one in the mailbox of a host, and leave there for them what they lack. The host sees
    /// sizes and times.
    Mail {
        /// File of the ledger.
        ledger: PathBuf,
        /// Address of the host, for example of the app.
        #[arg(long, value_name = "ADDRESS")]
        host: String,
    },
    /// Bring a backup back into a new file. The words come from the terminal or from CHARTCHAIN_WORDS.
    Restore {
        /// The backup.
        file: PathBuf,
        /// File of the ledger; must not exist.
        ledger: PathBuf,
        /// A recovery file in place of the words. Its passphrase comes from the terminal or from
        /// CHARTCHAIN_RECOVERY_PASSPHRASE.
        #[arg(long)]
        recovery_file: Option<PathBuf>,
    },
    /// Write the recovery words into a small file under a passphrase of its own, which comes from the terminal or from
    /// CHARTCHAIN_RECOVERY_PASSPHRASE. Words that are no longer kept come from the terminal or from CHARTCHAIN_WORDS.
    RecoveryFile {
        /// File of the ledger.
        ledger: PathBuf,
        /// Where to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Print the 24 recovery words, to be written down.
    Words {
        /// File of the ledger.
        ledger: PathBuf,
    },
    /// Check recovery words that were written down. They come from the terminal or from CHARTCHAIN_WORDS. If they are right, they are
    /// not kept in the file any longer, and others can be let in.
    CheckWords {
        /// File of the ledger.
        ledger: PathBuf,
    },
    /// Check every block, every entry and the index.
    Verify {
        /// File of the ledger.
        ledger: PathBuf,
    },
    /// Meet another device by one link, in a room of a relay, and bring both to the same.
    Sync(Sync),
    /// Be a host: the app, rooms to meet in, and a mailbox. Ends on Ctrl-C.
    Serve(Serve),
}

/// A file between devices. Whoever carries it sees its size and nothing else.
#[derive(Debug, Args)]
pub struct Parcel {
    /// File of the ledger.
    pub ledger: PathBuf,
    /// For whom: a name as `devices` prints it, the first letters of a key, or `all`; may be given several times.
    #[arg(long, requires = "out")]
    pub to: Vec<String>,
    /// Where to.
    #[arg(long, requires = "to", required_unless_present = "in")]
    pub out: Option<PathBuf>,
    /// A file that came from another device, to be opened.
    #[arg(long, conflicts_with_all = ["to", "out"])]
    pub r#in: Option<PathBuf>,
}

/// How to meet another device. Where both hold a record already, they bring each other what is lacking, and it ends when both hold the same.
/// Where they do not, people compare a number, and one lets the other in.
#[derive(Debug, Args)]
pub struct Sync {
    /// File of the ledger. With --ask it may be new: then it is made, for a new person.
    pub ledger: PathBuf,
    /// The link that the other device shows.
    #[arg(long, conflicts_with = "host", required_unless_present = "host")]
    pub link: Option<String>,
    /// Make a link to the app at this address, print it and wait for the other device.
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// Ask the other device to be let in, under this name.
    #[arg(long, value_name = "NAME")]
    pub ask: Option<String>,
    /// Let the other device in.
    #[arg(long, value_name = "ROLE", conflicts_with = "ask")]
    pub let_in: Option<Role>,
    /// What everybody calls the other device, where not as it calls itself.
    #[arg(long, requires = "let_in")]
    pub name: Option<String>,
    /// For scripts: say without asking that both people see the same number. Somebody has to compare what is printed.
    #[arg(long)]
    pub number_checked: bool,
    /// End after so many seconds at the latest.
    #[arg(long = "for", value_name = "SECONDS")]
    pub seconds: Option<u64>,
}

/// What to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port; 0 is any free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Folder of the app; else the folder `dist` here or beside this program, if there is one.
    #[arg(long, value_name = "FOLDER")]
    pub dist: Option<PathBuf>,
    /// Keep mail in this folder.
    #[arg(long, value_name = "FOLDER")]
    pub mail: Option<PathBuf>,
    /// Answer other machines too. Something that does TLS has to stand before it.
    #[arg(long)]
    pub public: bool,
    /// A proxy of yours stands before it and writes who asks at the end of X-Forwarded-For.
    #[arg(long)]
    pub behind_proxy: bool,
}

/// As what to let somebody in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Role {
    /// Another device of the person whose record it is
    Patient,
    /// A parent, carer or relative
    Delegate,
    /// Somebody who treats the patient
    Clinician,
    /// Countersigns, and reads nothing
    Witness,
}

impl From<Role> for chartchain_vault::protocol::MemberRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Patient => Self::Patient,
            Role::Delegate => Self::Delegate,
            Role::Clinician => Self::Clinician,
            Role::Witness => Self::Witness,
        }
    }
}

/// As what to take the record out.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// FHIR R4 Bundle.
    Bundle,
    /// One resource a line.
    Ndjson,
}

/// Sex as FHIR has it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Sex {
    /// female
    Female,
    /// male
    Male,
    /// other
    Other,
    /// unknown
    Unknown,
}

impl From<Sex> for chartchain_vault::protocol::Sex {
    fn from(sex: Sex) -> Self {
        match sex {
            Sex::Female => Self::Female,
            Sex::Male => Self::Male,
            Sex::Other => Self::Other,
            Sex::Unknown => Self::Unknown,
        }
    }
}
