//! Recovery words in other forms: the code of a sheet, and a file under a passphrase of its own.

use chartchain_keys::{RecoveryFile, RecoveryWords, TextError};

use crate::platform::Platform;
use crate::profile::{normalise, stretch_new, unlock_fault};
use crate::protocol::{Fault, Reply, Secret};

fn text_fault(error: TextError, other: Fault) -> Fault {
    match error {
        TextError::Other => other,
        TextError::TooNew => Fault::TooNew,
        TextError::Damaged => Fault::FileDamaged,
    }
}

fn parsed(words: &Secret) -> Result<RecoveryWords, Fault> {
    RecoveryWords::parse(&words.0).map_err(|error| Fault::WrongWords(error.into()))
}

fn told(words: &RecoveryWords) -> Reply {
    Reply::RecoveryWords(Secret(words.to_text().to_string()))
}

/// The code for a sheet.
pub(crate) fn make_code(words: &Secret) -> Result<Reply, Fault> {
    Ok(Reply::SheetCode(Secret(parsed(words)?.to_code().to_string())))
}

/// The words of a sheet's code.
pub(crate) fn read_code(code: &Secret) -> Result<Reply, Fault> {
    let words = RecoveryWords::from_code(&code.0).map_err(|error| text_fault(error, Fault::NotASheet))?;
    Ok(told(&words))
}

/// A recovery file of these words.
pub(crate) async fn make_file<P: Platform>(platform: &P, words: &Secret, passphrase: &Secret) -> Result<Reply, Fault> {
    let words = parsed(words)?;
    // It is opened rarely, and lies about for years.
    let (stretched, salt, params) = stretch_new(platform, passphrase, platform.passphrase_cost().0).await?;
    let file = RecoveryFile::close(&words, &stretched, salt, params, &mut platform.rng());
    let day = crate::export::iso_day(platform.now_ms());
    Ok(Reply::RecoveryFile { name: format!("chartchain-{day}.recovery"), text: file.to_text() })
}

/// The words in a recovery file.
pub(crate) async fn open_file<P: Platform>(platform: &P, file: &[u8], passphrase: &Secret) -> Result<Reply, Fault> {
    let file = RecoveryFile::parse(file).map_err(|error| text_fault(error, Fault::NotARecoveryFile))?;
    let (salt, params) = file.work();
    let stretched = platform.stretch(&normalise(platform, passphrase), *salt, params).await.map_err(unlock_fault)?;
    let words = file.open(&stretched.key).map_err(unlock_fault)?;
    Ok(told(&words))
}
