//! From a request to what is to be made: how its parts go together, and what is wrong with that, all at once.

use std::collections::HashSet;

use openapi::{
    Currency, Money, Sku,
    assortment::{NewProduct, NewVariant},
    catalog::ProductStatus,
    rules::{MAX_DESCRIPTION, MAX_TITLE},
    text::{clean_line, clean_paragraphs},
};
use serde_json::Value;

use super::{
    AssortmentError,
    choices::Choices,
    product_rows::{ProductDraft, VariantDraft, option_key},
    products::status,
    slugs::slug_of,
};
use crate::broken::BrokenRules;

/// What is to be made.
#[derive(Debug)]
pub(super) struct Drafts {
    pub(super) product: ProductDraft,
    pub(super) variants: Vec<VariantDraft>,
    /// Where in the request each variant stands, as a JSON pointer.
    pub(super) places: Vec<String>,
}

/// Reads a request whose every field is right by itself.
pub(super) fn read(new: NewProduct, currency: Currency) -> Result<Drafts, AssortmentError> {
    let mut broken = BrokenRules::default();
    let name = clean_line(&new.name, MAX_TITLE).unwrap_or_default();
    let slug = new.slug.clone().or_else(|| slug_of(&name).map(String::from)).unwrap_or_default();
    if slug.is_empty() {
        broken.add("/slug", "required", "cannot be made from this name: choose one");
    }
    let (variants, places) = sold(&new, &mut broken);
    let choices = Choices::read(new.options, &mut broken);
    let mut drafts: Vec<VariantDraft> = variants
        .iter()
        .zip(&places)
        .map(|(new, at)| variant(new, at, &choices, currency, &mut broken))
        .collect();
    refuse_twins(&drafts, &places, &mut broken);
    broken.none_or(AssortmentError::Broken)?;
    if let Some(first) =
        drafts.first_mut().filter(|_| !variants.iter().any(|new| new.is_default == Some(true)))
    {
        first.is_default = true;
    }
    let product = ProductDraft {
        category_id: new.category_id,
        name,
        slug,
        description: new.description.and_then(|text| clean_paragraphs(&text, MAX_DESCRIPTION).ok()),
        image_url: new.image_url.map(|image| image.0),
        images: new.images.into_iter().map(|image| image.0).collect(),
        status: status(new.status.unwrap_or(ProductStatus::Draft)),
        is_featured: new.is_featured.unwrap_or_default(),
        metadata: new.metadata.map(|metadata| Value::Object(metadata.0)),
        options: choices.0,
    };
    Ok(Drafts { product, variants: drafts, places })
}

/// The variants of a request, and where they stand: named one by one, or the one that the product itself describes.
fn sold(new: &NewProduct, broken: &mut BrokenRules) -> (Vec<NewVariant>, Vec<String>) {
    let given = [
        ("/sku", new.sku.is_some()),
        ("/price", new.price.is_some()),
        ("/compareAt", new.compare_at.is_some()),
        ("/stock", new.stock.is_some()),
    ];
    if let Some(variants) = &new.variants {
        for (pointer, _) in given.into_iter().filter(|(_, is_given)| *is_given) {
            broken.add(pointer, "variants", "is said of each of the variants, and not of the product");
        }
        return (variants.clone(), (0..variants.len()).map(|place| format!("/variants/{place}")).collect());
    }
    if !new.options.is_empty() {
        broken.add("/variants", "required", "are needed where there are options: each names its values");
        return (vec![], vec![]);
    }
    for (pointer, _) in given.into_iter().take(2).filter(|(_, is_given)| !is_given) {
        broken.add(pointer, "required", "is missing: it is needed without variants");
    }
    let (Some(sku), Some(price)) = (new.sku.clone(), new.price.clone()) else {
        return (vec![], vec![]);
    };
    let compare_at = new.compare_at.clone();
    (
        vec![NewVariant { sku, price, compare_at, stock: new.stock, ..NewVariant::default() }],
        vec![String::new()],
    )
}

/// Reads one variant, which stands at this place of the request.
pub(super) fn variant(
    new: &NewVariant,
    at: &str,
    choices: &Choices,
    currency: Currency,
    broken: &mut BrokenRules,
) -> VariantDraft {
    let compare_at = new.compare_at.as_deref();
    VariantDraft {
        sku: sku(&new.sku),
        price: amount(&new.price, &format!("{at}/price"), currency, broken),
        compare_at: compare_at.map(|text| amount(text, &format!("{at}/compareAt"), currency, broken)),
        stock: new.stock.unwrap_or_default(),
        chosen: choices.choose(&new.options, &format!("{at}/options"), broken),
        is_default: new.is_default.unwrap_or_default(),
    }
}

/// A SKU as it is kept.
pub(super) fn sku(text: &str) -> String {
    Sku::try_from(text).map(String::from).unwrap_or_default()
}

/// An amount of the shop's currency, in minor units.
pub(super) fn amount(text: &str, at: &str, currency: Currency, broken: &mut BrokenRules) -> i64 {
    match Money::parse(text, currency) {
        Ok(amount) => amount.minor(),
        Err(error) => {
            broken.add(at, "money", error.to_string());
            0
        }
    }
}

/// No two variants are called alike or choose the same, and no two are what lists show.
fn refuse_twins(variants: &[VariantDraft], places: &[String], broken: &mut BrokenRules) {
    let (mut skus, mut choices, mut has_default) = (HashSet::new(), HashSet::new(), false);
    for (variant, at) in variants.iter().zip(places) {
        if !skus.insert(&variant.sku) {
            broken.add(format!("{at}/sku"), "duplicate", "is the SKU of a variant before it");
        }
        if !choices.insert(option_key(&variant.chosen)) {
            broken.add(format!("{at}/options"), "duplicate", "is what a variant before it chooses");
        }
        if variant.is_default && has_default {
            broken.add(format!("{at}/isDefault"), "duplicate", "is said of a variant before it");
        }
        has_default |= variant.is_default;
    }
}
