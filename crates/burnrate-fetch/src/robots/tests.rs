//! What RFC 9309 says of files that are easily read wrong, by two readers.

use super::*;

fn robots(body: &[u8]) -> RobotsTxt {
    let fetched_at = "2026-11-24T00:00:00Z".parse().unwrap();
    let found = Found::rules(body.to_vec());
    RobotsTxt { url: "https://data.example/robots.txt".to_owned(), fetched_at, found }
}

fn check(body: &str, allowed: &[&str], disallowed: &[&str]) {
    let robots = robots(body.as_bytes());
    let second = texting_robots::Robot::new(PRODUCT, body.as_bytes()).unwrap();
    for (paths, expected) in [(allowed, true), (disallowed, false)] {
        for path in paths {
            let url = Url::parse(&format!("https://data.example{path}")).unwrap();
            assert_eq!(robots.verdict(&url).is_allowed, expected, "{path} by\n{body}");
            assert_eq!(
                second.allowed(url.as_str()),
                expected,
                "{path}, second opinion, by\n{body}"
            );
        }
    }
}

#[test]
fn the_most_specific_group_alone_counts() {
    let body = "User-agent: *\nDisallow: /\n\nUser-agent: burnrate\nDisallow: /private\n";
    check(body, &["/", "/public"], &["/private", "/private/x"]);
    check("User-agent: BURNRATE\nDisallow: /a\n", &["/b"], &["/a"]);
    check("User-agent: otherbot\nDisallow: /\n", &["/", "/x"], &[]);
    check("User-agent: a\nUser-agent: burnrate\nDisallow: /x\n", &["/y"], &["/x"]);
}

#[test]
fn groups_of_one_name_are_one_group() {
    let body = "User-agent: burnrate\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: burnrate\nDisallow: /b\n";
    check(body, &["/c"], &["/a", "/b"]);
}

#[test]
fn the_longest_match_wins_and_allow_wins_a_tie() {
    check("User-agent: *\nDisallow: /a\nAllow: /a/b\n", &["/a/b", "/a/bc", "/c"], &["/a", "/a/c"]);
    check("User-agent: *\nAllow: /a/b\nDisallow: /a\n", &["/a/b"], &["/a/c"]);
    check("User-agent: *\nDisallow: /page\nAllow: /page\n", &["/page"], &[]);
    check("User-agent: *\nDisallow: /\nAllow: /$\n", &["/"], &["/x"]);
}

#[test]
fn stars_and_dollars() {
    check(
        "User-agent: *\nDisallow: /*.pdf$\n",
        &["/a.pdf?x", "/a.pdfx", "/a"],
        &["/a.pdf", "/b/c.pdf"],
    );
    check("User-agent: *\nDisallow: /*?\n", &["/a"], &["/a?b", "/?x=1"]);
    check("User-agent: *\nDisallow: /a*b*c\n", &["/acb", "/ab"], &["/abc", "/axbxc/d"]);
    check("User-agent: *\nDisallow: /fish*\n", &["/Fish", "/catfish"], &["/fish", "/fishheads"]);
}

#[test]
fn sloppy_files_are_read_all_the_same() {
    check("user-agent:*\r\ndisallow:/a\r\n", &["/b"], &["/a"]);
    check("\u{feff}User-agent: *\nDisallow: /a\n", &["/b"], &["/a"]);
    check("User-agent: *  # all\n  Disallow:   /a   # not this\n", &["/b"], &["/a", "/ab"]);
    check("User-agent: *\nDisallow:\n", &["/", "/a"], &[]);
    check("", &["/", "/a?b"], &[]);
    check("<!DOCTYPE html>\n<html><body>Not found</body></html>\n", &["/a"], &[]);
    check("User-agent: *\nSitemap: https://data.example/s.xml\nDisallow: /a\n", &["/b"], &["/a"]);
}

#[test]
fn percent_encoding_is_compared_by_what_it_means() {
    check("User-agent: *\nDisallow: /a%3cd.html\n", &["/ad.html"], &["/a%3cd.html"]);
    check("User-agent: *\nDisallow: /caf\u{e9}\n", &["/cafe"], &["/caf%C3%A9"]);
}

#[test]
fn where_the_second_opinion_differs_the_rfc_decides() {
    let differ = |body: &str, path: &str, is_allowed: bool| {
        let url = Url::parse(&format!("https://data.example{path}")).unwrap();
        assert_eq!(
            robots(body.as_bytes()).verdict(&url).is_allowed,
            is_allowed,
            "{path} by\n{body}"
        );
        let second = texting_robots::Robot::new(PRODUCT, body.as_bytes()).unwrap();
        assert_ne!(second.allowed(url.as_str()), is_allowed, "{path} by\n{body}");
    };
    // Section 2.1: a rule belongs to the user-agent lines above it, and here are none.
    differ("Disallow: /\n", "/", true);
    // Section 2.2.2 with RFC 3986: the digits of an encoded octet are the same in either case.
    differ("User-agent: *\nDisallow: /a%3cd.html\n", "/a%3Cd.html", false);
}

#[test]
fn robots_txt_itself_may_always_be_asked() {
    let url = Url::parse("https://data.example/robots.txt").unwrap();
    assert!(robots(b"User-agent: *\nDisallow: /\n").verdict(&url).is_allowed);
}

#[test]
fn bytes_that_are_not_text_do_no_harm() {
    let robots =
        robots(b"\xff\xfe\x00User-agent: *\nUser-agent: *\nDisallow: /\xff\nDisallow: /a\n");
    let verdict =
        |path: &str| robots.verdict(&Url::parse("https://x.example").unwrap().join(path).unwrap());
    assert!(!verdict("/a").is_allowed);
    assert!(verdict("/b").is_allowed);
}
