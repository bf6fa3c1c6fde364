//! How likely each symbol is where a text is short: counted in the samples, and the same from the first byte to the last.

/// Shares of a table come to two to the power of this.
pub(crate) const SHARE_BITS: u32 = 15;
/// Kinds of tokens, and what is known before one.
const KINDS: usize = 4;
pub(crate) const SITUATIONS: usize = 6 * CLASSES;
pub(crate) const CLASSES: usize = 8;
/// Lengths 2 to 512.
const LENGTHS: usize = 511;
/// Distances below 65,536, by their highest bit.
const SLOTS: usize = 16;
/// Bits of a place in the dictionary that are told second.
pub(crate) const LOW_BITS: u32 = 6;
/// What one occurrence in the samples weighs, and what a symbol weighs without any.
const SEEN: u64 = 64;
const UNSEEN: u64 = 4;
/// What all bytes weigh together behind a byte, as often as they stand anywhere in the samples.
const ANYWHERE: u64 = 1024;

/// One choice among so many symbols: where its sums begin, one more of them than symbols.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) start: usize,
    pub(crate) size: usize,
}

/// One table for each thing that may be known before a choice.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    tables: usize,
    size: usize,
}

impl Group {
    const fn after(before: Self, tables: usize, size: usize) -> Self {
        Self { start: before.start + before.tables * (before.size + 1), tables, size }
    }

    const fn table(self, known: usize) -> Table {
        Table { start: self.start + known * (self.size + 1), size: self.size }
    }

    fn all(self) -> impl Iterator<Item = Table> {
        (0..self.tables).map(move |known| self.table(known))
    }
}

/// Where each table stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    kinds: Group,
    literals: Group,
    lengths: Group,
    slots: Group,
    distances: Group,
    highs: Group,
    lows: Group,
}

impl Layout {
    /// For a dictionary whose places have so many bits.
    pub(crate) fn new(position_bits: u32) -> Self {
        let parts = 1 << position_bits.saturating_sub(LOW_BITS);
        let kinds = Group { start: 0, tables: SITUATIONS, size: KINDS };
        let literals = Group::after(kinds, 256, 256);
        let lengths = Group::after(literals, KINDS - 1, LENGTHS);
        let slots = Group::after(lengths, 4, SLOTS);
        let distances = Group::after(slots, SLOTS, 16);
        let highs = Group::after(distances, 1, parts);
        let lows = Group::after(highs, parts, 1 << LOW_BITS);
        Self { kinds, literals, lengths, slots, distances, highs, lows }
    }

    /// Kind of a token, given what stood before.
    pub(crate) const fn kind(&self, situation: usize) -> Table {
        self.kinds.table(situation)
    }

    /// A byte, given the one before.
    pub(crate) const fn literal(&self, last: usize) -> Table {
        self.literals.table(last)
    }

    /// Length of a copy less 2, given its kind less 1.
    pub(crate) const fn length(&self, kind: usize) -> Table {
        self.lengths.table(kind)
    }

    /// Highest bit of a distance, given the length, 3 for all that are longer.
    pub(crate) const fn slot(&self, length: usize) -> Table {
        self.slots.table(length)
    }

    /// The lowest four bits of a distance, given its highest bit.
    pub(crate) const fn distance(&self, slot: usize) -> Table {
        self.distances.table(slot)
    }

    /// Upper bits of a place in the dictionary.
    pub(crate) const fn high(&self) -> Table {
        self.highs.table(0)
    }

    /// Lower bits of a place in the dictionary, given the upper ones.
    pub(crate) const fn low(&self, high: usize) -> Table {
        self.lows.table(high)
    }

    fn len(&self) -> usize {
        Group::after(self.lows, 0, 0).start
    }
}

/// Tells symbols, or reads or counts them. The same code runs on each: one that tells is given the symbol and returns it, one
/// that reads ignores it and returns the one it reads.
pub(crate) trait Symbols {
    fn symbol(&mut self, table: Table, symbol: usize) -> usize;

    /// Bits of which nothing is known, 15 at most.
    fn plain(&mut self, value: usize, bits: u32) -> usize;
}

/// Counts symbols.
#[derive(Debug)]
pub(crate) struct Counts(Vec<u32>);

impl Counts {
    pub(crate) fn new(layout: &Layout) -> Self {
        Self(vec![0; layout.len()])
    }

    fn of(&self, table: Table) -> &[u32] {
        self.0.get(table.start..table.start + table.size).unwrap_or_default()
    }
}

impl Symbols for Counts {
    fn symbol(&mut self, table: Table, symbol: usize) -> usize {
        if let Some(count) = self.0.get_mut(table.start + symbol) {
            *count += 1;
        }
        symbol
    }

    fn plain(&mut self, value: usize, _: u32) -> usize {
        value
    }
}

/// Sums of shares: a symbol's share lies between its own sum and the next one.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) layout: Layout,
    sums: Vec<u16>,
}

impl Tables {
    pub(crate) fn new(layout: Layout, counts: &Counts) -> Self {
        let mut tables = Self { layout, sums: vec![0; layout.len()] };
        let Layout { kinds, literals, lengths, slots, distances, highs, lows } = layout;
        for table in [kinds, lengths, slots, distances, highs, lows].into_iter().flat_map(Group::all) {
            tables.fill(table, counts.of(table).iter().map(|count| SEEN * u64::from(*count) + UNSEEN));
        }
        let mut anywhere = vec![0u64; 256];
        for table in literals.all() {
            anywhere.iter_mut().zip(counts.of(table)).for_each(|(sum, count)| *sum += u64::from(*count));
        }
        let all = anywhere.iter().sum::<u64>().max(1);
        for table in literals.all() {
            let weights = counts.of(table).iter().zip(&anywhere);
            tables.fill(table, weights.map(|(count, sum)| SEEN * u64::from(*count) + ANYWHERE * sum / all + 1));
        }
        tables
    }

    /// Every symbol has a share of 1 at least; the rest goes by weight.
    fn fill(&mut self, table: Table, weights: impl Iterator<Item = u64> + Clone) {
        let whole = weights.clone().sum::<u64>();
        let free = (1 << SHARE_BITS) - table.size as u64;
        let Some(sums) = self.sums.get_mut(table.start..=table.start + table.size) else { return };
        let mut before = 0;
        let befores = core::iter::once(0).chain(weights.map(|weight| {
            before += weight;
            before
        }));
        for ((number, before), sum) in (0u64..).zip(befores).zip(sums) {
            *sum = (number + before * free / whole) as u16;
        }
    }

    /// Where the share of a symbol begins, and how large it is.
    #[inline]
    pub(crate) fn share(&self, table: Table, symbol: usize) -> (u32, u32) {
        match self.sums.get(table.start + symbol..) {
            Some([start, end, ..]) => (u32::from(*start), u32::from(end.wrapping_sub(*start))),
            _ => (0, 1),
        }
    }

    /// The symbol whose share holds this one.
    #[inline]
    pub(crate) fn find(&self, table: Table, share: u32) -> usize {
        let ends = self.sums.get(table.start + 1..=table.start + table.size).unwrap_or_default();
        ends.partition_point(|end| u32::from(*end) <= share).min(table.size - 1)
    }
}
