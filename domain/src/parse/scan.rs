//! Plain letters to tokens: words, numbers, and numbers that make no sense. Links, clock times
//! and telephone numbers are left out here, so that none of them is ever taken for a quantity.

use super::fold::latin;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters only.
    Letters,
    /// Digits only.
    Digits,
    /// Letters and digits.
    Mixed,
    /// A number nobody can hand over: `-1`, `2.5`, `1/2`.
    Odd,
}

/// One token, upper case ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is made of.
    pub(super) kind: Kind,
    /// Its characters; an odd number keeps its sign and point.
    pub(super) text: String,
    /// Whether a comma, a line end or the like stands before it.
    pub(super) apart: bool,
}

/// The tokens of a message, in order.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let plain = without_links(&latin(text));
    let bullets = plain
        .lines()
        .filter(|line| line.trim_start().starts_with('-'))
        .count()
        > 1;
    let chars: Vec<char> = plain.chars().collect();
    let mut scanner = Scanner {
        chars,
        at: 0,
        apart: false,
        bullets,
        tokens: Vec::new(),
    };
    while let Some(c) = scanner.peek(0) {
        scanner.step(c);
    }
    scanner.tokens
}

fn without_links(plain: &str) -> String {
    let mut kept = String::with_capacity(plain.len());
    for chunk in plain.split_inclusive([' ', '\n']) {
        if chunk.contains("://") || chunk.starts_with("WWW.") {
            kept.push(' ');
        } else {
            kept.push_str(chunk);
        }
    }
    kept
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    apart: bool,
    bullets: bool,
    tokens: Vec<Token>,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at.saturating_add(ahead)).copied()
    }

    fn before(&self, back: usize) -> Option<char> {
        self.at
            .checked_sub(back)
            .and_then(|at| self.chars.get(at))
            .copied()
    }

    fn step(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.token();
            return;
        }
        let spaced = |near: Option<char>| near.is_none_or(char::is_whitespace);
        match c {
            ',' | ';' | '\n' | '+' | '&' | '!' | '?' => self.apart = true,
            '.' if spaced(self.peek(1)) => self.apart = true,
            '\'' if self.elision() => return,
            _ => {}
        }
        self.at = self.at.saturating_add(1);
    }

    /// `l'`, `j'`, `s'` say nothing and must not look like a size; `don't` is one word.
    fn elision(&mut self) -> bool {
        let Some(last) = self.tokens.last_mut() else {
            return false;
        };
        let touches = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        if last.kind != Kind::Letters || !touches.is_some_and(char::is_ascii_alphabetic) {
            return false;
        }
        let next = self.chars.get(self.at.saturating_add(1)).copied();
        let after = self.chars.get(self.at.saturating_add(2)).copied();
        let single = next.is_some_and(|c| c.is_ascii_alphabetic())
            && after.is_none_or(|c| !c.is_ascii_alphanumeric());
        if last.text.len() == 1 || last.text == "QU" {
            self.apart |= last.apart;
            self.tokens.pop();
            return false;
        }
        if let (true, Some(letter)) = (single, next) {
            last.text.push(letter);
            self.at = self.at.saturating_add(2);
            return true;
        }
        false
    }

    fn token(&mut self) {
        let signed = self.before(1) == Some('-')
            && self.before(2).is_none_or(char::is_whitespace)
            && !(self.bullets && self.before(2).is_none_or(|c| c == '\n'));
        let text = self.run(0);
        let (letters, digits) = (
            text.bytes().any(|byte| byte.is_ascii_alphabetic()),
            text.bytes().any(|byte| byte.is_ascii_digit()),
        );
        if letters || !digits {
            let kind = if digits { Kind::Mixed } else { Kind::Letters };
            self.push(kind, text);
            return;
        }
        if let Some(length) = self.phone(&text) {
            self.at = self.at.saturating_add(length);
            self.apart = true;
            return;
        }
        self.number(text, signed);
    }

    fn number(&mut self, mut text: String, signed: bool) {
        let (separator, next) = (
            self.peek(text.len()),
            self.run(text.len().saturating_add(1)),
        );
        let plain = !next.is_empty() && next.bytes().all(|byte| byte.is_ascii_digit());
        match separator {
            // 18:30 and 12/02 are times and dates; 1/2 is half a dress.
            Some(':' | '/')
                if plain
                    && !matches!(
                        (text.as_str(), next.as_str()),
                        ("1", "2" | "3" | "4") | ("2" | "3", "3" | "4")
                    ) =>
            {
                self.at = self.at.saturating_add(text.len()).saturating_add(1);
                self.at = self.at.saturating_add(next.len());
            }
            Some(mark @ ('.' | ',' | '/')) if plain => {
                text.push(mark);
                text.push_str(&next);
                self.push(Kind::Odd, text);
            }
            // 15 000: one number, written as people write prices.
            Some(' ') if plain && next.len() == 3 && text.len() <= 3 && !text.starts_with('0') => {
                text.push_str(&next);
                self.at = self.at.saturating_add(1);
                self.push(Kind::Digits, text);
            }
            _ if signed => {
                self.at = self.at.saturating_sub(1);
                self.push(Kind::Odd, format!("-{text}"));
            }
            _ => self.push(Kind::Digits, text),
        }
    }

    /// The letters and digits that start `ahead` from here; at most what a person would write.
    fn run(&self, ahead: usize) -> String {
        let start = self.at.saturating_add(ahead);
        self.chars
            .iter()
            .skip(start)
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect()
    }

    fn push(&mut self, kind: Kind, text: String) {
        self.at = self.at.saturating_add(text.len());
        self.tokens.push(Token {
            kind,
            text,
            apart: std::mem::take(&mut self.apart),
        });
    }

    /// How many characters from here are a telephone number, where they are one: `77 123 45 67`,
    /// `+2250707070707`. Looks at most 24 characters ahead.
    fn phone(&self, first: &str) -> Option<usize> {
        let plus = self.before(1) == Some('+');
        let mut digits = String::new();
        let mut groups = 1_usize;
        let mut found = None;
        for ahead in 0..24 {
            let (here, next) = (self.peek(ahead), self.peek(ahead.saturating_add(1)));
            match here {
                Some(c) if c.is_ascii_digit() => digits.push(c),
                Some(' ' | '.' | '-') if next.is_some_and(|c| c.is_ascii_digit()) => {
                    groups = groups.saturating_add(1);
                    continue;
                }
                _ => break,
            }
            let ends = next.is_none_or(|c| !c.is_ascii_alphanumeric());
            if ends && is_phone(&digits, plus, groups, first) {
                found = Some(ahead.saturating_add(1));
            }
        }
        found
    }
}

fn is_phone(digits: &str, plus: bool, groups: usize, first: &str) -> bool {
    let national = |number: &str| match number.len() {
        // Senegal; Côte d'Ivoire and Benin; Mali, Burkina, Togo only when written in pairs.
        9 => ["70", "75", "76", "77", "78"]
            .iter()
            .any(|head| number.starts_with(head)),
        10 => ["01", "05", "07"]
            .iter()
            .any(|head| number.starts_with(head)),
        8 => groups == 4 && first.len() == 2,
        _ => false,
    };
    let abroad = ["221", "225", "223", "226", "228", "229"]
        .iter()
        .filter_map(|code| digits.strip_prefix(code))
        .any(|rest| (8..=10).contains(&rest.len()));
    national(digits) || abroad || (plus && (8..=15).contains(&digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(message: &str) -> Vec<String> {
        scan(message).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn numbers_that_are_no_quantity_are_left_out() {
        for message in [
            "77 123 45 67",
            "771234567",
            "+221 77 123 45 67",
            "+2250707070707",
            "07 07 07 07 07",
            "70 12 34 56",
            "18:30",
            "12/02",
            "https://www.tiktok.com/robe1",
            "www.robe1.com",
        ] {
            assert_eq!(texts(message), Vec::<String>::new(), "{message}");
        }
        assert_eq!(texts("robe1 2 77 123 45 67"), ["ROBE1", "2"]);
    }

    #[test]
    fn odd_numbers_keep_their_marks() {
        assert_eq!(
            texts("robe1 -2, 2,5 1/2 0.5 15 000"),
            ["ROBE1", "-2", "2,5", "1/2", "0.5", "15000"]
        );
        assert_eq!(
            texts("- 2 robe1\n-1 sac2\n-3 x"),
            ["2", "ROBE1", "1", "SAC2", "3", "X"]
        );
    }

    #[test]
    fn elisions_vanish() {
        assert_eq!(
            texts("s'il te plaît l'article, j'ai don't"),
            ["IL", "TE", "PLAIT", "ARTICLE", "AI", "DONT"]
        );
    }
}
