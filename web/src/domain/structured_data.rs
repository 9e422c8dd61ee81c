//! What search engines are told about a product (schema.org, as JSON-LD).

use openapi::catalog::{ProductDetail, Variant};
use serde_json::{Value, json};

/// A search engine has no use for more offers than these, and a browser none for the room they take.
const MOST_OFFERS: usize = 100;

/// The product and the way to it. `origin` is scheme and host: search engines want whole addresses.
pub(crate) fn product(product: &ProductDetail, origin: &str) -> Value {
    let summary = &product.summary;
    let url = format!("{origin}/products/{}", summary.slug);
    let images: Vec<String> =
        summary.image_url.iter().chain(&summary.images).map(|path| absolute(path, origin)).collect();
    json!({
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Product",
                "name": summary.name,
                "sku": summary.sku,
                "description": summary.description.as_deref().unwrap_or_default(),
                "category": summary.category.name,
                "image": images,
                "url": url,
                "offers": offers(product, &url),
            },
            { "@type": "BreadcrumbList", "itemListElement": breadcrumbs(product, origin) },
        ],
    })
}

/// One offer for each variant; of very many only what they have in common.
fn offers(product: &ProductDetail, url: &str) -> Value {
    let (summary, variants) = (&product.summary, &product.variants);
    if variants.len() > MOST_OFFERS {
        return json!({
            "@type": "AggregateOffer",
            "offerCount": variants.len(),
            "lowPrice": summary.price_from,
            "highPrice": summary.price_to,
            "priceCurrency": summary.currency,
            "availability": availability(summary.in_stock),
            "url": url,
        });
    }
    let offer = |variant: &Variant| {
        json!({
            "@type": "Offer",
            "sku": variant.sku,
            "price": variant.price,
            "priceCurrency": summary.currency,
            "availability": availability(variant.stock > 0),
            "url": format!("{url}?variant={}", variant.sku),
        })
    };
    variants.iter().map(offer).collect()
}

fn availability(is_in_stock: bool) -> String {
    format!("https://schema.org/{}", if is_in_stock { "InStock" } else { "OutOfStock" })
}

fn breadcrumbs(product: &ProductDetail, origin: &str) -> Vec<Value> {
    let categories = product
        .breadcrumbs
        .iter()
        .map(|category| (&category.name, format!("{origin}/categories/{}", category.slug)));
    let own = (&product.summary.name, format!("{origin}/products/{}", product.summary.slug));
    categories
        .chain([own])
        .zip(1..)
        .map(|((name, item), position)| json!({"@type": "ListItem", "position": position, "name": name, "item": item}))
        .collect()
}

fn absolute(path: &str, origin: &str) -> String {
    if path.starts_with('/') { format!("{origin}{path}") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples;

    #[test]
    fn a_search_engine_learns_price_stock_and_place() {
        let mut phone = samples::product();
        phone.variants = vec![samples::variant("PHONE-128", &[], 3), samples::variant("PHONE-256", &[], 0)];
        let told = product(&phone, "https://shop.example");
        let (thing, crumbs) = (&told["@graph"][0], &told["@graph"][1]["itemListElement"]);
        assert_eq!(thing["url"], "https://shop.example/products/phone");
        assert_eq!(thing["image"], json!(["https://shop.example/illustrations/products/phone.svg"]));
        assert_eq!(thing["offers"][0]["price"], "999.99");
        assert_eq!(thing["offers"][0]["availability"], "https://schema.org/InStock");
        assert_eq!(thing["offers"][1]["url"], "https://shop.example/products/phone?variant=PHONE-256");
        assert_eq!(thing["offers"][1]["availability"], "https://schema.org/OutOfStock");
        assert_eq!(crumbs[0]["item"], "https://shop.example/categories/electronics");
        assert_eq!(crumbs[1]["position"], 2);
        assert_eq!(crumbs[1]["name"], "Phone");
    }

    #[test]
    fn thousands_of_offers_are_told_as_one() {
        let mut phone = samples::product();
        phone.variants = vec![samples::variant("PHONE", &[], 3); 2_000];
        let told = product(&phone, "https://shop.example");
        let offers = &told["@graph"][0]["offers"];
        assert_eq!((&offers["@type"], &offers["offerCount"]), (&json!("AggregateOffer"), &json!(2_000)));
        assert_eq!(
            (&offers["lowPrice"], &offers["availability"]),
            (&json!("999.99"), &json!("https://schema.org/InStock"))
        );
    }
}
