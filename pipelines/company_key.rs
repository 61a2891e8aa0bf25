//! One name for a company that texts call by many.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::reference::watch_list;

/// Legal forms, which texts leave out as they like.
const LEGAL_FORMS: &[&str] = &[
    "ag",
    "bv",
    "co",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "incorporated",
    "limited",
    "llc",
    "lp",
    "ltd",
    "nv",
    "oy",
    "plc",
    "pbc",
    "sa",
    "sas",
    "se",
    "srl",
];

/// The `company_id` of a watched company, by any of its names; of others the name in lower case, without
/// spaces, marks and a legal form at its end.
pub(crate) fn company_key(name: &str) -> String {
    static WATCHED: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        // A test reads the list; without it every company goes by its name.
        let companies = watch_list().unwrap_or_default();
        let named = companies.companies().iter().flat_map(|company| {
            let names = std::iter::once(&company.name).chain(&company.aliases);
            names.map(|name| (plain(name), company.id.clone()))
        });
        named.collect()
    });
    let plain = plain(name);
    WATCHED.get(&plain).cloned().unwrap_or(plain)
}

/// The words of a name run together, without a legal form at the end.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || c == ',');
    let mut words: Vec<String> =
        words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect()).collect();
    words.retain(|word| !word.is_empty());
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(&word.as_str())) {
        words.pop();
    }
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watched_company_has_its_id_under_any_name() {
        for name in ["OpenAI", "openai", "Open AI", "OpenAI, Inc."] {
            assert_eq!(company_key(name), "openai", "{name}");
        }
        assert_eq!(company_key("Microsoft Corporation"), "msft");
    }

    #[test]
    fn others_go_by_their_name_without_marks_and_legal_form() {
        for name in ["Bot & Sons", "BOT & SONS Inc.", "Bot & Sons, L.L.C."] {
            assert_eq!(company_key(name), "botsons", "{name}");
        }
        assert_eq!(company_key("昉擎科技"), "昉擎科技");
        assert_eq!(company_key("Inc"), "inc");
    }
}
