//! `rename_all`: the ways to write a name of several words.

/// How words are written together.
#[derive(Clone, Copy, PartialEq)]
pub enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// Each by its own example.
pub const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    pub fn of(name: &str) -> Option<Self> {
        CASES.iter().find(|(example, _)| *example == name).map(|(_, case)| *case)
    }

    /// The identifier of a field or of a variant, in this case.
    pub fn apply(self, ident: &str) -> String {
        let words = words(ident);
        let lower = words.iter().map(|word| word.to_lowercase());
        let upper = words.iter().map(|word| word.to_uppercase());
        let joined = |separator| lower.clone().collect::<Vec<_>>().join(separator);
        let shouted = |separator| upper.clone().collect::<Vec<_>>().join(separator);
        let capitalized = || lower.clone().map(|word| capitalized(&word));
        match self {
            Self::Lower => joined(""),
            Self::Upper => shouted(""),
            Self::Pascal => capitalized().collect(),
            Self::Camel => lower.clone().take(1).chain(capitalized().skip(1)).collect(),
            Self::Snake => joined("_"),
            Self::ScreamingSnake => shouted("_"),
            Self::Kebab => joined("-"),
            Self::ScreamingKebab => shouted("-"),
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The words of an identifier, whether in snake or in Pascal case; `HTTPServer` are two.
fn words(ident: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in ident.split('_').filter(|part| !part.is_empty()) {
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (index, &letter) in letters.iter().enumerate() {
            let after_lower = index > 0 && !letters[index - 1].is_uppercase();
            let before_lower = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
            if index > 0 && letter.is_uppercase() && (after_lower || before_lower) {
                words.push(std::mem::take(&mut word));
            }
            word.push(letter);
        }
        words.push(word);
    }
    words
}
