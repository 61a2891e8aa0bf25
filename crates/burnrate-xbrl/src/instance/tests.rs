use super::*;
use crate::Decimals;

fn instance(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="us-ascii"?>
<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:us-gaap="http://fasb.org/us-gaap/2015-01-31">
<link:schemaRef xlink:type="simple" xlink:href="own-20150630.xsd"/>
<context id="c"><entity><identifier scheme="http://www.sec.gov/CIK">0000000001</identifier></entity>
<period><startDate>2014-07-01T00:00:00</startDate><endDate>2015-07-01T00:00:00</endDate></period></context>
<unit id="usd"><measure>iso4217:USD</measure></unit>
<unit id="per"><divide><unitNumerator><measure>iso4217:USD</measure></unitNumerator>
<unitDenominator><measure>shares</measure></unitDenominator></divide></unit>
{body}</xbrl>"#
    )
}

fn read<T>(body: &str, check: impl FnOnce(Reading<'_>) -> T) -> T {
    let text = instance(body);
    let document = DocumentText::decode(text.as_bytes()).unwrap();
    check(instance_facts(&document).unwrap())
}

fn number(attributes: &str, value: &str) -> String {
    format!(
        r#"<us-gaap:Revenues contextRef="c" unitRef="usd" {attributes}>{value}</us-gaap:Revenues>"#
    )
}

#[test]
fn an_element_with_a_context_is_a_fact() {
    let body = number("id='f' decimals='-6'", " -93580000000 ");
    read(&body, |reading| {
        assert_eq!(reading.problems, []);
        let [fact] = &reading.facts[..] else { panic!("{:#?}", reading.facts) };
        assert_eq!(fact.concept.to_string(), "us-gaap:Revenues");
        assert!(
            matches!(fact.value, Value::Number(value, _) if value.to_string() == "-93580000000")
        );
        assert_eq!((fact.decimals, fact.id), (Some(Decimals::Places(-6)), Some("f")));
        assert_eq!(instance(&body)[fact.span.clone()], body);
        // Midnight ends the day before.
        let (start, end) = ("2014-07-01".parse().unwrap(), "2015-06-30".parse().unwrap());
        assert_eq!(fact.context.period, crate::Period::Duration { start, end });
        assert_eq!(reading.schema_refs, ["own-20150630.xsd"]);
    });
}

#[test]
fn a_text_has_its_markup_escaped() {
    let body = "<us-gaap:Note contextRef='c' xml:lang='en'>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</us-gaap:Note>\
        <us-gaap:Note contextRef='c'><![CDATA[<p>a &amp; b</p>]]></us-gaap:Note>";
    read(body, |reading| {
        for fact in &reading.facts {
            let Value::Text(content) = &fact.value else { panic!("no text") };
            assert_eq!(content.text(), "<p>a &amp; b</p>");
        }
        let languages: Vec<_> = reading.facts.iter().map(|fact| fact.language).collect();
        assert_eq!(languages, [Some("en"), None]);
    });
}

#[test]
fn significant_digits_are_turned_into_places() {
    // Three digits of 93580000000 reach to the hundred millions, of 0.0125 to four places.
    for (value, precision, expected) in [
        ("93580000000", "3", Some(Decimals::Places(-8))),
        ("0.0125", "3", Some(Decimals::Places(4))),
        ("7", "INF", Some(Decimals::Exact)),
        ("7", "0", None),
        ("0", "3", None),
    ] {
        read(&number(&format!("precision='{precision}'"), value), |reading| {
            assert_eq!(reading.facts[0].decimals, expected, "{value} {precision}");
        });
    }
}

#[test]
fn a_fact_that_is_none_is_reported() {
    for (body, expected) in [
        (number("decimals='0'", "1,000"), "`1,000` is no decimal number"),
        (number("decimals='0'", "NaN"), "`NaN` is no decimal number"),
        ("<us-gaap:T><us-gaap:A/></us-gaap:T>".to_owned(), "a tuple, or a fact without a context"),
        ("<own:T contextRef='c'/>".to_owned(), "prefix of `<own:T>` stands for nothing"),
        ("<link:label/>".to_owned(), "`label` is not known in an instance"),
    ] {
        read(&body, |reading| {
            assert_eq!(reading.facts.len(), 0, "{body}");
            let [problem] = &reading.problems[..] else { panic!("{:#?}", reading.problems) };
            assert_eq!(problem.reason, expected);
        });
    }
}

#[test]
fn footnotes_are_found_over_their_arcs() {
    let links = "<link:footnoteLink xlink:type='extended'>\
        <link:loc xlink:label='l' xlink:href='#f'/>\
        <link:footnote id='n' xlink:label='m' xml:lang='en-US'>Unaudited.</link:footnote>\
        <link:footnoteArc xlink:from='l' xlink:to='m'/></link:footnoteLink>";
    read(&format!("{}{links}", number("id='f' decimals='0'", "5")), |reading| {
        assert_eq!(reading.problems, []);
        assert_eq!(reading.facts[0].footnotes, [0]);
        assert_eq!((reading.footnotes[0].id, reading.footnotes[0].language), ("n", Some("en-US")));
        assert_eq!(reading.footnotes[0].content.text(), "Unaudited.");
    });
}

/// A product of two lists that a megabyte has room for takes no longer than reading the megabyte.
#[test]
fn footnotes_of_everything_to_everything_are_given_up() {
    let part = "<link:loc xlink:label='l' xlink:href='#f'/>\
        <link:footnote xlink:label='m'>n</link:footnote>";
    let links = format!(
        "<link:footnoteLink>{}<link:footnoteArc xlink:from='l' xlink:to='m'/></link:footnoteLink>",
        part.repeat(10_000)
    );
    read(&format!("{}{links}", number("id='f' decimals='0'", "5")), |reading| {
        assert_eq!(reading.facts.len(), 1);
        assert_eq!(reading.problems[0].reason, "more than 100000 footnotes of facts");
    });
}

#[test]
fn what_is_no_instance_is_refused() {
    for (document, found) in
        [("<html/>", "no element"), ("<x:xbrl xmlns:x='urn:y'/>", "`x:xbrl`"), ("", "no element")]
    {
        let text = DocumentText::decode(document.as_bytes()).unwrap();
        let error = instance_facts(&text).unwrap_err();
        assert_eq!((&*error.place, &*error.found), ("root element", found));
    }
}
