//! How what is found is spread: every count as if somebody had counted.

use std::collections::BTreeMap;

use openapi::{
    Meta, Money,
    catalog::{Category, ProductSummary},
    search::SearchPage,
};
use uuid::Uuid;

use super::{search, shop};
use crate::support::TestApp;

/// What is chosen, each or not.
#[derive(Debug, Clone, Copy, Default)]
struct Choice<'a> {
    category: Option<&'a str>,
    prices: (Option<&'a str>, Option<&'a str>),
    in_stock: Option<&'a str>,
    on_sale: Option<&'a str>,
}

impl<'a> Choice<'a> {
    fn parameters(&self, question: &'a str) -> Vec<(&'static str, &'a str)> {
        let all = [
            ("q", Some(question)),
            ("limit", Some("100")),
            ("type", Some("products")),
            ("category", self.category),
            ("minPrice", self.prices.0),
            ("maxPrice", self.prices.1),
            ("inStock", self.in_stock),
            ("onSale", self.on_sale),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Whether a product is what is chosen, whatever its category and price.
    fn lasts(&self, product: &ProductSummary) -> bool {
        let is = |wanted: Option<&str>, flag: bool| wanted.is_none_or(|wanted| wanted == flag.to_string());
        is(self.in_stock, product.in_stock) && is(self.on_sale, product.on_sale)
    }

    fn has_price(&self, product: &ProductSummary) -> bool {
        let minor = |text: &str| Money::parse(text, openapi::Currency::USD).unwrap().minor();
        self.prices.0.is_none_or(|min| product.price_to.minor() >= minor(min))
            && self.prices.1.is_none_or(|max| product.price_from.minor() <= minor(max))
    }
}

/// Whether a category is the other one, or below it.
fn is_below(categories: &[Category], id: Uuid, slug: &str) -> bool {
    let category = categories.iter().find(|category| category.id == id).unwrap();
    category.slug == slug || category.parent_id.is_some_and(|parent| is_below(categories, parent, slug))
}

fn total(page: &SearchPage) -> u64 {
    let Meta::Numbered(meta) = &page.meta else { panic!("not numbered") };
    meta.total
}

async fn check(app: &TestApp, categories: &[Category], question: &str, choice: Choice<'_>) {
    let everything = search(app, &Choice::default().parameters(question)).await;
    let lasting: Vec<_> = everything.data.products.iter().filter(|product| choice.lasts(product)).collect();
    let is_in = |product: &&&ProductSummary| {
        choice.category.is_none_or(|slug| is_below(categories, product.category_id, slug))
    };
    let page = search(app, &choice.parameters(question)).await;
    let about = format!("{question} {choice:?}");

    let chosen = lasting.iter().filter(is_in).filter(|product| choice.has_price(product));
    assert_eq!(total(&page), chosen.count() as u64, "{about}");

    let counted: BTreeMap<&str, u64> =
        page.data.facets.categories.iter().map(|facet| (facet.slug.as_str(), facet.count)).collect();
    let by_hand: BTreeMap<&str, u64> = categories
        .iter()
        .map(|category| {
            let here = lasting.iter().filter(|product| {
                choice.has_price(product) && is_below(categories, product.category_id, &category.slug)
            });
            (category.slug.as_str(), here.count() as u64)
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    assert_eq!(counted, by_hand, "{about}");
    assert!(page.data.facets.categories.is_sorted_by(|one, other| one.count >= other.count), "{about}");

    let mut banded = 0;
    for facet in &page.data.facets.prices {
        let (min, max) = (facet.min.to_string(), facet.max.map(|max| max.to_string()));
        let band = Choice { prices: (Some(&min), max.as_deref()), ..choice };
        let here = lasting.iter().filter(is_in).filter(|product| band.has_price(product));
        assert_eq!(facet.count, here.count() as u64, "{about} {band:?}");
        // And choosing it finds as many.
        assert_eq!(total(&search(app, &band.parameters(question)).await), facet.count, "{about} {band:?}");
        banded += facet.count;
    }
    assert!(banded >= lasting.iter().filter(is_in).count() as u64, "a product in no band: {about}");
}

#[tokio::test]
async fn every_count_is_what_somebody_would_count() {
    let app = shop::open().await;
    let categories: openapi::Data<Vec<Category>> = app.get("/api/catalog/categories").await.ok();
    let flags = [None, Some("true"), Some("false")];
    let ranges = [(None, None), (Some("20"), Some("60")), (Some("100"), None), (None, Some("24.99"))];
    let mut checked = 0;
    for question in ["s", "lamp", "cell phone", "headpones", "xyzzyq"] {
        for category in [None, Some("electronics"), Some("lamps"), Some("unheard-of")] {
            for (nth, prices) in ranges.into_iter().enumerate() {
                // Every pair of flags meets every other choice somewhere.
                let (in_stock, on_sale) = (flags[(checked + nth) % 3], flags[(checked / 3) % 3]);
                let choice = Choice { category, prices, in_stock, on_sale };
                check(&app, &categories.data, question, choice).await;
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 80);
}

#[tokio::test]
async fn what_is_sold_at_several_prices_stands_in_several_bands() {
    let app = shop::open().await;
    let page = search(&app, &[("q", "poster")]).await;
    let bands: Vec<_> = page
        .data
        .facets
        .prices
        .iter()
        .map(|facet| (facet.min.to_string(), facet.max.map(|max| max.to_string()), facet.count))
        .collect();
    let band = |min: &str, max: &str| (min.to_owned(), Some(max.to_owned()), 1);
    assert_eq!(
        bands,
        [band("0.00", "24.99"), band("25.00", "49.99"), band("50.00", "99.99"), band("100.00", "249.99")]
    );
    assert_eq!(page.data.facets.prices[0].currency, "USD");
}
