use proptest::prelude::*;

use super::*;

fn tokens(text: &str) -> Vec<Token<'_>> {
    Tokens::new(text).map(|(_, token)| token).collect()
}

fn attributes(text: &str) -> Vec<(&str, &str)> {
    let [Token::Start(tag), ..] = tokens(text)[..] else { panic!("{text}: no start tag") };
    tag.attributes().map(|attribute| (attribute.name, attribute.raw_value)).collect()
}

fn start<'a>(name: &'a str, raw_attributes: &'a str, is_empty: bool) -> Token<'a> {
    Token::Start(Tag { name, raw_attributes, is_empty })
}

#[test]
fn every_kind_of_markup_is_told_apart() {
    assert_eq!(
        tokens("\n<?xml version=\"1.0\"?><!DOCTYPE html><!-- a > b --><p>x &amp; y<br/></p >"),
        [
            Token::Text("\n"),
            Token::Instruction("xml version=\"1.0\"?"),
            Token::Doctype(" html"),
            Token::Comment(" a > b "),
            start("p", "", false),
            Token::Text("x &amp; y"),
            start("br", "", true),
            Token::End("p"),
        ]
    );
    assert_eq!(
        tokens("<a:b><![CDATA[<i>&amp;]]></a:b>"),
        [start("a:b", "", false), Token::CData("<i>&amp;"), Token::End("a:b")]
    );
}

#[test]
fn a_greater_sign_in_quotes_does_not_end_the_tag() {
    assert_eq!(
        tokens("<p title='a > b' alt=\"c > 'd'\">x"),
        [start("p", " title='a > b' alt=\"c > 'd'\"", false), Token::Text("x")]
    );
    assert_eq!(tokens("<p alt=Moody's>x")[1], Token::Text("x"));
}

#[test]
fn attributes_go_with_and_without_quotes_and_values() {
    assert_eq!(
        attributes("<td a = '1' b=\"2\" c=3 nowrap d=''>"),
        [("a", "1"), ("b", "2"), ("c", "3"), ("nowrap", ""), ("d", ""),]
    );
    assert_eq!(attributes("<br clear=all/>"), [("clear", "all")]);
    assert_eq!(attributes("<a href=http://www.sec.gov/x>"), [("href", "http://www.sec.gov/x")]);
    assert_eq!(attributes("<p x='1'y='2'>"), [("x", "1"), ("y", "2")]);
}

#[test]
fn a_less_sign_that_opens_nothing_is_text() {
    assert_eq!(tokens("a < b <= 3 </ 4<"), [Token::Text("a < b <= 3 </ 4<")]);
    assert_eq!(tokens("<<p>"), [Token::Text("<"), start("p", "", false)]);
}

#[test]
fn what_the_text_ends_in_is_unfinished() {
    for text in ["<p", "<p a='1>", "</p", "<!-- x", "<![CDATA[x", "<!DOCTYPE x [ <!ENTITY a 'b'>"] {
        assert_eq!(tokens(text), [Token::Unfinished(text)]);
    }
}

#[test]
fn an_internal_subset_is_seen() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><x>&c;</x>";
    let Token::Doctype(doctype) = tokens(bomb)[0] else { panic!("no doctype") };
    assert!(has_subset(doctype));
    assert_eq!(tokens(bomb)[2], Token::Text("&c;"));
    assert!(!has_subset(" html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\""));
}

#[test]
fn references_are_resolved_and_unknown_ones_stay() {
    for (raw, text) in [
        ("AT&amp;T &lt;x&gt; &quot;&apos;", "AT&T <x> \"'"),
        ("&nbsp;&#160;&#xA0;", "\u{a0}\u{a0}\u{a0}"),
        ("Moody&#8217;s &mdash; &#151; &#146;", "Moody’s — — ’"),
        ("&eacute;&yuml;&iexcl;&Aring;", "éÿ¡Å"),
        ("&c; &; & &#; &#xzz; &#0; &#x110000; &#+5;", "&c; &; & &#; &#xzz; &#0; &#x110000; &#+5;"),
        ("&amp;amp;", "&amp;"),
    ] {
        assert_eq!(unescape(raw), text);
    }
}

proptest! {
    #[test]
    fn tokens_follow_each_other_without_a_gap(text in "[<>/!?\\[\\]a-c='\" \u{e9}&;#-]{0,60}") {
        let mut at = 0;
        for (span, token) in Tokens::new(&text) {
            prop_assert_eq!(span.start, at);
            prop_assert!(span.end > at && text.is_char_boundary(span.end));
            if let Token::Start(tag) = token {
                prop_assert!(tag.attributes().count() <= text.len());
            }
            at = span.end;
        }
        prop_assert_eq!(at, text.len());
        prop_assert!(unescape(&text).len() <= text.len() + 1);
    }
}
