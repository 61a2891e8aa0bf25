//! What a page says of its article: JSON-LD, Open Graph and the canonical link.

use burnrate_model::ShapeError;
use chrono::NaiveDate;
use scraper::{Html, Selector};
use serde_json::Value;
use url::Url;

use crate::news::{canonical, markup, time};

/// Types of schema.org that are articles.
const ARTICLES: &[&str] = &[
    "AnalysisNewsArticle",
    "Article",
    "BackgroundNewsArticle",
    "BlogPosting",
    "NewsArticle",
    "Report",
    "ReportageNewsArticle",
    "TechArticle",
];

/// What a page says of its article.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Metadata {
    /// Its address: the canonical one where the page names one.
    pub(super) url: String,
    pub(super) headline: Option<String>,
    pub(super) published: Option<NaiveDate>,
    pub(super) updated: Option<NaiveDate>,
    pub(super) publisher: Option<String>,
    /// Whether all can read it, as far as the page says.
    pub(super) is_free: bool,
}

/// Reads them.
///
/// # Errors
/// Where the page does not say that it is an article, or is a list of several.
pub(super) fn read(page: &str, address: &str) -> Result<Metadata, ShapeError> {
    let page = Html::parse_document(page);
    let url = canonical_link(&page, address);
    let linked = linked_data(&page);
    let article = article(&linked, &url)?;
    let og = |property: &str| meta(&page, property);
    if article.is_none() && og("og:type").as_deref() != Some("article") {
        let found = og("og:type").unwrap_or_else(|| "nothing of it".to_owned());
        return Err(ShapeError::new("JSON-LD and og:type", "an article", found));
    }
    let text = |key: &str| article.and_then(|article| article[key].as_str()).map(markup::plain);
    let day = |key: &str, property: &str| {
        let stated = text(key).and_then(|text| time::day(&text));
        stated.or_else(|| og(property).and_then(|text| time::day(&text)))
    };
    let said_by = article.and_then(|article| name(&article["publisher"], &linked));
    Ok(Metadata {
        headline: text("headline").or_else(|| og("og:title")).filter(|text| !text.is_empty()),
        published: day("datePublished", "article:published_time"),
        updated: day("dateModified", "article:modified_time"),
        publisher: said_by.or_else(|| og("og:site_name")),
        is_free: !article.is_some_and(|article| is_no(&article["isAccessibleForFree"])),
        url,
    })
}

/// The address that the page says is its own; the one it was asked for where that is none, or only names
/// the site.
fn canonical_link(page: &Html, address: &str) -> String {
    let asked = Url::parse(address).ok();
    let href = attribute(page, "link[rel='canonical']", "href");
    let link = href.and_then(|href| match &asked {
        Some(asked) => asked.join(href.trim()).ok(),
        None => Url::parse(href.trim()).ok(),
    });
    let is_page = |link: &Url| link.path() != "/" || link.query().is_some();
    link.filter(is_page).map_or_else(|| address.to_owned(), Url::into)
}

fn attribute(page: &Html, selector: &str, name: &str) -> Option<String> {
    let selector = Selector::parse(selector).ok()?;
    let mut found = page.select(&selector).filter_map(|element| element.attr(name));
    found.find(|value| !value.trim().is_empty()).map(str::to_owned)
}

/// The content of a `meta` element, by its property or name.
fn meta(page: &Html, property: &str) -> Option<String> {
    let selector = format!("meta[property='{property}'], meta[name='{property}']");
    attribute(page, &selector, "content").map(|content| markup::plain(&content))
}

/// All objects of the page's JSON-LD, those of lists and graphs among them. A script that is no JSON is
/// left out, as a browser does.
fn linked_data(page: &Html) -> Vec<Value> {
    let Ok(selector) = Selector::parse("script[type='application/ld+json']") else {
        return Vec::new();
    };
    let texts = page.select(&selector).map(|script| script.text().collect::<String>());
    let mut open: Vec<Value> = texts.filter_map(|text| serde_json::from_str(&text).ok()).collect();
    open.reverse();
    let mut objects = Vec::new();
    while let Some(value) = open.pop() {
        if let Value::Array(values) = value {
            open.extend(values.into_iter().rev());
        } else if let Value::Object(mut object) = value {
            open.extend(object.remove("@graph"));
            objects.push(Value::Object(object));
        }
    }
    objects
}

/// The object that is about the article of this page.
fn article<'a>(linked: &'a [Value], url: &str) -> Result<Option<&'a Value>, ShapeError> {
    let own = canonical(url);
    let articles: Vec<_> = linked.iter().filter(|object| is_article(object)).collect();
    let is_own = |object: &&&Value| addresses(object).any(|address| canonical(address) == own);
    match (articles.iter().find(is_own), articles.as_slice()) {
        (Some(article), _) | (None, [article]) => Ok(Some(article)),
        (None, []) => Ok(None),
        (None, several) => {
            Err(ShapeError::new("JSON-LD", "one article", format!("{} articles", several.len())))
        }
    }
}

fn is_article(object: &Value) -> bool {
    let types = &object["@type"];
    let types = types.as_array().map_or(std::slice::from_ref(types), Vec::as_slice);
    types.iter().filter_map(Value::as_str).any(|name| ARTICLES.contains(&name))
}

/// Addresses that an object gives for itself.
fn addresses(object: &Value) -> impl Iterator<Item = &str> {
    let page = &object["mainEntityOfPage"];
    [&object["url"], &object["@id"], page, &page["@id"]].into_iter().filter_map(Value::as_str)
}

/// The name of an organisation, which may stand in another object.
fn name(organisation: &Value, linked: &[Value]) -> Option<String> {
    let organisation = organisation.as_array().map_or(Some(organisation), |all| all.first())?;
    let id = organisation["@id"].as_str();
    let elsewhere = || linked.iter().find(|object| id.is_some() && object["@id"].as_str() == id);
    let named = organisation["name"].as_str().or_else(|| elsewhere()?["name"].as_str());
    named.or_else(|| organisation.as_str()).map(markup::plain)
}

/// Whether a value says no: `false`, or a text of it.
fn is_no(value: &Value) -> bool {
    *value == Value::Bool(false)
        || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://a.example/2024/one?utm_source=rss";

    fn page(head: &str) -> String {
        format!("<html><head>{head}</head><body><p>Text.</p></body></html>")
    }

    fn linked(json: &str) -> String {
        page(&format!("<script type=\"application/ld+json\">{json}</script>"))
    }

    fn read_all(page: &str) -> Metadata {
        read(page, ADDRESS).unwrap()
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn an_article_is_found_in_lists_and_graphs() {
        let article = r#"{"@type":"NewsArticle","headline":"Acme &amp; Bolt","datePublished":"2024-10-02T10:00:00Z","publisher":{"name":"The Example"}}"#;
        for json in [
            article.to_owned(),
            format!("[{{\"@type\":\"WebSite\"}},{article}]"),
            format!("{{\"@graph\":[{{\"@type\":\"WebPage\"}},{article}]}}"),
            article.replace("\"NewsArticle\"", "[\"Thing\",\"NewsArticle\"]"),
        ] {
            let said = read_all(&linked(&json));
            assert_eq!(said.headline.as_deref(), Some("Acme & Bolt"), "{json}");
            assert_eq!(said.published, day("2024-10-02"), "{json}");
            assert_eq!(said.publisher.as_deref(), Some("The Example"), "{json}");
            assert!(said.is_free);
        }
    }

    #[test]
    fn a_publisher_may_stand_in_another_object() {
        let json = r##"{"@graph":[{"@type":"Article","publisher":[{"@id":"#us"}]},{"@type":"Organization","@id":"#us","name":"The Example"}]}"##;
        assert_eq!(read_all(&linked(json)).publisher.as_deref(), Some("The Example"));
    }

    #[test]
    fn json_that_is_none_leaves_open_graph() {
        let open_graph = "<meta property=\"og:type\" content=\"article\"><meta property=\"og:title\" content=\"Acme &amp;amp; Bolt\"><meta name=\"article:published_time\" content=\"2024-10-02T10:00:00Z\"><meta property=\"og:site_name\" content=\"The Example\">";
        for json in
            ["", "{\"@type\":\"NewsArticle\",}", "null", "[[[", "\"NewsArticle\"", "{\"@type\":7}"]
        {
            let script = format!("<script type=\"application/ld+json\">{json}</script>");
            let said = read_all(&page(&format!("{script}{open_graph}")));
            assert_eq!(said.headline.as_deref(), Some("Acme & Bolt"), "{json}");
            assert_eq!((said.published, said.updated), (day("2024-10-02"), None), "{json}");
            assert_eq!(said.publisher.as_deref(), Some("The Example"), "{json}");
        }
    }

    #[test]
    fn of_several_articles_the_one_of_this_page_counts() {
        let other =
            r#"{"@type":"NewsArticle","headline":"Other","url":"https://a.example/2024/two"}"#;
        let own = r#"{"@type":"NewsArticle","headline":"Own","mainEntityOfPage":{"@id":"http://a.example/2024/one/"}}"#;
        let said = read_all(&linked(&format!("[{other},{own}]")));
        assert_eq!(said.headline.as_deref(), Some("Own"));
        let list = linked(&format!("[{other},{}]", other.replace("two", "three")));
        assert_eq!(read(&list, ADDRESS).unwrap_err().found, "2 articles");
    }

    #[test]
    fn what_does_not_say_that_it_is_an_article_is_refused() {
        for head in ["", "<meta property=\"og:type\" content=\"website\">"] {
            assert!(read(&page(head), ADDRESS).is_err(), "{head}");
        }
        assert!(read(&linked("{\"@type\":\"ItemList\"}"), ADDRESS).is_err());
    }

    #[test]
    fn the_canonical_link_is_the_address_unless_it_is_the_site() {
        let url = |link: &str| {
            let head = format!(
                "<link rel=\"canonical\" href=\"{link}\"><meta property=\"og:type\" content=\"article\">"
            );
            read_all(&page(&head)).url
        };
        assert_eq!(url("/2024/one"), "https://a.example/2024/one");
        assert_eq!(url("https://wire.example/first"), "https://wire.example/first");
        assert_eq!(url("https://a.example/?p=7"), "https://a.example/?p=7");
        for none in ["", "https://a.example/", "/", "https://"] {
            assert_eq!(url(none), ADDRESS, "{none}");
        }
    }
}
