//! Benchmark: two engines on stores in memory, natively. One holds Observations (10,000, or as the argument says) that the other
//! lacks; how long each of the two works until the other holds them, durably as far as memory is, and how long it reads them into
//! its index behind that. Prints one JSON object.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark prints its figures and ends at any surprise"
)]

#[path = "../tests/bench_person/mod.rs"]
#[expect(dead_code, reason = "made for the tests, which use all of it")]
mod bench_person;

use std::time::Instant;

use bench_person::{Bench, PASSPHRASE, World, imported};
use chartchain_vault::protocol::{
    Command, Event, LinkCard, LinkId, LinkSide, MemberRole, Person, Query, Reply, Secret,
};
use serde_json::json;

const COUNT: usize = 10_000;

/// Two devices, what goes between them, and how long each has worked.
struct Pair {
    benches: [Bench; 2],
    links: [LinkId; 2],
    frames: [Vec<Vec<u8>>; 2],
    cards: [Option<LinkCard>; 2],
    seconds: [f64; 2],
    bytes: [usize; 2],
    /// How often one side spoke after the other.
    turns: usize,
}

impl Pair {
    fn connect(benches: [Bench; 2]) -> Self {
        let mut pair = Self {
            benches,
            links: [LinkId(0); 2],
            frames: Default::default(),
            cards: Default::default(),
            seconds: [0.0; 2],
            bytes: [0; 2],
            turns: 0,
        };
        for (at, side) in [LinkSide::Offering, LinkSide::Answering].into_iter().enumerate() {
            let begin = Command::BeginLink { side, by_itself: false, binding: b"way".to_vec() };
            let Reply::Link(link) = pair.ask(at, begin) else { panic!() };
            pair.links[at] = link;
        }
        pair.run();
        pair
    }

    fn ask(&mut self, at: usize, command: Command) -> Reply {
        let start = Instant::now();
        let reply = self.benches[at].ask(command).unwrap();
        if self.benches[at].engine.has_links() {
            pollster::block_on(self.benches[at].engine.link());
        }
        self.seconds[at] += start.elapsed().as_secs_f64();
        for event in self.benches[at].events() {
            match event {
                Event::Link(card) => self.cards[at] = Some(card),
                Event::LinkFrames { frames, .. } => self.frames[1 - at].extend(frames),
                _ => {}
            }
        }
        reply
    }

    fn run(&mut self) {
        while !self.frames.iter().all(Vec::is_empty) {
            for at in 0..2 {
                let frames = core::mem::take(&mut self.frames[at]);
                // As many at once as a window hands to its worker.
                for some in frames.chunks(64) {
                    self.turns += 1;
                    self.bytes[at] += some.iter().map(Vec::len).sum::<usize>();
                    let link = self.links[at];
                    self.ask(at, Command::LinkFrames { link, frames: some.to_vec() });
                }
            }
        }
    }

    fn part(mut self) -> [Bench; 2] {
        for at in 0..2 {
            let link = self.links[at];
            // One side may have noticed already.
            let _ = self.benches[at].ask(Command::EndLink { link });
            self.benches[at].events();
        }
        self.benches
    }
}

fn keeper(seed: u64) -> Bench {
    let mut bench = Bench::start(World::seeded(seed));
    bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    bench.ask(Command::CheckRecovery { words }).unwrap();
    bench
}

fn main() {
    let count = std::env::args().nth(1).map_or(COUNT, |count| count.parse().unwrap());
    let mut one = keeper(10_000);
    one.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let mut pair = Pair::connect([one, keeper(20_000)]);
    for at in 0..2 {
        let link = pair.links[at];
        pair.ask(at, Command::SayCode { link, same: true });
        pair.run();
    }
    let [first, second] = pair.links;
    pair.ask(1, Command::AskToJoin { link: second, name: "Laptop".into() });
    pair.run();
    pair.ask(0, Command::LetIn { link: first, role: MemberRole::Patient, name: "Laptop".into() });
    pair.run();
    let ledger = pair.cards[1].as_ref().and_then(|card| card.let_in.clone()).unwrap();
    pair.ask(1, Command::OpenLedger { ledger });
    let [mut one, other] = pair.part();
    let lines: Vec<String> = chartchain_synth::observations(1, count).collect();
    let inspection = one.inspect("bench.ndjson", lines.join("\n").as_bytes()).unwrap();
    assert_eq!(imported(one.import_all(&inspection)).0 as usize, count);

    let mut pair = Pair::connect([one, other]);
    let is_same = |card: &Option<LinkCard>| card.as_ref().is_some_and(|card| card.records.iter().all(|one| one.same));
    assert!(pair.cards.iter().all(is_same), "{:?}", pair.cards);
    let bytes = pair.bytes[1] as f64;
    let start = Instant::now();
    let Reply::Timeline(found) = pair.ask(1, Command::Timeline(Query { limit: 1, ..Query::default() })) else {
        panic!()
    };
    let index_ms = start.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(found.total as usize, count);
    let figures = json!({
        "bytes": bytes,
        "turns": pair.turns,
        "giver_ms": pair.seconds[0] * 1000.0,
        "taker_ms": pair.seconds[1] * 1000.0 - index_ms,
        "taker_bytes_per_s": bytes / (pair.seconds[1] - index_ms / 1000.0),
        "first_look_ms": index_ms,
    });
    println!("{figures}");
}
