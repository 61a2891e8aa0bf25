//! What price lists of those who serve the models of several makers have in common.

use burnrate_model::{Decimal, ShapeError};
use burnrate_price::{Cell, ContextTier, Expect, Grid, css_path, css_path_below, select, text};
use scraper::ElementRef;

/// Whether a price per million tokens in US dollars can be one: below is a placeholder or a price per
/// thousand, above one per billion.
pub(crate) fn is_plausible_usd(price: Decimal) -> bool {
    const THOUSANDTH: i128 = 1_000_000_000;
    (THOUSANDTH..=1_000_000 * THOUSANDTH).contains(&price.scaled())
}

/// Tokens from a number of thousands, such as `32` or `0.2`; `None` where that is no whole number.
pub(crate) fn thousands(text: &str) -> Option<u64> {
    const ONE: i128 = 1_000_000_000_000;
    let (tokens, _) = Decimal::parse_shifted(text.trim(), 3).ok()?;
    (tokens.scaled() % ONE == 0).then(|| u64::try_from(tokens.scaled() / ONE).ok()).flatten()
}

/// Lengths of a request from intervals in thousands of tokens: `输入长度 [0, 32]且输出长度 (0.2,+∞)`,
/// `Prompt length (128, 256]`, `输入长度 [32+)`; `-` is whatever length. `None` for anything else.
///
/// A bound that does not belong to its interval is moved by one token: up to, but not, 32,000 is
/// `input<=31999`.
pub(crate) fn context_tier(text: &str) -> Option<ContextTier> {
    if text == "-" {
        return Some(ContextTier::ANY);
    }
    let mut tier = ContextTier::ANY;
    let mut rest = text;
    loop {
        let input = rest.strip_prefix("输入长度").or_else(|| rest.strip_prefix("Prompt length"));
        let interval = input.or_else(|| rest.strip_prefix("输出长度"))?;
        let end = interval.find([')', ']'])? + 1;
        let (over, up_to) = bounds(interval[..end].trim())?;
        if input.is_some() {
            (tier.input_over, tier.input_up_to) = (over, up_to);
        } else {
            (tier.output_over, tier.output_up_to) = (over, up_to);
        }
        rest = interval[end..].trim_start_matches([' ', '且']);
        if rest.is_empty() {
            return Some(tier);
        }
    }
}

/// What an interval in thousands lies above, and goes up to.
fn bounds(interval: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (is_closed, inner) = match interval.strip_prefix('[') {
        Some(inner) => (true, inner),
        None => (false, interval.strip_prefix('(')?),
    };
    let (includes_end, inner) = match inner.strip_suffix(']') {
        Some(inner) => (true, inner),
        None => (false, inner.strip_suffix(')')?),
    };
    let (from, to) = inner.split_once(',').or_else(|| Some((inner.strip_suffix('+')?, "+∞")))?;
    let over = match (thousands(from)?, is_closed) {
        (0, _) => None,
        (from, true) => Some(from - 1),
        (from, false) => Some(from),
    };
    let up_to = match (to.trim(), includes_end) {
        ("+∞", false) => None,
        (to, true) => Some(thousands(to)?),
        (to, false) => Some(thousands(to)?.checked_sub(1)?),
    };
    Some((over, up_to))
}

/// A table of the editor. A cell that another one covers stands in the page too, empty and with a span of
/// zero: here it is the cell above.
pub(crate) fn grid(table: ElementRef<'_>) -> Result<Grid, ShapeError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in select(table, "tr", Expect::AtLeast(1))? {
        let own = row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th"));
        let above = rows.last();
        let place = css_path(row);
        let cells = own.enumerate().map(|(column, cell)| {
            let is_covered = cell.value().attr("rowspan") == Some("0");
            let covering = above.filter(|_| is_covered).and_then(|above| above.get(column));
            let shown = || Cell { text: text(cell), locator: css_path_below(&place, cell) };
            covering.cloned().unwrap_or_else(shown)
        });
        let cells = cells.collect();
        rows.push(cells);
    }
    Ok(Grid { headings: Vec::new(), locator: css_path(table), rows })
}

#[cfg(test)]
mod tests {
    use burnrate_model::{Extract, RawDocument};
    use burnrate_price::{page, select_one};

    use super::*;

    #[test]
    fn intervals_become_lengths() {
        let read = |text| context_tier(text).map(|tier| tier.to_string());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(read("-"), is("any"));
        assert_eq!(read("输入长度 [0, 256]"), is("input<=256000"));
        assert_eq!(read("Prompt length (128, 256]"), is("128000<input<=256000"));
        assert_eq!(read("输入长度 [0, 32]且输出长度 (0.2,+∞)"), is("input<=32000,output>200"));
        assert_eq!(read("输入长度 [0, 32)输出长度 [0, 0.2)"), is("input<=31999,output<=199"));
        assert_eq!(read("输入长度 [32+)"), is("input>31999"));
        for text in [
            "",
            "输入长度",
            "输入长度 [0, 32",
            "时长 [0, 32]",
            "输入长度 [a, 32]",
            "输入长度 [0, 0.0001]",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn trap_19_shells_and_challenges_without_prices_are_refused_by_every_host() {
        let bodies = [
            "",
            "{}",
            "<!DOCTYPE html><html><body><div id=\"root\"></div><script src=\"/app.js\"></script></body></html>",
            "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h2>Checking your browser</h2><p>Ray ID: 0</p></body></html>",
            "Title: Pricing\n\nMarkdown Content:\n# Pricing\n\n| Plan | Price |\n| --- | --- |\n| Pro | $20 |\n",
        ];
        let sources = [
            "aliyun_bailian_pricing",
            "aliyun_hologres_pricing",
            "byteplus_pricing",
            "moonshot_pricing",
            "novita_pricing",
            "siliconflow_pricing",
            "tencent_pricing",
            "volcengine_pricing",
            "zhipu_pricing",
        ];
        for id in sources {
            let source = crate::source(id).unwrap();
            let url = source.spec().fixtures_url.clone();
            for body in bodies {
                let document = RawDocument {
                    url: url.clone(),
                    fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
                    body: body.as_bytes().to_vec(),
                };
                let read = source.parse(&document, &mut Extract::default());
                assert!(read.is_err(), "{id} reads {body}");
            }
        }
    }

    /// A source, the day of its fixture, and that.
    const PAGES: [(&str, &str, &str); 5] = [
        (
            "aliyun_hologres_pricing",
            "2026-07-20",
            include_str!("aliyun_hologres_pricing/fixtures/@2026-07-20/managed-models-billing"),
        ),
        (
            "byteplus_pricing",
            "2026-08-18",
            include_str!("byteplus_pricing/fixtures/@2026-08-18/1544106"),
        ),
        (
            "tencent_pricing",
            "2026-07-17",
            include_str!("tencent_pricing/fixtures/@2026-07-17/zh/document/product/1300/78937"),
        ),
        (
            "volcengine_pricing",
            "2026-07-17",
            include_str!("volcengine_pricing/fixtures/@2026-07-17/1544106"),
        ),
        ("zhipu_pricing", "2026-07-20", include_str!("zhipu_pricing/fixtures/@2026-07-20/pricing")),
    ];

    #[test]
    fn locators_lead_to_the_price_that_is_shown() {
        for (id, day, body) in PAGES {
            let document = RawDocument {
                url: String::new(),
                fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
                body: body.as_bytes().to_vec(),
            };
            let mut out = Extract::default();
            crate::source(id).unwrap().parse(&document, &mut out).unwrap();
            let page = page(&document.body).unwrap();
            assert!(!out.rows.model_price.is_empty());
            for sighted in &out.rows.model_price {
                let cell = select_one(page.root_element(), &sighted.locator).unwrap();
                assert_eq!(text(cell), sighted.row.price_as_shown, "{id}: {}", sighted.locator);
                assert_eq!(sighted.known_on.to_string(), day);
            }
        }
    }

    #[test]
    fn prices_a_thousand_times_off_are_not_plausible() {
        let is_plausible = |text: &str| is_plausible_usd(text.parse().unwrap());
        assert!(is_plausible("0.0028"));
        assert!(is_plausible("1000"));
        assert!(!is_plausible("0.00014"));
        assert!(!is_plausible("2500"));
    }
}
