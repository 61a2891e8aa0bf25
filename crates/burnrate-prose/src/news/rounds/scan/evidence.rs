//! The words that prove a mention.

use super::{Found, Scan};
use crate::token::Token;

impl<'a> Scan<'_, 'a> {
    /// The bytes from the verb, with its auxiliaries, to the last figure or name.
    pub(super) fn evidence(&self, found: &Found<'a>) -> std::ops::Range<usize> {
        let start = self
            .tokens
            .get(found.tokens.start)
            .map_or(self.sentence.span.start, |token| token.start);
        let end = found.tokens.end.checked_sub(1).and_then(|at| self.tokens.get(at));
        let end = end.map_or(self.sentence.span.end, Token::end);
        if self.sentence.is_headline || end <= start {
            self.sentence.span.clone()
        } else {
            start..end
        }
    }
}
