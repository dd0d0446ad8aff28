//! Who a send goes to: `to` with a plus, or `recipient` with a business-scoped user id.

use serde_json::Value;

use super::refusal::Refusal;
use crate::sandbox::hub::Hub;
use crate::sandbox::world::Phone;

/// Country codes a number without a plus may already begin with: the eight states and a few more.
const COUNTRY_CODES: [&str; 12] = [
    "221", "225", "223", "226", "229", "228", "227", "245", "224", "233", "234", "33",
];

/// An address as sent, and what Meta reads in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Echoed as `contacts[].input`.
    pub(super) input: String,
    /// Digits with country code.
    pub(super) digits: Option<String>,
    /// Business-scoped user id.
    pub(super) user_id: Option<String>,
}

/// Reads the address. `to` wins when both are there.
///
/// # Errors
/// 131008 without any address, 131009 for one that is neither a number nor a user id.
pub(super) fn read(body: &Value, business: &str) -> Result<Address, Refusal> {
    if let Some(to) = body.get("to") {
        let input = to.as_str().unwrap_or_default();
        let digits = phone(input, business)
            .ok_or_else(|| Refusal::value("Parameter 'to' must be a phone number."))?;
        return Ok(Address {
            input: input.to_owned(),
            digits: Some(digits),
            user_id: None,
        });
    }
    let Some(recipient) = body.get("recipient") else {
        return Err(Refusal::missing("to"));
    };
    let input = recipient.as_str().unwrap_or_default();
    if !is_user_id(input) {
        return Err(Refusal::value("Parameter 'recipient' must be a user id."));
    }
    Ok(Address {
        input: input.to_owned(),
        digits: None,
        user_id: Some(input.to_owned()),
    })
}

/// What an order of misbehaviour may call the person of a send: the phone's id, its number with
/// and without a plus, the user id.
pub(super) fn names(hub: &Hub, body: Option<&Value>) -> Vec<String> {
    let part = |key: &str| body.and_then(|body| body.get(key)).and_then(Value::as_str);
    let digits = part("to").map(|to| to.chars().filter(char::is_ascii_digit).collect::<String>());
    let world = hub.world();
    let phone = world.find(part("recipient"), digits.as_deref());
    phone.map_or_else(Vec::new, Phone::names)
}

/// Digits with country code. Without a plus the number may be taken for a national one, and then
/// the country code of the *business number* goes in front: the wrong person, as at Meta.
fn phone(input: &str, business: &str) -> Option<String> {
    let written = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')');
    let digits: String = input.chars().filter(char::is_ascii_digit).collect();
    if !input.chars().all(written) || !(6..=15).contains(&digits.len()) {
        return None;
    }
    let known = COUNTRY_CODES
        .iter()
        .any(|code| digits.starts_with(code) && digits.len() > 10);
    if input.starts_with('+') || known {
        return Some(digits);
    }
    let own = COUNTRY_CODES
        .iter()
        .find(|code| business.starts_with(**code))
        .copied();
    Some(format!("{}{digits}", own.unwrap_or_default()))
}

/// `SN.` and up to 128 letters and digits, or `SN.ENT.…` for the parent of a group of businesses.
fn is_user_id(input: &str) -> bool {
    let Some((country, rest)) = input.split_once('.') else {
        return false;
    };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn a_plus_is_believed_and_a_national_number_gets_the_country_of_the_business() {
        let digits = |to: &str| {
            read(&json!({"to": to}), "221770000000")
                .ok()
                .and_then(|a| a.digits)
        };
        assert_eq!(
            digits("+225 07 18 35 04 82").as_deref(),
            Some("2250718350482")
        );
        assert_eq!(digits("0718350482").as_deref(), Some("2210718350482"));
        assert_eq!(digits("221770000001").as_deref(), Some("221770000001"));
        assert_eq!(digits("SN.1349"), None);
    }

    #[test]
    fn a_user_id_goes_in_recipient_and_to_wins() {
        let both = json!({"to": "+221770000001", "recipient": "SN.1"});
        let read = |body| read(&body, "221770000000");
        assert_eq!(read(both).unwrap().user_id, None);
        assert_eq!(
            read(json!({"recipient": "SN.1"}))
                .unwrap()
                .user_id
                .as_deref(),
            Some("SN.1")
        );
        assert_eq!(
            read(json!({"recipient": "sn.1"})).unwrap_err().code,
            131_009
        );
        assert_eq!(read(json!({})).unwrap_err().code, 131_008);
    }
}
