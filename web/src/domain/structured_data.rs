//! What search engines are told about a product (schema.org, as JSON-LD).

use openapi::catalog::ProductDetail;
use serde_json::{Value, json};

/// The product and the way to it. `origin` is scheme and host: search engines want whole addresses.
pub(crate) fn product(product: &ProductDetail, origin: &str) -> Value {
    let summary = &product.summary;
    let url = format!("{origin}/products/{}", summary.slug);
    let offers: Vec<Value> = product
        .variants
        .iter()
        .map(|variant| {
            let availability = if variant.stock > 0 { "InStock" } else { "OutOfStock" };
            json!({
                "@type": "Offer",
                "sku": variant.sku,
                "price": variant.price,
                "priceCurrency": summary.currency,
                "availability": format!("https://schema.org/{availability}"),
                "url": url,
            })
        })
        .collect();
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
                "offers": offers,
            },
            { "@type": "BreadcrumbList", "itemListElement": breadcrumbs(product, origin) },
        ],
    })
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
        assert_eq!(thing["offers"][1]["availability"], "https://schema.org/OutOfStock");
        assert_eq!(crumbs[0]["item"], "https://shop.example/categories/electronics");
        assert_eq!(crumbs[1]["position"], 2);
        assert_eq!(crumbs[1]["name"], "Phone");
    }
}
