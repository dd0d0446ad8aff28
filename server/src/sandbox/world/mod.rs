//! The local world: business numbers, phones, and what was said between them.

mod bucket;
mod msg;
mod number;
mod phone;

use std::collections::{BTreeMap, HashMap, VecDeque};

use sha2::{Digest, Sha256};

pub(super) use bucket::Bucket;
pub(super) use msg::LinkButton;
pub(crate) use msg::{Button, Msg, Row};
pub(super) use number::Number;
pub(super) use phone::{NewPhone, Phone};

use super::config::NumberSpec;

/// Most phones of one world.
const MOST_PHONES: usize = 50_000;

/// Messages from phones that can still be marked as read.
const MOST_READABLE: usize = 200_000;

/// Numbers and phones with their indexes.
#[derive(Debug, Default)]
pub(super) struct World {
    numbers: BTreeMap<String, Number>,
    phones: Vec<Phone>,
    by_id: HashMap<String, usize>,
    by_user: HashMap<String, usize>,
    by_digits: HashMap<String, usize>,
    wamids: u64,
    by_wamid: HashMap<String, usize>,
    readable: VecDeque<String>,
}

impl World {
    /// Adds a number or replaces the one with the same id.
    pub(super) fn add_number(&mut self, spec: NumberSpec) {
        self.numbers
            .insert(spec.phone_number_id.clone(), Number::new(spec));
    }

    pub(super) fn number(&self, id: &str) -> Option<&Number> {
        self.numbers.get(id)
    }

    pub(super) fn number_mut(&mut self, id: &str) -> Option<&mut Number> {
        self.numbers.get_mut(id)
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.numbers.values()
    }

    pub(super) fn phones(&self) -> &[Phone] {
        &self.phones
    }

    pub(super) fn phone(&self, id: &str) -> Option<&Phone> {
        self.phones.get(*self.by_id.get(id)?)
    }

    pub(super) fn phone_mut(&mut self, id: &str) -> Option<&mut Phone> {
        self.phones.get_mut(*self.by_id.get(id)?)
    }

    /// The phone a business message goes to: by `user_id`, or by digits with country code.
    pub(super) fn find(&self, user_id: Option<&str>, digits: Option<&str>) -> Option<&Phone> {
        let by_digits = digits.and_then(|digits| self.by_digits.get(digits));
        let index = by_digits.or_else(|| user_id.and_then(|user| self.by_user.get(user)))?;
        self.phones.get(*index)
    }

    /// Adds a phone. Without a number it gets one made from its name, so that the same name is the
    /// same client after a restart. `None` when the world is full or the number is taken.
    pub(super) fn add_phone(&mut self, new: NewPhone) -> Option<&Phone> {
        if self.phones.len() >= MOST_PHONES {
            return None;
        }
        let digits = if let Some(given) = &new.phone {
            let digits: String = given.chars().filter(char::is_ascii_digit).collect();
            if digits.len() < 8 || self.by_digits.contains_key(&digits) {
                return None;
            }
            digits
        } else {
            (0..1_000u32)
                .map(|attempt| made_digits(&new.name, attempt))
                .find(|digits| !self.by_digits.contains_key(digits))?
        };
        let index = self.phones.len();
        let phone = Phone::new(format!("p{}", index + 1), user_id(&digits), digits, new);
        self.by_id.insert(phone.id.clone(), index);
        self.by_user.insert(phone.user_id.clone(), index);
        self.by_digits.insert(phone.digits.clone(), index);
        self.phones.push(phone);
        self.phones.last()
    }

    /// Remembers whose phone wrote a message, so that it can be marked as read.
    pub(super) fn written(&mut self, wamid: &str, phone: &str) {
        let Some(index) = self.by_id.get(phone) else {
            return;
        };
        if self.by_wamid.insert(wamid.to_owned(), *index).is_none() {
            self.readable.push_back(wamid.to_owned());
        }
        if self.readable.len() > MOST_READABLE
            && let Some(oldest) = self.readable.pop_front()
        {
            self.by_wamid.remove(&oldest);
        }
    }

    /// The phone that wrote a message.
    pub(super) fn author(&self, wamid: &str) -> Option<&Phone> {
        self.phones.get(*self.by_wamid.get(wamid)?)
    }

    /// The next number of a message id.
    pub(super) fn next_wamid(&mut self) -> u64 {
        self.wamids += 1;
        self.wamids
    }
}

/// A Senegalese mobile number made from a name.
fn made_digits(name: &str, attempt: u32) -> String {
    let number = hashed(&format!("{name}/{attempt}"));
    format!("22177{:07}", number % 10_000_000)
}

/// A business-scoped user id: the country, a dot, digits. It follows the phone number, as the real
/// one does.
fn user_id(digits: &str) -> String {
    let country = match digits.get(..3) {
        Some("225") => "CI",
        Some("223") => "ML",
        Some("226") => "BF",
        Some("229") => "BJ",
        Some("228") => "TG",
        Some("227") => "NE",
        Some("245") => "GW",
        _ => "SN",
    };
    format!("{country}.{:020}", hashed(&format!("user {digits}")))
}

fn hashed(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::{NewPhone, World};

    fn named(name: &str, phone: Option<&str>) -> NewPhone {
        NewPhone {
            name: name.to_owned(),
            phone: phone.map(str::to_owned),
            ..NewPhone::default()
        }
    }

    #[test]
    fn the_same_name_is_the_same_client_in_another_run_and_two_namesakes_differ() {
        let (mut one, mut two) = (World::default(), World::default());
        let first = one.add_phone(named("Awa", None)).unwrap().clone();
        let again = two.add_phone(named("Awa", None)).unwrap().clone();
        assert_eq!(
            (&first.user_id, &first.digits),
            (&again.user_id, &again.digits)
        );
        let namesake = one.add_phone(named("Awa", None)).unwrap().clone();
        assert_ne!(first.user_id, namesake.user_id);
        assert_eq!(
            one.find(None, Some(&namesake.digits)).unwrap().id,
            namesake.id
        );
        assert_eq!(one.find(Some(&first.user_id), None).unwrap().id, first.id);
    }

    #[test]
    fn a_number_belongs_to_one_phone() {
        let mut world = World::default();
        assert!(
            world
                .add_phone(named("Awa", Some("+221 77 000 00 01")))
                .is_some()
        );
        assert!(
            world
                .add_phone(named("Moussa", Some("221770000001")))
                .is_none()
        );
    }
}
