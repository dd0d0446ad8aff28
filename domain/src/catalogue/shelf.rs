//! The catalogue as the parser asks it.

use crate::ids::{ProductId, VariantId};
use crate::parse::Shelf;
use crate::text::Keyword;

use super::Catalogue;

impl Shelf for Catalogue {
    fn keyword(&self, folded: &str) -> Option<ProductId> {
        self.by_keyword(&Keyword::parse(folded)?)
    }

    fn keywords(&self) -> Vec<(String, ProductId)> {
        self.products()
            .filter(|(_, product)| !product.archived)
            .map(|(id, product)| (product.keyword.to_string(), id))
            .collect()
    }

    fn options(&self, product: ProductId) -> Vec<(VariantId, Option<String>, Option<String>)> {
        let ids = self
            .product(product)
            .map(|known| known.variants.as_slice())
            .unwrap_or_default();
        let option = |id: &VariantId| {
            let variant = self.variant(*id)?;
            let word = |text: &crate::text::Text| text.as_str().to_owned();
            Some((
                *id,
                variant.size.as_ref().map(word),
                variant.colour.as_ref().map(word),
            ))
        };
        ids.iter().filter_map(option).collect()
    }
}
