//! A web server that behaves as it is told, over loopback.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use burnrate_model::Rate;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use url::Url;

use crate::policy::{Policy, RobotsPolicy};

/// Gives its replies in order, the last one again and again, and remembers what was asked.
pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    heads: Mutex<Vec<String>>,
    busy: AtomicUsize,
    busiest: AtomicUsize,
}

/// What a reply is made of.
#[derive(Clone)]
pub(crate) enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes for as long as anybody reads.
    Forever(Vec<u8>),
    /// Does nothing for a while.
    Pause(Duration),
    /// Ends the connection in good order.
    HangUp,
    /// Breaks the connection off.
    Reset,
}

/// A whole answer with a body.
pub(crate) fn reply(status: &str, headers: &str, body: &str) -> String {
    let len = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {len}\r\n\r\n{body}")
}

/// A whole answer with a body that need not be text.
pub(crate) fn reply_bytes(headers: &str, body: &[u8]) -> Vec<Step> {
    let len = body.len();
    let head = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {len}\r\n\r\n");
    vec![Step::Send([head.as_bytes(), body].concat())]
}

/// A policy with room for everything and no word of robots.txt.
pub(crate) fn policy(group: &str, per_second: u32) -> Policy {
    Policy {
        rate: Rate { group: group.to_owned(), per_second, concurrent: 4 },
        robots: RobotsPolicy::Exempt,
        max_body_bytes: 1 << 20,
        max_requests: 1000,
        max_bytes: 1 << 30,
        retry_budget: 100,
    }
}

impl TestServer {
    /// Replies are sent byte for byte: an empty one hangs up, an incomplete one stalls.
    pub(crate) async fn start(replies: Vec<String>) -> Self {
        let steps = |reply: String| match reply.as_str() {
            "" => vec![Step::HangUp],
            _ => vec![Step::Send(reply.into_bytes())],
        };
        Self::play(replies.into_iter().map(steps).collect()).await
    }

    pub(crate) async fn play(replies: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let server = Self { address, seen: Arc::clone(&seen) };
        let replies = Arc::new(replies);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&replies), Arc::clone(&seen)));
            }
        });
        server
    }

    pub(crate) fn origin(&self) -> Url {
        Url::parse(&format!("http://{}", self.address)).unwrap()
    }

    /// The request heads so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.seen.heads.lock().unwrap().clone()
    }

    /// The paths asked for so far.
    pub(crate) fn paths(&self) -> Vec<String> {
        let path = |head: &String| head.split(' ').nth(1).unwrap().to_owned();
        self.heads().iter().map(path).collect()
    }

    /// Most requests under way at once so far.
    pub(crate) fn busiest(&self) -> usize {
        self.seen.busiest.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, replies: Arc<Vec<Vec<Step>>>, seen: Arc<Seen>) {
    let mut head = Vec::new();
    while let Ok(byte) = stream.read_u8().await {
        head.push(byte);
        if head.ends_with(b"\r\n\r\n") {
            let index = {
                let mut heads = seen.heads.lock().unwrap();
                heads.push(String::from_utf8_lossy(&head).into_owned());
                heads.len() - 1
            };
            head.clear();
            let steps = replies.get(index).or(replies.last()).unwrap();
            let busy = seen.busy.fetch_add(1, Ordering::SeqCst) + 1;
            seen.busiest.fetch_max(busy, Ordering::SeqCst);
            let goes_on = act(&mut stream, steps, &seen).await;
            if !goes_on {
                return;
            }
        }
    }
}

/// Does what a reply says; false where the connection is over.
async fn act(stream: &mut TcpStream, steps: &[Step], seen: &Seen) -> bool {
    let (last, before) = steps.split_last().unwrap();
    for step in before {
        if !take(stream, step).await {
            seen.busy.fetch_sub(1, Ordering::SeqCst);
            return false;
        }
    }
    // Whoever reads the end of the answer may ask again before this goes on.
    seen.busy.fetch_sub(1, Ordering::SeqCst);
    take(stream, last).await
}

async fn take(stream: &mut TcpStream, step: &Step) -> bool {
    match step {
        Step::Send(bytes) => stream.write_all(bytes).await.is_ok(),
        Step::Forever(bytes) => {
            while stream.write_all(bytes).await.is_ok() {}
            false
        }
        Step::Pause(pause) => {
            sleep(*pause).await;
            true
        }
        Step::HangUp => false,
        Step::Reset => {
            stream.set_zero_linger().unwrap();
            false
        }
    }
}
