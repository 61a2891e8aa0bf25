//! A publisher on loopback.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// An answer to give.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Status and body.
    Body(u16, Vec<u8>),
    /// None: the request is taken and never answered.
    Silence,
}

/// A server that gives fixed answers by path, and 404 to everything else.
pub(crate) struct Origin {
    address: String,
    answers: Arc<Mutex<BTreeMap<String, Answer>>>,
    asked: Mutex<Receiver<String>>,
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

    /// `--origin` for this server in the place of `data.sec.gov`.
    pub(crate) fn sec(&self) -> String {
        format!("--origin=data.sec.gov={}", self.address)
    }

    pub(crate) fn answer(&self, path: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// Serves a document with status 200.
    pub(crate) fn serve(&self, path: &str, body: impl Into<Vec<u8>>) {
        self.answer(path, Answer::Body(200, body.into()));
    }

    /// Waits until that path is asked for.
    pub(crate) fn wait_for(&self, path: &str) {
        let asked = self.asked.lock().unwrap();
        while asked.recv().unwrap() != path {}
    }
}

/// One request and one answer a connection.
fn serve(mut stream: TcpStream, answers: &Mutex<BTreeMap<String, Answer>>, asked: &Sender<String>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(request)) = lines.next() else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
    let answer = answers.lock().unwrap().get(&path).cloned();
    // Nobody need be listening.
    let _unused: Result<_, _> = asked.send(path);
    let (status, body) = match answer {
        Some(Answer::Body(status, body)) => (status, body),
        Some(Answer::Silence) => loop {
            thread::park();
        },
        None => (404, Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
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
