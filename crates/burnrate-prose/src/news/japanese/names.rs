//! Names of companies and investors in Japanese.

/// A name longer than this, in characters, is a description.
const LONGEST: usize = 24;

/// What no company is called.
const NO_NAME: &[&str] = &[
    "ARR",
    "シリーズ",
    "ラウンド",
    "同社",
    "当社",
    "両社",
    "同氏",
    "市場",
    "世界",
    "業界",
    "政府",
    "原文",
    "評価額",
    "調達",
    "売上",
    "製品",
    "今回",
    "投資家",
    "企業価値",
    "累計",
    "価格",
    "金額",
    "資金",
    "総額",
    "モデル",
    "年間",
    "同年",
    "これ",
    "それ",
    "リード",
    "引受先",
    "直近",
    "株価",
    "関係者",
];

/// Words after which a name begins.
const DESCRIPTORS: &[&str] = &[
    "スタートアップ",
    "企業",
    "新興",
    "ベンチャー",
    "大手",
    "メーカー",
    "会社",
    "運営する",
    "手がける",
    "開発する",
    "展開する",
];

/// The company that a sentence is about: what stands before は or が.
pub(super) fn subject(sentence: &str) -> Option<String> {
    let plain = without_brackets(sentence);
    let end = plain.char_indices().find(|(at, c)| {
        let next = plain[at + c.len_utf8()..].chars().next();
        matches!(c, 'は' | 'が') && !next.is_some_and(is_hiragana)
    });
    let possessive = plain.find("の").filter(|at| is_name(&plain[..*at]));
    let topic = end.and_then(|(at, _)| name(&plain[..at]));
    // Headlines leave the particle out.
    let headline = plain.find('、').filter(|at| is_name(&plain[..*at]));
    let other = possessive.or(headline);
    topic.or_else(|| other.map(|at| without_country(plain[..at].trim()).to_owned()))
}

/// The name that ends a description.
fn name(text: &str) -> Option<String> {
    let text = text.rsplit(['、', '。', '・']).next().filter(|_| !text.ends_with('・'))?;
    let quoted = text.strip_suffix(['」', '』']).and_then(|text| text.rsplit(['「', '『']).next());
    let text = quoted.unwrap_or(text);
    let after = |word: &&str| {
        let end = text.rfind(word)? + word.len();
        (end < text.len()).then_some(end)
    };
    let start = DESCRIPTORS.iter().filter_map(after).chain(after(&"の")).max();
    let bare = text[start.unwrap_or(0)..].trim().trim_matches(['「', '」']);
    let bare = bare.strip_prefix("株式会社").or(bare.strip_suffix("株式会社")).unwrap_or(bare);
    is_name(bare).then(|| without_country(bare.trim()).to_owned())
}

/// `米Northlamp` without the country, where what follows is in another script.
fn without_country(name: &str) -> &str {
    let rest = name.strip_prefix(['米', '仏', '独', '英', '韓']);
    let is_other = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{30a1}'..='\u{30fa}');
    rest.filter(|rest| rest.starts_with(is_other)).unwrap_or(name)
}

/// The company that money goes into: the name in Latin letters before に.
pub(super) fn target(before: &str) -> Option<String> {
    let text = before.trim_end().strip_suffix('に')?;
    let name = name(text.rsplit(['は', 'が', '、']).next()?)?;
    name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)
}

fn is_name(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    let is_plain = text.chars().all(|c| {
        c.is_alphanumeric() && !is_hiragana(c) || matches!(c, ' ' | '.' | '-' | '&' | '・' | 'ー')
    });
    (2..=LONGEST).contains(&count)
        && is_plain
        && text.starts_with(char::is_alphabetic)
        && !NO_NAME.iter().any(|word| text.contains(word))
        && !text.contains(['年', '月', '日', '円', '億'])
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let kept = text.chars().filter(|c| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

/// Those who lead, and all who invest, by one sentence.
pub(super) fn investors(sentence: &str) -> (Vec<String>, Vec<String>) {
    let (mut lead, mut all) = (Vec::new(), Vec::new());
    for clause in sentence.split(['、', '(', '（', ')', '）', '，']) {
        let clause = clause.trim();
        let leads =
            ["リードは", "リード投資家は"].iter().find_map(|word| clause.strip_prefix(word));
        let led = ["がリード", "がリード投資家", "が主導"]
            .iter()
            .find_map(|word| clause.split_once(word).map(|(name, _)| name));
        let named = leads.map(|name| name.trim_end_matches(['で', 'だ', 'が'])).or(led);
        if let Some(name) = named.filter(|name| is_name(name)) {
            lead.push(name.trim().to_owned());
            all.push(name.trim().to_owned());
        }
        let joined = ["が参加", "も参加", "が出資", "も出資"]
            .iter()
            .find_map(|word| clause.split_once(word).map(|(name, _)| name));
        if let Some(name) = joined.filter(|name| is_name(name)) {
            all.push(name.trim().to_owned());
        }
    }
    (lead, all)
}
