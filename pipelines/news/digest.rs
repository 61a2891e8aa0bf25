//! Hashes by which copies of a text are known.

use burnrate_model::sha256_hex;

/// Letters and digits of the lead; an excerpt has as many, and the full text begins with them.
const LEAD: usize = 80;

/// Bytes within which a dateline ends.
const DATELINE: usize = 120;

/// Hash of the words of a text, in lower case and without marks.
pub(crate) fn text_digest(text: &str) -> String {
    digest(&words(text))
}

/// Hash of the first letters and digits of a text, behind its dateline.
pub(crate) fn lead_digest(text: &str) -> String {
    let lead: String = letters(without_dateline(text)).take(LEAD).collect();
    digest(&lead)
}

/// The first half of SHA-256, in hex.
fn digest(text: &str) -> String {
    let mut hex = sha256_hex(text.as_bytes());
    hex.truncate(32);
    hex
}

fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The text behind the dateline of a wire, `LONDON, Oct 2 (Reuters) -` or `PARIS /PRNewswire/ --`, which
/// outlets keep or not.
fn without_dateline(text: &str) -> &str {
    let head = &text[..text.floor_char_boundary(DATELINE)];
    let behind = |mark: &str| head.find(mark).map(|start| start + mark.len());
    let marks = [") - ", ") -- ", ") — ", ") – ", "/ -- ", "/ — ", "/ - "];
    marks.into_iter().filter_map(behind).min().map_or(text, |end| &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_that_differ_in_marks_share_a_digest() {
        let one = "Acme, the maker of anvils, raised “$5 million”.";
        assert_eq!(
            text_digest(one),
            text_digest("Acme the maker of\n anvils raised \"$5 Million\"")
        );
        assert_ne!(text_digest(one), text_digest(&one.replace('5', "6")));
        // Words run together are other words.
        assert_ne!(text_digest("over 10 m"), text_digest("over 1 0m"));
    }

    #[test]
    fn an_excerpt_and_copies_with_a_dateline_share_the_lead() {
        let excerpt = "Acme, the maker of anvils, said on Wednesday that it has raised $5 million at a valuation of $50 million from [...]";
        let lead = lead_digest(excerpt);
        assert_eq!(lead_digest(&excerpt.replace("[...]", "Bolt & Sons and others.")), lead);
        assert_eq!(lead_digest(&format!("LONDON, Oct 2 (Reuters) - {excerpt}")), lead);
        assert_eq!(lead_digest(&format!("LONDON, Oct. 2, 2024 /PRNewswire/ -- {excerpt}")), lead);
        assert_ne!(lead_digest(&excerpt.replace("anvils", "hammers")), lead);
    }

    #[test]
    fn a_dash_in_a_sentence_is_no_dateline() {
        assert_eq!(
            without_dateline("Acme - a maker of anvils - grows"),
            "Acme - a maker of anvils - grows"
        );
        assert_eq!(without_dateline("机器人公司完成数亿元融资"), "机器人公司完成数亿元融资");
    }
}
