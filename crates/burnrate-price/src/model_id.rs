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
    id
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
}
