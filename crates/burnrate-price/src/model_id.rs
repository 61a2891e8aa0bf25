//! One name for one model.

/// The normal form of a model's name: lower case, words joined by single hyphens.
///
/// `Claude Sonnet 4.5` and `claude-sonnet-4.5` become `claude-sonnet-4-5`. A maker's prefix
/// (`openai/gpt-4o`) goes; a date stays, since a dated snapshot is another model than the alias that
/// points to it. What stands behind a colon (`:free`) is a context, for the caller to read.
pub fn model_id(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let mut id = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() || c == '+' {
            id.extend(c.to_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    in_order(&id).unwrap_or_else(|| respelt(id))
}

/// Beginnings that some lists write otherwise than the makers do, and how those do.
const SPELLINGS: [(&str, &str); 4] = [
    ("ft-gpt-35-", "ft-gpt-3-5-"),
    ("gpt-35-", "gpt-3-5-"),
    ("moonshot-kimi-", "kimi-"),
    ("qwen-3-", "qwen3-"),
];

fn respelt(id: String) -> String {
    let spelt = SPELLINGS.iter().find_map(|(start, ours)| Some((ours, id.strip_prefix(start)?)));
    match spelt {
        Some((ours, rest)) => format!("{ours}{rest}"),
        None => id,
    }
}

/// Families of Claude that lists name in either order: `claude-4-5-haiku`, `claude-haiku-4-5`.
const FAMILIES: [&str; 3] = ["haiku", "opus", "sonnet"];

/// Claude as its maker's interface has it: up to version 3 the version stands first (`claude-3-5-haiku`),
/// since then the family. `None` where the name is not built of both.
fn in_order(id: &str) -> Option<String> {
    let words: Vec<&str> = id.strip_prefix("claude-")?.split('-').collect();
    let is_number = |word: &str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = |words: &[&str]| words.iter().take(2).take_while(|word| is_number(word)).count();
    let (family, version, rest) = if FAMILIES.contains(words.first()?) {
        let end = 1 + numbers(words.get(1..)?);
        (*words.first()?, words.get(1..end)?, words.get(end..)?)
    } else {
        let end = numbers(&words);
        (*words.get(end)?, words.get(..end)?, words.get(end + 1..)?)
    };
    let is_old = matches!(*version.first()?, "1" | "2" | "3");
    if !FAMILIES.contains(&family) {
        return None;
    }
    let version = version.join("-");
    let name = if is_old { [&version, family] } else { [family, &version] };
    Some([&["claude"], &name[..], rest].concat().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for name in ["Claude Sonnet 4.5", "anthropic/claude-sonnet-4.5", "claude-sonnet-4-5"] {
            assert_eq!(model_id(name), "claude-sonnet-4-5");
        }
        assert_eq!(model_id("openai/gpt-4o-2024-08-06"), "gpt-4o-2024-08-06");
        assert_eq!(model_id("Command R+ (08-2024)"), "command-r+-08-2024");
        assert_eq!(model_id("GLM-4.5 "), "glm-4-5");
        assert_eq!(model_id("—"), "");
    }

    #[test]
    fn claude_has_one_order_of_family_and_version() {
        for (name, id) in [
            ("claude-4.5-haiku", "claude-haiku-4-5"),
            ("claude-4-sonnet-20250514", "claude-sonnet-4-20250514"),
            ("claude-opus-4-20250514", "claude-opus-4-20250514"),
            ("claude-opus-4.8-fast", "claude-opus-4-8-fast"),
            ("claude-sonnet-3.7", "claude-3-7-sonnet"),
            ("claude-3-5-sonnet-v2", "claude-3-5-sonnet-v2"),
            ("claude-instant-1.2", "claude-instant-1-2"),
            ("claude-opus-latest", "claude-opus-latest"),
            ("claude-fable-5", "claude-fable-5"),
            ("claude-2.1", "claude-2-1"),
            ("claude", "claude"),
        ] {
            assert_eq!(model_id(name), id);
        }
    }

    #[test]
    fn other_spellings_become_the_makers() {
        assert_eq!(model_id("gpt-35-turbo-16k"), model_id("gpt-3.5-turbo-16k"));
        assert_eq!(model_id("Qwen 3 14B"), model_id("Qwen3-14B"));
        assert_eq!(model_id("Moonshot-Kimi-K2-Instruct"), "kimi-k2-instruct");
        assert_eq!(model_id("moonshot-v1-8k"), "moonshot-v1-8k");
    }
}
