//! Plans: what stands under the price of a plan says what the price is for.

use burnrate_model::Extract;
use burnrate_model::generated::SeatPrice;
use burnrate_price::{Cell, Currency, Price, SeatOffer, SeatUnit, read_amount};
use chrono::NaiveDate;

/// A plan, as a card shows it.
pub(super) struct Card<'a> {
    /// The plan, in lower case.
    pub(super) plan: &'a str,
    /// The large price: `$17`, `From $100`.
    pub(super) price: Cell,
    /// What stands under it.
    pub(super) terms: Cell,
}

/// What is said of a price of a plan.
#[derive(Debug, PartialEq, Eq, Default)]
struct Terms<'a> {
    /// `monthly`, `annual`, or `any` where the page does not tell.
    period: &'static str,
    /// What is paid at once for a year: `$200 billed up front`.
    up_front: Option<&'a str>,
    /// The price by the month, where the large one is by the year.
    monthly: Option<&'a str>,
    minimum_seats: Option<i64>,
}

impl Card<'_> {
    /// Puts down the prices of a card; one that is not understood is an issue.
    pub(super) fn read(&self, observed_on: NaiveDate, out: &mut Extract) {
        let Some(rows) = self.rows() else {
            let record = format!("{}: {}: {}", self.plan, self.price.text, self.terms.text);
            out.issue(&self.price.locator, "terms of a plan that are not known", record);
            return;
        };
        for (row, cell) in rows {
            out.push(row, cell.locator.clone(), observed_on);
        }
    }

    fn rows(&self) -> Option<Vec<(SeatPrice, &Cell)>> {
        let terms = terms(&self.terms.text)?;
        // What the sizes of a plan start from is the price of none by name.
        if let Some(from) = self.price.text.strip_prefix("From ") {
            return read_amount(from).map(|_| Vec::new());
        }
        let shown = &self.price.text;
        let first = self.row(shown, &terms, terms.period)?;
        let note = terms.up_front.map(str::to_owned);
        let mut rows = vec![(SeatPrice { price_note: note, ..first }, &self.price)];
        if let Some(monthly) = terms.monthly {
            rows.push((self.row(monthly, &terms, "monthly")?, &self.terms));
        }
        Some(rows)
    }

    fn row(&self, shown: &str, terms: &Terms<'_>, period: &str) -> Option<SeatPrice> {
        let offer = SeatOffer {
            vendor: "anthropic",
            product: "claude",
            plan: self.plan,
            unit: SeatUnit::UserMonth,
            billing_period: period,
        };
        let amount = read_amount(shown)?;
        // Only what is called free costs nothing.
        if amount.value.is_zero() != (self.terms.text == "Free for everyone") {
            return None;
        }
        let price = Price::new(amount, Currency::Usd, shown, &self.terms.text);
        Some(SeatPrice { minimum_seats: terms.minimum_seats, ..offer.at(price, None) })
    }
}

/// Reads a text such as `Per person / month with annual subscription discount. $30 if billed monthly.
/// Minimum 5 members.`; `None` where anything is left over.
fn terms(text: &str) -> Option<Terms<'_>> {
    if text == "Free for everyone" {
        return Some(Terms { period: "any", ..Terms::default() });
    }
    let rest = ["Per person / month", "Per person", "Per month"]
        .into_iter()
        .find_map(|beginning| text.strip_prefix(beginning))?;
    let (period, rest) = if let Some(rest) = rest.strip_prefix(" with annual subscription discount")
    {
        ("annual", rest)
    } else if let Some(rest) = rest.strip_prefix(" billed monthly") {
        ("monthly", rest)
    } else {
        ("any", rest)
    };
    let (up_front, rest) = part(rest, "; ", "billed up front", "")
        .or_else(|| part(rest, " (", "billed up front", ")"))
        .map_or((None, rest), |(part, rest)| (Some(part), rest));
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
    let (monthly, rest) = part(rest, "", " if billed monthly", ".")
        .map_or((None, rest), |(part, rest)| (part.strip_suffix(" if billed monthly"), rest));
    let (minimum, rest) = match rest.trim_start().strip_prefix("Minimum ") {
        Some(rest) => rest.split_once(" members.").map(|(minimum, rest)| (Some(minimum), rest))?,
        None => (None, rest),
    };
    let minimum_seats = minimum.map(str::parse).transpose().ok()?;
    rest.trim().is_empty().then_some(Terms { period, up_front, monthly, minimum_seats })
}

/// What begins with `before`, up to and with `end`, and then `behind`; and the rest.
fn part<'a>(text: &'a str, before: &str, end: &str, behind: &str) -> Option<(&'a str, &'a str)> {
    let inner = text.strip_prefix(before)?;
    let until = inner.find(end)? + end.len();
    let (part, rest) = inner.split_at(until);
    let is_near = part.starts_with('$') && !part.contains(". ");
    is_near.then(|| rest.strip_prefix(behind).map(|rest| (part, rest)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quirk_31_terms_are_read_to_the_last_word() {
        let pro = "Per month with annual subscription discount ($200 billed up front). $20 if billed monthly.";
        let expected = Terms {
            period: "annual",
            up_front: Some("$200 billed up front"),
            monthly: Some("$20"),
            minimum_seats: None,
        };
        assert_eq!(terms(pro), Some(expected));
        let older = "Per month with annual subscription discount; $216 billed up front. $20 if billed monthly.";
        assert_eq!(terms(older).unwrap().up_front, Some("$216 billed up front"));
        let team = "Per person / month with annual subscription discount. $30 if billed monthly. Minimum 5 members.";
        let expected = Terms {
            period: "annual",
            up_front: None,
            monthly: Some("$30"),
            minimum_seats: Some(5),
        };
        assert_eq!(terms(team), Some(expected));
        assert_eq!(terms("Per person billed monthly").unwrap().period, "monthly");
        assert_eq!(terms("Per person / month. Minimum 5 members.").unwrap().period, "any");
        for unknown in [
            "Per month with annual subscription discount. $20 if billed monthly. First month free.",
            "Per seat / month",
            "Per person / month. Minimum five members.",
            "",
        ] {
            assert_eq!(terms(unknown), None, "{unknown}");
        }
    }
}
