use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ReadDoc as _};

use crate::work::DocsError;

/// Up to so many characters that differ, each of them is found; beyond, what is between the first and the last of them is
/// replaced as a whole.
const MAX_COMPARED: usize = 4_000;

/// Makes a text of a document another one, touching as little of it as is sensible.
pub(crate) fn rewrite(doc: &mut AutoCommit, object: &ObjId, old: &str, new: &str) -> Result<(), DocsError> {
    if old == new {
        return Ok(());
    }
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let same = |pair: &(&char, &char)| pair.0 == pair.1;
    let before = old.iter().zip(&new).take_while(same).count();
    let left = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(left).take_while(same).count();
    let (gone, come) = (old.len() - before - after, new.len() - before - after);
    if gone > 0 && come > 0 && gone + come <= MAX_COMPARED {
        let text: String = new.iter().collect();
        return doc.update_text(object, text).map_err(|_| DocsError::Broken);
    }
    let text: String = new.iter().skip(before).take(come).collect();
    let gone = isize::try_from(gone).map_err(|_| DocsError::TooLong)?;
    doc.splice_text(object, before, gone, &text).map_err(|_| DocsError::Broken)
}

/// A text of a document as it stood at some heads.
pub(crate) fn read(doc: &AutoCommit, object: &ObjId) -> String {
    doc.text(object).unwrap_or_default()
}
