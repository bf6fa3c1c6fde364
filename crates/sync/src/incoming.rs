use crate::WINDOW_BYTES;
use crate::message::{Parcel, Tag};

/// A parcel of which not all pieces are here.
pub(crate) struct Incoming {
    parcel: Parcel,
    tag: Tag,
    lengths: Vec<u64>,
    bytes: Vec<u8>,
    /// How much of it has come.
    come: u64,
    /// Somebody listens to it; else it is only counted.
    is_kept: bool,
    /// What of it the sender was not told yet that there is room for more.
    owed: u64,
}

/// A parcel that is whole.
pub(crate) struct Arrived {
    pub(crate) parcel: Parcel,
    pub(crate) tag: Tag,
    /// None, if it was not kept.
    pub(crate) parts: Vec<Vec<u8>>,
    /// What the sender is owed for it.
    pub(crate) owed: u64,
}

impl Incoming {
    pub(crate) const fn begin(parcel: Parcel, tag: Tag, lengths: Vec<u64>, is_kept: bool) -> Self {
        Self { parcel, tag, lengths, bytes: Vec::new(), come: 0, is_kept, owed: 0 }
    }

    fn length(&self) -> u64 {
        self.lengths.iter().sum()
    }

    /// Adds a piece. Nothing is kept for bytes that were announced and did not come. `None` if it is longer than announced, or says nothing.
    pub(crate) fn add(&mut self, piece: &[u8]) -> Option<()> {
        let room = self.length().checked_sub(self.come)?;
        let length = piece.len() as u64;
        if length == 0 || length > room {
            return None;
        }
        if self.is_kept {
            self.bytes.extend_from_slice(piece);
        }
        self.come += length;
        self.owed += length;
        Some(())
    }

    /// What the sender may be told to send on, so that a parcel that is longer than the window comes to its end.
    pub(crate) fn take_owed(&mut self) -> Option<u64> {
        (self.owed >= WINDOW_BYTES / 2).then(|| core::mem::take(&mut self.owed))
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.come == self.length()
    }

    pub(crate) fn finish(mut self) -> Arrived {
        let Self { parcel, tag, owed, .. } = self;
        if !self.is_kept {
            return Arrived { parcel, tag, parts: Vec::new(), owed };
        }
        let mut parts = Vec::with_capacity(self.lengths.len());
        for length in self.lengths.iter().skip(1).rev() {
            let at = self.bytes.len().saturating_sub(usize::try_from(*length).unwrap_or(usize::MAX));
            parts.push(self.bytes.split_off(at));
        }
        parts.push(self.bytes);
        parts.reverse();
        Arrived { parcel, tag, parts, owed }
    }
}
