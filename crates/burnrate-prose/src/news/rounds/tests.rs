use super::*;
use crate::news::{Article, Gazetteer};

fn read_text(text: &str) -> Vec<Round> {
    let published = chrono::NaiveDate::from_ymd_opt(2025, 6, 10);
    let article = Article { text, title: None, published };
    read(&Document::new(&article, Gazetteer::standard()))
}

/// Company, kind, amount, valuation where there is one, status.
fn summary(round: &Round) -> String {
    let figure = |amount: &Amount| {
        let end =
            |end: Option<burnrate_model::Decimal>| end.map_or(String::new(), |end| end.to_string());
        let (low, high) = (end(amount.low), end(amount.high));
        let range = if low == high { low } else { format!("{low}..{high}") };
        format!("{range} {}", amount.currency)
    };
    let mut parts = vec![round.company.clone(), round.kind.to_string()];
    parts.push(round.amount.as_ref().map_or("undisclosed".to_owned(), figure));
    if let Some(valuation) = &round.valuation {
        let basis = round.valuation_basis.map_or(String::new(), |basis| format!(" {basis}"));
        parts.push(format!("at {}{basis}", figure(valuation)));
    }
    parts.push(round.status.to_string());
    parts.join(", ")
}

fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = read_text(text).iter().map(summary).collect();
    assert_eq!(found, expected, "{text}");
}

fn check_none(texts: &[&str]) {
    for text in texts {
        check(text, &[]);
    }
}

#[test]
fn many_verbs_raise_money() {
    for (text, company, amount) in [
        ("Zorbax raises $12 million", "Zorbax", "12000000"),
        ("Veltrix Health nabs $8.5M to read scans faster", "Veltrix Health", "8500000"),
        (
            "Robotics startup Kestrel Motion bags $25 million in fresh funding",
            "Kestrel Motion",
            "25000000",
        ),
        ("Numeris pulls in $33M for its accounting agents", "Numeris", "33000000"),
        ("Tandemly scores $14.5M from Creandum", "Tandemly", "14500000"),
        ("Quillon snags $40M to help banks spot fraud", "Quillon", "40000000"),
        ("Paxol picks up $18M", "Paxol", "18000000"),
        ("Lumenta gets $100 million investment from Samsung", "Lumenta", "100000000"),
        ("Canada’s Brightloom snaps up $235M for its platform", "Brightloom", "235000000"),
        ("Aldercroft emerges from stealth with $22M in funding", "Aldercroft", "22000000"),
        (
            "Zorbax, which makes lamps, has attracted $9 million in new financing.",
            "Zorbax",
            "9000000",
        ),
        (
            "Castelan raised $55 million; it will build a $20 million data center.",
            "Castelan",
            "55000000",
        ),
    ] {
        check(text, &[&format!("{company}, unknown, {amount} USD, closed")]);
    }
}

#[test]
fn a_name_of_the_round_says_which() {
    check("Zorbax lands $12M Series A", &["Zorbax, series_a, 12000000 USD, closed"]);
    check("Orvanta banks $5M seed", &["Orvanta, seed, 5000000 USD, closed"]);
    check(
        "Helio raised $2 million in pre-seed funding.",
        &["Helio, pre_seed, 2000000 USD, closed"],
    );
    check(
        "Marlow raised $9 million in a pre-Series B round.",
        &["Marlow, pre_series_b, 9000000 USD, closed"],
    );
    check(
        "Bramble secured a $200 million debt facility from Goldman Sachs.",
        &["Bramble, debt, 200000000 USD, closed"],
    );
    check(
        "Ferrow closes $60 million Series C extension",
        &["Ferrow, series_c, 60000000 USD, closed"],
    );
    check(
        "Zorbax sold $300 million of stock in a tender offer that values it at $3 billion.",
        &["Zorbax, tender, 300000000 USD, at 3000000000 USD, closed"],
    );
    check(
        "Zorbax completed its Series E round, exceeding the $15 million target, and raised $20 million.",
        &["Zorbax, series_e, 20000000 USD, closed"],
    );
    assert_eq!(
        read_text("Zorbax raised a $4 million Series A1 round.")[0].modifier.as_deref(),
        Some("1")
    );
}

#[test]
fn a_valuation_is_told_from_the_money() {
    check(
        "Marlow AI raised $90 million in a round that values it at $900 million.",
        &["Marlow AI, unknown, 90000000 USD, at 900000000 USD, closed"],
    );
    check(
        "Paxol picks up $18M at a $120M pre-money valuation",
        &["Paxol, unknown, 18000000 USD, at 120000000 USD pre_money, closed"],
    );
    check(
        "Ditto raised $82 million at a post-money valuation of $462 million, up from $200 million.",
        &["Ditto, unknown, 82000000 USD, at 462000000 USD post_money, closed"],
    );
    check(
        "Cindervale doubles its valuation to $4 billion with $250 million round",
        &["Cindervale, unknown, 250000000 USD, at 4000000000 USD, closed"],
    );
    check(
        "Writer, which is currently fundraising at a $1.9 billion valuation, has a new model.",
        &["Writer, unknown, undisclosed, at 1900000000 USD, in_talks"],
    );
    check("Glean is worth $7 billion.", &[]);
}

#[test]
fn the_words_before_the_verb_say_how_far_it_is() {
    for (words, status) in [
        ("raised", "closed"),
        ("has reportedly raised", "rumoured"),
        ("is in early talks to raise", "in_talks"),
        ("is looking to raise", "in_talks"),
        ("aims to raise", "in_talks"),
        ("is close to raising", "in_talks"),
        ("is raising", "in_talks"),
        ("attempted to raise", "in_talks"),
        ("is set to raise", "announced"),
        ("said it had raised", "closed"),
    ] {
        check(
            &format!("Zorbax {words} $80 million."),
            &[&format!("Zorbax, unknown, 80000000 USD, {status}")],
        );
    }
    check(
        "Zorbax raised $80 million, according to people familiar with the matter.",
        &["Zorbax, unknown, 80000000 USD, rumoured"],
    );
    let round = &read_text("Zorbax raised $80 million, according to Reuters.")[0];
    assert_eq!(round.attributed_to.as_deref(), Some("Reuters"));
    check(
        "The open source startup Zorbax raised $80 million.",
        &["Zorbax, unknown, 80000000 USD, closed"],
    );
}

#[test]
fn what_is_denied_supposed_or_wished_is_none() {
    check_none(&[
        "If Zorbax were to raise $1 billion, it would be the largest round of the year.",
        "Analysts say Zorbax should raise $2 billion.",
        "Zorbax needs to raise at least $3 billion to stay afloat.",
        "Zorbax has not raised $100 million, contrary to reports.",
    ]);
}

#[test]
fn a_company_invests_in_another() {
    check(
        "Amazon invests $2.75 billion in Anthropic",
        &["Anthropic, strategic, 2750000000 USD, closed"],
    );
    check(
        "Google agreed to invest $300 million in the startup Pellucid AI.",
        &["Pellucid AI, strategic, 300000000 USD, announced"],
    );
    check(
        "Microsoft made a $16M investment in Mistral AI",
        &["Mistral AI, strategic, 16000000 USD, closed"],
    );
    check(
        "Scale AI cut jobs weeks after Meta invested $14.3 billion in the startup.",
        &["Scale AI, strategic, 14300000000 USD, closed"],
    );
    check(
        "SoftBank said it will invest as much as $30 billion in OpenAI.",
        &["OpenAI, unknown, ..30000000000 USD, announced"],
    );
    let respective = read_text(
        "NVIDIA and Microsoft will invest $10 billion and $5 billion respectively in Anthropic.",
    );
    let leads: Vec<_> = respective.iter().map(|round| round.lead_investors.join(" ")).collect();
    assert_eq!(leads, ["NVIDIA", "Microsoft"]);
}

#[test]
fn other_money_is_no_round() {
    check_none(&[
        "Zorbax to acquire Veltrix for $400 million in cash and stock",
        "CyberArk snaps up Zilla Security for up to $175M",
        "Harbor Peak Ventures closes $300 million fund to back AI startups",
        "Harbor Peak Ventures raises $300 million for its third fund",
        "Veltrix wins $50 million Pentagon contract",
        "Veltrix lands $120 million order from the Navy",
        "Veltrix raised its revenue guidance to $5 billion.",
        "Veltrix secured a $30 million grant from the Department of Energy.",
        "Zorbax prices IPO, raising $800 million",
        "Zorbax filed to raise $1 billion in an initial public offering, or IPO.",
        "Nvidia’s market value tops $4 trillion",
        "Microsoft plans to invest $80 billion in AI data centers this fiscal year.",
        "Amazon will invest $10 billion in North Carolina to expand its cloud.",
        "Anthropic invests $50 billion in American AI infrastructure",
        "AI startups raised $60 billion in the first quarter.",
        "OpenAI signed a $300 billion deal with Oracle for computing power.",
        "The lawsuit seeks $500 million in damages from Zorbax.",
        "Apple will pay $95 million to settle a lawsuit",
        "Zorbax generated $100 million in revenue last year.",
        "The nonprofit Zorbax raised $10 million in donations.",
        "Zorbax raised prices by $5 million.",
        "Hackers stole $1.4 billion from Bybit.",
        "Zorbax sold its stake in Veltrix for $200 million.",
        "Zorbax hopes to hit $1 billion in sales.",
    ]);
}

#[test]
fn a_total_is_no_round() {
    check_none(&[
        "To date, Zorbax has raised $45 million.",
        "Zorbax has raised $45 million to date.",
        "The money brings Zorbax’s total funding to $210 million.",
        "Zorbax, a startup that has raised around $850 million in venture capital, has a new model.",
        "According to Crunchbase, Zorbax has raised $9 million.",
        "Ofo and Mobike have raised over $2 billion combined.",
    ]);
}

#[test]
fn who_leads_and_who_takes_part() {
    let text = "Quillon raised $40 million in a round led by Berlin-based Harbor Peak Ventures and Ode’s Lattice Capital, with participation from 83North, existing investor Index Ventures (which led the seed) and Dana Reyes.";
    let round = &read_text(text)[0];
    assert_eq!(round.lead_investors, ["Harbor Peak Ventures", "Lattice Capital"]);
    assert_eq!(round.investors[2..], ["83North", "Index Ventures", "Dana Reyes"]);
    let text = "Zorbax raised $5 million.\nAccel and Felicis co-led the round. Existing investors GV, DST Global and Benchmark also participated.";
    let round = &read_text(text)[0];
    assert_eq!(round.lead_investors, ["Accel", "Felicis"]);
    assert_eq!(round.investors, ["Accel", "Felicis", "GV", "DST Global", "Benchmark"]);
    let round = &read_text("Sequoia to lead $70M round in coding startup Ploverix")[0];
    assert_eq!(
        (round.company.as_str(), round.lead_investors.as_slice()),
        ("Ploverix", &["Sequoia".to_owned()][..])
    );
    let round = &read_text("OpenAI will close its SoftBank-led $40B round soon")[0];
    assert_eq!(round.lead_investors, ["SoftBank"]);
}

#[test]
fn the_company_is_named_before_its_verb() {
    let named = |text: &str| read_text(text).first().map(|round| round.company.clone());
    for (text, company) in [
        (
            "Zorbax (ZBX), the lamp maker founded by ex-Apple engineer Ada Quill, has raised $5 million.",
            "Zorbax",
        ),
        ("Zorbax—a maker of lamps that may soon go abroad—raised $5 million.", "Zorbax"),
        (
            "Mira Murati’s Thinking Machines Lab closes $2 billion seed round",
            "Thinking Machines Lab",
        ),
        ("Cursor maker raises $900 million", "Anysphere"),
        ("Elon Musk raises $6 billion for xAI", "xAI"),
        ("Ex-Google execs raise $6 million for Enza, a fintech", "Enza"),
        ("OpenAI’s $6.6 billion round was led by Thrive Capital.", "OpenAI"),
        ("Nvidia is the latest investor to back AV startup Nuro in $203M funding round", "Nuro"),
        ("Zorbax confirms it closed $100M round", "Zorbax"),
        (
            "BERLIN, June 10, 2025 (GLOBE NEWSWIRE) -- Hollis Bay, a maker of sensors, today announced it has raised $10 million in Series A funding.",
            "Hollis Bay",
        ),
    ] {
        assert_eq!(named(text).as_deref(), Some(company), "{text}");
    }
    assert_eq!(named("Investors in Zorbax have raised $5 million."), None);
}

#[test]
fn what_several_sentences_tell_is_one_round() {
    check(
        "Noxtua raises $92M for its legal AI\nXayn has rebranded as Noxtua and raised a $92.2 million (roughly €81.2 million) Series B round. The startup said the deal values it at $400 million.",
        &["Noxtua, series_b, 92200000 USD, at 400000000 USD, closed"],
    );
    let round = &read_text("Zorbax closed a €115 million Series C round (around $133 million).")[0];
    assert_eq!(round.amount_alternatives[0].currency, "USD");
    check(
        "Zorbax in talks to raise $1 billion\nZorbax raised its last round, of $200 million, in May.",
        &["Zorbax, unknown, 1000000000 USD, in_talks", "Zorbax, unknown, 200000000 USD, closed"],
    );
}

#[test]
fn an_earlier_round_is_background() {
    let text = "Abridge raises $300 million\nAbridge closed its previous $250 million fundraise in February.";
    let roles: Vec<_> = read_text(text).iter().map(|round| round.role.to_string()).collect();
    assert_eq!(roles, ["headline", "background"]);
    let text =
        "In November 2009 Zorbax announced that it had raised $9 million from Benchmark Capital.";
    let round = &read_text(text)[0];
    assert_eq!((round.role.as_str(), round.date.as_deref()), ("background", Some("2009-11")));
}

#[test]
fn evidence_is_cut_from_the_text() {
    let text = "Today Zorbax raised $5 million in a round led by Accel, it said.";
    let round = &read_text(text)[0];
    assert_eq!(&text[round.evidence.clone()], "raised $5 million in a round led by Accel");
}

#[test]
fn sales_of_shares_and_offers_are_rounds_of_their_kind() {
    check(
        "OpenAI has finalized a secondary share sale totaling $6.6 billion at a $500 billion valuation.",
        &["OpenAI, secondary, 6600000000 USD, at 500000000000 USD, closed"],
    );
    check(
        "Zorbax was valued at $6 billion in a $330 million funding round.",
        &["Zorbax, unknown, 330000000 USD, at 6000000000 USD, closed"],
    );
    check(
        "OpenAI finalized a deal valuing the company at $500 billion, with investors buying employee shares for $6.6 billion.",
        &["OpenAI, secondary, 6600000000 USD, at 500000000000 USD, closed"],
    );
}

#[test]
fn a_headline_may_tell_of_a_round_without_its_amount() {
    check(
        "Zorbax raises Series B to build steerable lamps",
        &["Zorbax, series_b, undisclosed, closed"],
    );
    check("Zorbax plans for the seed stage", &[]);
}

#[test]
fn dates_of_earlier_rounds_count_from_the_day_of_the_text() {
    for (words, date) in [
        ("in February", "2025-02"),
        ("in December", "2024-12"),
        ("back in 2023", "2023"),
        ("last year", "2024"),
        ("in November 2021", "2021-11"),
    ] {
        let text =
            format!("Zorbax has a new lamp\nThe lamp is red. Zorbax raised $5 million {words}.");
        let rounds = read_text(&text);
        let found: Vec<_> =
            rounds.iter().map(|round| (round.role.as_str(), round.date.as_deref())).collect();
        assert_eq!(found, [("background", Some(date))], "{words}");
    }
}

#[test]
fn a_phrase_stands_for_a_company_named_before_it() {
    let named = |text: &str| read_text(text).first().map(|round| round.company.clone());
    assert_eq!(
        named("Zorbax has a new lamp\nThe startup raised $5 million.").as_deref(),
        Some("Zorbax")
    );
    assert_eq!(
        named("Zorbax makes lamps. It has raised $5 million in seed funding.").as_deref(),
        Some("Zorbax")
    );
    let text = "From school to $18 million\nA U.K. startup has secured $18 million in Series A funding. Founded in London, Epoch Biodesign makes enzymes.";
    assert_eq!(named(text).as_deref(), Some("Epoch Biodesign"));
    let text = "How do you define cheating?\nThis startup raised $5 million. Columbia University suspended a student.";
    assert_eq!(named(text).as_deref(), Some("This startup"));
}

#[test]
fn a_firm_invests_for_its_partner() {
    let round = &read_text("Retym raised $75 million led by James Kuklinski of Spark Capital.")[0];
    assert_eq!(round.lead_investors, ["Spark Capital"]);
    let round = &read_text("Spark, Mayfield and Accel pour $75 million into chipmaker Retym")[0];
    assert_eq!((round.lead_investors.len(), round.investors.len()), (0, 3));
}

#[test]
fn founders_are_not_the_company() {
    check(
        "Zorbax, a lamp lab co-founded by Ada Quill and Tom Brandt, in talks to raise $20 million",
        &["Zorbax, unknown, 20000000 USD, in_talks"],
    );
    let text = "Zorbax has a new lamp\nThe company began in 2020, and co-founders Ada Quill and Dorin Passow recently closed a $12 million Series A.";
    check(text, &["Zorbax, series_a, 12000000 USD, closed"]);
    check("Co-founders Ada Quill and Dorin Passow recently closed a $12 million Series A.", &[]);
}

#[test]
fn those_who_join_or_have_an_arm_invest() {
    let investors = |text: &str| read_text(text).first().map(|round| round.investors.clone());
    let expected = |names: &[&str]| Some(names.iter().map(|&name| name.to_owned()).collect());
    assert_eq!(investors("Zorbax raises $26 million, with IBM joining in"), expected(&["IBM"]));
    assert_eq!(
        investors("Zorbax raises $26 million, with Ada Quill joining the board"),
        expected(&[])
    );
    assert_eq!(
        investors("Zorbax raised $5 million. Investors include Nvidia’s venture arm and Accel."),
        expected(&["Nvidia", "Accel"])
    );
    assert_eq!(
        investors(
            "Zorbax raised $5 million. Other participants include Fidelity Management, Accel, Tiger Global, Coatue Management, Founders Fund and Thrive Capital."
        ),
        expected(&[
            "Fidelity Management",
            "Accel",
            "Tiger Global",
            "Coatue Management",
            "Founders Fund",
            "Thrive Capital"
        ])
    );
}

#[test]
fn a_round_under_way_is_in_talks() {
    check(
        "Zorbax’s ongoing $750m fundraising worries its rivals.",
        &["Zorbax, unknown, 750000000 USD, in_talks"],
    );
}

#[test]
fn money_raised_before_another_round_may_be_all_of_it() {
    check(
        "After raising $1 billion, lamp maker Zorbax closes another $29 million",
        &["Zorbax, unknown, 29000000 USD, closed"],
    );
}

#[test]
fn an_earlier_round_of_two_parts_is_no_sum_of_the_new_one() {
    let text = "Zorbax raises $35M Series B\nZorbax last raised in December 2021 — a $15 million Series A round and $20 million in debt.";
    check(
        text,
        &[
            "Zorbax, series_b, 35000000 USD, closed",
            "Zorbax, series_a, 15000000 USD, closed",
            "Zorbax, debt, 20000000 USD, closed",
        ],
    );
}
