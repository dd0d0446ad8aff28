//! How a buyer behaves.

use crate::sandbox::Random;

/// What a buyer does once the keyword is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Habit {
    /// Every button within a second or two.
    PaysFast,
    /// Thinks for a while, and the money is known later still.
    PaysLate,
    /// Looks, sometimes goes as far as the link, and leaves.
    NeverPays,
    /// Taps everything twice.
    DoubleTaps,
    /// Takes back what was reserved.
    Cancels,
    /// Types the keyword wrong first.
    Misspells,
    /// Wants two.
    AsksTwo,
    /// Pays, and the provider never announces it.
    PaysInSilence,
    /// Pays half.
    PaysWrong,
    /// Waits for what is sold out, and taps whatever is asked of her, at random.
    AnswersAnything,
    /// Pays unseen, and says that she paid.
    Claims,
    /// Regrets what she paid.
    Regrets,
}

/// Habits and how many of a hundred buyers have them.
const CROWD: [(Habit, u64); 12] = [
    (Habit::PaysFast, 35),
    (Habit::PaysLate, 12),
    (Habit::NeverPays, 10),
    (Habit::DoubleTaps, 8),
    (Habit::Cancels, 7),
    (Habit::Misspells, 6),
    (Habit::AnswersAnything, 6),
    (Habit::AsksTwo, 4),
    (Habit::PaysInSilence, 3),
    (Habit::PaysWrong, 3),
    (Habit::Claims, 3),
    (Habit::Regrets, 3),
];

impl Habit {
    /// Draws one.
    pub(super) fn draw(random: &mut Random) -> Self {
        let mut left = random.below(CROWD.iter().map(|(_, share)| share).sum());
        for (habit, share) in CROWD {
            match left.checked_sub(share) {
                Some(rest) => left = rest,
                None => return habit,
            }
        }
        Self::PaysFast
    }

    /// What is typed for a keyword.
    pub(super) fn typed(self, keyword: &str, random: &mut Random) -> String {
        match self {
            Self::Misspells => misspelt(keyword, random),
            Self::AsksTwo => format!("{keyword} x2"),
            _ if random.chance(0.3) => keyword.to_lowercase(),
            _ => keyword.to_owned(),
        }
    }
}

/// One letter lost or doubled.
fn misspelt(keyword: &str, random: &mut Random) -> String {
    let letters: Vec<char> = keyword.chars().collect();
    let middle = letters.len() / 2;
    let doubled = random.chance(0.5);
    let mut out = String::new();
    for (index, letter) in letters.iter().enumerate() {
        if index == middle && !doubled {
            continue;
        }
        out.push(*letter);
        if index == middle {
            out.push(*letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CROWD, Habit, misspelt};
    use crate::sandbox::Random;

    #[test]
    fn every_habit_is_drawn_in_its_share() {
        let mut random = Random::new(3);
        let drawn: Vec<Habit> = (0..10_000).map(|_| Habit::draw(&mut random)).collect();
        assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), CROWD.len());
        let fast = drawn
            .iter()
            .filter(|habit| **habit == Habit::PaysFast)
            .count();
        assert!((3_200..3_800).contains(&fast), "{fast}");
        assert_ne!(misspelt("ROBE1", &mut random), "ROBE1");
    }
}
