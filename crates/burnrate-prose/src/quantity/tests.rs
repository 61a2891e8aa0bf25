use super::*;

/// `low..high hedge unit`, an open end left out.
fn written(quantity: &Quantity) -> String {
    let end = |end: Option<Decimal>| end.map(|value| value.to_string()).unwrap_or_default();
    let (low, high) = (end(quantity.low), end(quantity.high));
    format!("{low}..{high} {} {}", quantity.hedge, quantity.unit)
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = quantities(text).iter().map(written).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn scales_multiply_exactly() {
    check("$11.2 billion", &["11200000000..11200000000 exact USD"]);
    check("$77.7bn", &["77700000000..77700000000 exact USD"]);
    check("US$1.2 million", &["1200000..1200000 exact USD"]);
    check("$55,714 million", &["55714000000..55714000000 exact USD"]);
    check("$40B", &["40000000000..40000000000 exact USD"]);
    check("$203M funding", &["203000000..203000000 exact USD"]);
    check("Rs 500 crore", &["5000000000..5000000000 exact INR"]);
    check("₹20 lakh", &["2000000..2000000 exact INR"]);
    check("$5 hundred million", &["500000000..500000000 exact USD"]); // 5 times 10 to the 2 + 6
    check("₹1.5 lakh crore", &["1500000000000..1500000000000 exact INR"]); // 1.5 times 10 to the 5 + 7
    check("not over $3 million", &["..3000000 up_to USD"]);
    check("a $1.5-billion plan", &["1500000000..1500000000 exact USD"]);
}

#[test]
fn currencies_are_read_before_and_after_the_number() {
    check("€750 million", &["750000000..750000000 exact EUR"]);
    check("£2.5bn", &["2500000000..2500000000 exact GBP"]);
    check("EUR 3 million", &["3000000..3000000 exact EUR"]);
    check("C$10 million", &["10000000..10000000 exact CAD"]);
    check("5 billion dollars", &["5000000000..5000000000 exact USD"]);
    check("500億円", &["50000000000..50000000000 exact JPY"]);
    check("融资12亿美元的公司", &["1200000000..1200000000 exact USD"]);
}

#[test]
fn a_range_has_both_ends() {
    check("$66 billion to $72 billion", &["66000000000..72000000000 range USD"]);
    check("$64-72 billion", &["64000000000..72000000000 range USD"]);
    check("$64 billion–$72 billion", &["64000000000..72000000000 range USD"]);
    check("between $60 and $65 billion", &["60000000000..65000000000 range USD"]);
    check("ranging from $5 million to $1 billion", &["5000000..1000000000 range USD"]);
    check("12% to 13%", &["12..13 range percent"]);
    check("12-13%", &["12..13 range percent"]);
}

#[test]
fn a_change_is_no_range() {
    let five_and_six = ["5000000..5000000 exact USD", "6000000..6000000 exact USD"];
    check("grew from $5 million to $6 million", &five_and_six);
    check("increased $5 million to $6 million", &five_and_six);
    check("$5 million and $6 million", &five_and_six);
}

#[test]
fn hedges_open_ends() {
    check("approximately $65 billion", &["65000000000..65000000000 about USD"]);
    check("at least $100.0 million", &["100000000.. at_least USD"]);
    check("in excess of $3 million", &["3000000.. at_least USD"]);
    check("no more than $3 million", &["..3000000 up_to USD"]);
    check("up to an additional $2.0 billion", &["..2000000000 up_to USD"]);
    check("10% or more of revenue", &["10.. at_least percent"]);
    check(
        "$37.5 billion, plus or minus 2%",
        &["37500000000..37500000000 about USD", "2..2 exact percent"],
    );
    check("$100+ million", &["100000000.. at_least USD"]);
}

#[test]
fn percentages_and_multiples_have_their_units() {
    check("about 20%", &["20..20 about percent"]);
    check("more than ten percent", &["10.. at_least percent"]);
    check("2.5x", &["2.5..2.5 exact times"]);
}

#[test]
fn a_minus_and_parentheses_after_the_sign_negate() {
    check("$(49.8) billion", &["-49800000000..-49800000000 exact USD"]);
    check("fell -5% and -$3 million", &["-5..-5 exact percent", "-3000000..-3000000 exact USD"]);
}

#[test]
fn years_dates_and_counts_are_no_quantities() {
    check("in 2025, on March 31, 2025, 10-K, Q3, H100, 3.2.1, 45 days, 250 million customers", &[]);
}

#[test]
fn a_rate_says_per_what() {
    let text = "$0.88 per share";
    let found = quantities(text);
    assert_eq!(found[0].per.clone().map(|span| &text[span]), Some("per share"));
    assert!(!found[0].is_scaled);
}

#[test]
fn the_span_takes_in_the_hedge() {
    let text = "spent approximately $1.25 billion on it";
    assert_eq!(&text[quantities(text)[0].span.clone()], "approximately $1.25 billion");
    let text = "融资12亿美元的公司";
    assert_eq!(&text[quantities(text)[0].span.clone()], "12亿美元");
}
