/// A confidentiality group of entries, by number. The table of names and codes belongs to the layer that reads
/// entries; here it is only something that has keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompartmentId(pub u8);

impl CompartmentId {
    /// How many compartments a ledger opens at its founding: general, emergency, mental health, sexual and
    /// reproductive, substance use, genomics, violence, and one to spare.
    pub const COUNT: u8 = 8;

    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }
}
