//! Cells such as `$0.50 (text / image / video) $1.00 (audio)`.

use burnrate_price::{ContextTier, Modality, PriceUnit};

/// A price in a cell, and the words behind it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// The amount, without its sign.
    pub(super) amount: &'a str,
    /// What it is for, cleaned of marks of footnotes.
    pub(super) words: String,
    /// Whether a footnote is referred to.
    pub(super) is_marked: bool,
}

/// The unit that the header of the paid tier states.
pub(super) fn unit_of_header(header: &str) -> Option<PriceUnit> {
    match header {
        "Paid Tier, per 1M tokens in USD" => Some(PriceUnit::MillionTokens),
        "Paid Tier, per Image in USD" => Some(PriceUnit::Image),
        "Paid Tier, per second in USD" => Some(PriceUnit::Second),
        "Paid Tier, per request in USD" => Some(PriceUnit::Song),
        _ => None,
    }
}

/// What follows a price.
#[derive(PartialEq, Eq)]
enum Next {
    /// Another price.
    Price,
    /// The same price in another unit, then what both are for.
    Alternative,
    /// The same price in another unit, in brackets.
    Bracketed,
    /// To the end of the cell, the same price in other units.
    Equivalents,
}

/// The prices of a cell. The same price in other units, which the page gives beside some, is left out.
pub(super) fn parts(cell: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut next = Next::Price;
    for piece in cell.split('$').skip(1) {
        let is_of_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let end = piece.find(|c| !is_of_amount(c)).unwrap_or(piece.len());
        let amount = piece[..end].trim_end_matches(['.', ',']);
        let rest = piece[amount.len()..].trim();
        match next {
            Next::Equivalents => continue,
            Next::Bracketed => {
                next = Next::Price;
                continue;
            }
            Next::Alternative => {
                if let Some(last) = parts.last_mut() {
                    last.words = cleaned(rest.strip_prefix("/min").unwrap_or(rest));
                }
                next = Next::Price;
                continue;
            }
            Next::Price => {}
        }
        let equivalents =
            ["equivalent to", "Equivalent to"].iter().find_map(|words| rest.strip_suffix(words));
        let (words, follows) = match rest {
            "or" => ("", Next::Alternative),
            "(" => ("", Next::Bracketed),
            rest => equivalents.map_or((rest, Next::Price), |rest| (rest, Next::Equivalents)),
        };
        next = follows;
        parts.push(Part { amount, words: cleaned(words), is_marked: words.contains('*') });
    }
    parts
}

/// Words without marks of footnotes, and without what parts them from others.
pub(super) fn cleaned(words: &str) -> String {
    let words = words.replace('^', "");
    let words = words.trim_end_matches(['*', '.', ',', ' ']).trim_start_matches([',', ' ']);
    words.to_owned()
}

/// Lengths of the prompt; `None` where the words are about something else.
pub(super) fn context(words: &str) -> Option<ContextTier> {
    match words {
        "prompts <= 200k tokens" | "prompts <= 200k" => Some(ContextTier::up_to(200_000)),
        "prompts > 200k tokens" | "prompts > 200k token" | "prompts > 200k" => {
            Some(ContextTier::over(200_000))
        }
        _ => None,
    }
}

/// Modalities in brackets: `(text / image / video)`, `(text and thinking)`.
pub(super) fn modalities(words: &str) -> Option<Vec<Modality>> {
    let inner = words.strip_prefix('(')?.strip_suffix(')')?;
    if inner == "text and thinking" {
        return Some(vec![Modality::Text]);
    }
    let modality = |name: &str| match name.trim() {
        "text" => Some(Modality::Text),
        "image" | "images" => Some(Modality::Image),
        "video" => Some(Modality::Video),
        "audio" => Some(Modality::Audio),
        _ => None,
    };
    inner.split(['/', ',']).map(modality).collect()
}

/// Sizes of films in brackets: `(720p and 1080p)`.
pub(super) fn sizes(words: &str) -> Option<Vec<PriceUnit>> {
    let words = words.strip_suffix(" (4k output not supported)").unwrap_or(words);
    let inner = words.strip_prefix('(')?.strip_suffix(')')?;
    let size = |name: &str| match name {
        "720p" => Some(PriceUnit::Second720p),
        "1080p" => Some(PriceUnit::Second1080p),
        "4k" => Some(PriceUnit::Second4k),
        _ => None,
    };
    inner.split(" and ").map(size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Vec<(&str, String)> {
        parts(cell).into_iter().map(|part| (part.amount, part.words)).collect()
    }

    fn pairs<'a>(expected: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
        expected.iter().map(|(amount, words)| (*amount, (*words).to_owned())).collect()
    }

    #[test]
    fn prices_are_parted_from_each_other() {
        let cell = "$0.20, prompts <= 200k tokens $0.40, prompts > 200k $4.50 / 1,000,000 tokens per hour (storage price)";
        let expected = [
            ("0.20", "prompts <= 200k tokens"),
            ("0.40", "prompts > 200k"),
            ("4.50", "/ 1,000,000 tokens per hour (storage price)"),
        ];
        assert_eq!(read(cell), pairs(&expected));
        let cell = "$1.00 (text), $0.0006 (image)^*^";
        assert_eq!(read(cell), pairs(&[("1.00", "(text)"), ("0.0006", "(image)")]));
        assert!(parts(cell)[1].is_marked);
    }

    #[test]
    fn the_same_price_in_other_units_is_left_out() {
        let cell = "$0.75 (text) $3.00 or $0.005/min (audio) $1.00 or $0.002/min (image/video)";
        let expected = [("0.75", "(text)"), ("3.00", "(audio)"), ("1.00", "(image/video)")];
        assert_eq!(read(cell), pairs(&expected));
        let cell = "$12.00 (text and thinking) $120.00 (images) equivalent to $0.134 per 1K/2K image^**^ and $0.24 per 4K image^**^";
        let expected = [("12.00", "(text and thinking)"), ("120.00", "(images)")];
        assert_eq!(read(cell), pairs(&expected));
        assert_eq!(read("$0.45 ($0.00012 per image)"), pairs(&[("0.45", "")]));
        let cell = "$2.00 (text/image), equivalent to $0.0011 per image^*^";
        assert_eq!(read(cell), pairs(&[("2.00", "(text/image)")]));
    }
}
