//! What a fact about the shop itself changes.

use super::Event;
use super::state::{Profile, Shop, Silence, Vendor};

/// Applies it.
pub(crate) fn evolve(shop: &mut Shop, event: &Event) {
    match event {
        Event::ShopOpened {
            name,
            currency,
            country,
            zone,
            segment,
            language,
            number,
            account,
        } => {
            shop.profile = Some(Profile {
                name: name.clone(),
                currency: *currency,
                country: country.clone(),
                zone: zone.clone(),
                segment: *segment,
                language: *language,
                number: number.clone(),
                account: account.clone(),
                open: true,
            });
        }
        Event::ShopConfigured {
            name,
            language,
            open,
        } => {
            let Some(profile) = &mut shop.profile else {
                return;
            };
            if let Some(name) = name {
                profile.name.clone_from(name);
            }
            profile.language = language.unwrap_or(profile.language);
            profile.open = open.unwrap_or(profile.open);
        }
        Event::VendorBound { contact, language } => {
            shop.vendors.retain(|vendor| vendor.contact != *contact);
            shop.vendors.push(Vendor {
                contact: *contact,
                language: *language,
            });
        }
        Event::PolicyChanged { rule, to, .. } => shop.policy.set(*rule, *to),
        Event::OutageEnded { from, until } => {
            let (from, until) = (*from, *until);
            shop.outage = Some(Silence { from, until });
        }
    }
}
