//! Feeds of news, RSS, Atom or JSON Feed, to texts.

use std::collections::HashSet;

use burnrate_model::{Extract, RawDocument, ShapeError};
use chrono::{DateTime, Utc};
use feed_rs::model::{Content, Entry, Feed, FeedType};
use feed_rs::parser::{Builder, ParseFeedError};

use crate::news::encoding::decoded;
use crate::news::markup::{self, plain};
use crate::news::{NewsText, canonical, push, time};
use crate::news_articles;

mod mend;

/// Stands for a date that cannot be read until it is reported.
const ODD: DateTime<Utc> = DateTime::<Utc>::MIN_UTC;

/// What of a broken item is kept for those who look at it, in bytes.
const SHOWN: usize = 1000;

/// A feed, and which of the document's items its entries are.
struct Items {
    feed: Feed,
    /// From 1.
    numbers: Vec<usize>,
}

/// Reads the items of a feed of `publisher`, and asks for the articles of those that say too little of
/// money.
///
/// # Errors
/// Where the document is no feed, or one in which no item can be read. A broken item, one without an
/// address, a date that is none, and a second text under an address are issues.
pub(crate) fn read(
    document: &RawDocument,
    publisher: &str,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let text = decoded(&document.body);
    let Items { feed, numbers } = items(without_declaration(&text), out)?;
    if feed.entries.is_empty() {
        return Err(ShapeError::new("the feed", "items", "none"));
    }
    let mut addresses = HashSet::new();
    for (entry, number) in feed.entries.into_iter().zip(numbers) {
        let locator = place(&feed.feed_type, number);
        if is_too_deep(&entry) {
            out.issue(locator, "elements too deep in each other", address(&entry));
            continue;
        }
        let text = text_of(entry, publisher, &locator, out);
        if !addresses.insert(canonical(&text.url)) && canonical(&text.url).is_some() {
            out.issue(locator, "an address that an item above has", text.url);
        } else if text.whole().contains(char::REPLACEMENT_CHARACTER) {
            out.issue(locator, "bytes that are none of its encoding", text.whole());
        } else if push(&text, &locator, document, out) && text.is_excerpt {
            out.requests.push(news_articles::request(&text.url));
        }
    }
    Ok(())
}

/// Whether the markup of an entry had better not be read.
fn is_too_deep(entry: &Entry) -> bool {
    let texts = [&entry.title, &entry.summary].into_iter().flatten().map(|text| &text.content);
    let content = entry.content.iter().filter_map(|content| content.body.as_ref());
    texts.chain(content).any(|html| markup::is_too_deep(html))
}

/// The locator of an item.
fn place(feed_type: &FeedType, number: usize) -> String {
    match feed_type {
        FeedType::JSON => format!("/items/{}", number.saturating_sub(1)),
        FeedType::Atom => format!("entry[{number}]"),
        FeedType::RSS0 | FeedType::RSS1 | FeedType::RSS2 => format!("item[{number}]"),
    }
}

/// The text of an XML document behind its declaration, which is about bytes and no longer true.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest,
        None => text,
    }
}

/// The items of a feed; where it is not well-formed, of those that are, the others being issues.
fn items(text: &str, out: &mut Extract) -> Result<Items, ShapeError> {
    let error = match parsed(text) {
        Ok(feed) => return Ok(Items { numbers: (1..=feed.entries.len()).collect(), feed }),
        Err(error) => ShapeError::new("the feed", "RSS, Atom or JSON Feed", error.to_string()),
    };
    let mended = mend::mended(text).ok_or_else(|| error.clone())?;
    let feed = parsed(&mended.text).map_err(|_| error.clone())?;
    if feed.entries.len() != mended.sound.len() {
        return Err(error);
    }
    for broken in mended.broken {
        let record = &broken.text[..broken.text.floor_char_boundary(SHOWN)];
        let reason = format!("a broken item: {}", broken.flaw);
        out.issue(place(&feed.feed_type, broken.number), reason, record);
    }
    Ok(Items { feed, numbers: mended.sound })
}

fn parsed(text: &str) -> Result<Feed, ParseFeedError> {
    let builder = Builder::new().timestamp_parser(|text| Some(time::instant(text).unwrap_or(ODD)));
    // Else items without an id are given random ones, which nobody here reads.
    let builder = builder.id_generator(|_, _, _| String::new()).sanitize_content(false);
    builder.build().parse(text.as_bytes())
}

fn text_of(entry: Entry, publisher: &str, locator: &str, out: &mut Extract) -> NewsText {
    let url = address(&entry);
    let mut day = |time: Option<DateTime<Utc>>| {
        if time == Some(ODD) {
            out.issue(locator, "a date that cannot be read", url.clone());
        }
        time.filter(|time| *time != ODD).map(|time| time.date_naive())
    };
    // Where an entry has only been updated, it was published then.
    let published = day(entry.published.or(entry.updated));
    let updated = entry.updated.filter(|time| *time != ODD).map(|time| time.date_naive());
    // A headline is a line.
    let headline = entry.title.map(|title| plain(&title.content).replace('\n', " "));
    let summary = entry.summary.map(|summary| plain(&summary.content)).unwrap_or_default();
    let body = entry.content.and_then(text_of_content);
    // Some feeds put less into the content than into the summary.
    let body = body.filter(|body| body.len() > summary.len());
    let is_excerpt = body.is_none();
    let text = body.unwrap_or(summary);
    let is_repeated = headline.as_deref().is_some_and(|headline| headline == text);
    NewsText {
        url,
        headline: headline.filter(|headline| !headline.is_empty()),
        text: if is_repeated { String::new() } else { text },
        published,
        updated,
        publisher: Some(publisher.to_owned()),
        is_excerpt,
    }
}

/// The text of a content, of which JSON feeds have some without markup.
fn text_of_content(content: Content) -> Option<String> {
    let is_markup = content.content_type.to_string() != "text/plain";
    content.body.map(|body| if is_markup { plain(&body) } else { body })
}

/// The link to the text, or an id that is an address.
fn address(entry: &Entry) -> String {
    let is_to_text = |rel: Option<&str>| matches!(rel, None | Some("alternate"));
    let links = entry.links.iter().filter(|link| link.target.is_none());
    let mut links = links.filter(|link| is_to_text(link.rel.as_deref()) && !link.href.is_empty());
    links.next().map_or_else(|| entry.id.clone(), |link| link.href.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::{counted, recorded};

    const ITEM: &str = "<item><title>Acme grows</title><link>https://a.example/1</link><pubDate>Wed, 02 Oct 2024 16:05:00 +0000</pubDate><description>It makes anvils.</description></item>";

    fn rss(items: &[&str]) -> String {
        let items = items.concat();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Feed</title>{items}</channel></rss>"
        )
    }

    /// The item under another address.
    fn item(number: usize) -> String {
        ITEM.replace("example/1", &format!("example/{number}"))
    }

    fn read_all(body: impl Into<Vec<u8>>) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "https://a.example/feed".to_owned(),
            fetched_at: "2024-10-03T00:00:00Z".parse().unwrap(),
            body: body.into(),
        };
        let mut out = Extract::default();
        read(&document, "The Example", &mut out).map(|()| out)
    }

    /// Addresses and days of the texts, and the issues.
    fn told(extract: &Extract) -> (Vec<String>, Vec<String>) {
        let articles = extract.rows.article.iter().map(|sighted| {
            let day = sighted.row.published_on.map_or("-".to_owned(), |day| day.to_string());
            format!("{} {} {day}", sighted.locator, sighted.row.article_url)
        });
        let issues = extract.issues.iter().map(|i| format!("{}: {}", i.locator, i.reason));
        (articles.collect(), issues.collect())
    }

    #[test]
    fn an_item_is_a_text() {
        let extract = read_all(rss(&[ITEM])).unwrap();
        assert_eq!(
            told(&extract),
            (vec!["item[1] https://a.example/1 2024-10-02".to_owned()], vec![])
        );
        let row = &extract.rows.article[0].row;
        assert_eq!(row.publisher.as_deref(), Some("The Example"));
        assert!(row.is_excerpt);
        // "Acme grows", a line end, "It makes anvils."
        assert_eq!(row.text_bytes, 27);
    }

    #[test]
    fn markup_and_entities_of_headlines_are_read() {
        let odd = ITEM.replace("Acme grows", "<![CDATA[Acme &#038; <b>Bolt</b>&#8217;s\nyear]]>");
        let extract = read_all(rss(&[&odd])).unwrap();
        assert_eq!(extract.rows.article[0].row.headline.as_deref(), Some("Acme & Bolt’s year"));
    }

    #[test]
    fn the_full_text_is_taken_where_it_is_there() {
        let full = "<content:encoded><![CDATA[<p>It makes anvils.</p><p>And bolts.</p>]]></content:encoded></item>";
        let extract = read_all(rss(&[&ITEM.replace("</item>", full)])).unwrap();
        assert!(!extract.rows.article[0].row.is_excerpt);
        assert_eq!(extract.rows.article[0].row.text_bytes, 38);
        // Less than the summary says is no full text.
        let less = "<content:encoded><![CDATA[More …]]></content:encoded></item>";
        let extract = read_all(rss(&[&ITEM.replace("</item>", less)])).unwrap();
        assert!(extract.rows.article[0].row.is_excerpt);
    }

    #[test]
    fn a_description_that_repeats_the_headline_is_no_text() {
        let extract = read_all(rss(&[&ITEM.replace("It makes anvils.", "Acme grows")])).unwrap();
        assert_eq!(extract.rows.article[0].row.text_bytes, 10);
    }

    #[test]
    fn dates_that_are_missing_or_odd_leave_the_text() {
        let date = "<pubDate>Wed, 02 Oct 2024 16:05:00 +0000</pubDate>";
        let missing = ITEM.replace(date, "");
        let odd = item(2).replace(date, "<pubDate>2.10.24</pubDate>");
        let late = item(3).replace("Oct 2024", "Nov 2024");
        let (texts, issues) = told(&read_all(rss(&[&missing, &odd, &late])).unwrap());
        assert!(texts.iter().all(|text| text.ends_with(" -")), "{texts:?}");
        assert_eq!(
            issues,
            ["item[2]: a date that cannot be read", "item[3]: dated after it was fetched"]
        );
    }

    #[test]
    fn without_a_link_the_id_is_taken_where_it_is_an_address() {
        let link = "<link>https://a.example/1</link>";
        let permanent = ITEM.replace(link, "<guid>https://a.example/p?id=7</guid>");
        let number = ITEM.replace(link, "<link></link><guid isPermaLink=\"false\">17</guid>");
        let relative = ITEM.replace(link, "<link>/1</link>");
        let (texts, issues) = told(&read_all(rss(&[&permanent, &number, &relative])).unwrap());
        assert_eq!(texts, ["item[1] https://a.example/p?id=7 2024-10-02"]);
        let reason = "a text without a web address";
        assert_eq!(issues, [format!("item[2]: {reason}"), format!("item[3]: {reason}")]);
    }

    #[test]
    fn an_address_stands_once() {
        let again = ITEM.replace("example/1", "example/1/?utm_source=rss");
        let (texts, issues) = told(&read_all(rss(&[ITEM, &again, &item(2)])).unwrap());
        assert_eq!(texts.len(), 2);
        assert_eq!(issues, ["item[2]: an address that an item above has"]);
    }

    #[test]
    fn broken_items_leave_the_sound_ones() {
        let open = item(2).replace("</title>", "");
        let ampersand = item(3).replace("grows", "& Bolt grow");
        let cut = &item(5)[..60];
        let body = format!(
            "{}{cut}",
            rss(&[ITEM, &open, &ampersand, &item(4)]).replace("</channel></rss>", "")
        );
        let (texts, issues) = told(&read_all(body).unwrap());
        assert_eq!(
            texts,
            ["item[1] https://a.example/1 2024-10-02", "item[4] https://a.example/4 2024-10-02"]
        );
        let places: Vec<_> = issues.iter().map(|issue| &issue[..22]).collect();
        assert_eq!(
            places,
            ["item[2]: a broken item", "item[3]: a broken item", "item[5]: a broken item"]
        );
    }

    #[test]
    fn a_feed_cut_anywhere_gives_its_whole_items() {
        let whole = rss(&[ITEM, &item(2)]);
        for end in 0..whole.len() {
            let items = whole[..end].matches("</item>").count();
            let read = read_all(&whole[..end]).map_or(0, |extract| extract.rows.article.len());
            assert_eq!(read, items, "{}", &whole[..end]);
        }
    }

    #[test]
    fn a_feed_broken_outside_of_its_items_is_read() {
        let body = rss(&[ITEM]).replace("<title>Feed</title>", "<title>Acme & Bolt</title><p>");
        assert_eq!(told(&read_all(body).unwrap()).0.len(), 1);
    }

    #[test]
    fn wrong_declarations_of_the_encoding_do_no_harm() {
        let euro = ITEM.replace("anvils", "anvils für €5");
        let declared = rss(&[&euro]).replace("UTF-8", "ISO-8859-1");
        let extract = read_all(declared).unwrap();
        // 27 bytes and " für €5", of which two characters have more than one byte.
        assert_eq!((extract.rows.article[0].row.text_bytes, extract.issues.len()), (37, 0));
        let mut latin = rss(&[&ITEM.replace("anvils", "anvils #")]).into_bytes();
        let mark = latin.iter().position(|byte| *byte == b'#').unwrap();
        latin[mark] = 0xA3;
        // A pound sign has two bytes in UTF-8, and a space before it.
        assert_eq!(read_all(latin).unwrap().rows.article[0].row.text_bytes, 30);
    }

    #[test]
    fn an_item_with_spoilt_bytes_is_not_read() {
        let mut spoilt =
            rss(&[&ITEM.replace("anvils", "#"), &item(2).replace("anvils", "für")]).into_bytes();
        let mark = spoilt.iter().position(|byte| *byte == b'#').unwrap();
        spoilt[mark] = 0xE2;
        let (texts, issues) = told(&read_all(spoilt).unwrap());
        assert_eq!(texts, ["item[2] https://a.example/2 2024-10-02"]);
        assert_eq!(issues, ["item[1]: bytes that are none of its encoding"]);
    }

    #[test]
    fn an_item_of_elements_without_end_is_not_read() {
        let deep = ITEM.replace("It makes", &format!("<![CDATA[{}]]>", "<div>".repeat(1_000)));
        let (texts, issues) = told(&read_all(rss(&[&deep, &item(2)])).unwrap());
        assert_eq!(texts.len(), 1);
        assert_eq!(issues, ["item[1]: elements too deep in each other"]);
    }

    #[test]
    fn atom_rdf_and_json_are_read() {
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>F</title><entry><id>tag:a.example,2024:1</id><title type=\"html\">Acme &amp;amp; Bolt</title><link rel=\"self\" href=\"https://a.example/1.atom\"/><link href=\"https://a.example/1\"/><updated>2024-10-02T10:00:00Z</updated><published>2024-10-01T10:00:00Z</published><summary>It grows.</summary></entry></feed>";
        let extract = read_all(atom).unwrap();
        assert_eq!(told(&extract).0, ["entry[1] https://a.example/1 2024-10-01"]);
        assert_eq!(extract.rows.article[0].known_on, "2024-10-02".parse().unwrap());
        assert_eq!(extract.rows.article[0].row.headline.as_deref(), Some("Acme & Bolt"));
        let rdf = format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>F</title></channel>{}</rdf:RDF>",
            ITEM.replace("pubDate", "dc:date")
        );
        assert_eq!(told(&read_all(rdf).unwrap()).0, ["item[1] https://a.example/1 2024-10-02"]);
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"1","url":"https://a.example/1","title":"Acme grows","content_text":"a <b> c\nAnd bolts.","date_published":"2024-10-02T10:00:00Z"}]}"#;
        let extract = read_all(json).unwrap();
        assert_eq!(told(&extract).0, ["/items/0 https://a.example/1 2024-10-02"]);
        // "Acme grows", "a <b> c" and "And bolts.", two line ends between them.
        assert_eq!(extract.rows.article[0].row.text_bytes, 29);
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for body in [
            "",
            "Not found",
            "<html><body><item>1</item></body></html>",
            "{\"items\":[]}",
            "<rss version=\"2.0\"><channel><title>F</title></channel></rss>",
            "<rss version=\"2.0\"><channel><item><title>a</item></channel></rss>",
        ] {
            assert!(read_all(body).is_err(), "{body}");
        }
    }

    /// Every `<item>` of the recorded feeds becomes a text.
    #[test]
    fn no_item_of_a_recorded_feed_is_lost() {
        let Some(recorded) = recorded() else { return };
        let mut feeds = 0;
        for (source_id, counted) in counted() {
            for (file, document) in counted.iter().flat_map(|given| given.documents(&recorded)) {
                let items = memchr::memmem::find_iter(&document.body, "<item>").count();
                if !source_id.contains("_feed") || items == 0 {
                    continue;
                }
                let mut out = Extract::default();
                crate::source(&source_id).unwrap().parse(&document, &mut out).unwrap();
                assert_eq!((out.rows.article.len(), out.issues.len()), (items, 0), "{file}");
                let dated = out.rows.article.iter().filter(|text| text.row.published_on.is_some());
                assert_eq!(dated.count(), items, "{file}");
                feeds += 1;
            }
        }
        assert_eq!(feeds, 131);
    }
}
