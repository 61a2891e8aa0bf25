//! One id for one model, whichever of its names a page writes.

use burnrate_price::model_id;

/// The id of a model of Anthropic's, as its interface has it; `None` where the name is not built of a
/// family and a version.
///
/// Pages write `Claude 3.5 Haiku`, `Claude Haiku 3.5` and `Haiku 3.5`. Up to version 3 the interface has
/// the version first (`claude-3-5-haiku`), since then the family (`claude-haiku-4-5`).
pub(crate) fn claude_id(name: &str) -> Option<String> {
    let words: Vec<&str> = name.strip_prefix("Claude ").unwrap_or(name).split(' ').collect();
    let is_version =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_family = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic());
    let (family, version) = match *words.as_slice() {
        [family, version] | [version, family] if is_family(family) && is_version(version) => {
            (family, version)
        }
        _ => return None,
    };
    Some(model_id(&format!("claude {family} {version}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_pages_meet() {
        for name in ["Claude 3.5 Haiku", "Claude Haiku 3.5", "Haiku 3.5"] {
            assert_eq!(claude_id(name).as_deref(), Some("claude-3-5-haiku"));
        }
        for name in ["Claude Opus 4.1", "Opus 4.1"] {
            assert_eq!(claude_id(name).as_deref(), Some("claude-opus-4-1"));
        }
        assert_eq!(claude_id("Claude Opus 3").as_deref(), Some("claude-3-opus"));
        assert_eq!(claude_id("Claude Fable 5").as_deref(), Some("claude-fable-5"));
        for name in ["Claude", "Enterprise", "Claude Opus 4.1 (new)", "Claude 4.x models"] {
            assert_eq!(claude_id(name), None, "{name}");
        }
    }
}
