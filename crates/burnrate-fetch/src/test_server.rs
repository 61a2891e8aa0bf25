//! A web server that says what it is told, over loopback.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Gives its replies in order, the last one again and again, and remembers what was asked.
pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

/// A whole answer with a body.
pub(crate) fn reply(status: &str, headers: &str, body: &str) -> String {
    let len = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {len}\r\n\r\n{body}")
}

impl TestServer {
    /// Replies are sent byte for byte: an empty one hangs up, an incomplete one stalls.
    pub(crate) async fn start(replies: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let server = Self { address, heads: Arc::clone(&heads) };
        let replies = Arc::new(replies);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&replies), Arc::clone(&heads)));
            }
        });
        server
    }

    /// The request heads so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, replies: Arc<Vec<String>>, heads: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while let Ok(byte) = stream.read_u8().await {
        head.push(byte);
        if head.ends_with(b"\r\n\r\n") {
            let index = {
                let mut heads = heads.lock().unwrap();
                heads.push(String::from_utf8_lossy(&head).into_owned());
                heads.len() - 1
            };
            head.clear();
            let reply = replies.get(index).or(replies.last()).unwrap();
            if reply.is_empty() || stream.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}
