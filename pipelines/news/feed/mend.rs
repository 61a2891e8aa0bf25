//! What is sound of a feed that is no well-formed XML.

use std::ops::Range;

use memchr::memchr;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A feed made of the sound items of another one.
pub(crate) struct Mended<'a> {
    /// The feed, without what it says of itself.
    pub(crate) text: String,
    /// Which items it has, from 1.
    pub(crate) sound: Vec<usize>,
    /// The other ones.
    pub(crate) broken: Vec<Broken<'a>>,
}

/// An item that is not well-formed.
pub(crate) struct Broken<'a> {
    /// Which one, from 1.
    pub(crate) number: usize,
    /// What is wrong with it.
    pub(crate) flaw: String,
    /// The item.
    pub(crate) text: &'a str,
}

/// The sound items of a feed in XML; `None` where it is none or has no sound item.
pub(crate) fn mended(text: &str) -> Option<Mended<'_>> {
    let (root, items) = parts(text);
    let root = &text[root?];
    let name = root[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != ':').next()?;
    let (mut sound, mut broken) = (Vec::new(), Vec::new());
    let mut mended = root.to_owned();
    let is_rss = name == "rss";
    mended.push_str(if is_rss { "<channel>" } else { "" });
    for (index, span) in items.into_iter().enumerate() {
        let (number, text) = (index + 1, &text[span]);
        match flaw(text) {
            None => {
                sound.push(number);
                mended.push_str(text);
            }
            Some(flaw) => broken.push(Broken { number, flaw, text }),
        }
    }
    mended.push_str(if is_rss { "</channel></" } else { "</" });
    mended.push_str(name);
    mended.push('>');
    (!sound.is_empty()).then_some(Mended { text: mended, sound, broken })
}

/// The first tag of the feed and its items, whole or cut off, as they stand outside of CDATA sections and
/// comments. An item that does not end goes as far as the next one.
fn parts(text: &str) -> (Option<Range<usize>>, Vec<Range<usize>>) {
    let (mut root, mut items, mut open) = (None, Vec::new(), None);
    let mut at = 0;
    while let Some(offset) = memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + offset;
        let rest = &text[start..];
        let end = start + length(rest);
        match tag(rest) {
            "rss" | "feed" | "rdf:RDF" if root.is_none() => root = Some(start..end),
            "item" | "entry" if root.is_some() => {
                items.extend(open.replace(start).map(|open| open..start));
            }
            "/item" | "/entry" => items.extend(open.take().map(|open| open..end)),
            _ => {}
        }
        at = end;
    }
    items.extend(open.map(|open| open..text.len()));
    (root, items)
}

/// Bytes of the tag, comment or CDATA section that the text begins with.
fn length(text: &str) -> usize {
    let end = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<", ">")];
    let end = end.iter().find(|(start, _)| text.starts_with(start)).map_or(">", |(_, end)| end);
    text.find(end).map_or(text.len(), |start| start + end.len())
}

/// The name of the tag that the text begins with; empty for what is no tag.
fn tag(text: &str) -> &str {
    let name = &text[1..];
    let end =
        name.find(|c: char| c.is_whitespace() || c == '>' || (c == '/' && !name.starts_with('/')));
    &name[..end.unwrap_or(name.len())]
}

/// What is wrong with an item, if anything is.
fn flaw(item: &str) -> Option<String> {
    let mut reader = Reader::from_str(item);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::GeneralRef(entity)) => {
                if let Err(error) = entity.resolve_char_ref() {
                    return Some(error.to_string());
                }
            }
            Ok(Event::Eof) => return (depth > 0).then(|| "it is cut off".to_owned()),
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items_of(text: &str) -> Vec<&str> {
        parts(text).1.into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn items_are_found_by_their_tags_alone() {
        let text = "<rss><channel><itemised/><!-- <item> --><item a='1'><d><![CDATA[<item>x</item>]]></d></item>\n<item>2</item></channel></rss>";
        assert_eq!(
            items_of(text),
            ["<item a='1'><d><![CDATA[<item>x</item>]]></d></item>", "<item>2</item>"]
        );
        assert_eq!(items_of("<feed><entry>1</entry><entry>2</entry></feed>").len(), 2);
        assert_eq!(items_of("<html><item>1</item></html>"), Vec::<&str>::new());
    }

    #[test]
    fn an_item_without_an_end_goes_as_far_as_the_next() {
        assert_eq!(
            items_of("<rss><item>1<item>2</item><item>3"),
            ["<item>1", "<item>2</item>", "<item>3"]
        );
    }

    #[test]
    fn flaws_are_told_apart() {
        assert_eq!(flaw("<item><a>x &amp; &nbsp; &#8217;</a><b/></item>"), None);
        assert_eq!(flaw("<item><a>x</a>").as_deref(), Some("it is cut off"));
        for broken in [
            "<item><a>x</b></item>",
            "<item>a & b</item>",
            "<item>&#0;</item>",
            "<item><a",
            "<item><![CDATA[x</item>",
        ] {
            assert!(flaw(broken).is_some(), "{broken}");
        }
    }

    #[test]
    fn a_megabyte_of_beginnings_is_read_once() {
        for piece in ["<", "<item>", "<![CDATA[", "<!--", "<item ", "</item>", "&"] {
            let text = format!("<rss>{}", piece.repeat(1_000_000 / piece.len()));
            assert!(mended(&text).is_none(), "{piece}");
        }
    }
}
