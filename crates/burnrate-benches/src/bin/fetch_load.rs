//! 20,000 documents from 20 hosts on loopback: how near fetching comes to what the limits allow, how much
//! memory it takes, and a second, conditional run against `curl -Z` making the same requests.
//!
//! `just fetch-load`. The origin is this program again, as another process.

#![expect(clippy::print_stdout, reason = "this is a program")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use burnrate_benches::{Failure, peak_memory_mb};
use burnrate_fetch::{
    Answer, ArchiveWriter, FetchOptions, Fetcher, HttpFetcher, Notes, Original, Policy,
    RobotsPolicy, Validators,
};
use burnrate_model::{Rate, Request, sha256_hex};
use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, stream};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const HOSTS: usize = 20;
const DOCUMENTS: usize = 1000;
const PER_SECOND: u32 = 50;
const CONNECTIONS: u32 = 4;
const BODY: &[u8] = &[b'x'; 2048];
const TAG: &str = "\"v1\"";

#[tokio::main]
async fn main() -> Result<(), Failure> {
    if std::env::args().nth(1).as_deref() == Some("serve") {
        return serve().await;
    }
    let origin = Origin::start()?;
    let folder = tempfile::tempdir()?;
    let first = run(&origin, folder.path(), "20260101T000000000Z", false, &BTreeMap::new()).await?;
    let allowed = f64::from(u32::try_from(DOCUMENTS)?) / f64::from(PER_SECOND);
    println!(
        "{} documents from {HOSTS} hosts at {PER_SECOND}/s each: {:.2} s, {:.2} times the {allowed:.0} s that the limits allow; peak memory {} MB",
        HOSTS * DOCUMENTS,
        first.seconds,
        first.seconds / allowed,
        peak_memory_mb()?,
    );
    let mut ratios = Vec::new();
    for round in 0..3 {
        let curl = curl(&origin, folder.path())?;
        let run_id = format!("2026010{}T000000000Z", round + 2);
        let second = run(&origin, folder.path(), &run_id, true, &first.originals).await?;
        println!("conditional, limits lifted: {:.2} s, curl -Z {curl:.2} s", second.seconds);
        ratios.push(second.seconds / curl);
    }
    ratios.sort_by(f64::total_cmp);
    println!("a second run takes {:.2} times as long as curl (median of three)", ratios[1]);
    Ok(())
}

/// What a run took, and the payloads that it archived.
struct Ran {
    seconds: f64,
    originals: BTreeMap<String, Original>,
}

/// Fetches and archives every document, as a run of the program does.
async fn run(
    origin: &Origin,
    warehouse: &Path,
    run_id: &str,
    is_conditional: bool,
    originals: &BTreeMap<String, Original>,
) -> Result<Ran, Failure> {
    let options = FetchOptions {
        contact: Some("Benchmark bench@example.org".to_owned()),
        origins: origin
            .ports
            .iter()
            .enumerate()
            .map(|(host, port)| Ok((host_name(host), format!("http://127.0.0.1:{port}").parse()?)))
            .collect::<Result<_, Failure>>()?,
        unlimited_origins: is_conditional,
        ..FetchOptions::new(warehouse.join("state"), now)
    };
    let fetcher = Arc::new(Fetcher::Http(HttpFetcher::new(options)?));
    let validators =
        is_conditional.then(|| Validators { etag: Some(TAG.to_owned()), last_modified: None });
    let notes = Notes { licence: "none", redistributable: true, recognised: "document", sent: &[] };
    let mut archive = ArchiveWriter::create(warehouse, "load", run_id)?;
    let mut ran = Ran { seconds: 0.0, originals: BTreeMap::new() };
    let begun = Instant::now();
    let asked = urls().map(|(host, url)| {
        let (fetcher, validators) = (Arc::clone(&fetcher), validators.clone());
        tokio::spawn(async move {
            let request = Request { source_id: "load".to_owned(), url };
            fetcher.fetch(&request, &policy(host), validators.as_ref()).await
        })
    });
    let connections = HOSTS * usize::try_from(CONNECTIONS)?;
    let mut answers = stream::iter(asked).buffer_unordered(connections).ready_chunks(connections);
    while let Some(ready) = answers.next().await {
        tokio::task::block_in_place(|| -> Result<(), Failure> {
            for answers in ready {
                for answer in answers?? {
                    let expected = if is_conditional { 304 } else { 200 };
                    if answer.status != expected {
                        return Err(format!("{}: HTTP {}", answer.url, answer.status).into());
                    }
                    archive.append(&answer, originals.get(&answer.url), &notes)?;
                    if !is_conditional {
                        ran.originals.insert(answer.url.clone(), original(&answer));
                    }
                }
            }
            Ok(())
        })?;
    }
    archive.finish()?;
    ran.seconds = begun.elapsed().as_secs_f64();
    Ok(ran)
}

fn original(answer: &Answer) -> Original {
    let payload_sha256 = sha256_hex(&answer.body);
    Original { uri: answer.url.clone(), date: answer.fetched_at, payload_sha256 }
}

fn policy(host: usize) -> Policy {
    Policy {
        rate: Rate { group: host_name(host), per_second: PER_SECOND, concurrent: CONNECTIONS },
        robots: RobotsPolicy::Exempt,
        max_body_bytes: 1 << 20,
        max_requests: u32::MAX,
        max_bytes: u64::MAX,
        retry_budget: 0,
    }
}

/// Every document, host by host in turn.
fn urls() -> impl Iterator<Item = (usize, String)> {
    (0..DOCUMENTS).flat_map(|document| {
        (0..HOSTS).map(move |host| (host, format!("http://{}/{document}", host_name(host))))
    })
}

fn host_name(host: usize) -> String {
    format!("host{host}.example")
}

/// The same conditional requests by curl, over as many connections, in seconds.
fn curl(origin: &Origin, folder: &Path) -> Result<f64, Failure> {
    let mut config = String::new();
    for (host, url) in urls() {
        let path = url.rsplit('/').next().unwrap_or_default();
        writeln!(
            config,
            "url = http://127.0.0.1:{}/{path}\noutput = /dev/null",
            origin.ports[host]
        )?;
    }
    let file = folder.join("curl.txt");
    fs::write(&file, config)?;
    let begun = Instant::now();
    let status = Command::new("curl")
        .args([
            "--silent",
            "-Z",
            "--parallel-max",
            &(HOSTS * usize::try_from(CONNECTIONS)?).to_string(),
        ])
        .args(["-H", &format!("If-None-Match: {TAG}"), "-K"])
        .arg(&file)
        .status()?;
    if !status.success() {
        return Err(format!("curl: {status}").into());
    }
    Ok(begun.elapsed().as_secs_f64())
}

#[expect(clippy::disallowed_methods, reason = "a program asks the time")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The origin's process and the port of each host.
struct Origin {
    child: Child,
    ports: Vec<u16>,
}

impl Origin {
    fn start() -> Result<Self, Failure> {
        let mut child =
            Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        let line = BufReader::new(out).lines().next().ok_or("the origin said nothing")??;
        let ports = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { child, ports })
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _unused: Result<_, _> = self.child.kill();
        let _unused: Result<_, _> = self.child.wait();
    }
}

async fn serve() -> Result<(), Failure> {
    let mut ports = Vec::new();
    for _ in 0..HOSTS {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        ports.push(listener.local_addr()?.port().to_string());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream));
            }
        });
    }
    println!("{}", ports.join(" "));
    // Until the measuring process ends it; at the latest after ten minutes.
    tokio::time::sleep(std::time::Duration::from_mins(10)).await;
    Ok(())
}

/// Answers requests on one connection until the client closes it.
async fn connection(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        while let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let has_it = head.contains("if-none-match:");
            let answer = if has_it {
                format!("HTTP/1.1 304 Not Modified\r\nETag: {TAG}\r\n\r\n").into_bytes()
            } else {
                let head = format!(
                    "HTTP/1.1 200 OK\r\nETag: {TAG}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
                    BODY.len()
                );
                [head.as_bytes(), BODY].concat()
            };
            stream.write_all(&answer).await?;
            buffer.drain(..end + 4);
        }
        match stream.read(&mut chunk).await? {
            0 => return Ok(()),
            n => buffer.extend_from_slice(&chunk[..n]),
        }
    }
}
