//! Which language a text is written in.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Language;

/// How much of a text tells its language, in bytes.
const SAMPLE: usize = 4096;

/// Words that are frequent in one language and rare in the others, in lower case. Of languages that tie,
/// the first is taken.
const WORDS: &[(Language, &str)] = &[
    (
        Language::English,
        "the and of to for with from at by on its has have this that was will said says \
         raises raised funding billion million round led valuation company revenue",
    ),
    (
        Language::German,
        "der das und ist nicht mit von bei für eine einer einem einen ein sich auf den dem \
         zu nach hat im laut millionen milliarden milliarde mio mrd rund umsatz \
         finanzierungsrunde sammelt erhält über unternehmen",
    ),
    (
        Language::Dutch,
        "het een van niet voor met naar bij uit aan dat ook heeft wordt zijn worden wil om \
         op gaat als meer volgens miljoen miljard omzet haalt bedrijf verlies winst \
         investeert krijgt onder tegen maakt deze nieuwe",
    ),
    (
        Language::Other,
        "le les des du une est dans pour par avec sur qui millions milliards milliard lève \
         levée euros selon aux el los las del una para con por millones recauda según \
         dólares milhões bilhões uma não é il della di che per milioni \
         miliardi dollari raccoglie non och att för som är på miljoner miljarder kronor og \
         til millioner milliarder kroner det av nie się dla oraz milionów dolarów ve bir \
         için milyon milyar yang dengan untuk juta miliar",
    ),
];

/// The words by language.
static INDEX: LazyLock<Vec<(Language, BTreeSet<&'static str>)>> = LazyLock::new(|| {
    WORDS.iter().map(|(language, words)| (*language, words.split_whitespace().collect())).collect()
});

/// Letters of one text by script.
#[derive(Default)]
struct Letters {
    latin: usize,
    han: usize,
    kana: usize,
    other: usize,
}

/// The language of `text`, by its script and its frequent words; English where a Latin text has no
/// word that tells, as headlines of names and figures do.
pub(crate) fn of(text: &str) -> Language {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let letters = letters(sample);
    let east_asian = letters.han + letters.kana;
    if letters.other > letters.latin + 4 * east_asian {
        return Language::Other;
    }
    // A character of Chinese says about as much as four letters.
    if east_asian > 0 && 4 * east_asian >= letters.latin {
        let is_japanese = 12 * letters.kana >= east_asian;
        return if is_japanese { Language::Japanese } else { Language::Chinese };
    }
    by_words(sample)
}

fn letters(sample: &str) -> Letters {
    let mut letters = Letters::default();
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        let count = match c {
            'ー' | '・' => continue,
            '\u{3040}'..='\u{30ff}' => &mut letters.kana,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => &mut letters.han,
            '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => &mut letters.latin,
            _ => &mut letters.other,
        };
        *count += 1;
    }
    letters
}

fn by_words(sample: &str) -> Language {
    let mut counts = [0_usize; WORDS.len()];
    let words = sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words.map(str::to_lowercase) {
        for (count, (_, known)) in counts.iter_mut().zip(&*INDEX) {
            *count += usize::from(known.contains(word.as_str()));
        }
    }
    // `max_by_key` takes the last of equals.
    let best = counts.iter().zip(WORDS).rev().max_by_key(|(count, _)| **count);
    best.map_or(Language::English, |(_, (language, _))| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_tells_languages_apart() {
        for (text, language) in [
            ("Nuro lands $106M", Language::English),
            ("The startup, which Müller and Söhne founded, raised €5 million.", Language::English),
            ("Moonshot AI (月之暗面) has raised $1 billion from Alibaba.", Language::English),
            ("月之暗面完成超10亿美元融资，由 Alibaba 和 Monolith 领投", Language::Chinese),
            ("評価額は35億ドルで、リードはAlpha Venturesでした。", Language::Japanese),
            ("Das Startup hat 50 Millionen Euro eingesammelt.", Language::German),
            ("Startup haalt 50 miljoen euro op", Language::Dutch),
            ("La start-up lève 50 millions d’euros auprès de ses actionnaires", Language::Other),
            ("La empresa recauda 50 millones de dólares", Language::Other),
            ("Стартап привлёк 50 миллионов долларов", Language::Other),
            ("스타트업이 500억 원을 유치했다", Language::Other),
            ("", Language::English),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }

    #[test]
    fn of_looks_at_the_beginning_only() {
        let text = format!("Startup haalt 50 miljoen euro op. {}", "é".repeat(5000));
        assert_eq!(of(&text), Language::Dutch);
    }
}
