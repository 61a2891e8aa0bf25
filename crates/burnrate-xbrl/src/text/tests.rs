use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(FilingText::read(source).as_str(), expected, "{source}");
}

/// The part of the document that `part` of its text was read from.
#[track_caller]
fn check_source(source: &str, part: &str, expected: &str) {
    let visible = FilingText::read(source);
    let at = visible.as_str().find(part).unwrap();
    assert_eq!(&source[visible.source(at..at + part.len())], expected);
}

#[test]
fn inline_elements_join_and_blocks_part() {
    check("<p>We <b>spe</b>nt <i>it</i>.</p><DIV>Then<BR>not</DIV>", "We spent it.\nThen\nnot\n");
    check(
        "<p>Spent <ix:nonFraction name='x:y'>5</ix:nonFraction> billion</p>",
        "Spent 5 billion\n",
    );
}

#[test]
fn white_space_is_one_space() {
    check("<p> a\r\n  b&nbsp;&#160;\u{a0}c&#8203;d\u{200b}e </p>", "a b cde\n");
}

#[test]
fn cells_are_parted_by_tabs_and_rows_by_lines() {
    check(
        "<table><tr><td><p>Capital</p><p>leases</p></td><td></td><td>$</td><td>5</td></tr>\n<tr><td>Total</td></tr></table><p>x</p>",
        "Capital leases\t$\t5\nTotal\nx\n",
    );
}

#[test]
fn what_is_not_shown_is_left_out() {
    check(
        "<html><title>T</title><style>p{}</style><div style=\"display: none\"><div>x</div>y</div><ix:header><ix:hidden>z</ix:hidden></ix:header><p>shown<td style='DISPLAY:none'/></p></html>",
        "shown\n",
    );
}

#[test]
fn an_element_that_is_never_closed_hides_nothing() {
    check("<p>a</p><div style='display:none'><p>b</p>", "a\nb\n");
}

#[test]
fn entities_are_characters() {
    check(
        "<p>AT&amp;T&#8217;s R&D &lt;5&gt; &unknown; &#36;5</p>",
        "AT&T’s R&D <5> &unknown; $5\n",
    );
}

#[test]
fn lines_of_plain_text_are_joined_to_paragraphs() {
    check(
        "<PAGE>\n  We spent $5\n  billion.\n\n<TABLE>\n<S>     <C>\nRevenue      $ 5     6\n</TABLE>\nEnd\n",
        "We spent $5 billion.\nRevenue\t$ 5\t6\nEnd\n",
    );
    check("<html><pre>One\ntwo\n\nthree</pre></html>", "One two\nthree\n");
}

#[test]
fn a_sentence_that_a_page_cuts_is_one_line() {
    let first = "We may be required in the next three years to make";
    let rest = "capital expenditures of $5 billion.";
    let page = "<div>12</div><hr/><div><a>Table of Contents</a></div>";
    check(
        &format!("<p>{first}</p>{page}<p>{rest}</p><p>End.</p>"),
        &format!("{first} {rest}\nEnd.\n"),
    );
    check_source(
        &format!("<p>{first}</p>{page}<p>{rest}</p>"),
        "make capital",
        &format!("make</p>{page}<p>capital"),
    );
}

#[test]
fn a_list_or_a_new_sentence_on_the_next_page_is_another_line() {
    let first = "We may be required in the next three years to make";
    check(&format!("<p>{first}</p><p>o</p><p>loans</p>"), &format!("{first}\no\nloans\n"));
    check(&format!("<p>{first}</p><p>12</p><p>Loans</p>"), &format!("{first}\n12\nLoans\n"));
    check(&format!("<p>{first}.</p><p>12</p><p>loans</p>"), &format!("{first}.\n12\nloans\n"));
}

#[test]
fn a_range_leads_back_to_what_it_was_read_from() {
    let source = "<p>We&#8217;ll  spend <b>$5</b>&nbsp;billion.</p>";
    check_source(source, "We’ll", "We&#8217;ll");
    check_source(source, "’", "&#8217;");
    check_source(source, "spend", "spend");
    check_source(source, "$5 billion", "$5</b>&nbsp;billion");
    check_source(source, "$5", "$5");
    check_source("a  \t b    c\td", "b\tc\td", "b    c\td");
}

proptest! {
    #[test]
    fn every_range_leads_into_the_document(
        source in r"(<p>a{45}</p>|<p>12</p>|<p>|</p>|<td>|<br/>|<pre>|</pre>|&amp;|&nbsp;|[a-z]{1,3}|—|   |\n|\t|<x style='display:none'>|</x>){0,40}"
    ) {
        let visible = FilingText::read(&source);
        let mut last = 0;
        for (at, c) in visible.as_str().char_indices() {
            let bytes = visible.source(at..at + c.len_utf8());
            prop_assert!(bytes.start >= last && bytes.end >= bytes.start && bytes.end <= source.len());
            prop_assert!(!c.is_ascii_alphabetic() || source[bytes.clone()].starts_with(c));
            last = bytes.end;
        }
    }
}
