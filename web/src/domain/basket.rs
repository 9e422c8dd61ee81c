//! The cart as it is shown: what the server last said, and what the visitor wants since. Plain data: nothing is sent
//! from here.
//!
//! Wishes are sent one after the other, in their order. What is wanted is shown at once, and taken back when the server
//! refuses it. The sums are always the server's.

use std::{collections::VecDeque, rc::Rc};

use openapi::cart::{Cart, CartItem};
use uuid::Uuid;

/// The most pieces of one thing in a cart.
pub(crate) const MOST: u32 = 99;

/// Something to ask the server about the cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    /// What is in it.
    Read,
    /// More of a variant.
    Add { variant: Uuid, quantity: u32, name: String },
    /// So many of an item; none takes it out.
    Change { item: Uuid, quantity: u32, name: String },
}

/// What the server last said, and what is wanted since.
#[derive(Debug, Default)]
pub(crate) struct Basket {
    known: Option<Rc<Cart>>,
    /// The first one is under way if anything is.
    wishes: VecDeque<Wish>,
    is_under_way: bool,
}

impl Basket {
    pub(crate) fn cart(&self) -> Option<&Rc<Cart>> {
        self.known.as_ref()
    }

    /// Whether an answer is awaited.
    pub(crate) fn is_busy(&self) -> bool {
        !self.wishes.is_empty()
    }

    /// Whether something is on its way into the cart.
    pub(crate) fn is_adding(&self) -> bool {
        self.wishes.iter().any(|wish| matches!(wish, Wish::Add { .. }))
    }

    /// Whether what is shown may cost something else than what is said: a change is not confirmed yet.
    pub(crate) fn is_changing(&self) -> bool {
        self.wishes.iter().any(|wish| *wish != Wish::Read)
    }

    /// What to show: every item that is not to be taken out, and how many there are to be.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&CartItem, u32)> {
        let items = self.known.iter().flat_map(|cart| &cart.items);
        items.map(|item| (item, self.quantity_of(item))).filter(|(_, quantity)| *quantity > 0)
    }

    /// How many pieces there are, of what can be bought.
    pub(crate) fn count(&self) -> u32 {
        self.items().filter(|(item, _)| item.is_available).map(|(_, quantity)| quantity).sum()
    }

    fn quantity_of(&self, item: &CartItem) -> u32 {
        let wanted = self.wishes.iter().rev().find_map(|wish| match wish {
            Wish::Change { item: changed, quantity, .. } if *changed == item.id => Some(*quantity),
            _ => None,
        });
        wanted.unwrap_or(item.quantity)
    }

    /// Wants something. Of several wishes for one item only the last is sent.
    pub(crate) fn want(&mut self, wish: Wish) {
        let waiting = self.wishes.iter_mut().skip(usize::from(self.is_under_way));
        let same = waiting.rev().find(|other| match (&**other, &wish) {
            (Wish::Read, Wish::Read) => true,
            (Wish::Change { item: one, .. }, Wish::Change { item: other, .. }) => one == other,
            _ => false,
        });
        match same {
            Some(same) => *same = wish,
            None => self.wishes.push_back(wish),
        }
    }

    /// What to send now, if nothing is under way.
    pub(crate) fn next(&mut self) -> Option<Wish> {
        if self.is_under_way {
            return None;
        }
        let next = self.wishes.front().cloned();
        self.is_under_way = next.is_some();
        next
    }

    /// What was sent is answered: with the whole cart, or with a refusal, which takes back what was shown.
    pub(crate) fn settle(&mut self, answer: Option<Cart>) {
        self.is_under_way = false;
        self.wishes.pop_front();
        if let Some(cart) = answer {
            self.known = Some(Rc::new(cart));
        }
    }

    /// It is somebody else's now: nothing is known, and what was wanted is not wanted any more.
    pub(crate) fn forget(&mut self) {
        self.known = None;
        self.wishes.truncate(usize::from(self.is_under_way));
    }
}

/// How many somebody means who typed this: a whole number, within what can be had.
pub(crate) fn typed_quantity(text: &str, most: u32) -> Option<u32> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // Whatever is too long to be read is more than can be had.
    is_number.then(|| text.parse().unwrap_or(u32::MAX).clamp(1, most.max(1)))
}

/// How far a cart is from free shipping, in percent, and what is missing. Nothing where shipping always costs the same,
/// or nothing is in the cart.
pub(crate) fn towards_free_shipping(cart: &Cart) -> Option<(i64, openapi::Money)> {
    let from = cart.free_shipping_from.filter(|from| from.minor() > 0 && cart.subtotal.minor() > 0)?;
    let missing = from.checked_sub(cart.subtotal)?;
    if missing.minor() <= 0 {
        return Some((100, from.checked_sub(from)?));
    }
    Some((cart.subtotal.minor() * 100 / from.minor(), missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::cart;

    const MUG: Uuid = Uuid::from_u128(1);
    const PLATE: Uuid = Uuid::from_u128(2);

    fn change(item: Uuid, quantity: u32) -> Wish {
        Wish::Change { item, quantity, name: "Mug".into() }
    }

    fn basket() -> Basket {
        let mut basket = Basket::default();
        basket.want(Wish::Read);
        assert_eq!(basket.next(), Some(Wish::Read));
        basket.settle(Some(cart(&[(MUG, 2), (PLATE, 1)])));
        basket
    }

    fn shown(basket: &Basket) -> Vec<u32> {
        basket.items().map(|(_, quantity)| quantity).collect()
    }

    #[test]
    fn what_is_wanted_is_shown_at_once_and_taken_back_when_it_is_refused() {
        let mut basket = basket();
        basket.want(change(MUG, 5));
        assert_eq!((shown(&basket), basket.count(), basket.is_changing()), (vec![5, 1], 6, true));
        assert_eq!(basket.next(), Some(change(MUG, 5)));
        basket.settle(None);
        assert_eq!((shown(&basket), basket.count(), basket.is_changing()), (vec![2, 1], 3, false));

        basket.want(change(PLATE, 0));
        assert_eq!(shown(&basket), [2]);
        basket.next();
        basket.settle(None);
        assert_eq!(shown(&basket), [2, 1]);
    }

    #[test]
    fn only_the_last_of_many_wishes_for_one_item_is_sent() {
        let mut basket = basket();
        basket.want(change(MUG, 3));
        assert_eq!(basket.next(), Some(change(MUG, 3)));
        for quantity in 4..=7 {
            basket.want(change(MUG, quantity));
        }
        basket.want(change(PLATE, 9));
        assert_eq!(basket.next(), None, "one at a time");
        basket.settle(Some(cart(&[(MUG, 3), (PLATE, 1)])));
        assert_eq!(shown(&basket), [7, 9]);
        assert_eq!(basket.next(), Some(change(MUG, 7)));
        basket.settle(Some(cart(&[(MUG, 7), (PLATE, 1)])));
        assert_eq!(basket.next(), Some(change(PLATE, 9)));
        basket.settle(Some(cart(&[(MUG, 7), (PLATE, 9)])));
        assert_eq!((basket.next(), basket.is_busy()), (None, false));
    }

    #[test]
    fn a_refused_wish_leaves_the_later_ones() {
        let mut basket = basket();
        basket.want(change(MUG, 3));
        basket.next();
        basket.want(change(MUG, 4));
        basket.settle(None);
        assert_eq!(shown(&basket), [4, 1]);
        assert_eq!(basket.next(), Some(change(MUG, 4)));
    }

    #[test]
    fn everything_that_is_put_in_is_sent() {
        let add = || Wish::Add { variant: MUG, quantity: 1, name: "Mug".into() };
        let mut basket = basket();
        basket.want(add());
        basket.want(add());
        assert!(basket.is_adding());
        assert_eq!(basket.next(), Some(add()));
        basket.settle(Some(cart(&[(MUG, 3)])));
        assert_eq!(basket.next(), Some(add()));
    }

    #[test]
    fn another_visitor_sees_nothing_of_it() {
        let mut basket = basket();
        basket.want(change(MUG, 3));
        basket.next();
        basket.want(change(PLATE, 3));
        basket.forget();
        assert_eq!((basket.cart(), basket.count()), (None, 0));
        basket.want(Wish::Read);
        basket.settle(None);
        assert_eq!(basket.next(), Some(Wish::Read));
    }

    #[test]
    fn a_quantity_is_a_whole_number_within_what_can_be_had() {
        for (typed, quantity) in [("3", 3), (" 3 ", 3), ("0", 1), ("100", 8), ("99999999999", 8), ("007", 7)]
        {
            assert_eq!(typed_quantity(typed, 8), Some(quantity), "{typed}");
        }
        for typed in ["", "  ", "-1", "1.5", "1,5", "two", "1e3", "+2", "٣"] {
            assert_eq!(typed_quantity(typed, 8), None, "{typed}");
        }
    }

    #[test]
    fn free_shipping_comes_nearer() {
        let mut cart = cart(&[(MUG, 2)]);
        let amount = |text: &str| openapi::Money::parse(text, openapi::Currency::USD).unwrap();
        assert_eq!(towards_free_shipping(&cart), None);
        cart.free_shipping_from = Some(amount("50.00"));
        cart.subtotal = amount("20.00");
        assert_eq!(towards_free_shipping(&cart), Some((40, amount("30.00"))));
        cart.subtotal = amount("49.99");
        assert_eq!(towards_free_shipping(&cart), Some((99, amount("0.01"))));
        cart.subtotal = amount("50.00");
        assert_eq!(towards_free_shipping(&cart), Some((100, amount("0.00"))));
        cart.subtotal = amount("0.00");
        assert_eq!(towards_free_shipping(&cart), None);
    }
}
