//! Customers who order one thing after the other.

use std::sync::Arc;

use openapi::{
    Data,
    orders::{NewOrderItem, OrderDetail, PlaceOrder, PostalAddress},
};

use super::{
    Wanted,
    things::{Ids, VARIANTS},
};
use crate::{
    failure::Failure,
    load::Load,
    shop::{BYPASS_TOKEN, Server, people},
};

const PATH: &str = "/api/orders";

/// Customers, and what they can buy.
#[derive(Debug)]
pub(super) struct Buyers {
    /// The token of each.
    tokens: Arc<Vec<String>>,
    /// The body of an order of each thing.
    bodies: Arc<Vec<String>>,
}

impl Buyers {
    pub(super) fn register(server: &Server, many: usize, things: usize) -> Result<Self, Failure> {
        println!("opening {many} accounts …");
        let client = server.client().past_limits();
        let tokens = (0..many).map(|number| Ok(people::register(&client, &people::known(number))?.token));
        Ok(Self {
            tokens: Arc::new(tokens.collect::<Result<_, Failure>>()?),
            bodies: Arc::new((0..things).map(|thing| json(&order(VARIANTS, thing))).collect()),
        })
    }

    /// One order of one customer.
    pub(super) fn buy_once(&self, server: &Server, key: &str) -> Result<OrderDetail, Failure> {
        let client = server.client().past_limits().with_token(&self.tokens[0]).with_key(key);
        let answer = client.post(PATH, &order(VARIANTS, 0))?.expect(201)?;
        Ok(answer.json::<Data<OrderDetail>>()?.data)
    }

    /// Everybody buys; no key of one round is one of another.
    pub(super) fn load(&self, server: &Server, wanted: Wanted, round: u32) -> Load {
        let (tokens, bodies, port) = (self.tokens.clone(), self.bodies.clone(), server.port());
        let connections = tokens.len();
        let name = format!("{wanted:?}-{round}");
        Load::asking(port, connections, move |connection, nth| {
            let place = match wanted {
                // Neighbours are far apart, and nobody buys the same twice in a row.
                Wanted::Many => (connection * 37 + nth * 101) % bodies.len(),
                Wanted::One => 0,
            };
            let (body, token) = (&bodies[place], &tokens[connection]);
            format!(
                "POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nx-load-test-bypass: {BYPASS_TOKEN}\r\nauthorization: \
                 Bearer {token}\r\nidempotency-key: {name}-{connection}-{nth}\r\ncontent-type: \
                 application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
            .into_bytes()
            .into()
        })
    }
}

fn order(things: Ids, number: usize) -> PlaceOrder {
    let line = str::to_owned;
    PlaceOrder {
        items: Some(vec![NewOrderItem {
            product_id: None,
            variant_id: things.of(number).parse().ok(),
            quantity: 1,
        }]),
        shipping_address: PostalAddress {
            first_name: line("Ada"),
            last_name: line("Lovelace"),
            address1: line("Via Appia 1"),
            city: line("Roma"),
            state: line("RM"),
            postal_code: line("00184"),
            country: line("IT"),
            ..PostalAddress::default()
        },
        ..PlaceOrder::default()
    }
}

fn json(order: &PlaceOrder) -> String {
    serde_json::to_string(order).unwrap_or_default()
}
