use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Keep, read, verify and take out a health record. The passphrase comes from the terminal or from
/// CHARTCHAIN_PASSPHRASE.
///
/// Exit codes: 0 done · 1 something stored was changed or damaged · 2 wrong arguments · 3 wrong passphrase or recovery
/// words · 4 input cannot be read · 5 not found · 6 whose record it is has to be said · 7 storage failed, is full or in use · 8 some of
/// the input could not be read, the rest is in.
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
    /// Check every block, every entry and the index.
    Verify {
        /// File of the ledger.
        ledger: PathBuf,
    },
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
