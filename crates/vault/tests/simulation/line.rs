use std::collections::VecDeque;

use crate::links::let_in;
use chartchain_vault::protocol::{Command, LedgerId, LinkId, LinkSide, Reply};

use super::Counts;
use super::device::Device;

/// A line between two devices, with what is under way on it.
pub struct Line {
    /// Which devices: the offering one first.
    pub ends: [usize; 2],
    links: [Option<LinkId>; 2],
    /// From each end to the other.
    queues: [VecDeque<Vec<u8>>; 2],
}

impl Line {
    pub fn begin(one: usize, other: usize, first: &mut Device, second: &mut Device, counts: &mut Counts) -> Self {
        counts.connections += 1;
        let mut line = Self { ends: [one, other], links: [None, None], queues: Default::default() };
        for (side, device) in [(LinkSide::Offering, first), (LinkSide::Answering, second)] {
            let at = usize::from(side == LinkSide::Answering);
            let begun = device.bench.ask(Command::BeginLink { side, by_itself: false, binding: b"way".to_vec() });
            if let Ok(Reply::Link(link)) = begun {
                line.links[at] = Some(link);
            }
            for (link, frames) in device.outgoing() {
                if Some(link) == line.links[at] {
                    line.queues[at].extend(frames);
                }
            }
        }
        line
    }

    pub fn is_between(&self, one: usize, other: usize) -> bool {
        self.ends.contains(&one) && self.ends.contains(&other)
    }

    pub fn is_link(&self, device: usize, link: LinkId) -> bool {
        self.ends.iter().zip(&self.links).any(|(end, here)| *end == device && *here == Some(link))
    }

    pub fn push(&mut self, device: usize, frames: Vec<Vec<u8>>) {
        let side = usize::from(self.ends[1] == device);
        self.queues[side].extend(frames);
    }

    pub fn take(&mut self, side: usize, count: usize) -> Vec<Vec<u8>> {
        let count = count.min(self.queues[side].len());
        self.queues[side].drain(..count).collect()
    }

    /// Hands frames that came from one side to the device at the other.
    pub fn hand(&self, side: usize, frames: Vec<Vec<u8>>, to: &mut Device) {
        if let Some(link) = self.links[1 - side].filter(|_| !frames.is_empty()) {
            // A session that is over, a full or closed store: all of that happens.
            let _ = to.bench.ask(Command::LinkFrames { link, frames });
        }
    }

    /// Everything arrives until there is nothing more to say.
    pub fn run(&mut self, first: &mut Device, second: &mut Device, counts: &mut Counts) {
        loop {
            for (side, device) in [&mut *first, &mut *second].into_iter().enumerate() {
                device.give();
                for (link, frames) in device.outgoing() {
                    if Some(link) == self.links[side] {
                        self.queues[side].extend(frames);
                    }
                }
            }
            if self.queues.iter().all(VecDeque::is_empty) {
                return;
            }
            for side in 0..2 {
                let frames = self.take(side, usize::MAX);
                counts.frames += u32::try_from(frames.len()).unwrap();
                self.hand(side, frames, if side == 0 { second } else { first });
            }
        }
    }

    /// Both people compare, the second device is let into the record of the first.
    pub fn let_in(&mut self, first: &mut Device, second: &mut Device, counts: &mut Counts) -> LedgerId {
        self.run(first, second, counts);
        let [one, other] = self.links.map(Option::unwrap);
        first.bench.ask(Command::SayCode { link: one, same: true }).unwrap();
        second.bench.ask(Command::SayCode { link: other, same: true }).unwrap();
        self.run(first, second, counts);
        second.bench.ask(Command::AskToJoin { link: other, name: "another".into() }).unwrap();
        self.run(first, second, counts);
        first.bench.ask(let_in(one)).unwrap();
        self.run(first, second, counts);
        second.bench.ledgers().pop().unwrap().id
    }

    pub fn cut(&mut self, first: &mut Device, second: &mut Device) {
        for (device, link) in [first, second].into_iter().zip(self.links) {
            if let Some(link) = link {
                // It may be over already.
                let _ = device.bench.ask(Command::EndLink { link });
            }
            device.outgoing();
        }
    }
}
