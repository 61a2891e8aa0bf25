use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::*;

fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Answer {
        url: "https://publisher.example/".to_owned(),
        fetched_at: "2026-11-23T06:30:00Z".parse().unwrap(),
        status,
        headers: headers.collect(),
        body: body.to_vec(),
        robots: None,
    }
}

fn html(status: u16, body: &str) -> Recognition {
    recognise(&answer(status, &[("content-type", "text/html; charset=utf-8")], body.as_bytes()))
}

/// Recorded documents, laid out as folders with a `MANIFEST.tsv` each; nothing where they are not at
/// hand, which is no excuse where tests are run for everyone.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn captures() -> Option<PathBuf> {
    let folder = std::env::var_os("BURNRATE_CAPTURES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/captures"),
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no captures in {}", folder.display());
    eprintln!("skipped: no captures in {}", folder.display());
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Content types by path, from the manifests.
fn content_types(captures: &Path) -> BTreeMap<PathBuf, String> {
    let mut types = BTreeMap::new();
    for part in ["filings", "news", "pricing"] {
        let manifest = fs::read_to_string(captures.join(part).join("MANIFEST.tsv")).unwrap();
        for line in manifest.lines().skip(1) {
            let fields: Vec<_> = line.split('\t').collect();
            types.insert(captures.join(part).join(fields[0]), fields[6].to_owned());
        }
    }
    types
}

/// What stands in the file, as a publisher would have sent it.
fn body_of(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_none_or(|extension| extension != "gz") {
        return bytes;
    }
    let mut plain = Vec::new();
    MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).unwrap();
    plain
}

/// The recorded failures: folder and name, the statuses with which they came or may come, and what
/// they are.
const FAILURES: [(&str, &[u16], Recognition); 19] = [
    ("filings/errors/304-form-gz-empty-body.bin", &[304], Recognition::NotModified),
    (
        "filings/errors/403-s3-accessdenied-missing-archive-object.xml",
        &[403, 404, 200],
        Recognition::Missing("storage: access denied"),
    ),
    (
        "filings/errors/404-s3-nosuchkey-data-sec-gov.xml",
        &[404, 403, 200],
        Recognition::Missing("storage: no such object"),
    ),
    (
        "filings/errors/503-getcurrent-past-end-2026-01-12.html",
        &[503, 200],
        Recognition::Maintenance("SEC: file unavailable"),
    ),
    (
        "filings/errors/rate-threshold-exceeded.html",
        &[403, 429, 200],
        Recognition::Throttled("SEC: request rate threshold exceeded"),
    ),
    (
        "filings/errors/undeclared-automated-tool.html",
        &[403, 200],
        Recognition::Throttled("SEC: undeclared automated tool"),
    ),
    (
        "pricing/failure/antibot-interstitial-2026-07-28.html",
        &[200, 403],
        Recognition::Challenge("page: browser is checked"),
    ),
    (
        "pricing/failure/cloudflare-bfm-2021-01-07.html",
        &[403, 200],
        Recognition::Challenge("Cloudflare: bot fight mode"),
    ),
    (
        "pricing/failure/cloudflare-iuam-2016-06-09.html",
        &[503, 200],
        Recognition::Challenge("Cloudflare: just a moment"),
    ),
    (
        "pricing/failure/cloudflare-iuam-2018-12-03.html",
        &[503, 200],
        Recognition::Challenge("Cloudflare: just a moment"),
    ),
    (
        "pricing/failure/cloudflare-iuam-2020-05-27.html",
        &[503, 200],
        Recognition::Challenge("Cloudflare: just a moment"),
    ),
    (
        "pricing/failure/cloudflare-recaptcha-2019-12-12.html",
        &[403, 200],
        Recognition::Challenge("Cloudflare: captcha"),
    ),
    (
        "pricing/failure/minimal-akamai_challenge.html",
        &[200, 403],
        Recognition::Challenge("Akamai"),
    ),
    ("pricing/failure/minimal-app_shell.html", &[200], Recognition::JavascriptShell("no text")),
    (
        "pricing/failure/minimal-cf-just-a-moment.html",
        &[403, 503, 200],
        Recognition::Challenge("Cloudflare: just a moment"),
    ),
    (
        "pricing/failure/minimal-forbidden_interstitial.html",
        &[403, 200],
        Recognition::Blocked("page: access denied"),
    ),
    (
        "pricing/failure/minimal-no-permission.html",
        &[200, 403],
        Recognition::Blocked("page: no permission"),
    ),
    (
        "pricing/failure/network-policy-block-2026-07-31.html",
        &[403, 200],
        Recognition::Blocked("page: network policy"),
    ),
    (
        "pricing/failure/openai-cf-interstitial-2026-05-08.html",
        &[403, 200],
        Recognition::Challenge("Cloudflare: managed challenge"),
    ),
];

/// Holds whole exchanges, taken apart by a test of its own.
const EXCHANGES: &str = "pricing/failure/datadome-403-2026-08-02.http";

#[test]
fn every_recorded_failure_is_recognised() {
    let Some(captures) = captures() else { return };
    let types = content_types(&captures);
    for (name, statuses, expected) in FAILURES {
        let path = captures.join(name);
        let content_type = &types[&path];
        let body = body_of(&path);
        for status in statuses {
            let found = recognise(&answer(*status, &[("content-type", content_type)], &body));
            assert_eq!(found, expected, "{name}, {status}");
            assert_ne!(found.treatment(), Treatment::Read);
        }
    }
    let found: BTreeSet<_> = ["filings/errors", "pricing/failure"]
        .iter()
        .flat_map(|folder| files(&captures.join(folder)))
        .collect();
    let known = FAILURES.iter().map(|(name, ..)| *name).chain([EXCHANGES]);
    assert_eq!(found, known.map(|name| captures.join(name)).collect(), "each has its line above");
}

#[test]
fn recorded_exchanges_are_recognised_by_page_and_by_header() {
    let Some(captures) = captures() else { return };
    let text = fs::read_to_string(captures.join(EXCHANGES)).unwrap();
    let exchanges: Vec<_> = text.split("===== a2web-cassette-exchange =====").collect();
    let expected =
        [Recognition::Challenge("DataDome"), Recognition::Challenge("Cloudflare: header")];
    assert_eq!(exchanges.len(), expected.len());
    for (exchange, expected) in exchanges.iter().zip(expected) {
        let (head, body) = exchange.split_once("--- body ---\n").unwrap();
        let (line, headers) = head.split_once("--- headers ---\n").unwrap();
        let status = line.split_once("\nstatus: ").unwrap().1.split_once('\n').unwrap().0;
        let headers: Vec<_> = headers.lines().filter_map(|line| line.split_once(": ")).collect();
        let found = recognise(&answer(status.parse().unwrap(), &headers, body.as_bytes()));
        assert_eq!(found, expected);
        // Without its header fields, the page is still known.
        let found = recognise(&answer(200, &[("content-type", "text/html")], body.as_bytes()));
        assert_eq!(found.name(), "challenge");
    }
}

/// Good captures that are recognised as something else: path, colon, and as what. There is none.
const EXCEPTIONS: [&str; 0] = [];

#[test]
fn every_good_document_passes() {
    let Some(captures) = captures() else { return };
    let types = content_types(&captures);
    let about = ["MANIFEST.tsv", "QUIRKS.md", "HTTP-HEADERS.json"];
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut exceptions = BTreeSet::new();
    for path in files(&captures) {
        let name = path.strip_prefix(&captures).unwrap().to_str().unwrap();
        let is_failure =
            name.starts_with("filings/errors/") || name.starts_with("pricing/failure/");
        if is_failure || about.iter().any(|about| name.ends_with(about)) {
            continue;
        }
        let body = body_of(&path);
        let manifest = types.get(&path).map_or("", String::as_str);
        // Types are often wrong or missing: a document must pass whatever it says it is.
        for content_type in [manifest, "text/html", ""] {
            let found = recognise(&answer(200, &[("content-type", content_type)], &body));
            if found != Recognition::Document {
                exceptions.insert(format!("{name}: {found}"));
            }
        }
        *counts.entry(name.split('/').next().unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(exceptions, EXCEPTIONS.map(str::to_owned).into());
    // No folder may go missing from the walk.
    assert!(counts.len() == 3 && counts.values().all(|&count| count > 90), "{counts:?}");
}

/// Pages of which no recording is at hand, cut down to what gives them away.
const SAMPLES: [(u16, &str, &str); 28] = [
    (
        429,
        "<html><head><title>Access denied | shop.example used Cloudflare to restrict access</title></head><body><h1>Error <span class=\"cf-error-code\">1015</span></h1><h2>You are being rate limited</h2></body></html>",
        "throttled: Cloudflare: rate limited",
    ),
    (
        200,
        "<html><head><title>429 Too Many Requests</title></head><body><center><h1>429 Too Many Requests</h1></center><hr><center>nginx</center></body></html>",
        "throttled: page: too many requests",
    ),
    (
        403,
        "<html><head><title>Access to this page has been denied</title></head><body><div id=\"px-captcha\"></div><script>window._pxAppId = 'PX1';</script>Press and hold</body></html>",
        "challenge: HUMAN",
    ),
    (
        200,
        "<html><head><META NAME=\"robots\"></head><body><iframe src=\"/_Incapsula_Resource?CWUDNSAI=1\">Request unsuccessful. Incapsula incident ID: 1</iframe></body></html>",
        "challenge: Imperva",
    ),
    (
        202,
        "<!DOCTYPE html><html><head><title></title><script>window.awsWafCookieDomainList = [];window.gokuProps = {};</script></head><body><noscript><h1>JavaScript is disabled</h1></noscript></body></html>",
        "challenge: AWS WAF",
    ),
    (
        200,
        "<!doctype html><html><head><title>Making sure you&#39;re not a bot!</title></head><body><p>Loading...</p></body></html>",
        "challenge: page: browser is checked",
    ),
    (
        403,
        "<html><head><title>Bloomberg - Are you a robot?</title></head><body>We've detected unusual activity</body></html>",
        "challenge: page: browser is checked",
    ),
    (
        403,
        "<html><head><title>Attention Required! | Cloudflare</title></head><body><div id=\"cf-error-details\"><h1>Sorry, you have been blocked</h1></div></body></html>",
        "blocked: Cloudflare: blocked",
    ),
    (
        403,
        "<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>403 ERROR</H1>Request blocked. We can't connect to the server.</BODY></HTML>",
        "blocked: CloudFront: request blocked",
    ),
    (
        200,
        "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center></body></html>",
        "blocked: page: access denied",
    ),
    (
        200,
        "<!doctype html><html><head><title>Before you continue to Google Search</title></head><body><form action=\"https://consent.google.com/save\"><button>Accept all</button></form></body></html>",
        "consent_wall: Google: before you continue",
    ),
    (
        200,
        "<html><head><title>Yahoo is part of the Yahoo family of brands</title></head><body><form method=\"post\" class=\"consent-form\"><button name=\"agree\">Accept all</button></form></body></html>",
        "consent_wall: Yahoo: consent form",
    ),
    (
        200,
        "<html><head><title>DPG Media Privacy Gate</title></head><body>Wij gebruiken cookies</body></html>",
        "consent_wall: page: privacy gate",
    ),
    (
        200,
        "<html><body>Login<!-- <WISPAccessGatewayParam><Redirect></Redirect></WISPAccessGatewayParam> --></body></html>",
        "captive_portal: WISPr",
    ),
    (
        200,
        "<html><head><title>Hotspot Login - Station</title></head><body>Welcome</body></html>",
        "captive_portal: page: network login",
    ),
    (511, "", "captive_portal: status"),
    (
        200,
        "<html><head><title>Scheduled maintenance</title></head><body>Back at noon</body></html>",
        "maintenance: page: title",
    ),
    (
        503,
        "<html><head><title>Example</title></head><body>example.com is undergoing maintenance.</body></html>",
        "maintenance: page: text",
    ),
    (
        200,
        "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>",
        "server_error: page: gateway error",
    ),
    (
        200,
        "<html><head><title>404 Not Found</title></head><body>nginx</body></html>",
        "missing: page: not found",
    ),
    (
        200,
        "<!doctype html><html><head><script src=\"/a.js\"></script></head><body></body></html>",
        "javascript_shell: no text",
    ),
    (
        404,
        "<html><body><div id=\"root\"></div><script src=\"/a.js\"></script></body></html>",
        "missing: status",
    ),
    (410, "gone", "missing: status"),
    (200, " \r\n", "empty_body"),
    (204, "", "empty_body"),
    (206, "{}", "unreadable: a part of the document"),
    (500, "{\"error\": 1}", "server_error: status"),
    (302, "", "unreadable: a redirect that leads nowhere"),
];

#[test]
fn pages_without_a_recording_are_recognised() {
    for (status, body, expected) in SAMPLES {
        assert_eq!(html(status, body).to_string(), expected, "{status} {body}");
    }
}

#[test]
fn every_rule_is_tried() {
    let tried: BTreeSet<_> = FAILURES
        .iter()
        .map(|(.., expected)| expected.to_string())
        .chain(SAMPLES.iter().map(|(.., expected)| (*expected).to_owned()))
        .chain([Recognition::Challenge("DataDome").to_string()])
        .collect();
    for rule in RULES {
        assert!(tried.contains(&rule.page.to_string()), "{}", rule.page);
    }
}

#[test]
fn every_rule_is_in_the_documentation() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/archive.md");
    let page = fs::read_to_string(page).unwrap();
    let headers = CHALLENGE_HEADERS.map(|(_, _, reason)| Recognition::Challenge(reason));
    for known in RULES.iter().map(|rule| rule.page).chain(headers) {
        assert!(page.contains(&format!("| `{known}` |")), "no row for `{known}`");
    }
}

#[test]
fn a_good_page_may_mention_what_bad_ones_are_made_of() {
    let text = "A sentence of an article that says something about prices of models. ".repeat(20);
    for (title, extra) in [
        ("How captchas work", "<p>captcha, px-captcha, captcha-delivery.com, bm-verify</p>"),
        ("Just a moment...", "<script src=\"/cdn-cgi/scripts/email-decode.min.js\"></script>"),
        ("Access Denied: a history", ""),
        (
            "Pricing",
            "<noscript>You need to enable JavaScript to run this app.</noscript><div id=\"root\"></div><script src=\"a.js\"></script>",
        ),
        (
            "Pricing",
            "<script>window._cf_chl_opt={};window['__CF$cv$params']={};</script><script src=\"/cdn-cgi/challenge-platform/scripts/jsd/main.js\"></script>",
        ),
        ("Prices", "<p>Our site was under maintenance. You don't have permission.</p>"),
        (
            "Maintenance of models, explained",
            "<script src=\"/_Incapsula_Resource?SWJIYLWA=1\"></script>",
        ),
        ("Prices", "<p>&lt;Error&gt;&lt;Code&gt;AccessDenied&lt;/Code&gt;</p>"),
    ] {
        let page = format!(
            "<!DOCTYPE html><html><head><title>{title}</title></head><body>{extra}<p>{text}</p></body></html>"
        );
        assert_eq!(html(200, &page), Recognition::Document, "{title} {extra}");
    }
    // Little text is not none, and data in scripts is not missing.
    let short =
        "<html><head><script src=\"a.js\"></script></head><body><b>H100</b> $2.49</body></html>";
    assert_eq!(html(200, short), Recognition::Document);
    let state = "<html><body><div id=\"__next\"></div><script id=\"__NEXT_DATA__\" type=\"application/json\">{}</script></body></html>";
    assert_eq!(html(200, state), Recognition::Document);
    let data = format!(
        "<html><body><div id=\"root\"></div><script>var prices = '{text}{text}{text}{text}{text}{text}{text}';</script></body></html>"
    );
    assert_eq!(html(200, &data), Recognition::Document);
}

#[test]
fn other_documents_are_judged_by_status_alone() {
    let check = |status: u16, content_type: &str, body: &str, expected: &str| {
        let found = recognise(&answer(status, &[("content-type", content_type)], body.as_bytes()));
        assert_eq!(found.to_string(), expected, "{status} {body}");
    };
    check(200, "application/json", "{\"title\": \"<title>Just a moment...</title>\"}", "document");
    check(200, "text/html", "{\"a\": 1}", "document");
    check(
        200,
        "text/html",
        "<?xml version=\"1.0\"?><rss><title>Access Denied</title></rss>",
        "document",
    );
    check(203, "", "a,b\n1,2\n", "document");
    check(403, "application/json", "{\"message\": \"Forbidden\"}", "blocked: status");
    check(429, "application/json", "{}", "throttled: status");
    check(451, "", "", "blocked: status");
    check(408, "", "", "server_error: status");
    check(503, "", "", "server_error: status");
    check(304, "", "", "not_modified");
}

#[test]
fn storage_errors_are_told_apart() {
    let check = |status: u16, code: &str, expected: &str| {
        for start in
            ["", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "\u{feff}<?xml version=\"1.0\"?>"]
        {
            let body = format!("{start}<Error><Code>{code}</Code><Message>m</Message></Error>");
            let found = recognise(&answer(status, &[], body.as_bytes()));
            assert_eq!(found.to_string(), expected, "{body}");
        }
    };
    check(404, "NoSuchKey", "missing: storage: no such object");
    check(404, "BlobNotFound", "missing: storage: no such object");
    check(403, "AccessDenied", "missing: storage: access denied");
    check(503, "SlowDown", "throttled: storage: slow down");
    check(500, "InternalError", "server_error: storage: failed");
    check(403, "SignatureDoesNotMatch", "blocked: storage: refused");
}

#[test]
fn header_fields_announce_challenges() {
    for (name, value, reason) in CHALLENGE_HEADERS {
        let found = recognise(&answer(200, &[(name, value)], b"{}"));
        assert_eq!(found, Recognition::Challenge(reason));
    }
    let encoded = recognise(&answer(200, &[("Content-Encoding", "compress")], b"xyz"));
    assert_eq!(encoded.to_string(), "unreadable: an encoding that was not asked for");
}

#[test]
fn text_is_what_a_reader_would_see() {
    let check = |html: &str, expected: &str| assert_eq!(Shown::of(html.as_bytes()).text, expected);
    check("<p>One<br>Two</p>", "one two");
    check("<title>T</title><style>s</style>a<!-- <p>no</p> -->b<noscript>n</noscript>", "a b");
    check("<SCRIPT>if (a<b) { '</p>' }</SCRIPT >c<svg><title>t</title></svg>", "c");
    check("1 < 2 and 3 <4", "1 < 2 and 3 <4");
    check("<script>never ended <p>text</p>", "never ended text");
    check("a<!-- never ended", "a");
    check("<", "<");
    check("", "");
    assert_eq!(Shown::of(b"<script>12345</script>").script_bytes, 5);
    let long = Shown::of("word ".repeat(100_000).as_bytes());
    assert!(long.text.len() <= TEXT_BYTES + 5, "{}", long.text.len());
}
