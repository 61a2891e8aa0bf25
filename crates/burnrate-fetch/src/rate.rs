//! How often, and how often at once, a publisher may be asked, whoever on this machine asks.
//!
//! Processes agree through files in the state folder. `<group>.slots` holds when the group is free
//! again; whoever asks next takes that time for itself and moves it on. `<group>.<n>.turn` is locked
//! by whoever holds the n-th connection. The system lets go of the locks of a process that dies.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use burnrate_model::Rate;
use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::error::FetchErrorKind;
use crate::policy::Policy;
use crate::retry::LONGEST_PAUSE;

#[cfg(test)]
mod tests;

/// No queue is longer: a time beyond it comes from a clock that was wrong, or a damaged file.
const LONGEST_QUEUE: Duration = Duration::from_mins(10);
/// No publisher is left alone for longer on its word: later runs ask again.
const LONGEST_HOLD: Duration = Duration::from_hours(24);
/// Between looks at the connections that other processes hold, at first and at most.
const LOOK_PAUSES: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(100));

/// The limits of all rate groups.
#[derive(Debug)]
pub(crate) struct Limits {
    folder: PathBuf,
    clock: fn() -> DateTime<Utc>,
    /// The slowest pace that a source of this process set for each group.
    gaps: Mutex<BTreeMap<String, Duration>>,
    /// Lets only so many tasks of this process look for a connection as there are.
    queues: Mutex<BTreeMap<(String, u32), Arc<Semaphore>>>,
}

/// One connection to a group, free again when dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _locked: File,
    _queue: OwnedSemaphorePermit,
}

impl Limits {
    pub(crate) fn create(state: &Path, clock: fn() -> DateTime<Utc>) -> io::Result<Self> {
        let folder = state.join("rate");
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, clock, gaps: Mutex::default(), queues: Mutex::default() })
    }

    /// Waits for a connection, and then until the group may be asked once more.
    pub(crate) async fn turn(
        &self,
        policy: &Policy,
        crawl_delay: Option<Duration>,
    ) -> Result<Turn, FetchErrorKind> {
        let turn = self.connection(policy).await?;
        let gap = self.gap(&policy.rate).max(crawl_delay.unwrap_or_default());
        let clock = self.clock;
        let reserved = self.update(&policy.rate.group, move |slots| {
            let now = clock();
            slots.reserve(now, gap).map(|slot| (slot - now).to_std().unwrap_or_default())
        });
        match reserved.await? {
            Ok(wait) => sleep(wait).await,
            Err(until) => return Err(FetchErrorKind::Throttled { until }),
        }
        Ok(turn)
    }

    /// Leaves the group alone for so long, as the publisher asked.
    pub(crate) async fn hold(&self, group: &str, pause: Duration) -> Result<(), FetchErrorKind> {
        let until = (self.clock)() + pause.min(LONGEST_HOLD);
        self.update(group, move |slots| slots.held_until = slots.held_until.max(until)).await
    }

    /// The group's pace. Where sources of one group disagree, the slowest sets it.
    fn gap(&self, rate: &Rate) -> Duration {
        let own = Duration::from_secs(1) / rate.per_second.max(1);
        let mut gaps = self.gaps.lock().unwrap_or_else(PoisonError::into_inner);
        let slowest = gaps.entry(rate.group.clone()).or_default();
        *slowest = own.max(*slowest);
        *slowest
    }

    async fn connection(&self, policy: &Policy) -> Result<Turn, FetchErrorKind> {
        let connections = policy.rate.concurrent.max(1);
        let queue = self.queue(&policy.rate.group, connections);
        let closed = |_| FetchErrorKind::Broken("the queue was closed".to_owned());
        let queue = queue.acquire_owned().await.map_err(closed)?;
        let (mut pause, longest) = LOOK_PAUSES;
        loop {
            for n in 0..connections {
                let path = self.folder.join(format!("{}.{n}.turn", file_name(&policy.rate.group)));
                if let Some(locked) = try_lock(&path).map_err(|e| failed(&path, e))? {
                    return Ok(Turn { _locked: locked, _queue: queue });
                }
            }
            sleep(pause).await;
            pause = (pause * 2).min(longest);
        }
    }

    fn queue(&self, group: &str, connections: u32) -> Arc<Semaphore> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.entry((group.to_owned(), connections));
        Arc::clone(queue.or_insert_with(|| Arc::new(Semaphore::new(connections as usize))))
    }

    /// Changes what the group's file says, while no other process does.
    async fn update<T: Send + 'static>(
        &self,
        group: &str,
        change: impl FnOnce(&mut Slots) -> T + Send + 'static,
    ) -> Result<T, FetchErrorKind> {
        let path = self.folder.join(format!("{}.slots", file_name(group)));
        let update = move || update(&path, change).map_err(|e| failed(&path, e));
        match spawn_blocking(update).await {
            Ok(updated) => updated,
            Err(error) => Err(FetchErrorKind::Broken(error.to_string())),
        }
    }
}

/// When a group may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slots {
    next_free: DateTime<Utc>,
    /// Not before this, as the publisher asked.
    held_until: DateTime<Utc>,
}

impl Slots {
    /// From two numbers, microseconds since 1970. Anything else is as good as a new file.
    fn parse(text: &str) -> Self {
        let mut times = text.split_whitespace().map(|number| {
            number.parse().ok().and_then(DateTime::from_timestamp_micros).unwrap_or_default()
        });
        let mut next = || times.next().unwrap_or_default();
        Self { next_free: next(), held_until: next() }
    }

    fn to_text(self) -> String {
        format!("{} {}\n", self.next_free.timestamp_micros(), self.held_until.timestamp_micros())
    }

    /// Takes the next time that is free, unless the publisher wants to be left alone for so long
    /// that waiting makes no sense; then until when.
    fn reserve(
        &mut self,
        now: DateTime<Utc>,
        gap: Duration,
    ) -> Result<DateTime<Utc>, DateTime<Utc>> {
        if self.next_free > now + LONGEST_QUEUE.max(gap * 16) {
            self.next_free = now;
        }
        if self.held_until > now + LONGEST_HOLD {
            self.held_until = now;
        }
        if self.held_until > now + LONGEST_PAUSE {
            return Err(self.held_until);
        }
        let slot = now.max(self.next_free).max(self.held_until);
        self.next_free = slot + gap;
        Ok(slot)
    }
}

fn update<T>(path: &Path, change: impl FnOnce(&mut Slots) -> T) -> io::Result<T> {
    let mut file = open(path)?;
    file.lock()?;
    let mut text = Vec::new();
    // A file of this kind is short; one that is not is none of ours.
    (&file).take(100).read_to_end(&mut text)?;
    let mut slots = Slots::parse(&String::from_utf8_lossy(&text));
    let result = change(&mut slots);
    let text = slots.to_text();
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    file.set_len(text.len() as u64)?;
    Ok(result)
}

fn try_lock(path: &Path) -> io::Result<Option<File>> {
    let file = open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn failed(path: &Path, error: io::Error) -> FetchErrorKind {
    FetchErrorKind::State { path: path.to_owned(), error }
}

/// The text as part of a file name: what is not plain is percent-encoded.
pub(crate) fn file_name(text: &str) -> String {
    let part = |byte: u8| match byte {
        b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(part).collect()
}
