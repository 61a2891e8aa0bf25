use chrono::NaiveDate;

use super::*;
use crate::news::Article;
use crate::news::gazetteer::Gazetteer;

/// `company kind low..high qualifier status`, then the period in brackets and `@` the day or month.
fn written(metric: &Metric) -> String {
    let end = |end: Option<burnrate_model::Decimal>| {
        end.map(|value| value.to_string()).unwrap_or_default()
    };
    let Metric { company, kind, value, status, .. } = metric;
    let (low, high) = (end(value.low), end(value.high));
    let period = metric.period.as_ref().map(|period| format!(" [{period}]")).unwrap_or_default();
    let as_of = metric.as_of.as_ref().map(|as_of| format!(" @{as_of}")).unwrap_or_default();
    format!("{company} {kind} {low}..{high} {} {status}{period}{as_of}", value.qualifier)
}

/// The metrics of a text that was published on June 10, 2025.
fn metrics(text: &str) -> Vec<Metric> {
    let published = NaiveDate::from_ymd_opt(2025, 6, 10);
    let article = Article { text, title: None, published };
    read(&Document::new(&article, Gazetteer::standard()))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = metrics(text).iter().map(written).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_noun_before_its_figure_names_it() {
    check(
        "Cohere’s revenue rose 46% to $52 million in the first quarter.",
        &["Cohere revenue 52000000..52000000 exact reported [Q1 2025]"],
    );
    check(
        "Cohere had a cash burn of $1.7 billion in 2024.",
        &["Cohere cash_burn 1700000000..1700000000 exact reported [2024]"],
    );
    check(
        "Cohere’s operating profit was €1.2 million in 2024.",
        &["Cohere profit 1200000..1200000 exact reported [2024]"],
    );
    check(
        "Cohere’s payroll costs were $70 million last year.",
        &["Cohere staff_cost 70000000..70000000 exact reported [2024]"],
    );
    check(
        "Revenue at Cohere more than doubled to $88 million in 2024.",
        &["Cohere revenue 88000000..88000000 exact reported [2024]"],
    );
    check(
        "Cohere’s training costs could reach $95 million by 2026.",
        &["Cohere compute_spend 95000000..95000000 exact projected [2026]"],
    );
    check(
        "Cohere’s revenue from API customers hit $30 million in 2024.",
        &["Cohere revenue 30000000..30000000 exact reported [2024]"],
    );
}

#[test]
fn a_noun_behind_its_figure_names_it() {
    check(
        "Cohere hit $100M in ARR in just eight months.",
        &["Cohere arr 100000000..100000000 exact reported"],
    );
    check(
        "With $120 million in annualized revenue, Cohere is growing fast.",
        &["Cohere revenue_run_rate 120000000..120000000 exact reported"],
    );
    check(
        "Intel posted a $16.6 billion loss in the third quarter of 2024.",
        &["Intel loss 16600000000..16600000000 exact reported [Q3 2024]"],
    );
    check(
        "Cohere’s sales passed $2bn on an annualised basis.",
        &["Cohere revenue_run_rate 2000000000..2000000000 exact reported"],
    );
    check(
        "Cohere generated $9 million in disc rental revenue last year.",
        &["Cohere revenue 9000000..9000000 exact reported [2024]"],
    );
}

#[test]
fn a_verb_may_name_its_figure() {
    check(
        "Cohere lost $120 million on revenue of $35 million in 2024.",
        &[
            "Cohere loss 120000000..120000000 exact reported [2024]",
            "Cohere revenue 35000000..35000000 exact reported [2024]",
        ],
    );
    check(
        "Cohere is burning $50 million a month, a person familiar with the matter said.",
        &["Cohere cash_burn 50000000..50000000 exact reported [per month]"],
    );
    check(
        "Cohere plans to spend about $30 billion on data centers in 2026.",
        &["Cohere capex 30000000000..30000000000 about projected [2026]"],
    );
    check(
        "Cohere spent more than $700 million on Nvidia chips in 2024, The Information reported.",
        &["Cohere compute_spend 700000000.. more_than reported [2024]"],
    );
    check(
        "Cohere will pay Oracle $30 million a year for cloud computing capacity.",
        &["Cohere compute_spend 30000000..30000000 exact projected [per year]"],
    );
}

#[test]
fn hedges_that_are_verbs_lead_to_the_figure_themselves() {
    check(
        "Cohere said its annualized revenue run rate topped $40 million in May.",
        &["Cohere revenue_run_rate 40000000.. more_than reported @2025-05"],
    );
    check(
        "Cohere’s annual recurring revenue exceeds €300 million.",
        &["Cohere arr 300000000.. more_than reported"],
    );
}

#[test]
fn what_is_expected_is_projected() {
    check(
        "Cohere expects revenue of $12.7 million this year, $29.4 million next year and $125 million in 2029.",
        &[
            "Cohere revenue 12700000..12700000 exact projected [2025]",
            "Cohere revenue 29400000..29400000 exact projected [2026]",
            "Cohere revenue 125000000..125000000 exact projected [2029]",
        ],
    );
    check(
        "Cohere is on track to generate $500 million in annual recurring revenue by the end of the year.",
        &["Cohere arr 500000000..500000000 exact projected [end of 2025]"],
    );
    check(
        "Cohere raised its capital spending guidance to $85 billion.",
        &["Cohere capex 85000000000..85000000000 exact projected"],
    );
    check(
        "Cohere has told investors it expects to lose $14 billion in 2026 and to turn a profit of $14 billion in 2029.",
        &[
            "Cohere loss 14000000000..14000000000 exact projected [2026]",
            "Cohere profit 14000000000..14000000000 exact projected [2029]",
        ],
    );
    check(
        "Cohere made $35 million in revenue in 2024 and expects $90 million in 2025.",
        &[
            "Cohere revenue 35000000..35000000 exact reported [2024]",
            "Cohere revenue 90000000..90000000 exact projected [2025]",
        ],
    );
}

#[test]
fn what_is_supposed_is_hypothetical() {
    check(
        "If Cohere keeps growing, it could make $5 billion in revenue in 2030.",
        &["Cohere revenue 5000000000..5000000000 exact hypothetical [2030]"],
    );
    check(
        "Without its discount, Cohere could be spending $6 billion a year on servers.",
        &["Cohere compute_spend 6000000000..6000000000 exact hypothetical [per year]"],
    );
}

#[test]
fn earlier_figures_have_their_own_time() {
    check(
        "Cohere’s ARR has grown from $5 million in January 2024 to $60 million today.",
        &[
            "Cohere arr 5000000..5000000 exact reported @2024-01",
            "Cohere arr 60000000..60000000 exact reported",
        ],
    );
    check(
        "Cohere’s ARR grew from $5 million to $60 million.",
        &["Cohere arr 60000000..60000000 exact reported"],
    );
    check(
        "Cohere posted net income of $3.1 billion for fiscal 2024, up from $2.5 billion in fiscal 2023.",
        &[
            "Cohere profit 3100000000..3100000000 exact reported [FY2024]",
            "Cohere profit 2500000000..2500000000 exact reported [FY2023]",
        ],
    );
    check(
        "Cohere turned a profit of $3 million in 2024 after a loss of $7 million the year before.",
        &[
            "Cohere profit 3000000..3000000 exact reported [2024]",
            "Cohere loss 7000000..7000000 exact reported [2023]",
        ],
    );
}

#[test]
fn lists_are_aligned_only_where_they_have_one_length() {
    check(
        "In 2022 and 2023, Cohere had revenue of $8 million and $12 million, respectively.",
        &[
            "Cohere revenue 8000000..8000000 exact reported [2022]",
            "Cohere revenue 12000000..12000000 exact reported [2023]",
        ],
    );
    check("In 2022, Cohere had revenue of $8 million and $12 million.", &[]);
    check(
        "Cohere’s adjusted EBITDA and operating losses fell to $9 million and $13 million, respectively.",
        &["Cohere loss 13000000..13000000 exact reported"],
    );
}

#[test]
fn that_number_is_the_figure_before() {
    check(
        "Cohere had $40 million in ARR in January. That number had climbed to about $50 million by the end of March.",
        &[
            "Cohere arr 40000000..40000000 exact reported @2025-01",
            "Cohere arr 50000000..50000000 about reported @2025-03-31",
        ],
    );
}

#[test]
fn a_figure_told_twice_is_one_row() {
    check(
        "Cohere hits $100M in annual revenue\nCohere said it recently hit $100 million in annual recurring revenue.",
        &["Cohere arr 100000000..100000000 exact reported"],
    );
    check(
        "Cohere to spend up to $72B on AI infrastructure in 2025\nCohere expects capital expenditures of $66 billion to $72 billion in 2025.",
        &["Cohere capex 66000000000..72000000000 range projected [2025]"],
    );
}

#[test]
fn worth_and_what_was_raised_in_all() {
    check(
        "Cohere, which was last valued at $4.2 billion in 2023, declined to comment.",
        &["Cohere valuation 4200000000..4200000000 exact reported @2023"],
    );
    check(
        "Founded in 2019, Cohere has raised $220 million to date.",
        &["Cohere total_raised 220000000..220000000 exact reported"],
    );
    check(
        "The new money brings Cohere’s total funding to more than $300 million.",
        &["Cohere total_raised 300000000.. more_than reported"],
    );
    check(
        "Alphabet owns a $2 billion stake in Cohere.",
        &["Cohere stake_value 2000000000..2000000000 exact reported"],
    );
    check(
        "Cohere needs to raise at least $400 million to survive.",
        &["Cohere funding_need 400000000.. at_least opinion"],
    );
}

#[test]
fn an_hour_of_a_gpu_has_a_price_of_its_own() {
    check(
        "Cohere charges $1.99 per GPU-hour for older chips.",
        &["Cohere gpu_hour_price 1.99..1.99 exact reported"],
    );
    check(
        "Prices for H100s have fallen from $8 an hour in early 2023 to about $2 an hour.",
        &[" gpu_hour_price 8..8 exact historical @2023", " gpu_hour_price 2..2 about reported"],
    );
    check("Cohere charges $1,800 per hour of video and $20 a month for its plan.", &[]);
    assert_eq!(metrics("H200s rent for $3 an hour.")[0].unit, "USD/GPU-hour");
}

#[test]
fn a_figure_of_nobody_or_of_many_is_none() {
    for text in [
        "The global AI chip market will generate $400 billion in revenue by 2030, analysts say.",
        "Cohere competes in a market that generated $20 billion in revenue last year.",
        "Cohere says its customers have generated more than $2 billion in sales on its platform.",
        "Cohere and Mistral together spent $90 billion on capital expenditures last year.",
        "Microsoft, Alphabet, Amazon and Meta will spend $320 billion on AI infrastructure this year.",
        "AI startups burned through $50 billion last year.",
        "The seed round is the most popular way of getting your business to $1 million in ARR.",
        "Revenue was $5 million.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_no_figure_of_a_company_is_none() {
    for text in [
        "Cohere agreed to pay $1.5 billion to settle a copyright lawsuit.",
        "Cohere bought Acme Robotics for $900 million.",
        "Cohere loses $250B market value as stocks tank.",
        "Cohere lost $40 billion in market value on Monday.",
        "Cohere’s revenue increased by $5 billion.",
        "Cohere saved $300 million in costs.",
        "Cohere’s backlog reached $55 billion.",
        "Cohere signed a deal worth $30 billion in annual revenue.",
        "Cohere missed its revenue target of $200 million.",
        "Cohere will invest $10 billion in North Carolina to build data centers.",
        "Cohere’s adjusted EBITDA loss was $19 million.",
        "Cohere processed $1.4 trillion in payment volume in 2024.",
        "Cohere had $11 million in cash, and revenue growth of $3 million.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_row_says_whose_word_it_is_and_of_what_part() {
    let source = |text: &str| metrics(text)[0].attributed_to.clone().unwrap_or_default();
    assert_eq!(source("Cohere’s ARR is $5 million, CEO Aidan Gomez said."), "CEO Aidan Gomez");
    assert_eq!(source("According to Bloomberg, Cohere made $5 million in revenue."), "Bloomberg");
    assert_eq!(source("Cohere made $5 million in revenue, two people said."), "");
    let scope = |text: &str| metrics(text)[0].scope.clone().unwrap_or_default();
    assert_eq!(scope("Cohere’s API business generated $5 million in revenue."), "API business");
    assert_eq!(scope("Cohere made $5 million in revenue from its API."), "its API");
    assert_eq!(scope("Cohere’s net loss was $5 million."), "net loss");
}

#[test]
fn it_is_the_company_that_the_text_is_about() {
    check(
        "Cohere grew fast last year. A spokesperson declined to comment. It lost $5 million in 2024.",
        &["Cohere loss 5000000..5000000 exact reported [2024]"],
    );
    check(
        "In 2024, the startup’s revenue was $5 million.",
        &["the startup revenue 5000000..5000000 exact reported [2024]"],
    );
}

#[test]
fn the_evidence_holds_company_figure_and_noun() {
    let text = "As told before, Cohere generated $35 million in revenue in 2024, and left.";
    let evidence = metrics(text)[0].evidence.clone();
    assert_eq!(&text[evidence], "Cohere generated $35 million in revenue in 2024");
}

#[test]
fn users_and_the_share_that_pays_are_counted() {
    check(
        "Cohere has about 400 million weekly active users.",
        &["Cohere users 400000000..400000000 about reported"],
    );
    check(
        "Cohere’s chatbot reached between 400,000 and 4 million users in May.",
        &["Cohere users 400000..4000000 range reported @2025-05"],
    );
    check(
        "Cohere said only 5% of its 20 million users are paying.",
        &["Cohere penetration 5..5 exact reported"],
    );
    check("Cohere raised $5 million from 300 users and has a user base of 5.", &[]);
    assert_eq!(metrics("Cohere hit 2 million subscribers.")[0].unit, "users");
}

#[test]
fn a_company_that_the_text_does_not_name_has_the_word_for_it() {
    check(
        "The company said its GPU costs run to $2 million a month.",
        &["The company compute_spend 2000000..2000000 exact reported [per month]"],
    );
    check(
        "Our revenue was $3 million in 2024.",
        &["Our revenue 3000000..3000000 exact reported [2024]"],
    );
    check("OpenAI sued Mistral. Our revenue was $3 million in 2024.", &[]);
}

#[test]
fn growth_has_a_figure_at_either_end() {
    check(
        "Cohere’s run-rate revenue has grown from $87 million at the start of 2024 to over $5 billion in March 2025.",
        &[
            "Cohere revenue_run_rate 87000000..87000000 exact reported @2024-01",
            "Cohere revenue_run_rate 5000000000.. more_than reported @2025-03",
        ],
    );
    check(
        "Cohere topped $16 million in annualized revenue on strong growth from its product, up from $13 million as of mid-March.",
        &[
            "Cohere revenue_run_rate 16000000.. more_than reported",
            "Cohere revenue_run_rate 13000000..13000000 exact reported @2025-03",
        ],
    );
    check(
        "Cohere’s revenue is accelerating. It reached a pace of $4 billion annually, or $333 million per month.",
        &[
            "Cohere revenue_run_rate 4000000000..4000000000 exact reported",
            "Cohere revenue 333000000..333000000 exact reported",
        ],
    );
    check(
        "Cohere is now generating more than $19 billion in annualized revenue.",
        &["Cohere revenue_run_rate 19000000000.. more_than reported @2025-06"],
    );
}

#[test]
fn valuations_that_were_are_told_without_a_round() {
    check(
        "The price exceeded Cohere’s most recent valuation of $320 million.",
        &["Cohere valuation 320000000..320000000 exact reported"],
    );
    check(
        "The transaction values Cohere, which has raised around $243 million to date, at about $2.5 billion.",
        &[
            "Cohere valuation 2500000000..2500000000 about reported",
            "Cohere total_raised 243000000..243000000 about reported",
        ],
    );
    check("Cohere has sold about $575 million worth of common stock.", &[]);
    check(
        "Cohere has sold $670 million worth of related products this year.",
        &["Cohere revenue 670000000..670000000 exact reported [2025]"],
    );
}

#[test]
fn which_is_the_company_before_it() {
    check(
        "Cohere breaks even in 2028, compared with 2030 for Mistral, which expects to lose $74 million that year.",
        &["Mistral loss 74000000..74000000 exact projected [2028]"],
    );
}

#[test]
fn a_converted_amount_does_not_part_a_figure_from_its_words() {
    check(
        "ByteDance plans to spend 160 billion yuan ($23 billion) on AI infrastructure in 2026.",
        &["ByteDance capex 160000000000..160000000000 exact projected [2026]"],
    );
}

#[test]
fn a_figure_goes_on_from_the_one_before() {
    check(
        "Cohere’s revenue was $40 million in 2023. That’s up from $12 million in 2022.",
        &[
            "Cohere revenue 40000000..40000000 exact reported [2023]",
            "Cohere revenue 12000000..12000000 exact reported [2022]",
        ],
    );
    check(
        "Cohere crossed $100 million in ARR in March, doubling from $50 million in December.",
        &[
            "Cohere arr 100000000..100000000 exact reported @2025-03",
            "Cohere arr 50000000..50000000 exact reported @2024-12",
        ],
    );
    check(
        "Cohere reported revenue of $67 million, up from $58 million a year earlier.",
        &[
            "Cohere revenue 67000000..67000000 exact reported",
            "Cohere revenue 58000000..58000000 exact historical",
        ],
    );
    check(
        "Cohere’s ARR reached $13 million, and is projected to surpass $20 million by 2026.",
        &[
            "Cohere arr 13000000..13000000 exact reported",
            "Cohere arr 20000000.. more_than projected [2026]",
        ],
    );
    check("Shares rose. That’s up from $12 million in 2022.", &[]);
}

#[test]
fn what_another_runs_is_spent_on_compute() {
    check(
        "Cohere agreed to pay Oracle $3 billion a year for data center capacity.",
        &["Cohere compute_spend 3000000000..3000000000 exact projected [per year]"],
    );
    check(
        "Cohere pays $80 million a year to Oracle for cloud services.",
        &["Cohere compute_spend 80000000..80000000 exact reported [per year]"],
    );
    check(
        "Cohere expects training to cost $2 billion in 2026.",
        &["Cohere compute_spend 2000000000..2000000000 exact projected [2026]"],
    );
    check(
        "Cohere spent $3 billion on servers and $400 million on salaries.",
        &[
            "Cohere compute_spend 3000000000..3000000000 exact reported",
            "Cohere staff_cost 400000000..400000000 exact reported",
        ],
    );
    check("Cohere pays $80 million a year to Oracle for its building.", &[]);
    check("A wedding in Paris will cost $2 million in 2026, Cohere said.", &[]);
}

#[test]
fn words_that_lead_to_revenue() {
    check(
        "Cohere’s revenue and other income came to $31 million in 2024.",
        &["Cohere revenue 31000000..31000000 exact reported [2024]"],
    );
    check(
        "Cohere is on pace to earn revenue of $300 million a year.",
        &["Cohere revenue_run_rate 300000000..300000000 exact projected"],
    );
    check(
        "Cohere’s cloud revenue doubled in its latest earnings report, reaching $67 million.",
        &["Cohere revenue 67000000..67000000 exact reported"],
    );
    check(
        "Cohere brought in $70 million in 2024.",
        &["Cohere revenue 70000000..70000000 exact reported [2024]"],
    );
    check("Cohere brought in $70 million in 2024 from new investors.", &[]);
    check(
        "Revenue reached $20 million, the company said.",
        &["the company revenue 20000000..20000000 exact reported"],
    );
    check(
        "DealBook hears that the company’s revenue has soared to $13 million.",
        &["the company revenue 13000000..13000000 exact reported"],
    );
}

#[test]
fn a_company_is_valued_in_an_aside() {
    check(
        "Cohere, a software company valued at $5 billion, hired ten people.",
        &["Cohere valuation 5000000000..5000000000 exact reported"],
    );
    check(
        "Cohere is now valued at $5 billion, a report shows.",
        &["Cohere valuation 5000000000..5000000000 exact reported"],
    );
    check("Cohere, a software company valued at $5 billion in a round, hired ten.", &[]);
    check(
        "Cohere has raised over $300 million in funding since its 2015 inception.",
        &["Cohere total_raised 300000000.. more_than reported"],
    );
}
