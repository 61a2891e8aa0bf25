//! What an answer is, judged before anything reads it as a document.
//!
//! Publishers, and what stands before them, serve pages that are none of theirs: challenges, walls,
//! apologies, empty shells. Each would parse as a document with nothing in it, and "nothing" would
//! then stand for withdrawn prices. So every answer is recognised first, by its status, its header
//! fields and its page.
//!
//! A page is recognised by [`RULES`], one a row, the first that fits. A good page may well mention
//! captchas, or ask for JavaScript in a `noscript` element: therefore a rule wants the exact title of
//! a known page, or a marker that only such pages carry together with next to no visible text. What
//! no rule knows is left to its status, and after that to the parser. `docs/archive.md` lists what is
//! recognised; a test holds that table against this one.

use std::fmt;

use crate::answer::Answer;

#[cfg(test)]
mod tests;

/// Pages give themselves away early.
const HEAD_BYTES: usize = 64 * 1024;
/// More visible text than any rule asks about.
const TEXT_BYTES: usize = 8 * 1024;
/// A shell shows less text than this.
const SHELL_TEXT: usize = 200;
/// Inline scripts longer than this may hold the data that a shell would have to fetch.
const SHELL_SCRIPTS: usize = 8 * 1024;

/// What an answer is. All but documents and answers not modified say what was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognition {
    /// What was asked for, as far as can be seen.
    Document,
    /// The publisher says: as you have it.
    NotModified,
    /// The publisher does not have it.
    Missing(&'static str),
    /// Asked too often, or by a client that the publisher wants to know better.
    Throttled(&'static str),
    /// Refused.
    Blocked(&'static str),
    /// A test that a browser, or a person, is asked to pass.
    Challenge(&'static str),
    /// Consent is asked for before anything is shown.
    ConsentWall(&'static str),
    /// A page that is empty until its scripts have run.
    JavascriptShell(&'static str),
    /// The publisher is not serving now.
    Maintenance(&'static str),
    /// The network, not the publisher, answered.
    CaptivePortal(&'static str),
    /// A good status and nothing else.
    EmptyBody,
    /// The publisher's machines failed.
    ServerError(&'static str),
    /// Not in a form that was asked for.
    Unreadable(&'static str),
}

/// What follows for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// Read it.
    Read,
    /// What was read before still stands.
    Unchanged,
    /// It is not there; nothing more follows.
    Missing,
    /// Ask again another time.
    TryLater,
    /// Asking again in the same way will not help.
    Refused,
}

impl Recognition {
    /// What follows from it.
    pub fn treatment(self) -> Treatment {
        match self {
            Self::Document => Treatment::Read,
            Self::NotModified => Treatment::Unchanged,
            Self::Missing(_) => Treatment::Missing,
            Self::Throttled(_)
            | Self::Maintenance(_)
            | Self::CaptivePortal(_)
            | Self::EmptyBody
            | Self::ServerError(_)
            | Self::Unreadable(_) => Treatment::TryLater,
            Self::Blocked(_)
            | Self::Challenge(_)
            | Self::ConsentWall(_)
            | Self::JavascriptShell(_) => Treatment::Refused,
        }
    }

    /// Its name, which does not change: tables are searched for it.
    pub fn name(self) -> &'static str {
        self.parts().0
    }

    /// Whether a page tells more than the status "not found".
    fn explains_404(&self) -> bool {
        matches!(
            self,
            Self::Missing(_) | Self::Throttled(_) | Self::Challenge(_) | Self::CaptivePortal(_)
        )
    }

    /// Name and reason.
    fn parts(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Document => ("document", None),
            Self::NotModified => ("not_modified", None),
            Self::Missing(reason) => ("missing", Some(reason)),
            Self::Throttled(reason) => ("throttled", Some(reason)),
            Self::Blocked(reason) => ("blocked", Some(reason)),
            Self::Challenge(reason) => ("challenge", Some(reason)),
            Self::ConsentWall(reason) => ("consent_wall", Some(reason)),
            Self::JavascriptShell(reason) => ("javascript_shell", Some(reason)),
            Self::Maintenance(reason) => ("maintenance", Some(reason)),
            Self::CaptivePortal(reason) => ("captive_portal", Some(reason)),
            Self::EmptyBody => ("empty_body", None),
            Self::ServerError(reason) => ("server_error", Some(reason)),
            Self::Unreadable(reason) => ("unreadable", Some(reason)),
        }
    }
}

impl fmt::Display for Recognition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (name, None) => f.write_str(name),
            (name, Some(reason)) => write!(f, "{name}: {reason}"),
        }
    }
}

/// A page that is no document.
struct Rule {
    /// What it is.
    page: Recognition,
    /// Its title is one of these; `*` stands for the rest of one. Empty: any title, or none.
    titles: &'static [&'static str],
    /// One of these stands in its first 64 KiB, tags and scripts included. Empty: none need.
    markers: &'static [&'static str],
    /// It shows one of these in its text. Empty: it need not.
    says: &'static [&'static str],
    /// A page that shows more text than this is a document all the same.
    max_text: usize,
}

const ANY: Rule = Rule {
    page: Recognition::Document,
    titles: &[],
    markers: &[],
    says: &[],
    max_text: TEXT_BYTES,
};

/// The pages, in lower case, the more particular before the more general.
const RULES: &[Rule] = &[
    Rule {
        page: Recognition::Throttled("SEC: request rate threshold exceeded"),
        titles: &["sec.gov | request rate threshold exceeded"],
        ..ANY
    },
    Rule {
        page: Recognition::Throttled("SEC: undeclared automated tool"),
        titles: &["sec.gov | your request originates from an undeclared automated tool"],
        ..ANY
    },
    Rule {
        page: Recognition::Throttled("Cloudflare: rate limited"),
        titles: &["access denied |*", "rate limited*", "error 1015*"],
        markers: &["cf-error-code\">1015<", "you are being rate limited"],
        max_text: 2000,
        ..ANY
    },
    Rule {
        page: Recognition::Throttled("page: too many requests"),
        titles: &["429 too many requests*", "too many requests*"],
        max_text: 2000,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("Cloudflare: just a moment"),
        titles: &["just a moment...", "just a moment…"],
        markers: &["jschl", "_cf_chl_opt", "__cf_chl", "challenges.cloudflare.com"],
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("Cloudflare: managed challenge"),
        markers: &["_cf_chl_opt"],
        max_text: 1000,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("Cloudflare: captcha"),
        titles: &["attention required! | cloudflare"],
        markers: &["captcha-bypass", "challenge-form", "cf_captcha_kind"],
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("Cloudflare: bot fight mode"),
        markers: &["__cf$cv$params", "/cdn-cgi/bm/cv/"],
        max_text: 20,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("DataDome"),
        markers: &["captcha-delivery.com"],
        max_text: 500,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("Akamai"),
        markers: &["bm-verify", "sec-if-cpt-container", "/_sec/cp_challenge/"],
        max_text: 300,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("HUMAN"),
        markers: &["px-captcha", "_pxappid"],
        max_text: 600,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("Imperva"),
        markers: &["_incapsula_resource"],
        max_text: 300,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("AWS WAF"),
        markers: &["awswafcookiedomainlist", "gokuprops"],
        max_text: 500,
        ..ANY
    },
    Rule {
        page: Recognition::Challenge("page: browser is checked"),
        titles: &[
            "verifying your browser*",
            "checking your browser*",
            "verify you are human*",
            "human verification",
            "robot check",
            "are you a robot?",
            "bloomberg - are you a robot?",
            "making sure you're not a bot!",
            "making sure you&#39;re not a bot!",
            "one moment, please...",
            "vercel security checkpoint",
        ],
        max_text: 1500,
        ..ANY
    },
    Rule {
        page: Recognition::Blocked("Cloudflare: blocked"),
        titles: &["attention required! | cloudflare", "access denied |*"],
        markers: &["cf-error-details", "cf-error-code", "used cloudflare to restrict access"],
        max_text: 3000,
        ..ANY
    },
    Rule {
        page: Recognition::Blocked("CloudFront: request blocked"),
        titles: &["error: the request could not be satisfied"],
        says: &["request blocked"],
        max_text: 2000,
        ..ANY
    },
    Rule {
        page: Recognition::Blocked("page: access denied"),
        titles: &["access denied", "403 forbidden*", "forbidden", "sucuri website firewall*"],
        max_text: 1000,
        ..ANY
    },
    Rule {
        page: Recognition::Blocked("page: network policy"),
        says: &["your request has been blocked due to a network policy"],
        max_text: 2000,
        ..ANY
    },
    Rule {
        page: Recognition::Blocked("page: no permission"),
        says: &["don't have permission", "don’t have permission", "do not have permission"],
        max_text: 300,
        ..ANY
    },
    Rule {
        page: Recognition::ConsentWall("Google: before you continue"),
        titles: &["before you continue*"],
        markers: &["consent.google.", "consent.youtube."],
        max_text: 5000,
        ..ANY
    },
    Rule {
        page: Recognition::ConsentWall("Yahoo: consent form"),
        markers: &["class=\"consent-form\""],
        max_text: 4000,
        ..ANY
    },
    Rule {
        page: Recognition::ConsentWall("page: privacy gate"),
        titles: &["dpg media privacy gate*", "privacy gate*", "cookie wall*", "cookiewall*"],
        max_text: 5000,
        ..ANY
    },
    Rule {
        page: Recognition::CaptivePortal("WISPr"),
        markers: &["<wispaccessgatewayparam"],
        max_text: 5000,
        ..ANY
    },
    Rule {
        page: Recognition::CaptivePortal("page: network login"),
        titles: &[
            "network authentication required*",
            "firewall authentication*",
            "captive portal*",
            "hotspot login*",
            "wi-fi login*",
            "wifi login*",
        ],
        max_text: 2000,
        ..ANY
    },
    Rule {
        page: Recognition::Maintenance("SEC: file unavailable"),
        titles: &["sec.gov | file unavailable"],
        ..ANY
    },
    Rule {
        page: Recognition::Maintenance("page: title"),
        titles: &[
            "maintenance",
            "site maintenance*",
            "scheduled maintenance*",
            "under maintenance*",
            "down for maintenance*",
            "*| maintenance",
            "*under maintenance",
            "we'll be right back*",
            "be right back*",
            "temporarily unavailable*",
            "service unavailable*",
        ],
        max_text: 1500,
        ..ANY
    },
    Rule {
        page: Recognition::Maintenance("page: text"),
        says: &[
            "undergoing maintenance",
            "undergoing scheduled maintenance",
            "under maintenance",
            "down for maintenance",
        ],
        max_text: 400,
        ..ANY
    },
    Rule {
        page: Recognition::ServerError("page: gateway error"),
        titles: &[
            "500 internal server error*",
            "502 bad gateway*",
            "503 service*",
            "504 gateway time*",
            "bad gateway*",
            "error: the request could not be satisfied",
        ],
        max_text: 2000,
        ..ANY
    },
    Rule {
        page: Recognition::Missing("page: not found"),
        titles: &["404 not found*", "page not found*", "404 - *", "*| page not found"],
        max_text: 2000,
        ..ANY
    },
];

/// Header fields by which a challenge is announced: name, a part of the value, who announces.
const CHALLENGE_HEADERS: [(&str, &str, &str); 4] = [
    ("cf-mitigated", "challenge", "Cloudflare: header"),
    ("x-amzn-waf-action", "challenge", "AWS WAF: header"),
    ("x-amzn-waf-action", "captcha", "AWS WAF: header"),
    ("x-vercel-mitigated", "challenge", "Vercel: header"),
];

/// Says what an answer is.
pub fn recognise(answer: &Answer) -> Recognition {
    if answer.status == 304 {
        return Recognition::NotModified;
    }
    if let Some(challenge) = challenge_header(answer) {
        return challenge;
    }
    if answer.header("content-encoding").is_some() {
        return Recognition::Unreadable("an encoding that was not asked for");
    }
    let head = answer.body.get(..HEAD_BYTES).unwrap_or(&answer.body);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    match (answer.status, storage_error(&head).or_else(|| page(answer, &head))) {
        // Whatever its page is like, what is not there is missing, unless nobody looked for it.
        (404 | 410, page) => {
            page.filter(Recognition::explains_404).unwrap_or(Recognition::Missing("status"))
        }
        // A shell would be the publisher's way to show an error.
        (200..=299, Some(page)) => page,
        (_, Some(page)) if !matches!(page, Recognition::JavascriptShell(_)) => page,
        (status, _) => by_status(status, &answer.body),
    }
}

fn by_status(status: u16, body: &[u8]) -> Recognition {
    match status {
        206 => Recognition::Unreadable("a part of the document"),
        200..=299 if body.iter().all(u8::is_ascii_whitespace) => Recognition::EmptyBody,
        200..=299 => Recognition::Document,
        300..=399 => Recognition::Unreadable("a redirect that leads nowhere"),
        408 | 425 => Recognition::ServerError("status"),
        429 => Recognition::Throttled("status"),
        400..=499 => Recognition::Blocked("status"),
        511 => Recognition::CaptivePortal("status"),
        _ => Recognition::ServerError("status"),
    }
}

fn challenge_header(answer: &Answer) -> Option<Recognition> {
    let is_sent = |(name, part, _): &&(&str, &str, &str)| {
        answer.header(name).is_some_and(|value| value.to_ascii_lowercase().contains(part))
    };
    CHALLENGE_HEADERS.iter().find(is_sent).map(|(_, _, reason)| Recognition::Challenge(reason))
}

/// Object storage answers in XML. To a client that may not list a bucket, what is not there is
/// "access denied", so that is what missing documents of the SEC are.
fn storage_error(head: &str) -> Option<Recognition> {
    let rest = head.trim_start_matches('\u{feff}').trim_start();
    let rest = match rest.strip_prefix("<?xml") {
        Some(declaration) => declaration.split_once("?>")?.1.trim_start(),
        None => rest,
    };
    let rest = rest.strip_prefix("<error")?.split_once('>')?.1.trim_start();
    let code = rest.strip_prefix("<code>")?.split_once("</code>")?.0;
    Some(match code {
        "accessdenied" => Recognition::Missing("storage: access denied"),
        "nosuchkey" | "nosuchbucket" | "blobnotfound" | "containernotfound"
        | "resourcenotfound" => Recognition::Missing("storage: no such object"),
        "slowdown" | "serverbusy" | "throttling" | "requestlimitexceeded" => {
            Recognition::Throttled("storage: slow down")
        }
        "internalerror" | "serviceunavailable" | "operationtimedout" | "requesttimeout" => {
            Recognition::ServerError("storage: failed")
        }
        _ => Recognition::Blocked("storage: refused"),
    })
}

/// What kind of page it is, where it is one that is no document.
fn page(answer: &Answer, head: &str) -> Option<Recognition> {
    if !is_html(answer, head) {
        return None;
    }
    let title = title(head);
    let shown = Shown::of(&answer.body);
    let rule = RULES.iter().find(|rule| rule.fits(&title, head, &shown.text));
    let shell = || is_shell(head, &shown).then_some(Recognition::JavascriptShell("no text"));
    rule.map(|rule| rule.page).or_else(shell)
}

/// Whether it is a page: its tags say so, or its type does and nothing contradicts.
fn is_html(answer: &Answer, head: &str) -> bool {
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, after)| after).trim_start();
    }
    let begins = |with: &[&str]| with.iter().any(|with| rest.starts_with(with));
    if begins(&["<!doctype html", "<html", "<head", "<body"]) {
        return true;
    }
    let is_typed = answer.header("content-type").is_some_and(|value| value.contains("html"));
    is_typed && !begins(&["{", "[", "<?xml", "<rss", "<feed"])
}

fn title(head: &str) -> String {
    let title = || head.split_once("<title")?.1.split_once('>')?.1.split_once("</title");
    let words = title().map_or("", |(title, _)| title).split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

impl Rule {
    fn fits(&self, title: &str, head: &str, text: &str) -> bool {
        let any_of = |wanted: &[&str], found: &str| {
            wanted.is_empty() || wanted.iter().any(|wanted| found.contains(wanted))
        };
        let is_titled =
            |pattern: &&str| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
                (Some(end), _) => title.ends_with(end),
                (None, Some(begin)) => title.starts_with(begin),
                (None, None) => title == *pattern,
            };
        text.len() <= self.max_text
            && (self.titles.is_empty() || self.titles.iter().any(is_titled))
            && any_of(self.markers, head)
            && any_of(self.says, text)
    }
}

/// A page without text of its own, whose scripts would have to fetch what it is about.
fn is_shell(head: &str, shown: &Shown) -> bool {
    const STATE: [&str; 6] =
        ["__next_f", "__next_data__", "__nuxt", "__initial_state__", "preloaded_state", "+json"];
    const MOUNTS: [&str; 7] = [
        "id=\"root\"",
        "id=\"app\"",
        "id=\"__next\"",
        "id=\"___gatsby\"",
        "id='root'",
        "id='app'",
        "<app-root",
    ];
    const ASKS: [&str; 4] = [
        "enable javascript",
        "requires javascript",
        "javascript is required",
        "javascript is disabled",
    ];
    let has = |any: &[&str]| any.iter().any(|part| head.contains(part));
    let is_empty = shown.text.len() < SHELL_TEXT && shown.script_bytes < SHELL_SCRIPTS;
    let waits = shown.text.is_empty() || has(&MOUNTS) || has(&ASKS);
    is_empty && waits && head.contains("<script") && !has(&STATE)
}

/// What a page shows without running anything.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    /// Its text in lower case, white space joined, up to [`TEXT_BYTES`] and a little more.
    text: String,
    /// Bytes of its inline scripts, as far as it was read.
    script_bytes: usize,
}

impl Shown {
    /// Reads text between tags; comments and elements that show nothing are passed over.
    fn of(html: &[u8]) -> Self {
        let mut shown = Self::default();
        let mut rest = html;
        while !rest.is_empty() && shown.text.len() <= TEXT_BYTES {
            let end =
                rest.iter().skip(1).position(|&byte| byte == b'<').map_or(rest.len(), |at| at + 1);
            if let Some((len, script_bytes)) = markup_len(rest) {
                shown.script_bytes += script_bytes;
                rest = rest.get(len..).unwrap_or_default();
            } else {
                let (text, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
                shown.add(text);
                rest = after;
            }
        }
        shown
    }

    fn add(&mut self, text: &[u8]) {
        for word in String::from_utf8_lossy(text).split_whitespace() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(&word.to_lowercase());
            if self.text.len() > TEXT_BYTES {
                return;
            }
        }
    }
}

/// Bytes of the markup at the beginning, and how many of these are script; nothing where text begins.
fn markup_len(html: &[u8]) -> Option<(usize, usize)> {
    const SHOW_NOTHING: [&[u8]; 6] =
        [b"script", b"style", b"noscript", b"template", b"svg", b"title"];
    let after = html.strip_prefix(b"<")?;
    if after.starts_with(b"!--") {
        return Some((find(html, b"-->").map_or(html.len(), |at| at + 3), 0));
    }
    if !after.first().is_some_and(|&b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
        return None;
    }
    let tag = find(html, b">").map_or(html.len(), |at| at + 1);
    let name_len = after.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = after.get(..name_len)?;
    let Some(name) = SHOW_NOTHING.iter().find(|hidden| name.eq_ignore_ascii_case(hidden)) else {
        return Some((tag, 0));
    };
    // One that does not end hides nothing: a page must not seem empty for a missing tag.
    let content = closing_tag(html.get(tag..)?, name).unwrap_or(0);
    let script_bytes = if *name == b"script" { content } else { 0 };
    Some((tag + content, script_bytes))
}

/// Where `</name` begins.
fn closing_tag(html: &[u8], name: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = html.get(at..)?;
        at += find(rest, b"</")?;
        let found = html.get(at + 2..at + 2 + name.len())?;
        if found.eq_ignore_ascii_case(name) {
            return Some(at);
        }
        at += 2;
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
