//! A publisher on loopback.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use chrono::{Datelike as _, Utc};

use crate::program::checkout;

/// An answer to give.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Status and body.
    Body(u16, Vec<u8>),
    /// A document with an entity tag: 304 to whoever has it already.
    Tagged(&'static str, Vec<u8>),
    /// A document with an entity tag, in full to everybody.
    AlwaysFull(&'static str, Vec<u8>),
    /// None: the request is taken and never answered.
    Silence,
}

/// A request that came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    /// Header lines as sent.
    pub(crate) headers: Vec<String>,
    pub(crate) at: Instant,
}

/// A server that gives fixed answers by path, and 404 to everything else.
pub(crate) struct Origin {
    address: String,
    answers: Arc<Mutex<BTreeMap<String, Answer>>>,
    asked: Mutex<Receiver<Asked>>,
}

impl Origin {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let answers = Arc::new(Mutex::new(BTreeMap::new()));
        let (sender, asked) = channel();
        let shared = Arc::clone(&answers);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, sender) = (Arc::clone(&shared), sender.clone());
                thread::spawn(move || serve(stream, &answers, &sender));
            }
        });
        Self { address, answers, asked: Mutex::new(asked) }
    }

    /// `--origin` for this server in the place of all hosts of the SEC.
    pub(crate) fn sec(&self) -> String {
        format!("--origin=sec.gov={}", self.address)
    }

    /// `--origin` for this server in the place of a host.
    pub(crate) fn of(&self, host: &str) -> String {
        format!("--origin={host}={}", self.address)
    }

    pub(crate) fn answer(&self, path: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// Serves a document with status 200.
    pub(crate) fn serve(&self, path: &str, body: impl Into<Vec<u8>>) {
        self.answer(path, Answer::Body(200, body.into()));
    }

    /// Serves the newest filings and the daily indexes of the last two weeks, from the fixtures.
    #[expect(clippy::disallowed_methods, reason = "a publisher knows what day it is")]
    pub(crate) fn serve_notices(&self) {
        let fixture = |path: &str| fs::read(checkout().join("pipelines").join(path)).unwrap();
        let query = "action=getcurrent&count=100&start=0&type=&owner=include&output=atom";
        let feed = fixture(&format!("sec_current_feed/fixtures/{query}"));
        self.serve(&format!("/cgi-bin/browse-edgar?{query}"), feed);
        let index = fixture("sec_daily_index/fixtures/2020/QTR1/form.20200318.idx");
        for day in Utc::now().date_naive().iter_days().rev().take(20) {
            let (year, quarter) = (day.year(), day.month0() / 3 + 1);
            let file = day.format("form.%Y%m%d.idx");
            let path = format!("/Archives/edgar/daily-index/{year}/QTR{quarter}/{file}");
            self.serve(&path, index.clone());
        }
    }

    /// Waits until that path is asked for.
    pub(crate) fn wait_for(&self, path: &str) {
        let asked = self.asked.lock().unwrap();
        while asked.recv().unwrap().path != path {}
    }

    /// The requests that came since this was asked last.
    pub(crate) fn take_asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().try_iter().collect()
    }
}

/// One request and one answer a connection.
fn serve(mut stream: TcpStream, answers: &Mutex<BTreeMap<String, Answer>>, asked: &Sender<Asked>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(request) = lines.next() else { return };
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
    let answer = answers.lock().unwrap().get(&path).cloned();
    // Nobody need be listening.
    let _unused: Result<_, _> =
        asked.send(Asked { path, headers: headers.clone(), at: Instant::now() });
    let (status, tag, body) = match answer {
        Some(Answer::Body(status, body)) => (status, None, body),
        Some(Answer::Tagged(tag, body)) => {
            let has_it = headers
                .iter()
                .any(|line| line.to_ascii_lowercase() == format!("if-none-match: {tag}"));
            if has_it { (304, Some(tag), Vec::new()) } else { (200, Some(tag), body) }
        }
        Some(Answer::AlwaysFull(tag, body)) => (200, Some(tag), body),
        Some(Answer::Silence) => loop {
            thread::park();
        },
        None => (404, None, Vec::new()),
    };
    let tag = tag.map_or_else(String::new, |tag| format!("ETag: {tag}\r\n"));
    let head = format!(
        "HTTP/1.1 {status} X\r\n{tag}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that was killed does not read on.
    let _unused: Result<_, _> =
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// Where the SEC serves the facts of a filer.
pub(crate) fn facts_path(cik: &str) -> String {
    format!("/api/xbrl/companyfacts/CIK{cik}.json")
}

/// Where the SEC serves the filing index of a filer.
pub(crate) fn submissions_path(cik: &str) -> String {
    format!("/submissions/CIK{cik}.json")
}
