use proptest::prelude::*;

use super::*;

/// What stands at a locator.
#[track_caller]
fn at<'d>(document: &'d str, locator: &str) -> &'d str {
    &document[locate(document.as_bytes(), locator).unwrap()]
}

#[track_caller]
fn reason(document: &str, locator: &str) -> String {
    locate(document.as_bytes(), locator).unwrap_err().reason
}

#[test]
fn a_range_of_bytes_is_whole_characters_of_the_document() {
    assert_eq!(at("a€b", "bytes=1..4"), "€");
    assert!(reason("a€b", "bytes=1..3").contains("cuts a character"));
    assert!(reason("abc", "bytes=2..9").contains("3 bytes"));
    assert!(reason("abc", "bytes=2..2").contains("3 bytes"));
    assert!(reason("abc", "bytes=2..x").contains("no range"));
    assert_eq!(locate(b"a\xffb", "bytes=1..2"), Ok(1..2));
}

#[test]
fn a_pointer_leads_to_the_raw_value_in_json() {
    let json = r#" {"a/b": [1, {"x~y": "tw\u006f"}], "n": 1.50, "n ": {"": null}, "n": 2.50} "#;
    assert_eq!(at(json, "/a~1b/1/x~0y"), r#""tw\u006f""#);
    assert_eq!(at(json, "/a~1b/0"), "1");
    // As parsers do: the last of two members of one name.
    assert_eq!(at(json, "/n"), "2.50");
    assert_eq!(at(json, "/n /"), "null");
    assert!(reason(json, "/a~1b/2").contains("no `2`"));
    assert!(reason(json, "/n/0").contains("no `0`"));
}

#[test]
fn a_pointer_leads_to_all_lines_of_a_table_in_toml() {
    let toml = "day = 2026-11-24\n\n[[offer]]\nname = \"one\"\nprice = \"USD 30\"\n\n[[offer]]\nname = \"two\"\n";
    assert_eq!(at(toml, "/offer/0"), "[[offer]]\nname = \"one\"\nprice = \"USD 30\"");
    assert_eq!(at(toml, "/offer/1/name"), "\"two\"");
    assert!(reason(toml, "/offer/2").contains("no value"));
}

#[test]
fn a_pointer_leads_to_a_value_in_yaml() {
    let yaml = "café: 1\ncompute:\n  instance:\n    a2:\n      gpu: 8\n      cost:\n        us-central1:\n          hour: 29.38\n          month: \"21k\"\n    a3: {list: [1, 22]}\n";
    assert_eq!(at(yaml, "/compute/instance/a2/cost/us-central1/hour"), "29.38");
    assert_eq!(at(yaml, "/compute/instance/a2/cost/us-central1/month"), "\"21k\"");
    assert_eq!(at(yaml, "/compute/instance/a3/list/1"), "22");
    let cost = at(yaml, "/compute/instance/a2/cost");
    assert!(cost.starts_with("us-central1:") && cost.ends_with("\"21k\""), "{cost}");
    assert!(locate(yaml.as_bytes(), "/compute/instance/a9").is_err());
}

#[test]
fn a_path_of_elements_leads_into_the_xml_of_a_submission() {
    let submission = "<SEC-DOCUMENT>\n<TYPE>D\n<XML>\n<?xml version=\"1.0\"?>\n<d:edgarSubmission><offeringData><a/><b>1</b>\
                      <b x=\"2>1\">2</b></offeringData></d:edgarSubmission>\n</XML>";
    assert_eq!(at(submission, "/edgarSubmission/offeringData/b[2]"), "<b x=\"2>1\">2</b>");
    assert_eq!(at(submission, "/edgarSubmission/offeringData/a"), "<a/>");
    assert!(locate(submission.as_bytes(), "/edgarSubmission/offeringData/b[3]").is_err());
}

#[test]
fn an_item_of_a_feed_stands_outside_of_comments_and_cdata() {
    let feed = "<rss><!-- <item>no</item> --><item a=\"1\"><![CDATA[</item><item>]]>one</item><items/><item>two<item>three</rss>";
    assert_eq!(at(feed, "item[1]"), "<item a=\"1\"><![CDATA[</item><item>]]>one</item>");
    assert_eq!(at(feed, "item[2]"), "<item>two");
    assert_eq!(at(feed, "item[3]"), "<item>three</rss>");
    assert!(reason(feed, "item[4]").contains("no such <item>"));
    assert!(locate(feed.as_bytes(), "entry[1]").is_err());
}

#[test]
fn a_path_leads_to_an_element_with_all_that_is_in_it() {
    let page = "<!doctype html><title>a <p> is text</title><!-- <p>nor this</p> -->\
                <script>if (a<b) { '<p>' + \"</p>\" }</script>\
                <body><p title='<td>'>first</p><div id=\"list\"><p>one<p>two</div><p>last";
    assert_eq!(at(page, "html > body > p:nth-child(1)"), "<p title='<td>'>first</p>");
    assert_eq!(at(page, "div#list > p:nth-child(1)"), "<p>one");
    assert_eq!(at(page, "div#list > p:nth-child(2)"), "<p>two");
    assert_eq!(at(page, "div#list"), "<div id=\"list\"><p>one<p>two</div>");
    assert_eq!(at(page, "html > body > p:nth-child(3)"), "<p>last");
    assert!(at(page, "body").starts_with("<body><p title"));
    assert!(reason(page, "html > body > table").contains("no `table`"));
}

/// The parser of pages adds what the page leaves out: path steps name elements that have no tag.
#[test]
fn rows_that_were_given_a_body_are_found() {
    let page = "<table><tr><td>a<td class=\"price big\">$1<tr><td>b</td><td><b>$2</b></td></table>";
    assert_eq!(
        at(page, "html > body > table > tbody > tr:nth-child(1) > td:nth-child(2)"),
        "<td class=\"price big\">$1"
    );
    assert_eq!(
        at(page, "html > body > table > tbody > tr:nth-child(2) > td:nth-child(2)"),
        "<td><b>$2</b></td>"
    );
    let row = at(page, "html > body > table > tbody > tr:nth-child(2)");
    assert_eq!(row, "<tr><td>b</td><td><b>$2</b></td>");
    assert_eq!(at(page, "html > body > table .price"), "<td class=\"price big\">$1");
    // As wide as what is in it: the body of the table has no tag.
    assert!(at(page, "html > body > table > tbody").starts_with("<tr><td>a"));
}

#[test]
fn bytes_that_are_not_utf_8_keep_their_places() {
    let page = b"<p>caf\xe9</p><p id=\"b\">\xa3 5</p>";
    let range = locate(page, "p#b").unwrap();
    assert_eq!(&page[range], b"<p id=\"b\">\xa3 5</p>");
}

#[test]
fn a_page_within_json_is_located_in_the_bytes_of_the_json() {
    let json = r#"{"data": {"con tent": "<p>\"€\" \u00e9\ud83d\ude00<\/p><table><tr><td>a<\/td><td>\"1\" 元<\/td><\/tr>"}}"#;
    let cell = at(json, "/data/con tent html > body > table > tbody > tr > td:nth-child(2)");
    assert_eq!(cell, r#"<td>\"1\" 元<\/td>"#);
    assert!(locate(json.as_bytes(), "/data/con tent html > body > ul").is_err());
}

#[test]
fn json_in_an_attribute_is_located_in_the_bytes_of_the_page() {
    let page = "<i a=1 b></i><div hidden data-x='{}' props=\"{&quot;rows&quot;:[1,{&quot;a &amp; b&quot;:&quot;&#36;5 &quot;}]}\">";
    assert_eq!(at(page, "html > body > div:nth-child(2)[props]/rows/0"), "1");
    assert_eq!(
        at(page, "html > body > div:nth-child(2)[props]/rows/1/a & b"),
        "&quot;&#36;5 &quot;"
    );
    assert!(reason(page, "html > body > div:nth-child(2)[prop]/rows").contains("no `prop`"));
    assert!(says(b"&quot;&#36;5 &quot;", "$5"));
}

#[test]
fn bytes_say_what_a_reader_sees() {
    assert!(says(b"<td><sup>*</sup>$&nbsp;1.25 / MTok</td>", "$ 1.25 / MTok"));
    assert!(says("<td>$<!-- -->5<span> per month</span></td>".as_bytes(), "$5 per month"));
    assert!(says(br#""\"quoted\" \u00a35""#, "\"quoted\" £5"));
    assert!(says(br"<p>\u003cb\u003eat $2\u003c/b\u003e</p>", "at $2"));
    assert!(says(b"<item><title>A &amp;amp; B</title></item>", "A & B"));
    assert!(says(b"<d><![CDATA[<p>raised <b>$5</b> million</p>]]></d>", "raised $5 million"));
    assert!(!says(b"<td>$1.25</td>", "$1.26"));
    assert!(!says(b"<td>$1.25</td>", ""));
}

#[test]
fn bytes_say_a_figure_in_whatever_unit() {
    assert!(says_figure(b"<ix:nonFraction scale=\"6\">1,234</ix:nonFraction>", "1234000000"));
    assert!(says_figure(br#"{"end":"2024-06-30","val":6500000000}"#, "6500000000"));
    assert!(says_figure(b"about $6.5 billion", "6500000000"));
    assert!(says_figure(b"<ix:nonFraction format=\"ixt:num-word-en\">ten</ix:nonFraction>", "10"));
    assert!(says_figure(b"<ix:nonFraction format='ixt:fixed-zero'>no</ix:nonFraction>", "0"));
    assert!(says_figure(b"Closed,500000000.0,140000000.0,6000000000.0,2024-06-11", "140000000"));
    assert!(!says_figure(b"about $6.5 billion", "6600000000"));
    assert!(!says_figure(br#"{"val":6501}"#, "6500"));
}

#[test]
fn words_may_stand_apart() {
    assert!(says_words(br#"{"units":"9","nanos":311740000}"#, "units 9, nanos 311740000"));
    assert!(!says_words(br#"{"units":"9"}"#, "units 9, nanos 311740000"));
    assert!(!says_words(b"anything", "—"));
}

/// A document of one repeated part is read in a time that grows with it: four times the parts take less
/// than ten times as long, where a square would take sixteen times.
#[test]
fn time_is_linear_in_the_document() {
    for (part, locator) in [
        ("<div><p>", "html > body > div:nth-child(1) > p"),
        ("<td><b>x</b>", "html > body > b:nth-child(1)"),
        ("<!--", "html > body"),
        ("<a b=\"", "html > body"),
        ("<script></x", "html > body"),
        ("<item>", "item[100000]"),
        ("{\"a\":", "/a/a/a"),
        ("- [a, {b: ", "/0/1/b"),
    ] {
        let time = |parts: usize| {
            let document = part.repeat(parts);
            let start = std::time::Instant::now();
            let _ = locate(document.as_bytes(), locator).is_ok();
            start.elapsed()
        };
        let least = |parts: usize| (0..3).map(|_| time(parts)).min().unwrap();
        let (short, long) = (least(500), least(2_000));
        assert!(
            long < short * 10 + std::time::Duration::from_millis(20),
            "{part}: {short:?}, {long:?}"
        );
    }
}

proptest! {
    #[test]
    fn no_document_and_locator_make_it_panic(
        document in r#"([<>/!\-"'=\\{}\[\]:, ae€\n]|<p>|</p>|<td>|<item>|\\u00e9|"a":|<b id="a">|<script>){0,40}"#,
        locator in r"(bytes=[0-9]{0,2}\.\.[0-9]{0,2}|/a|/0|/a b|item\[[0-9]\]|html > body|p:nth-child\([0-9]\)|b#a| \.a| > p){0,4}",
    ) {
        if let Ok(range) = locate(document.as_bytes(), &locator) {
            prop_assert!(!document[range].is_empty());
        }
        let _ = says(document.as_bytes(), &locator);
    }
}
