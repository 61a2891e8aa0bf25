use proptest::prelude::*;

use super::*;

/// `kind low..high hedge unit | period | subject`
fn written(found: &Disclosure) -> String {
    let end = |end: Option<Decimal>| end.map(|value| value.to_string()).unwrap_or_default();
    let (kind, low, high) = (found.kind.as_str(), end(found.low), end(found.high));
    let period = found.period.as_ref().map(ToString::to_string).unwrap_or_default();
    let subject = found.subject.as_deref().unwrap_or_default();
    let figure = format!("{kind} {low}..{high} {} {}", found.hedge, found.unit);
    format!("{figure} | {period} | {subject}").trim_end_matches([' ', '|']).to_owned()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = disclosures(text).map(|found| written(&found)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn guidance_is_what_is_expected_of_a_stated_time() {
    for text in [
        "We expect 2031 capital expenditures to be in the range of $66 billion to $72 billion.",
        "“We currently expect 2031 capital expenditures to be in a range of $66-72 billion…up approximately $30 billion,” the company said.",
        "For 2031, we expect capital expenditures to be in the range of $66-72 billion.",
        "We anticipate making capital expenditures of $66 billion to $72 billion in 2031 to support our AI efforts.",
        "We now expect to spend between $66 and $72 billion on capital expenditures in 2031.",
        "We are raising our 2031 capital expenditure guidance to $66 billion to $72 billion.",
    ] {
        check(text, &["capex_guidance 66000000000..72000000000 range USD | 2031"]);
    }
    check(
        "We expect capital expenditures of approximately $18 billion in fiscal 2031.",
        &["capex_guidance 18000000000..18000000000 about USD | fiscal 2031"],
    );
    check(
        "We plan to invest more than $500 billion in capital expenditures through 2031.",
        &["capex_guidance 500000000000.. at_least USD | to 2031"],
    );
}

#[test]
fn guidance_is_not_spending_and_spending_is_no_guidance() {
    check(
        "We spent $5 billion on capital expenditures in 2030.",
        &["capex_actual 5000000000..5000000000 exact USD | 2030"],
    );
    check("In 2029 we had expected 2030 capital expenditures of $5 billion.", &[]);
    check("We expect capital expenditures of $5 billion.", &[]);
    for paid_by_others in [
        "We received government grants of $1.5 billion for capital expenditures in fiscal 2024.",
        "Customers reimbursed us $1.2 billion for capital expenditures in 2024.",
        "In 2024 there were government incentives for capital expenditures of $1.0 billion.",
    ] {
        check(paid_by_others, &[]);
    }
    let other_than_payments = "We have leases that have not yet commenced and have issued letters of credit of $400 million.";
    check(other_than_payments, &[]);
    check(
        "We expect 2031 capital expenditures of $5 billion, compared with $4 billion in 2030.",
        &["capex_guidance 5000000000..5000000000 exact USD | 2031"],
    );
}

#[test]
fn what_is_near_spending_is_none() {
    for text in [
        "Depreciation on capital expenditures was $5 billion in 2030.",
        "Capital expenditures increased by $5 billion in 2030.",
        "We had an increase of $5 billion in capital expenditures in 2030.",
        "Unpaid capital expenditures were $5 billion in 2030.",
        "We had authorized capital expenditures of $5 billion in 2030.",
        "We had commitments for capital expenditures of $5 billion in 2030.",
        "Capital expenditures were $5,000 in 2030.",
        "Capital expenditures were $0.88 per share in 2030.",
        "Capital expenditures were not $5 billion in 2030.",
        "Proceeds used for capital expenditures in 2030 were $5 billion higher.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_total_of_several_years_is_no_year_and_a_part_is_no_whole() {
    check(
        "Capital expenditures were $15 billion in 2028 through 2030.",
        &["capex_actual 15000000000..15000000000 exact USD | 2028 to 2030"],
    );
    check(
        "Capital expenditures were $15 billion from 2028 to 2030.",
        &["capex_actual 15000000000..15000000000 exact USD | 2028 to 2030"],
    );
    for text in [
        "Over the past three years capital expenditures were $15 billion.",
        "Cumulative capital expenditures were $15 billion in 2030.",
        "We expect capital expenditures of $5 billion annually through 2034.",
        "Capital expenditures in Europe were $5 billion in 2030.",
        "Capital expenditures of our Cloud segment were $5 billion in 2030.",
        "Free cash flow, defined as operating cash flow less capital expenditures, was $5 billion in 2030.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_list_goes_on_where_only_its_period_changes() {
    check(
        "Capital expenditures were $86 million in fiscal 2030 and $73 million in fiscal 2029.",
        &[
            "capex_actual 86000000..86000000 exact USD | fiscal 2030",
            "capex_actual 73000000..73000000 exact USD | fiscal 2029",
        ],
    );
    check(
        "Capital expenditures for the year ended December 31, 2030 were $5 billion, compared to $4 billion for the year ended December 31, 2029.",
        &["capex_actual 5000000000..5000000000 exact USD | 12 months to 2030-12-31"],
    );
}

#[test]
fn what_may_happen_gives_nothing() {
    for text in [
        "Our capital expenditures could reach $5 billion in 2031.",
        "If we spend $5 billion on capital expenditures in 2031, our margins may fall.",
        "A customer may represent 10% or more of our revenue in 2031.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn leases_not_yet_commenced_are_commitments() {
    let expected = ["lease_commitment 5000000000..5000000000 exact USD | 2030-12-31"];
    for text in [
        "As of December 31, 2030, we have additional leases, primarily for data centers, that have not yet commenced of $5 billion.",
        "As of December 31, 2030, we had $5 billion of future payments under additional leases, primarily for offices, that had not yet commenced.",
        "As of December 31, 2030, we have entered into leases that have not yet commenced with future lease payments of $5 billion.",
        "We had additional operating lease commitments of $5 billion as of December 31, 2030. These leases are generally expected to commence in 2031.",
    ] {
        check(text, &expected);
    }
    check(
        "Payments expected to be received under leases that have not yet commenced were $5 billion as of December 31, 2030.",
        &[],
    );
    check("Operating lease liabilities were $5 billion as of December 31, 2030.", &[]);
}

#[test]
fn finance_leases_are_additions_only() {
    check(
        "Property and equipment acquired under finance leases was $642 million in 2030.",
        &["finance_lease 642000000..642000000 exact USD | 2030"],
    );
    for text in [
        "Gross assets acquired under finance leases were $56 million in 2030.",
        "Principal repayments of finance leases were $56 million in 2030.",
        "Amortization of property and equipment acquired under finance leases was $56 million in 2030.",
        "Finance lease costs were $56 million in 2030.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn commitments_are_the_companys_own_and_whole() {
    check(
        "As of July 30, 2030, we had purchase commitments of $5 billion, of which $3 billion was short-term.",
        &["purchase_commitment 5000000000..5000000000 exact USD | 2030-07-30"],
    );
    for text in [
        "Provisions for excess inventory purchase obligations totaled $3.7 billion for fiscal year 2030.",
        "The liability for these purchase commitments was $525 million.",
        "Our customers’ revenue commitments were $5 billion as of July 30, 2030.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_run_rate_is_of_ai_only_where_ai_is_the_business() {
    for text in [
        "Our AI business has surpassed an annual revenue run rate of $13 billion, up 175% year-over-year.",
        "Our AI business reached a $13 billion annual revenue run rate.",
    ] {
        let found: Vec<_> = disclosures(text).collect();
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].kind, DisclosureKind::AiRunRate);
        assert_eq!(found[0].low, Some(Decimal::from(13_000_000_000)));
    }
    for text in [
        "Driven by AI services, our cloud business is now at a $132 billion annualized run rate.",
        "Our AI business is on track to surpass an annual revenue run rate of $10 billion.",
        "The business has a $1 billion annualized revenue run rate.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn revenue_is_of_ai_only_where_the_sentence_says_so() {
    check(
        "AI revenue was $5.2 billion in the third quarter of fiscal 2030.",
        &["ai_revenue 5200000000..5200000000 exact USD | fiscal 2030 q3"],
    );
    check(
        "We generated $5.2 billion in AI revenue in fiscal 2030.",
        &["ai_revenue 5200000000..5200000000 exact USD | fiscal 2030"],
    );
    for text in [
        "Data Center revenue was $30.8 billion in fiscal 2030.",
        "We expect AI revenue of $5 billion in fiscal 2031.",
        "AI revenue increased by $5 billion in fiscal 2030.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn customers_are_counted_or_named() {
    check(
        "Customers A and B represented 12% and 11% of total revenue, respectively, for fiscal year 2030.",
        &[
            "customer_concentration 12..12 exact percent of revenue | fiscal 2030 | Customer A",
            "customer_concentration 11..11 exact percent of revenue | fiscal 2030 | Customer B",
        ],
    );
    check(
        "Our two largest customers accounted for approximately 58% of our net revenue in 2030.",
        &["customer_concentration 58..58 about percent of revenue | 2030 | two largest customers"],
    );
    check(
        "Our largest customer accounted for 15% of net sales in 2030.",
        &["customer_concentration 15..15 exact percent of revenue | 2030 | largest customer"],
    );
    for text in [
        "One customer accounted for 15% of revenue of our Compute segment in 2030.",
        "One customer accounted for 11% and another customer accounted for 24% of receivables as of December 27, 2030 and December 28, 2029, respectively.",
        "No customer represented 10% or more of total revenue for fiscal year 2030.",
        "Customers outside of the United States accounted for 53% of revenue for fiscal year 2030.",
        "Two customers accounted for 10% of subscription revenue for fiscal year 2030.",
        "Two vendors accounted for 49% of receivables as of March 29, 2030.",
        "Customers which represented 10% or more of total revenue are listed in the table.",
        "Two customers accounted for 16% and 13% of revenue for fiscal years 2030 and 2029.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_definition_of_the_companys_own_is_said() {
    check(
        "We anticipate our full year 2031 capital expenditures, including principal payments on finance leases, will be in the range of $66-72 billion, increased from our prior outlook of $64-72 billion.",
        &[
            "capex_guidance 66000000000..72000000000 range USD | 2031 | including principal payments on finance leases",
        ],
    );
    check(
        "Capital expenditures including finance leases were $34.9 billion in the first quarter of fiscal 2030.",
        &[
            "capex_actual 34900000000..34900000000 exact USD | fiscal 2030 q1 | including finance leases",
        ],
    );
}

#[test]
fn two_figures_of_one_day_are_the_parts_that_are_named() {
    check(
        "As of June 30, 2030, we have additional operating and finance leases, primarily for datacenters, that have not yet commenced of $57.1 billion and $33.2 billion, respectively.",
        &[
            "lease_commitment 57100000000..57100000000 exact USD | 2030-06-30 | operating leases",
            "lease_commitment 33200000000..33200000000 exact USD | 2030-06-30 | finance leases",
        ],
    );
    check("As of June 30, 2030, we had purchase commitments of $5 billion and $3 billion.", &[]);
}

#[test]
fn what_revenue_grew_to_is_revenue() {
    check(
        "AI revenue grew 46% year-over-year to $5.2 billion in fiscal 2030.",
        &["ai_revenue 5200000000..5200000000 exact USD | fiscal 2030"],
    );
    check("AI revenue grew by $5.2 billion in fiscal 2030.", &[]);
}

#[test]
fn figures_of_others_are_not_the_companys() {
    for text in [
        "Our competitors expect capital expenditures of $50 billion in 2031.",
        "We spent $5 million on capital expenditures for our joint venture partner in 2030.",
        "Our suppliers have purchase commitments of $3 billion as of December 31, 2030.",
        "Customers have purchase commitments to us of $3 billion as of December 31, 2030.",
        "Our customers’ AI revenue was $3 billion in 2030.",
        "The market for AI revenue was $3 billion in 2030.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_was_undone_or_withdrawn_gives_nothing() {
    for text in [
        "We canceled purchase commitments of $3 billion in 2030.",
        "We were released from purchase obligations of $3 billion as of December 31, 2030.",
        "We terminated leases that had not yet commenced with payments of $3 billion.",
        "We withdrew our guidance of 2031 capital expenditures of $10 billion.",
        "Our capital expenditures since 2028 were $100 billion.",
        "Capital expenditures to date were $10 billion.",
        "Capital expenditures for the trailing twelve months were $100 billion.",
        "Capital expenditures related to AI were $3 billion in 2030.",
    ] {
        check(text, &[]);
    }
    check(
        "As of December 31, 2030, we have leases that have commenced of $3 billion and leases that have not commenced of $5 billion.",
        &["lease_commitment 5000000000..5000000000 exact USD | 2030-12-31"],
    );
}

#[test]
fn a_share_goes_on_where_only_its_period_changes() {
    check(
        "Customer A accounted for 62% of revenue for the year ended December 31, 2030 and 35% for the year ended December 31, 2029.",
        &[
            "customer_concentration 62..62 exact percent of revenue | 12 months to 2030-12-31 | Customer A",
            "customer_concentration 35..35 exact percent of revenue | 12 months to 2029-12-31 | Customer A",
        ],
    );
}

#[test]
fn a_hedge_before_the_run_rate_is_its_hedge() {
    check(
        "Our AI business has surpassed an annual revenue run rate of $13 billion, up 175% year-over-year.",
        &["ai_run_rate 13000000000.. at_least USD"],
    );
    check(
        "Our AI business reached a $13 billion annual revenue run rate.",
        &["ai_run_rate 13000000000..13000000000 exact USD"],
    );
}

proptest! {
    #[test]
    fn every_span_lies_in_the_text(text in "(?:[$€]?[0-9]{1,4}|billion|of|to|in|customers|capital expenditures|were|, |\\. |\n|\t|—|亿美元| ){0,40}") {
        for found in disclosures(&text) {
            prop_assert!(text.get(found.sentence.clone()).is_some());
            prop_assert!(text.get(found.figure.clone()).is_some());
            prop_assert!(found.sentence.start <= found.figure.start && found.figure.end <= found.sentence.end);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let _: usize = disclosures(&text).count();
        let _: usize = crate::quantities(&text).len() + crate::periods(&text).len();
    }
}
