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
    check("in excess of $3 million", &["3000000.. more_than USD"]);
    check("no more than $3 million", &["..3000000 up_to USD"]);
    check("up to an additional $2.0 billion", &["..2000000000 up_to USD"]);
    check("10% or more of revenue", &["10.. at_least percent"]);
    check(
        "$37.5 billion, plus or minus 2%",
        &["37500000000..37500000000 about USD", "2..2 exact percent"],
    );
    check("$100+ million", &["100000000.. more_than USD"]);
}

#[test]
fn percentages_and_multiples_have_their_units() {
    check("about 20%", &["20..20 about percent"]);
    check("more than ten percent", &["10.. more_than percent"]);
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

#[test]
fn codes_and_names_of_currencies_are_read_however_they_stand() {
    check(
        "1.7B€ at 11.7B€",
        &["1700000000..1700000000 exact EUR", "11700000000..11700000000 exact EUR"],
    );
    check("RMB57.4 million", &["57400000..57400000 exact CNY"]);
    check(
        "Rs. 500 crore and INR24 crore",
        &["5000000000..5000000000 exact INR", "240000000..240000000 exact INR"],
    );
    check(
        "€81.2m, £20mn and US$40.74 million",
        &[
            "81200000..81200000 exact EUR",
            "20000000..20000000 exact GBP",
            "40740000..40740000 exact USD",
        ],
    );
    check(
        "HK$2 bn, 2 bn dollars",
        &["2000000000..2000000000 exact HKD", "2000000000..2000000000 exact USD"],
    );
    check("€3 M", &["3000000..3000000 exact EUR"]);
    check("100 million US dollars", &["100000000..100000000 exact USD"]);
    check("5 million pounds", &["5000000..5000000 exact GBP"]);
}

#[test]
fn a_dollar_sign_is_the_dollar_that_is_named() {
    check("CAD $5 million", &["5000000..5000000 exact CAD"]);
    check("$5M CAD", &["5000000..5000000 exact CAD"]);
    check("$20 million Australian dollars", &["20000000..20000000 exact AUD"]);
    check("A $5 million round", &["5000000..5000000 exact USD"]);
    check("sales of US $22 billion", &["22000000000..22000000000 exact USD"]);
    check("$5 million USD", &["5000000..5000000 exact USD"]);
}

#[test]
fn what_only_looks_like_money_is_none() {
    check("5 million pounds of copper, one dollar, a million users, half a million people", &[]);
    check("two billion parameters, a billion, several million downloads", &[]);
}

#[test]
fn numbers_in_words_count() {
    check("nearly half a billion dollars", &["500000000..500000000 nearly USD"]);
    check("two billion dollars", &["2000000000..2000000000 exact USD"]);
    check("a billion dollars", &["1000000000..1000000000 exact USD"]);
    check("a quarter of a billion euros", &["250000000..250000000 exact EUR"]);
    check("one and a half billion dollars", &["1500000000..1500000000 exact USD"]);
    check("two hundred and fifty million dollars", &["250000000..250000000 exact USD"]); // 2 * 100 + 50
    check("a twenty-five-million-dollar round", &["25000000..25000000 exact USD"]); // 20 + 5
    check("Fifty million pounds will", &["50000000..50000000 exact GBP"]);
    check("half-billion-dollar bet", &["500000000..500000000 exact USD"]);
}

#[test]
fn a_vague_quantity_is_as_wide_as_its_power_of_ten() {
    check("tens of millions of dollars", &["20000000..100000000 order_of_magnitude USD"]);
    check("a multi-billion dollar deal", &["2000000000..10000000000 order_of_magnitude USD"]);
    check("a multibillion-dollar deal", &["2000000000..10000000000 order_of_magnitude USD"]);
    check("several hundred million euros", &["200000000..1000000000 order_of_magnitude EUR"]);
    check("cost billions of dollars", &["2000000000..10000000000 order_of_magnitude USD"]);
    check("billions of tokens, lend billions of Egyptian pounds", &[]);
}

#[test]
fn hedges_of_news_are_told_apart() {
    check("soared past $500M", &["500000000.. more_than USD"]);
    check("$30M+ round", &["30000000.. more_than USD"]);
    check("a $500 million-plus round", &["500000000.. more_than USD"]);
    check("$150 billion (or more)", &["150000000000.. at_least USD"]);
    check("$80 billion or more", &["80000000000.. at_least USD"]);
    check("close to $10 billion", &["10000000000..10000000000 nearly USD"]);
    check("at a near $6 billion valuation", &["6000000000..6000000000 nearly USD"]);
    check("as much as $6 billion", &["..6000000000 up_to USD"]);
    check("north of $1bn", &["1000000000.. more_than USD"]);
    check("“at least” $11 billion", &["11000000000.. at_least USD"]);
}

#[test]
fn ranges_of_news_have_both_ends() {
    check("between $6.5bn and $7bn", &["6500000000..7000000000 range USD"]);
    check("$500 million–$1 billion", &["500000000..1000000000 range USD"]);
    check("3-4 billion dollars", &["3000000000..4000000000 range USD"]);
    check("two to three billion dollars", &["2000000000..3000000000 range USD"]);
    check(
        "an estimated $6.5 billion and possibly as much as $7 billion",
        &["6500000000..7000000000 range USD"],
    );
    check("$2 billion to as much as $3 billion", &["2000000000..3000000000 range USD"]);
    check("**$5-$10 per hour**", &["5..10 range USD"]);
    check("in 2024 to 3 billion dollars", &["3000000000..3000000000 exact USD"]);
    check(
        "$40 million — $478 million to be exact",
        &["40000000..40000000 exact USD", "478000000..478000000 exact USD"],
    );
}

#[test]
fn a_rate_is_one_of_a_closed_list() {
    let rate = |text: &str| quantities(text)[0].rate;
    assert_eq!(rate("$3.40 to $4 per hour"), Some(Rate::Hour));
    assert_eq!(rate("$1.30 per GPU per hour"), Some(Rate::GpuHour));
    assert_eq!(rate("$2 per GPU-hour"), Some(Rate::GpuHour));
    assert_eq!(rate("$30 extra per user per month"), Some(Rate::UserMonth));
    assert_eq!(rate("$20 a user a month"), Some(Rate::UserMonth));
    assert_eq!(rate("$15 per million input tokens"), Some(Rate::MillionTokens));
    assert_eq!(rate("$0.50/1M tokens"), Some(Rate::MillionTokens));
    assert_eq!(rate("$3 billion a year"), Some(Rate::Year));
    assert_eq!(rate("$3 billion annually"), Some(Rate::Year));
    assert_eq!(rate("$5/month"), Some(Rate::Month));
    assert_eq!(rate("$26 a share"), Some(Rate::Share));
    assert_eq!(rate("$2 per conversation"), Some(Rate::Other));
    assert_eq!(rate("$50 million a month, a person said"), Some(Rate::Month));
    assert_eq!(rate("$3 billion a year ago"), None);
    assert_eq!(rate("$3 billion in a year"), None);
}

#[test]
fn money_in_another_currency_is_a_conversion() {
    let conversions = |text: &str| -> Vec<bool> {
        quantities(text).iter().map(|quantity| quantity.is_conversion).collect()
    };
    assert_eq!(conversions("€92 million ($103 million)"), [false, true]);
    assert_eq!(conversions("€600 million (around $640 million)"), [false, true]);
    assert_eq!(conversions("RMB 500 million, or about $70 million,"), [false, true]);
    assert_eq!(conversions("$5 million ($6 million)"), [false, false]);
    assert_eq!(conversions("€468 million and $5 million"), [false, false]);
}
