use chrono::NaiveDate;

use crate::news::{
    Article, Event, Gazetteer, Language, Metric, MetricKind, MetricStatus, Qualifier, Round,
    RoundKind, RoundStatus, read_news_with,
};

fn rows(text: &str) -> Vec<Event> {
    let published = NaiveDate::from_ymd_opt(2025, 9, 1);
    let reading = read_news_with(&Article { text, title: None, published }, Gazetteer::standard());
    assert!(matches!(reading.language, Language::German | Language::Dutch), "{text}");
    reading.events
}

#[track_caller]
fn only_round(text: &str) -> Round {
    match &rows(text)[..] {
        [Event::Round(round)] => round.clone(),
        rows => panic!("{text}: {rows:?}"),
    }
}

#[track_caller]
fn only_metric(text: &str) -> Metric {
    match &rows(text)[..] {
        [Event::Metric(metric)] => metric.clone(),
        rows => panic!("{text}: {rows:?}"),
    }
}

/// The low end of a round's amount, and of its valuation.
fn figures(round: &Round) -> (Option<String>, Option<String>) {
    let low = |amount: &Option<crate::news::Amount>| Some(amount.as_ref()?.low?.to_string());
    (low(&round.amount), low(&round.valuation))
}

#[test]
fn read_takes_rounds() {
    for (text, company, amount) in [
        (
            "Das Berliner KI-Startup Nordlicht hat 50 Millionen Euro eingesammelt.",
            "Nordlicht",
            "50000000",
        ),
        ("Nordlicht sammelt 1,5 Mio. Euro ein", "Nordlicht", "1500000"),
        ("Nordlicht sichert sich 2 Mrd. Dollar vom Staat und der Bank.", "Nordlicht", "2000000000"),
        ("Nordlicht haalt een half miljard euro op", "Nordlicht", "500000000"),
        ("Het AI-bedrijf Nordlicht heeft twee miljoen euro opgehaald.", "Nordlicht", "2000000"),
        ("Nordlicht sluit een investeringsronde van 20 miljoen euro.", "Nordlicht", "20000000"),
    ] {
        let round = only_round(text);
        assert_eq!(round.company, company, "{text}");
        assert_eq!(figures(&round).0.as_deref(), Some(amount), "{text}");
        assert_eq!(round.status, RoundStatus::Closed, "{text}");
    }
}

#[test]
fn read_takes_valuations_and_who_leads() {
    let round = only_round(
        "Nordlicht hat in einer Series-B-Finanzierungsrunde 50 Millionen Euro bei einer Bewertung von 1,2 Milliarden Euro \
         eingesammelt. Angeführt wurde die Runde von Beispiel Ventures und Muster Capital.",
    );
    assert_eq!(round.kind, RoundKind::SeriesB);
    assert_eq!(figures(&round), (Some("50000000".to_owned()), Some("1200000000".to_owned())));
    assert_eq!(round.lead_investors, ["Beispiel Ventures", "Muster Capital"]);
    let round = only_round("Mistral AI is 12 miljard euro waard na een nieuwe investeringsronde.");
    assert_eq!(figures(&round), (None, Some("12000000000".to_owned())));
}

#[test]
fn read_tells_how_far_a_round_has_come() {
    for (text, status) in [
        (
            "Mistral AI verhandelt über eine Finanzierungsrunde von 1 Milliarde Euro.",
            RoundStatus::InTalks,
        ),
        ("Mistral AI hat Berichten zufolge 1 Milliarde Euro eingesammelt.", RoundStatus::Rumoured),
        ("Mistral AI wil naar verluidt 1 miljard euro ophalen.", RoundStatus::InTalks),
        ("Mistral AI heeft naar verluidt 1 miljard euro opgehaald.", RoundStatus::Rumoured),
    ] {
        assert_eq!(only_round(text).status, status, "{text}");
    }
}

#[test]
fn read_takes_stakes_in_companies_only() {
    for text in [
        "Amazon investiert 4 Milliarden Dollar in das KI-Startup Anthropic.",
        "Amazon steekt 4 miljard dollar in het AI-bedrijf Anthropic.",
    ] {
        let round = only_round(text);
        assert_eq!((&*round.company, round.kind), ("Anthropic", RoundKind::Strategic), "{text}");
        assert_eq!(round.investors, ["Amazon"], "{text}");
    }
    assert_eq!(rows("Microsoft investiert 3,2 Milliarden Euro in die Region."), []);
    assert_eq!(rows("Microsoft investeert 1 miljard euro in de cloud in Nederland."), []);
}

#[test]
fn read_takes_figures() {
    for (text, kind, value, period) in [
        (
            "OpenAI machte 2024 einen Umsatz von 3,7 Milliarden Dollar.",
            MetricKind::Revenue,
            "3700000000",
            Some("2024"),
        ),
        (
            "Der Verlust von OpenAI lag bei 5 Milliarden Dollar.",
            MetricKind::Loss,
            "5000000000",
            None,
        ),
        (
            "Nvidia steigert den Umsatz im zweiten Quartal 2025 auf 46 Milliarden Dollar.",
            MetricKind::Revenue,
            "46000000000",
            Some("Q2 2025"),
        ),
        (
            "OpenAI maakte vorig jaar een verlies van 5 miljard dollar.",
            MetricKind::Loss,
            "5000000000",
            Some("2024"),
        ),
        (
            "Spotify maakt in het eerste kwartaal van 2025 zo'n 176 miljoen euro winst.",
            MetricKind::Profit,
            "176000000",
            Some("Q1 2025"),
        ),
        (
            "Aleph Alpha hat insgesamt mehr als 500 Millionen Euro eingesammelt.",
            MetricKind::TotalRaised,
            "500000000",
            None,
        ),
    ] {
        let metric = only_metric(text);
        assert_eq!(
            (metric.kind, metric.value.low.unwrap().to_string()),
            (kind, value.to_owned()),
            "{text}"
        );
        assert_eq!(metric.period.as_deref(), period, "{text}");
    }
}

#[test]
fn read_takes_a_run_rate_that_is_told_again() {
    let rows = rows(
        "Im Mai hatte Anthropic eine Run-Rate von 4 Milliarden Dollar. Ende 2024 waren es rund 1 Milliarde Dollar.",
    );
    let told: Vec<_> = rows
        .iter()
        .map(|row| match row {
            Event::Metric(metric) => (metric.kind, metric.as_of.as_deref(), metric.value.qualifier),
            Event::Round(round) => panic!("{round:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            (MetricKind::RevenueRunRate, Some("2025-05"), Qualifier::Exact),
            (MetricKind::RevenueRunRate, Some("2024-12-31"), Qualifier::About),
        ]
    );
}

#[test]
fn read_tells_what_is_expected() {
    let metric = only_metric("OpenAI erwartet für 2025 einen Umsatz von 12,7 Milliarden Dollar.");
    assert_eq!((metric.status, metric.period.as_deref()), (MetricStatus::Projected, Some("2025")));
}

#[test]
fn read_keeps_the_exact_figure_of_a_rounded_headline() {
    let metric = only_metric(
        "Telegram boekt voor het eerst half miljard dollar winst\nVolgens het bedrijf bedroeg de winst 540 miljoen dollar.",
    );
    assert_eq!(metric.value.low.unwrap().to_string(), "540000000");
}

#[test]
fn read_takes_nothing_where_several_companies_may_be_meant() {
    let text = "Anthropic und OpenAI verhandeln mit der Bank. Das Unternehmen hat 300 Millionen Dollar eingesammelt.";
    assert_eq!(rows(text), []);
}

#[test]
fn read_takes_nothing_of_other_money() {
    for text in [
        "Anthropic übernimmt das Startup Nordlicht für 500 Millionen Dollar.",
        "Google muss eine Strafe von 2,4 Milliarden Euro zahlen.",
        "Nordlicht hat nicht 5 Millionen Euro Umsatz erzielt.",
        "OpenAI hat einen Vertrag über 200 Millionen Dollar mit dem Ministerium.",
        "Das Abo von OpenAI kostet 200 Dollar im Monat.",
        "Apple krijgt een boete van 500 miljoen euro.",
        "Perplexity doet een bod van 34,5 miljard dollar op het bedrijf.",
        "OpenAI heeft een contract van 200 miljoen dollar gesloten.",
        "Telegram haalt 1,7 miljard dollar op met obligaties.",
        "Anthropic meldete für das Werkzeug einen Umsatz von 2 Milliarden Dollar.",
    ] {
        assert_eq!(rows(text), [], "{text}");
    }
}
