//! Queries that ask for another order.

use crate::search::order::{Order, SortBy};
use crate::search::query::parse::SORT;
use crate::search::query::token::{Operator, Token, TokenKind, tidy, tokens};

/// A query that asks for an order, in the place of those that it asked for. The nearest first is the order of a query that
/// names a place, and needs no words.
#[must_use]
pub(crate) fn with_order(query: &str, order: &Order) -> String {
    let is_sort =
        |token: &Token| matches!(&token.kind, TokenKind::Condition { name, .. } if name.eq_ignore_ascii_case(SORT));
    let others = tokens(query).into_iter().filter(|token| !is_sort(token)).map(|token| query[token.at].to_owned());
    let name = match &order.by {
        SortBy::Best => Some("best"),
        SortBy::Name => Some("name"),
        SortBy::Place => Some("place"),
        SortBy::Measure(id) => Some(id.as_str()),
        SortBy::Distance(_) => None,
    };
    let turn = if order.is_turned { "-" } else { "" };
    let sort = name.map(|name| Token::condition(SORT, Operator::Colon, &format!("{turn}{name}")).to_string());
    tidy(others).into_iter().chain(sort).collect::<Vec<_>>().join(" ")
}

/// The part of a query that asks for an order, which is given by its name: `-beds` is turned.
#[must_use]
pub(crate) fn sorted_by(name: &str) -> String {
    Token::condition(SORT, Operator::Colon, name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_takes_the_place_of_others() {
        let turned = |by: SortBy| Order { by, is_turned: true };
        for (query, order, written) in [
            ("chong sort:name beds>5", turned(SortBy::Measure("beds.open".into())), "chong beds>5 sort:-beds.open"),
            ("sort=place", SortBy::Best.into(), "sort:best"),
            ("\"medical", SortBy::Name.into(), "\"medical\" sort:name"),
            ("a or sort:name", SortBy::Name.into(), "a sort:name"),
            ("near:1,2", turned(SortBy::Name), "near:1,2 sort:-name"),
        ] {
            assert_eq!(with_order(query, &order), written);
        }
    }
}
