//! Which footnotes are to which facts.

use foldhash::HashMap;

/// Pairs of a fact and a footnote that are read, of a set. Real filings have fewer than a thousand; two
/// lists of ids stand for as many as the product of their lengths.
const PAIRS: usize = 100_000;

/// Footnotes, as indices, by the id of the fact that they are to.
#[derive(Default)]
pub(crate) struct FootnotesOfFacts<'a> {
    of_facts: HashMap<&'a str, Vec<usize>>,
    pairs: usize,
}

impl<'a> FootnotesOfFacts<'a> {
    pub(crate) fn add(&mut self, fact: &'a str, footnote: usize) -> Result<(), String> {
        if self.pairs == PAIRS {
            return Err(format!("more than {PAIRS} footnotes of facts"));
        }
        self.pairs += 1;
        self.of_facts.entry(fact).or_default().push(footnote);
        Ok(())
    }

    /// The footnotes of a fact, in order. An id is of one fact, so they are given out once.
    pub(crate) fn take(&mut self, id: Option<&str>) -> Vec<usize> {
        let mut footnotes = id.and_then(|id| self.of_facts.remove(id)).unwrap_or_default();
        footnotes.sort_unstable();
        footnotes.dedup();
        footnotes
    }
}
