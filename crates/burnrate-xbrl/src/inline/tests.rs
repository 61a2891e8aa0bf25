use super::*;
use crate::{Fact, most_precise};

/// A document with the usual namespaces, contexts `c` (the year 2024), `i` (its last day) and `d` (the
/// year, of a segment), and the units `usd` and `shares`.
fn page(body: &str) -> String {
    with_header(body, "")
}

fn with_header(body: &str, more_resources: &str) -> String {
    format!(
        r#"
<?xml version='1.0' encoding='ASCII'?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xml:lang="en-US"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:own="http://own.example/2024"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024"><body>
{body}
<ix:header><ix:references><link:schemaRef xlink:href="own-2024.xsd"/></ix:references><ix:resources>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:context id="i"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="d"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier>
<xbrli:segment><xbrldi:typedMember dimension="us-gaap:TimeAxis"><us-gaap:Time.domain> 2025-01-01 </us-gaap:Time.domain></xbrldi:typedMember>
<xbrldi:explicitMember dimension="us-gaap:SegmentAxis"> own:CloudMember </xbrldi:explicitMember></xbrli:segment></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>
{more_resources}</ix:resources></ix:header></body></html>"#
    )
}

fn number(attributes: &str, shown: &str) -> String {
    format!(
        r#"<ix:nonFraction name="us-gaap:Revenues" contextRef="c" unitRef="usd" {attributes}>{shown}</ix:nonFraction>"#
    )
}

fn words(attributes: &str, shown: &str) -> String {
    format!(r#"<ix:nonNumeric name="own:Note" contextRef="c" {attributes}>{shown}</ix:nonNumeric>"#)
}

/// Reads documents and checks what is found.
fn read<T>(documents: &[String], check: impl FnOnce(Reading<'_>) -> T) -> T {
    let texts: Vec<_> =
        documents.iter().map(|text| DocumentText::decode(text.as_bytes()).unwrap()).collect();
    check(inline_facts(&texts).unwrap())
}

/// The only fact of a page with that body, which has no problems.
fn only<T>(body: &str, check: impl FnOnce(&Fact<'_>) -> T) -> T {
    read(&[page(body)], |reading| {
        assert_eq!(reading.problems, []);
        let [fact] = &reading.facts[..] else { panic!("{:#?}", reading.facts) };
        check(fact)
    })
}

fn value(body: &str) -> String {
    only(body, |fact| match &fact.value {
        Value::Number(value, _) => value.to_string(),
        Value::Text(content) => content.text().into_owned(),
        Value::Nil => "nil".to_owned(),
    })
}

/// The only problem of a page with that body, which has no facts.
fn problem(body: &str) -> String {
    problem_with(body, "")
}

fn problem_with(body: &str, more_resources: &str) -> String {
    read(&[with_header(body, more_resources)], |reading| {
        assert_eq!(reading.facts.len(), 0, "{:?}", reading.facts);
        let [problem] = &reading.problems[..] else { panic!("{:#?}", reading.problems) };
        problem.reason.clone()
    })
}

#[test]
fn a_fact_has_all_that_is_said_of_it() {
    let tag = number(
        r#"id="f-1" decimals="-6" scale="6" sign="-" format="ixt:num-dot-decimal""#,
        "1,234.5",
    );
    let body = format!("<p>Loss of ${tag}</p>").replace("contextRef=\"c\"", "contextRef=\"d\"");
    only(&body, |fact| {
        assert_eq!(fact.concept.to_string(), "us-gaap:Revenues");
        assert_eq!(fact.concept.namespace, "http://fasb.org/us-gaap/2024");
        assert!(
            matches!(fact.value, Value::Number(value, _) if value.to_string() == "-1234500000")
        );
        assert_eq!(fact.decimals.unwrap().to_string(), "-6");
        assert_eq!(fact.unit.as_deref(), Some("USD"));
        assert_eq!((fact.id, fact.context_ref), (Some("f-1"), "d"));
        assert_eq!(
            (fact.format, fact.scale, fact.is_negated),
            (Some("ixt:num-dot-decimal"), 6, true)
        );
        assert_eq!((fact.is_hidden, fact.target, fact.document), (false, None, 0));
        let context = &fact.context;
        assert_eq!((context.scheme, context.entity), ("http://www.sec.gov/CIK", "0000000001"));
        assert_eq!(
            context.dimensions_text(),
            "us-gaap:SegmentAxis=own:CloudMember;us-gaap:TimeAxis=2025-01-01"
        );
        let (start, end) = ("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap());
        assert_eq!(context.period, crate::Period::Duration { start, end });
        let page = page(&body);
        assert!(page[fact.span.clone()].starts_with("<ix:nonFraction name=\"us-gaap:Rev"));
        assert!(page[fact.span.clone()].ends_with(">1,234.5</ix:nonFraction>"));
    });
}

#[test]
fn a_parenthesis_does_not_negate() {
    assert_eq!(value(&format!("({})", number("decimals='0'", "500"))), "500");
    assert_eq!(value(&number("decimals='0' sign='-'", "500")), "-500");
}

#[test]
fn scale_is_a_power_of_ten_either_way() {
    for (scale, expected) in [("-2", "0.25"), ("0", "25"), ("12", "25000000000000")] {
        assert_eq!(value(&number(&format!("decimals='2' scale='{scale}'"), "25")), expected);
    }
    assert_eq!(value(&number("decimals='INF'", ".5")), "0.5");
}

#[test]
fn a_number_without_a_format_is_plain_digits() {
    for shown in ["1,000", "-5", "(5)", "", "1 000", "5%", "1e3"] {
        assert!(
            problem(&number("decimals='0'", shown)).contains("is no decimal number"),
            "{shown}"
        );
    }
}

#[test]
fn attributes_that_cannot_be_understood_are_reported() {
    for (attributes, expected) in [
        ("sign='+'", "sign `+`"),
        ("scale='million'", "scale `million`"),
        ("format='ixt:num-unknown'", "format `ixt:num-unknown` is unknown"),
        ("format='ixx:num-dot-decimal'", "prefix of `ixx:num-dot-decimal` stands for nothing"),
        ("decimals='two'", "`two` is no number of places"),
        ("decimals='0' precision='1'", "both decimals and precision"),
        ("tupleRef='t'", "part of a tuple"),
        ("magnitude='6'", "attribute `magnitude` is unknown"),
        ("xsi:nil='perhaps'", "`xsi:nil` is `perhaps`"),
    ] {
        assert_eq!(problem(&number(attributes, "5")), expected);
    }
}

#[test]
fn a_context_or_unit_that_is_not_defined_is_named() {
    let body = number("decimals='0'", "5");
    let undefined = body.replace("contextRef=\"c\"", "contextRef=\"c-9\"");
    assert_eq!(problem(&undefined), "context `c-9` is not defined");
    assert_eq!(problem(&body.replace("\"usd\"", "\"u-9\"")), "unit `u-9` is not defined");
    assert_eq!(problem(&body.replace("unitRef=\"usd\"", "")), "a number without a unit");
}

#[test]
fn a_unit_is_written_as_companyfacts_does() {
    let divided = "<xbrli:unit id='u'><xbrli:divide>\
         <xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>\
         <xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>\
         </xbrli:divide></xbrli:unit>";
    let product = "<xbrli:unit id='u'><xbrli:measure>own:MW</xbrli:measure>\
         <xbrli:measure>own:Hour</xbrli:measure></xbrli:unit>";
    let own = |measure| {
        format!("<xbrli:unit id='u'><xbrli:measure>{measure}</xbrli:measure></xbrli:unit>")
    };
    for (unit, expected) in [
        (divided.to_owned(), "USD/shares"),
        (product.to_owned(), "Hour*MW"),
        (own("own:Segment"), "Segment"),
        (own("xbrli:pure"), "pure"),
        // Not dollars, whatever the filer means by it.
        (own("own:USD"), "own:USD"),
    ] {
        let body = number("decimals='0'", "5").replace("\"usd\"", "\"u\"");
        read(&[with_header(&body, &unit)], |reading| {
            assert_eq!(reading.problems, []);
            assert_eq!(reading.facts[0].unit.as_deref(), Some(expected));
        });
    }
}

#[test]
fn an_id_that_is_defined_in_two_ways_is_no_definition() {
    let other = "<xbrli:unit id='usd'><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>";
    read(&[with_header(&number("decimals='0'", "5"), other)], |reading| {
        assert_eq!(reading.facts.len(), 0);
        let reasons: Vec<_> = reading.problems.iter().map(|problem| &*problem.reason).collect();
        assert_eq!(reasons, ["unit `usd`: the document defines it twice, in two ways"; 2]);
    });
    let same = "<xbrli:unit id='usd'><xbrli:measure> iso4217:USD</xbrli:measure></xbrli:unit>";
    read(&[with_header(&number("decimals='0'", "5"), same)], |reading| {
        assert_eq!((reading.facts.len(), reading.problems.len()), (1, 0));
    });
}

#[test]
fn nil_has_no_value_in_either_spelling() {
    for attribute in ["xsi:nil='true'", "xs:nil='1'"] {
        only(&number(attribute, ""), |fact| {
            assert!(matches!(fact.value, Value::Nil));
            assert_eq!((fact.decimals, fact.unit.as_deref()), (None, Some("USD")));
        });
        only(&words(attribute, ""), |fact| assert!(matches!(fact.value, Value::Nil)));
    }
    assert_eq!(value(&number("xsi:nil='false' decimals='0'", "5")), "5");
    assert_eq!(problem(&number("xsi:nil='true'", "5")), "nil, and yet `5`");
}

#[test]
fn a_number_within_a_number_is_two_facts() {
    let inner = number("decimals='-6' scale='6'", " 7 ");
    let outer = number("decimals='-6' scale='6'", &format!(" <b>{inner}</b> ")).replacen(
        "Revenues",
        "SalesRevenueNet",
        1,
    );
    read(&[page(&outer)], |reading| {
        let found: Vec<_> = reading.facts.iter().map(|fact| fact.concept.local).collect();
        assert_eq!(found, ["SalesRevenueNet", "Revenues"]);
        for fact in &reading.facts {
            assert!(matches!(fact.value, Value::Number(value, _) if value == 7_000_000.into()));
        }
        assert!(reading.facts[0].span.start < reading.facts[1].span.start);
        assert!(reading.facts[0].span.end > reading.facts[1].span.end);
    });
}

#[test]
fn a_text_is_what_is_shown_or_the_markup_of_it() {
    let shown = "<p>A &amp; <b>B</b><ix:exclude>page <i>9</i></ix:exclude>&#160;C</p>";
    assert_eq!(value(&words("", shown)), "A & B\u{a0}C");
    assert_eq!(value(&words("escape='false'", shown)), "A & B\u{a0}C");
    assert_eq!(value(&words("escape='true'", shown)), "<p>A &amp; <b>B</b>&#160;C</p>");
    only(&words("escape='true'", shown), |fact| {
        let Value::Text(content) = &fact.value else { panic!("no text") };
        assert_eq!(content.visible(), "A & B\u{a0}C");
    });
    let date = words("format='ixt:date-monthname-day-year-en'", "<b>December</b>&#160;31, 2024");
    assert_eq!(value(&date), "2024-12-31");
}

#[test]
fn a_text_goes_on_where_it_says() {
    let body = format!(
        "{}<ix:continuation id='n-3'>!</ix:continuation>\
         <ix:continuation id='n-2' continuedAt='n-3'><p>two</p></ix:continuation>",
        words("continuedAt='n-2' escape='true'", "<p>one</p>")
    );
    assert_eq!(value(&body), "<p>one</p><p>two</p>!");
}

#[test]
fn a_chain_of_continuations_that_is_broken_is_reported() {
    let piece =
        |id, next| format!("<ix:continuation id='{id}' continuedAt='{next}'>x</ix:continuation>");
    let start = words("continuedAt='a'", "text");
    assert_eq!(problem(&start), "continuation `a` is missing");
    assert_eq!(
        problem(&format!("{start}{}{}", piece("a", "b"), piece("b", "a"))),
        "continuation `a` continues two texts"
    );
    read(
        &[page(&format!("{start}{start}<ix:continuation id='a'>x</ix:continuation>"))],
        |reading| {
            assert_eq!((reading.facts.len(), reading.problems.len()), (1, 1));
            assert_eq!(reading.problems[0].reason, "continuation `a` continues two texts");
        },
    );
    assert_eq!(
        problem("<ix:continuation id='a'>x</ix:continuation>"),
        "continuation `a` continues nothing"
    );
}

#[test]
fn what_stands_in_the_hidden_section_is_hidden() {
    let body =
        format!("<ix:header><ix:hidden>{}</ix:hidden></ix:header>", number("decimals='0'", "1"));
    only(&body, |fact| assert!(fact.is_hidden));
}

#[test]
fn footnotes_stand_with_their_facts() {
    let body = format!(
        "{}<ix:footnote id='n' xml:lang='en-GB'>Un<b>audited</b>.</ix:footnote>\
         <ix:relationship fromRefs='f x' toRefs='n'/>",
        number("id='f' decimals='0'", "5")
    );
    read(&[page(&body)], |reading| {
        assert_eq!(reading.problems, []);
        assert_eq!(reading.facts[0].footnotes, [0]);
        let note = &reading.footnotes[0];
        assert_eq!((note.id, note.language), ("n", Some("en-GB")));
        assert_eq!(
            (&*note.content.text(), &*note.content.visible()),
            ("Un<b>audited</b>.", "Unaudited.")
        );
    });
    let missing = "<ix:relationship fromRefs='f' toRefs='n'/>";
    assert_eq!(problem(missing), "footnote `n` is not defined");
}

#[test]
fn what_the_sec_forbids_is_reported() {
    let fraction = "<ix:fraction name='own:F' contextRef='c' unitRef='usd'>\
        <ix:numerator>1</ix:numerator><ix:denominator>3</ix:denominator></ix:fraction>";
    assert_eq!(problem(fraction), "fractions are not read");
    assert_eq!(problem("<ix:tuple name='own:T'/>"), "tuples are not read; the facts in it are");
    assert_eq!(
        problem("<ix:nonfraction>5</ix:nonfraction>"),
        "`nonfraction` is no element of Inline XBRL"
    );
}

#[test]
fn the_prefix_of_inline_xbrl_and_its_version_decide_nothing() {
    let body = number("decimals='0'", "5");
    for document in [
        page(&body).replace("ix:", "i:").replace("xmlns:ix=", "xmlns:i="),
        page(&body).replace("/2013/inlineXBRL", "/2008/inlineXBRL"),
    ] {
        read(&[document], |reading| {
            assert_eq!((reading.facts.len(), reading.problems.len()), (1, 0));
        });
    }
}

#[test]
fn another_namespace_of_inline_xbrl_is_an_error_and_not_no_facts() {
    let good = page(&number("decimals='0'", "5"));
    for (document, found) in [
        (
            good.replace("/2013/inlineXBRL", "/2031/inlineXBRL"),
            "`http://www.xbrl.org/2031/inlineXBRL`",
        ),
        (good.replace("http://www.xbrl.org/2013/inlineXBRL", "urn:x"), "`urn:x`"),
        (good.replace("xmlns:ix=", "xmlns:iy="), "none"),
    ] {
        let texts = [DocumentText::decode(document.as_bytes()).unwrap()];
        let error = inline_facts(&texts).unwrap_err();
        assert_eq!((&*error.place, &*error.found), ("namespace of `ix:nonFraction`", found));
    }
}

#[test]
fn a_document_without_tags_says_so() {
    let plain = "<html xmlns='http://www.w3.org/1999/xhtml'><body>Revenue was 5</body></html>";
    let word = "<html xmlns='http://www.w3.org/TR/REC-html40' xmlns:o='urn:schemas-microsoft-com:office'>\
        <p>Revenue<o:p><p>was</o:p>5</o:p>";
    let text = "10-Q of 2000, in plain text: a < b";
    read(&[plain, word, text].map(str::to_owned), |reading| {
        assert!(!reading.is_tagged && reading.facts.is_empty() && reading.problems.is_empty());
    });
}

#[test]
fn documents_of_a_set_share_what_they_define() {
    let exhibit = page(&number("decimals='0'", "5").replace("\"c\"", "\"only-in-main\""));
    let context = "<xbrli:context id='only-in-main'><xbrli:entity>\
        <xbrli:identifier scheme='s'>1</xbrli:identifier></xbrli:entity>\
        <xbrli:period><xbrli:forever/></xbrli:period></xbrli:context>";
    read(&[exhibit, with_header("", context)], |reading| {
        assert_eq!(reading.problems, []);
        assert_eq!(reading.facts[0].context.period, crate::Period::Forever);
        assert_eq!(reading.schema_refs, ["own-2024.xsd"; 2]);
    });
}

#[test]
fn of_one_id_in_two_documents_each_means_its_own() {
    let body = number("decimals='0'", "5");
    let euro = page(&body).replace("iso4217:USD", "iso4217:EUR");
    read(&[page(&body), euro], |reading| {
        let units: Vec<_> =
            reading.facts.iter().map(|fact| (fact.document, fact.unit.as_deref())).collect();
        assert_eq!(units, [(0, Some("USD")), (1, Some("EUR"))]);
    });
}

#[test]
fn of_a_document_that_breaks_off_the_facts_before_are_kept() {
    let resources = with_header("", "").replace("</body></html>", "");
    let body = format!("{resources}{}{}", number("decimals='0'", "5"), number("decimals='0'", "6"));
    for (cut, reason) in [
        (body.len() - 5, "the document ends within a tag"),
        (body.len() - "</ix:nonFraction>".len(), "`<ix:nonFraction>` is not closed"),
    ] {
        read(&[body[..cut].to_owned()], |reading| {
            assert_eq!(reading.facts.len(), 1);
            let reasons: Vec<_> = reading.problems.iter().map(|problem| &*problem.reason).collect();
            assert!(
                reasons.contains(&reason) && reasons.contains(&"`<html>` is not closed"),
                "{reasons:?}"
            );
        });
    }
}

#[test]
fn a_document_type_with_entities_is_refused() {
    let bomb = format!("<!DOCTYPE x [<!ENTITY a '{}'>]>{}", "a".repeat(99), page(""));
    let texts = [DocumentText::decode(bomb.as_bytes()).unwrap()];
    assert_eq!(inline_facts(&texts).unwrap_err().found, "an internal subset");
}

#[test]
fn bytes_that_are_no_text_cost_the_fact_that_has_them() {
    let body = format!("\u{1}{}{}", number("decimals='0'", "5"), words("", "caf\u{1}"));
    let bytes: Vec<u8> = page(&body)
        .replace("encoding='ASCII'", "encoding='UTF-8'")
        .bytes()
        .map(|byte| if byte == 1 { 0xff } else { byte })
        .collect();
    let texts = [DocumentText::decode(&bytes).unwrap()];
    let reading = inline_facts(&texts).unwrap();
    let reasons: Vec<_> = reading.problems.iter().map(|problem| &*problem.reason).collect();
    assert_eq!(reading.facts.len(), 1);
    assert_eq!(
        reasons,
        ["2 times bytes stand for no character", "bytes of the fact stand for no character"]
    );
}

#[test]
fn what_is_nested_without_end_stops_the_reading_with_a_reason() {
    let start = page(&number("decimals='0'", "5")).replace("</body></html>", "");
    let document = format!("{start}{}", "<ix:exclude>".repeat(300));
    read(&[document], |reading| {
        assert_eq!(reading.facts.len(), 1);
        let is_said = reading
            .problems
            .iter()
            .any(|problem| problem.reason == "more than 256 elements within each other");
        assert!(is_said);
    });
}

#[test]
fn the_most_precise_of_two_statements_is_kept() {
    let body = format!(
        "{}{}{}",
        number("decimals='-9' scale='9'", "391"),
        number("decimals='-6' scale='6'", "391035"),
        number("decimals='-6' scale='6'", "391035"),
    );
    read(&[page(&body)], |reading| {
        let (facts, conflicts) = most_precise(reading.facts);
        assert_eq!(conflicts, []);
        let [fact] = &facts[..] else { panic!("{facts:#?}") };
        assert!(
            matches!(fact.value, Value::Number(value, _) if value.to_string() == "391035000000")
        );
        let also: Vec<_> = fact.also.iter().map(ToString::to_string).collect();
        assert_eq!(also, ["391000000000 (-9)"]);
    });
}

#[test]
fn two_values_that_rounding_does_not_explain_are_a_conflict() {
    // 391,035 million is not 390 billion: half a billion and half a million lie between at the most.
    let body = format!(
        "{}{}",
        number("decimals='-9' scale='9'", "390"),
        number("decimals='-6' scale='6'", "391035"),
    );
    read(&[page(&body)], |reading| {
        let (facts, conflicts) = most_precise(reading.facts);
        assert_eq!(facts.len(), 1);
        let [conflict] = &conflicts[..] else { panic!("{conflicts:#?}") };
        assert_eq!(
            conflict.reason,
            "us-gaap:Revenues is 390000000000 here and 391035000000 elsewhere, which rounding does not explain"
        );
    });
}

#[test]
fn facts_of_another_context_or_language_are_others() {
    let french = words("xml:lang='fr'", "deux");
    let of_segment = number("decimals='0'", "1").replace("\"c\"", "\"d\"");
    let body = format!("{}{french}{}{of_segment}", words("", "two"), number("decimals='0'", "2"));
    read(&[page(&body)], |reading| {
        let (facts, conflicts) = most_precise(reading.facts);
        assert_eq!((facts.len(), conflicts.len()), (4, 0));
    });
}
