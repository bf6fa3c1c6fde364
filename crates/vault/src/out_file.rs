/// A file that was made here and is handed out piece by piece.
#[derive(Default)]
pub(crate) struct OutFile {
    /// `None` once all of it was handed out.
    bytes: Option<Vec<u8>>,
}

impl OutFile {
    pub(crate) const fn new() -> Self {
        Self { bytes: Some(Vec::new()) }
    }

    /// To be written to; `None` if it is not kept any more.
    pub(crate) const fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        self.bytes.as_mut()
    }

    /// All of it; `None` if it is not kept any more.
    pub(crate) const fn take(&mut self) -> Option<Vec<u8>> {
        self.bytes.take()
    }

    pub(crate) fn len(&self) -> u64 {
        self.bytes.as_ref().map_or(0, Vec::len) as u64
    }

    /// A piece, empty behind the end, where the file is let go; `None` if it is not kept any more.
    pub(crate) fn take_part(&mut self, offset: u64, length: usize) -> Option<Vec<u8>> {
        let bytes = self.bytes.as_deref()?;
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let rest = bytes.get(start..).unwrap_or_default();
        let part = rest.get(..length).unwrap_or(rest).to_vec();
        if part.is_empty() {
            self.bytes = None;
        }
        Some(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_handed_out_to_its_end_and_then_let_go() {
        let mut file = OutFile::new();
        file.bytes_mut().unwrap().extend(0..10u8);
        assert_eq!(file.take_part(0, 8).unwrap().len(), 8);
        assert_eq!(file.take_part(8, 8).unwrap(), [8, 9]);
        assert!(file.take_part(10, 8).unwrap().is_empty());
        assert_eq!(file.take_part(0, 8), None);
    }
}
