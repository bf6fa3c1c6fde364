//! Benchmark: the vault worker of the optimised app in Chromium with IndexedDB, spoken to directly, so that no page and no
//! driver is in the times. `bench_worker [COUNT [slow]]`: so many Observations of about 600 bytes come in, 200 entries are written beside bare strict
//! transactions, everything is verified, searched and opened again. Prints one JSON object.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures and ends at any surprise"
)]

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chartchain_tests::{Browser, Site, Trouble};
use chartchain_vault::protocol::form::{Form, FormDate, Measurement, MeasurementKind, Reading, Unit};
use chartchain_vault::protocol::{
    Command, Event, InputId, JobId, JobResult, JobState, LedgerId, Message, Person, Query, Reply, Request, Secret,
};
use serde_json::{Value, json};

const APPENDS: usize = 200;
/// How much slower a slow device is.
const SLOWER: f64 = 6.0;
/// More processors than there are.
const UNBRAKED: f64 = 64.0;
const PART_BYTES: usize = 1 << 20;
const LONG: Duration = Duration::from_secs(900);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Trouble> {
    let count = std::env::args().nth(1).map_or(10_000, |count| count.parse().unwrap());
    let slow = std::env::args().nth(2).is_some_and(|slow| slow == "slow");
    let site = Site::from_environment("/").await?.ok_or_else(|| Trouble::wrong("CHARTCHAIN_DIST is not set"))?;
    let mut browser = Browser::chromium().await?;
    let figures =
        if slow { measure_slow(&browser, &site, count).await? } else { measure(&mut browser, &site, count).await? };
    browser.close().await?;
    println!("{}", Value::Object(figures));
    Ok(())
}

fn passphrase() -> Secret {
    Secret("copper heron seven lamps".into())
}

fn weight(number: usize) -> Command {
    let form = Form::Measurement(Measurement {
        kind: MeasurementKind::BodyWeight,
        reading: Reading::One(format!("{}.{}", 60 + number % 30, number % 10)),
        unit: Some(Unit::Kilogram),
        when: FormDate::new("2020-05-04"),
        site: String::new(),
        comment: String::new(),
    });
    Command::SaveForm { form: Box::new(form), amends: Vec::new(), draft: None }
}

async fn measure(browser: &mut Browser, site: &Site, count: usize) -> Result<serde_json::Map<String, Value>, Trouble> {
    let mut figures = serde_json::Map::new();
    let mut note = |name: &str, value: f64| figures.insert(name.to_owned(), json!(value));
    let lines: Vec<String> = chartchain_synth::observations(1, count).collect();
    let text = lines.join("\n");
    note("raw_bytes", text.len() as f64);

    let mut worker = Worker::start(browser, site).await?;
    worker.ask(Command::CreatePerson { passphrase: passphrase(), words: None }).await?;
    let (opened, _) = worker.ask(Command::CreateLedger { subject: Person::default() }).await?;
    let Reply::Opened(card) = opened else { return Err(Trouble::wrong("no ledger was opened")) };
    let before = usage(browser).await?;
    let (stage_ms, inspect_ms, import_ms) = worker.import(&text).await?;
    note("import_ms", stage_ms + inspect_ms + import_ms);
    note("import_stage_ms", stage_ms);
    note("import_read_ms", inspect_ms);
    note("import_write_ms", import_ms);
    tokio::time::sleep(Duration::from_secs(3)).await;
    note("disk_bytes", usage(browser).await? - before);
    note("memory_peak_bytes", browser.renderer_peak_bytes() as f64);

    let (laps, bare) = worker.run((0..APPENDS).map(weight), 1).await?;
    note("append_p50_ms", middle(laps));
    note("bare_strict_transaction_p50_ms", middle(bare));
    let (job, verify_ms) = worker.work(Command::Verify).await?;
    let JobResult::Verified(verdict) = job else { return Err(Trouble::wrong("nothing was verified")) };
    note("verify_ms", verify_ms);
    note("verify_problems", f64::from(verdict.problems_total));
    note("verify_entries_per_s", f64::from(verdict.entries) * 1000.0 / verify_ms);

    worker.look_and_rest().await?;
    // A new browser: what is in memory is of opening and reading, not of what went before. The only record of a person opens
    // with unlocking.
    browser.reopen().await?;
    let browser = &*browser;
    browser.open(&site.url("css/tokens.css")).await?;
    note("memory_of_a_blank_page_bytes", browser.renderer_peak_bytes() as f64);
    let mut worker = Worker::start(browser, site).await?;
    note("open_and_latest_50_with_key_derivation_ms", worker.unlock().await? + worker.latest(50).await?);
    note("memory_peak_of_the_first_screen_bytes", browser.renderer_peak_bytes() as f64);
    // What is read behind the first screen.
    note("first_search_at_once_ms", worker.ask(Command::Timeline(query("pressure"))).await?.1);
    note("search_ms", worker.ask(Command::Timeline(query("glucose"))).await?.1);
    note("first_page_ms", worker.ask(Command::Home).await?.1);
    note("memory_peak_of_reading_bytes", browser.renderer_peak_bytes() as f64);
    worker.look_and_rest().await?;
    // Of two records none opens with unlocking.
    worker.ask(Command::CreateLedger { subject: Person::default() }).await?;
    let open = Command::OpenLedger { ledger: LedgerId(card.id.0) };
    let mut worker = Worker::start(browser, site).await?;
    worker.unlock().await?;
    let (_, open_ms) = worker.ask(open.clone()).await?;
    note("open_and_latest_50_ms", open_ms + worker.latest(50).await?);
    // As after a tab that was closed right behind a write.
    worker.run([weight(0)].into_iter(), 1).await?;
    let mut worker = Worker::start(browser, site).await?;
    worker.unlock().await?;
    let (_, open_ms) = worker.ask(open).await?;
    note("open_and_latest_50_without_a_stored_page_ms", open_ms + worker.latest(50).await?);
    Ok(figures)
}

/// The same record on a device that is six times slower.
async fn measure_slow(browser: &Browser, site: &Site, count: usize) -> Result<serde_json::Map<String, Value>, Trouble> {
    let text = chartchain_synth::observations(1, count).collect::<Vec<_>>().join("\n");
    let mut worker = Worker::start(browser, site).await?;
    let spin = async || -> Result<f64, Trouble> {
        let mut times = Vec::new();
        for _ in 0..5 {
            times.push(browser.evaluate("return bench.spin()", Vec::new()).await?.as_f64().unwrap());
        }
        Ok(middle(times))
    };
    let full_ms = spin().await?;
    let brake = browser.brake()?;
    let mut share = 1.0 / SLOWER;
    for _ in 0..4 {
        brake.share(share)?;
        share *= spin().await? / full_ms / SLOWER;
    }
    brake.share(share)?;
    // How long a passphrase is stretched is found out on the device that is slow.
    worker.ask(Command::CreatePerson { passphrase: passphrase(), words: None }).await?;
    worker.ask(Command::CreateLedger { subject: Person::default() }).await?;
    brake.share(UNBRAKED)?;
    worker.import(&text).await?;
    worker.look_and_rest().await?;
    let mut worker = Worker::start(browser, site).await?;
    brake.share(share)?;
    let mut figures = serde_json::Map::new();
    let mut note = |name: &str, value: f64| figures.insert(name.to_owned(), json!(value));
    note("times_slower", spin().await? / full_ms);
    note("share_of_a_processor", share);
    let unlock_ms = worker.unlock().await?;
    note("open_and_latest_50_with_key_derivation_ms", unlock_ms + worker.latest(50).await?);
    note("key_derivation_ms", worker.guess().await?);
    let unlock_ms = worker.unlock().await?;
    note("open_and_latest_50_again_ms", unlock_ms + worker.latest(50).await?);
    note("first_search_at_once_ms", worker.ask(Command::Timeline(query("pressure"))).await?.1);
    note("search_ms", worker.ask(Command::Timeline(query("glucose"))).await?.1);
    let (laps, _) = worker.run((0..10).map(weight), 1).await?;
    note("add_p50_ms", middle(laps));
    Ok(figures)
}

fn query(words: &str) -> Query {
    Query { words: words.into(), limit: 50, ..Query::default() }
}

async fn usage(browser: &Browser) -> Result<f64, Trouble> {
    let script = "return navigator.storage.estimate().then((estimate) => estimate.usage);";
    Ok(browser.evaluate(script, Vec::new()).await?.as_f64().unwrap())
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A vault worker that a page of the app has started for the bench.
struct Worker<'a> {
    browser: &'a Browser,
    next: u32,
    heard: Vec<(f64, Message)>,
}

impl<'a> Worker<'a> {
    async fn start(browser: &'a Browser, site: &Site) -> Result<Self, Trouble> {
        // A page of the app's own origin that has no worker yet.
        browser.open(&site.url("css/tokens.css")).await?;
        browser.evaluate(include_str!("js/worker.js"), Vec::new()).await?;
        let mut worker = Self { browser, next: 0, heard: Vec::new() };
        worker.until("return bench.ready", |value| (*value == json!(true)).then_some(())).await?;
        Ok(worker)
    }

    /// Asks the page again and again until it gives what is wanted.
    async fn until<T>(&mut self, script: &str, wanted: impl Fn(&Value) -> Option<T>) -> Result<T, Trouble> {
        let start = Instant::now();
        loop {
            if let Some(found) = wanted(&self.browser.evaluate(script, Vec::new()).await?) {
                return Ok(found);
            }
            if start.elapsed() > LONG {
                let error = self.browser.evaluate("return bench.error", Vec::new()).await?;
                return Err(Trouble::wrong(format!("nothing came of `{script}`: {error}")));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn packed(&mut self, command: Command) -> (u32, String) {
        self.next += 1;
        let request = Request { id: self.next, command };
        (self.next, STANDARD.encode(postcard::to_allocvec(&request).unwrap()))
    }

    async fn listen(&mut self) -> Result<(), Trouble> {
        let heard = self.browser.evaluate("return bench.take()", Vec::new()).await?;
        for message in heard.as_array().unwrap() {
            let (at, text) = (message[0].as_f64().unwrap(), message[1].as_str().unwrap());
            self.heard.push((at, postcard::from_bytes(&STANDARD.decode(text).unwrap()).unwrap()));
        }
        Ok(())
    }

    /// Waits for a message; gives when it came.
    async fn wait<T>(&mut self, mut wanted: impl FnMut(&Message) -> Option<T>) -> Result<(f64, T), Trouble> {
        let start = Instant::now();
        loop {
            for (at, message) in core::mem::take(&mut self.heard) {
                if let Some(found) = wanted(&message) {
                    return Ok((at, found));
                }
            }
            if start.elapsed() > LONG {
                return Err(Trouble::wrong("the worker does not answer"));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
            self.listen().await?;
        }
    }

    async fn send(&mut self, command: Command) -> Result<(u32, f64), Trouble> {
        let (id, text) = self.packed(command);
        let sent = self.browser.evaluate("return bench.send(arguments[0])", vec![json!(text)]).await?;
        Ok((id, sent.as_f64().unwrap()))
    }

    /// One answer, and how long it took.
    async fn ask(&mut self, command: Command) -> Result<(Reply, f64), Trouble> {
        let (wanted, sent) = self.send(command).await?;
        let answer = |message: &Message| match message {
            Message::Answer { id, result } if *id == wanted => Some(result.clone()),
            _ => None,
        };
        let (at, result) = self.wait(answer).await?;
        let reply = result.and_then(Reply::unpacked);
        Ok((reply.map_err(|fault| Trouble::wrong(fault.to_string()))?, at - sent))
    }

    /// Long work, and how long it took.
    async fn work(&mut self, command: Command) -> Result<(JobResult, f64), Trouble> {
        let (_, sent) = self.send(command).await?;
        let mut started: Option<JobId> = None;
        let finished = |message: &Message| match message {
            Message::Answer { result: Ok(Reply::Started(job)), .. } => {
                started = Some(*job);
                None
            }
            Message::Event(Event::Job(job)) if started == Some(job.id) => match &job.state {
                JobState::Finished(result) => Some(Ok(result.clone())),
                JobState::Failed(fault) => Some(Err(Trouble::wrong(fault.to_string()))),
                _ => None,
            },
            _ => None,
        };
        let (at, result) = self.wait(finished).await?;
        Ok((result?, at - sent))
    }

    /// Times of storing what comes in, of reading it, and of bringing it in.
    async fn import(&mut self, text: &str) -> Result<(f64, f64, f64), Trouble> {
        let begin = Command::BeginInput { name: "bench.ndjson".into(), size_bytes: text.len() as u64 };
        let (Reply::Input(input), mut stage_ms) = self.ask(begin).await? else {
            return Err(Trouble::wrong("no input was begun"));
        };
        for part in text.as_bytes().chunks(PART_BYTES) {
            stage_ms += self.ask(Command::InputPart { input, bytes: part.to_vec() }).await?.1;
        }
        let InputId(_) = input;
        let (Reply::Inspection(inspection), inspect_ms) = self.ask(Command::Inspect { input }).await? else {
            return Err(Trouble::wrong("nothing was inspected"));
        };
        let people = inspection.people.into_iter().map(|found| found.key).collect();
        let (result, import_ms) = self.work(Command::Import { input, people }).await?;
        match result {
            JobResult::Imported { added, .. } if added as usize == text.lines().count() => {
                Ok((stage_ms, inspect_ms, import_ms))
            }
            other => Err(Trouble::wrong(format!("{other:?}"))),
        }
    }

    /// Commands one after the other, each with a bare strict transaction behind it; gives the times of both.
    async fn run(
        &mut self,
        commands: impl Iterator<Item = Command>,
        events: u32,
    ) -> Result<(Vec<f64>, Vec<f64>), Trouble> {
        let texts: Vec<String> = commands.map(|command| self.packed(command).1).collect();
        let count = texts.len();
        self.browser.evaluate("bench.run(arguments[0], arguments[1])", vec![json!(texts), json!(events)]).await?;
        let times = |value: &Value| -> Option<Vec<f64>> {
            let times: Vec<f64> = value.as_array()?.iter().filter_map(Value::as_f64).collect();
            (times.len() == count).then_some(times)
        };
        let bare = self.until("return bench.bare", times).await?;
        Ok((self.until("return bench.laps", times).await?, bare))
    }

    async fn unlock(&mut self) -> Result<f64, Trouble> {
        let (Reply::People(people), _) = self.ask(Command::ListPeople).await? else {
            return Err(Trouble::wrong("no list of people"));
        };
        let person = people.first().unwrap().id.clone();
        Ok(self.ask(Command::Unlock { person, passphrase: passphrase() }).await?.1)
    }

    /// A wrong guess at the passphrase: how long the key takes alone.
    async fn guess(&mut self) -> Result<f64, Trouble> {
        let (Reply::People(people), _) = self.ask(Command::ListPeople).await? else {
            return Err(Trouble::wrong("no list of people"));
        };
        let person = people.first().unwrap().id.clone();
        let (wanted, sent) =
            self.send(Command::Unlock { person, passphrase: Secret("copper heron six lamps".into()) }).await?;
        let answer = |message: &Message| match message {
            Message::Answer { id, result } if *id == wanted => Some(result.is_err()),
            _ => None,
        };
        match self.wait(answer).await? {
            (at, true) => Ok(at - sent),
            (_, false) => Err(Trouble::wrong("a wrong passphrase opened the person")),
        }
    }

    /// Shows the first page and leaves the worker alone for a moment, as a person does after writing.
    async fn look_and_rest(&mut self) -> Result<(), Trouble> {
        self.ask(Command::Home).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        Ok(())
    }

    async fn latest(&mut self, limit: u32) -> Result<f64, Trouble> {
        let (reply, ms) = self.ask(Command::Timeline(Query { limit, ..Query::default() })).await?;
        match reply {
            Reply::Timeline(timeline) if timeline.lines.len() == limit as usize => Ok(ms),
            _ => Err(Trouble::wrong("the latest entries are not there")),
        }
    }
}
