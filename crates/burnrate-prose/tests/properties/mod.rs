//! What holds of every text.

use burnrate_prose::news::{Article, Event, JsonRow, MetricKind, read_news};

/// Bytes as a text: whatever it says, it is read without a panic, every row points at words of the text,
/// and there are no more rows than words.
pub(crate) fn news(body: &[u8]) {
    let text = String::from_utf8_lossy(body);
    let published = "2024-09-16".parse().ok();
    let reading = read_news(&Article { text: &text, title: text.lines().next(), published });
    assert!(reading.events.len() <= text.len());
    for event in &reading.events {
        let is_of_somebody = match event {
            Event::Round(round) => !round.company.is_empty(),
            Event::Metric(metric) => {
                !metric.company.is_empty() || metric.kind == MetricKind::GpuHourPrice
            }
        };
        assert!(is_of_somebody, "a row of nobody");
        let words = text.get(event.evidence().clone());
        assert!(words.is_some_and(|words| !words.trim().is_empty()));
        let row = serde_json::to_value(JsonRow::new(event, &text)).expect("a row is JSON");
        assert!(row["kind"].is_string());
    }
}
