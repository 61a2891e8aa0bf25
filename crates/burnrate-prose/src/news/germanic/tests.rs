use super::super::{Article, Gazetteer, read_news_with};
#[test]
fn debug() {
    let text = "Zum Vergleich: Im Mai hatte Anthropic selbst noch eine Run-Rate von 47 Milliarden Dollar gemeldet.";
    println!(
        "{:?}",
        read_news_with(&Article { text, title: None, published: None }, Gazetteer::standard())
    );
}
