//! Servers that lie, stall, flood and point elsewhere.

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams { quality: 2, ..Default::default() };
    let mut coded = Vec::new();
    brotli::BrotliCompress(&mut &*plain, &mut coded, &params).unwrap();
    coded
}

fn zstd(plain: &[u8]) -> Vec<u8> {
    zstd::encode_all(plain, 1).unwrap()
}

fn coding(name: &str) -> String {
    format!("Content-Encoding: {name}\r\n")
}

#[tokio::test]
async fn a_compressed_body_is_kept_decoded() {
    let plain = b"{\"a\": 1}".repeat(100);
    let coded = [("gzip", gzip(&plain)), ("br", brotli(&plain)), ("zstd", zstd(&plain))];
    let replies = coded.each_ref().map(|(name, body)| reply_bytes(&coding(name), body));
    let rig = Rig::play(replies.into()).await;
    let fetcher = rig.fetcher();
    for (name, _) in coded {
        let answer = fetcher.fetch(&request(URL), &rig.policy, None).await.unwrap();
        assert_eq!(answer.headers, [("content-length".to_owned(), "800".to_owned())]);
        assert_eq!(answer.body, plain, "{name}");
    }
}

#[tokio::test]
async fn a_bomb_is_found_out_at_the_limit() {
    let mib = vec![0; 1 << 20];
    // Members and frames may follow each other, so these two unpack to 1 GiB.
    let bombs = [
        ("gzip", gzip(&mib).repeat(1024)),
        ("br", brotli(&mib.repeat(4))),
        ("zstd", zstd(&mib).repeat(1024)),
    ];
    for (name, bomb) in bombs {
        let mut rig = Rig::play(vec![reply_bytes(&coding(name), &bomb)]).await;
        rig.policy.max_body_bytes = (3 << 20) - 1;
        assert!((bomb.len() as u64) < rig.policy.max_body_bytes);
        let error = rig.fetch().await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::TooLarge { limit: 3_145_727 }), "{error}");
        assert_eq!(rig.requests(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_compressed_body_over_the_limit_as_sent_is_refused() {
    let mut rig = Rig::play(vec![reply_bytes(&coding("gzip"), &gzip(b""))]).await;
    rig.policy.max_body_bytes = 19;
    // An empty gzip member has 20 bytes.
    let error = rig.fetch().await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::TooLarge { limit: 19 }), "{error}");
}

#[tokio::test]
async fn a_coding_not_asked_for_is_named() {
    let names = ["deflate", "gzip, br", "x-unknown", "gzip, gzip"];
    let mut replies: Vec<_> =
        names[..3].iter().map(|name| reply_bytes(&coding(name), b"body")).collect();
    let twice = format!("{}{}", coding("gzip"), coding("gzip"));
    replies.push(reply_bytes(&twice, &gzip(&gzip(b"body"))));
    let rig = Rig::play(replies).await;
    let fetcher = rig.fetcher();
    for names in names {
        let error = fetcher.fetch(&request(URL), &rig.policy, None).await.unwrap_err();
        let expected = format!(
            "{URL}: the body cannot be read as Content-Encoding `{names}`: neither gzip, br nor zstd alone"
        );
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(rig.requests(), 4);
}

#[tokio::test]
async fn a_body_that_is_not_in_its_coding_is_refused() {
    let torn = &gzip(&b"0123456789".repeat(100))[..20];
    for body in [b"<html>plain</html>", torn] {
        let rig = Rig::play(vec![reply_bytes(&coding("gzip"), body)]).await;
        let error = rig.fetch().await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::Encoding { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_no_answer() {
    let announced = reply("200 OK", "", "123456");
    let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n123\r\n3\r\n456\r\n0\r\n\r\n";
    for body in [announced, chunked.to_owned()] {
        let mut rig = Rig::start(&[body]).await;
        rig.policy.max_body_bytes = 6;
        assert_eq!(rig.fetch().await.unwrap().body, b"123456");
        rig.policy.max_body_bytes = 5;
        let error = rig.fetch().await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::TooLarge { limit: 5 }), "{error}");
        assert_eq!(error.to_string(), format!("{URL}: the body exceeds 5 bytes"));
        assert_eq!(rig.requests(), 2);
    }
}

#[tokio::test]
async fn a_gibibyte_is_refused_by_its_announcement_or_cut_off_at_the_limit() {
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".to_owned();
    let rig = Rig::start(&[announced]).await;
    assert!(matches!(rig.fetch().await.unwrap_err().kind, FetchErrorKind::TooLarge { .. }));

    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000)).into_bytes();
    let rig = Rig::play(vec![vec![Step::Send(head), Step::Forever(chunk)]]).await;
    assert!(matches!(rig.fetch().await.unwrap_err().kind, FetchErrorKind::TooLarge { .. }));
    assert_eq!(rig.requests(), 1);
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_tried_again_and_never_kept() {
    let short = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345".into()),
        Step::HangUp,
    ];
    let rig = Rig::play(vec![short.clone()]).await;
    let error = rig.fetch().await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Broken(_)), "{error}");
    assert_eq!((error.tries, rig.requests()), (4, 4));
    let rig = Rig::play(vec![short, reply_bytes("", b"1234567890")]).await;
    assert_eq!(rig.fetch().await.unwrap().body, b"1234567890");
}

#[tokio::test]
async fn bytes_after_the_announced_end_are_never_the_next_answer() {
    let surplus = reply("200 OK", "", "forged");
    let first = format!("{}{surplus}", reply("200 OK", "", "12345"));
    let rig = Rig::start(&[first, reply("200 OK", "", "second")]).await;
    let fetcher = rig.fetcher();
    let fetch = async || fetcher.fetch(&request(URL), &rig.policy, None).await.unwrap().body;
    assert_eq!(fetch().await, b"12345");
    assert_eq!(fetch().await, b"second");
}

#[tokio::test]
async fn two_lengths_that_differ_are_no_answer() {
    let torn = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345".to_owned();
    let rig = Rig::start(&[torn]).await;
    assert!(matches!(rig.fetch().await.unwrap_err().kind, FetchErrorKind::Broken(_)));
}

#[tokio::test]
async fn a_connection_reset_within_the_body_is_tried_again() {
    let reset = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345".into()),
        Step::Pause(Duration::from_millis(20)),
        Step::Reset,
    ];
    let rig = Rig::play(vec![reset, reply_bytes("", b"1234567890")]).await;
    assert_eq!(rig.fetch().await.unwrap().body, b"1234567890");
    assert_eq!(rig.requests(), 2);
}

#[tokio::test]
async fn chunks_that_break_off_are_tried_again() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let torn = vec![Step::Send(format!("{head}5\r\n12345\r\n").into()), Step::HangUp];
    let bad = vec![Step::Send(format!("{head}zz\r\n12345\r\n").into()), Step::HangUp];
    let rig = Rig::play(vec![torn, bad, reply_bytes("", b"whole")]).await;
    assert_eq!(rig.fetch().await.unwrap().body, b"whole");
    assert_eq!(rig.requests(), 3);
}

#[tokio::test]
async fn silence_is_not_waited_for_forever() {
    let mut rig = Rig::start(&["HTTP/1.1 200 OK\r\n".to_owned()]).await;
    rig.options.first_byte_timeout = Duration::from_millis(50);
    let error = rig.fetch().await.unwrap_err();
    assert_eq!(error.to_string(), format!("{URL}: no answer within 0.05 s (4 tries)"));

    let stalled = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx".to_owned();
    let mut rig = Rig::start(&[stalled]).await;
    rig.options.between_bytes_timeout = Duration::from_millis(50);
    let error = rig.fetch().await.unwrap_err();
    assert_eq!(error.to_string(), format!("{URL}: no further byte within 0.05 s (4 tries)"));
}

#[tokio::test]
async fn a_slow_drip_ends_at_the_deadline() {
    let mut drip = vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".into())];
    for _ in 0..1000 {
        drip.extend([Step::Send(b"x".into()), Step::Pause(Duration::from_millis(10))]);
    }
    let mut rig = Rig::play(vec![drip]).await;
    rig.options.between_bytes_timeout = Duration::from_secs(5);
    rig.options.total_timeout = Duration::from_millis(200);
    let start = Instant::now();
    let error = rig.fetch().await.unwrap_err();
    assert_eq!(error.to_string(), format!("{URL}: the answer took longer than 0.2 s"));
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(rig.requests(), 1);
}

#[tokio::test]
async fn heads_without_measure_are_no_answer() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Name: value\r\n".repeat(1000));
    let long = format!("HTTP/1.1 200 OK\r\nX-Name: {}\r\n\r\n", "x".repeat(1 << 20));
    for head in [many, long, "SSH-2.0-OpenSSH_9.9\r\n\r\n".to_owned()] {
        let rig = Rig::start(&[head]).await;
        let error = rig.fetch().await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::Broken(_)), "{error}");
    }
}

#[tokio::test]
async fn a_false_charset_changes_no_byte() {
    let body = b"caf\xe9 \xff\xfe";
    let rig =
        Rig::play(vec![reply_bytes("Content-Type: text/html; charset=utf-8\r\n", body)]).await;
    let answer = rig.fetch().await.unwrap();
    assert_eq!(answer.body, body);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
}

#[tokio::test]
async fn redirects_into_the_network_inside_are_refused() {
    let inside = TestServer::start(vec![reply("200 OK", "", "secret")]).await;
    let port = inside.address.port();
    let targets = [
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://[fd00:ec2::254]/".to_owned(),
        "https://[::1]/".to_owned(),
        "https://2130706433/".to_owned(),
        format!("https://127.0.0.1:{port}/"),
        format!("https://[::ffff:127.0.0.1]:{port}/"),
        format!("https://localhost:{port}/"),
        "https://jo:pw@data.example/".to_owned(),
        "file:///etc/passwd".to_owned(),
    ];
    let moved = |target: &String| reply("302 Found", &format!("Location: {target}\r\n"), "");
    let rig = Rig::start(&targets.each_ref().map(moved)).await;
    let fetcher = rig.fetcher();
    for target in &targets {
        let error = fetcher.fetch(&request(URL), &rig.policy, None).await.unwrap_err();
        let FetchErrorKind::RedirectRefused { target: refused, .. } = &error.kind else {
            panic!("{error}");
        };
        assert_eq!(Url::parse(refused).unwrap(), Url::parse(target).unwrap());
    }
    assert_eq!(rig.requests(), targets.len());
    assert_eq!(inside.heads(), Vec::<String>::new());
}

#[tokio::test]
async fn a_redirect_from_https_to_http_is_refused() {
    for target in ["http://other.example/", "http://169.254.169.254/latest/meta-data/"] {
        let rig = Rig::start(&[reply("302 Found", &format!("Location: {target}\r\n"), "")]).await;
        let error = rig.fetch().await.unwrap_err();
        let expected = format!("{URL}: redirect to {target} refused: it leads from https to http");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn redirects_end_after_the_fifth() {
    let around = reply("307 Temporary Redirect", "Location: /again\r\n", "");
    let rig = Rig::start(&[around]).await;
    let error = rig.fetch().await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::TooManyRedirects { limit: 5 }), "{error}");
    assert_eq!(rig.requests(), 6);
}

#[tokio::test]
async fn a_request_for_an_address_inside_is_refused() {
    let rig = Rig::start(&[reply("200 OK", "", "secret")]).await;
    let port = rig.server.address.port();
    let mut options = rig.options.clone();
    options.origins.clear();
    let fetcher = HttpFetcher::new(options).unwrap();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://[::ffff:7f00:1]:{port}/"),
        format!("http://localhost:{port}/"),
        "http://10.0.0.1/".to_owned(),
        "http://169.254.169.254/".to_owned(),
    ] {
        let error = fetcher.fetch(&request(&url), &rig.policy, None).await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::AddressRefused { .. }), "{error}");
        assert_eq!(error.tries, 1);
    }
    assert_eq!(rig.requests(), 0);
    // The same address is asked where the configuration names it.
    let own = format!("{}own", rig.server.origin());
    assert!(rig.fetcher().fetch(&request(&own), &rig.policy, None).await.is_ok());
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_where_it_is_connected() {
    static LOOKUPS: AtomicUsize = AtomicUsize::new(0);
    let inside: Lookup = |_| {
        LOOKUPS.fetch_add(1, Ordering::SeqCst);
        Ok(vec![[127, 0, 0, 1].into()])
    };
    let moved = reply("302 Found", "Location: https://rebound.example/\r\n", "");
    let rig = Rig::start(&[moved]).await;
    let fetcher = HttpFetcher::with_lookup(rig.options.clone(), inside).unwrap();
    let fetch =
        async |url: &str| fetcher.fetch(&request(url), &rig.policy, None).await.unwrap_err();
    // The address that was checked is the one that would be connected to: there is one lookup.
    let url = format!("http://rebound.example:{}/", rig.server.address.port());
    let error = fetch(&url).await;
    assert!(matches!(error.kind, FetchErrorKind::AddressRefused { .. }), "{error}");
    assert_eq!((LOOKUPS.load(Ordering::SeqCst), error.tries), (1, 1));
    let obeying = Policy { robots: RobotsPolicy::Obey, ..rig.policy.clone() };
    let error = fetcher.fetch(&request(&url), &obeying, None).await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::AddressRefused { .. }), "{error}");
    let error = fetch(URL).await;
    assert!(matches!(error.kind, FetchErrorKind::RedirectRefused { .. }), "{error}");
    assert_eq!(rig.requests(), 1);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::ServerConfig;
    use tokio_rustls::rustls::crypto::aws_lc_rs;
    use tokio_rustls::rustls::pki_types::pem::PemObject as _;
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

    // Made for this test by `openssl req -x509`, for 127.0.0.1, valid for 100 years.
    let certificate = CertificateDer::from_pem_slice(include_bytes!("self_signed.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("self_signed.key.pem")).unwrap();
    // Other crates of a larger build may bring a second provider: name the one that is meant.
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if acceptor.accept(stream).await.is_ok() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    let mut rig = Rig::start(&[]).await;
    let origin = Url::parse(&format!("https://{address}")).unwrap();
    rig.options.origins.insert("data.example".to_owned(), origin);
    let error = rig.fetch().await.unwrap_err();
    assert!(error.to_string().contains("invalid peer certificate"), "{error}");
    assert_eq!(accepted.load(Ordering::SeqCst), 0);
}
