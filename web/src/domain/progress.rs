//! How far an order has come, step by step.

use openapi::orders::OrderStatus;

/// The steps of an order that goes well.
const STEPS: [OrderStatus; 5] = [
    OrderStatus::Pending,
    OrderStatus::Confirmed,
    OrderStatus::Processing,
    OrderStatus::Shipped,
    OrderStatus::Delivered,
];

/// Where a step lies, seen from where the order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    Done,
    Now,
    Ahead,
}

/// Every step, and where it lies; none for an order that goes nowhere any more.
pub(crate) fn steps(status: OrderStatus) -> Vec<(OrderStatus, Position)> {
    let Some(now) = STEPS.iter().position(|step| *step == status) else {
        return Vec::new();
    };
    let position = |index: usize| match index {
        _ if index < now => Position::Done,
        // Nothing comes after the last step.
        _ if index == now && now + 1 == STEPS.len() => Position::Done,
        _ if index == now => Position::Now,
        _ => Position::Ahead,
    };
    STEPS.into_iter().enumerate().map(|(index, step)| (step, position(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(status: OrderStatus) -> String {
        let mark = |(_, position): (OrderStatus, Position)| match position {
            Position::Done => 'x',
            Position::Now => 'o',
            Position::Ahead => '.',
        };
        steps(status).into_iter().map(mark).collect()
    }

    #[test]
    fn an_order_comes_along_step_by_step() {
        let all = OrderStatus::ALL.map(written);
        assert_eq!(all, ["o....", "xo...", "xxo..", "xxxo.", "xxxxx", "", ""]);
    }
}
