//! What people who look around in a shop ask for: the mix of the load test of the shop before this one, whose cache
//! answered 99.95 % of it.

use openapi::{
    Data, Page,
    catalog::{Category, ProductSummary},
};

use crate::{failure::Failure, random::Random, shop::Server};

/// What is searched for.
const TERMS: [&str; 5] = ["phone", "laptop", "shirt", "jacket", "coffee"];
/// So many questions, then the same again.
const QUESTIONS: usize = 10_000;

/// The parts of the mix, in percent.
#[derive(Debug, Clone, Copy)]
enum Part {
    ProductPage,
    List,
    Search,
    Categories,
}

const PARTS: [(Part, usize); 4] =
    [(Part::ProductPage, 40), (Part::List, 30), (Part::Search, 20), (Part::Categories, 10)];

/// How the mix is put together, for whoever reads the result.
pub(super) const DESCRIPTION: &str = "40 % product pages, 30 % lists (the whole shop, or a category), 20 % searches for \
    five terms, 10 % categories; of two products the one further in front is asked for more often";

/// What there is to look at.
#[derive(Debug)]
pub(super) struct Shelves {
    pub(super) products: Vec<ProductSummary>,
    categories: Vec<Category>,
}

impl Shelves {
    pub(super) fn of(server: &Server) -> Result<Self, Failure> {
        let products: Page<ProductSummary> = server.get("/api/catalog/products?limit=100")?.json()?;
        let categories: Data<Vec<Category>> = server.get("/api/catalog/categories")?.json()?;
        Ok(Self { products: products.data, categories: categories.data })
    }

    /// Paths in a random order, the same in every run.
    pub(super) fn paths(&self) -> Vec<String> {
        let mut random = Random::seeded(4);
        (0..QUESTIONS).map(|_| self.path(&mut random)).collect()
    }

    fn path(&self, random: &mut Random) -> String {
        let product = |random: &mut Random| &self.products[in_front(self.products.len(), random)];
        match part(random.below(100)) {
            Part::ProductPage => format!("/api/catalog/products/{}", product(random).slug),
            Part::List => match self.categories.get(random.below(2 * self.categories.len())) {
                Some(category) => format!("/api/catalog/products?limit=20&category={}", category.slug),
                None => "/api/catalog/products?limit=20".to_owned(),
            },
            Part::Search => format!("/api/search?q={}", TERMS[random.below(TERMS.len())]),
            Part::Categories => "/api/catalog/categories".to_owned(),
        }
    }
}

/// One of so many, the first ones more often.
fn in_front(many: usize, random: &mut Random) -> usize {
    random.below(many).min(random.below(many))
}

fn part(percent: usize) -> Part {
    let mut below = 0;
    let found = PARTS.iter().find(|(_, share)| {
        below += share;
        percent < below
    });
    found.map_or(Part::Categories, |(part, _)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_make_a_whole() {
        assert_eq!(PARTS.iter().map(|(_, share)| share).sum::<usize>(), 100);
        let lists = (0..100).filter(|&percent| matches!(part(percent), Part::List)).count();
        assert_eq!(lists, 30);
    }

    #[test]
    fn what_is_in_front_is_asked_for_more_often() {
        let mut random = Random::seeded(1);
        let drawn: Vec<usize> = (0..1_000).map(|_| in_front(10, &mut random)).collect();
        let often = |place: usize| drawn.iter().filter(|&&other| other == place).count();
        assert!(often(0) > 2 * often(8) && drawn.iter().all(|&place| place < 10));
    }
}
