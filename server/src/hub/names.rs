//! Opening clients' names: the tables hold them sealed.

use std::{collections::HashMap, future::Future, pin::Pin};

use domain::ids::{ClientId, ShopId};

/// What opening a page's names resolves to.
pub type Opened<'a> = Pin<Box<dyn Future<Output = HashMap<ClientId, String>> + Send + 'a>>;

/// Opens sealed names. A name that is missing from the answer is shown as unknown: its client was
/// forgotten, or her key cannot be read now.
pub trait Names: Send + Sync {
    /// The names of these clients of one shop, all at once (each frame asks once).
    fn open(&self, shop: ShopId, sealed: Vec<(ClientId, String)>) -> Opened<'_>;
}

/// A function that opens one name without waiting will do.
impl<F> Names for F
where
    F: Fn(ShopId, ClientId, &str) -> Option<String> + Send + Sync,
{
    fn open(&self, shop: ShopId, sealed: Vec<(ClientId, String)>) -> Opened<'_> {
        let opened = sealed
            .into_iter()
            .filter_map(|(client, name)| Some((client, self(shop, client, &name)?)))
            .collect();
        Box::pin(std::future::ready(opened))
    }
}
