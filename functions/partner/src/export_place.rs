//! Where a page of an exported customer begins: among its people, or among its licenses, which follow them.

use domain::page::Position;

/// In which list a page begins, whether something of that list has been written before, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    People(bool, Option<Position>),
    Licenses(bool, Option<Position>),
}

const PEOPLE: &str = "people";
const LICENSES: &str = "licenses";

impl Place {
    /// From a cursor's position; the first page begins with the people.
    pub(crate) fn of(from: Option<Position>) -> Option<Self> {
        let Some(Position(mut parts)) = from else { return Some(Self::People(false, None)) };
        let inner = parts.split_off(parts.len().min(2));
        let inner = (!inner.is_empty()).then_some(Position(inner));
        match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [PEOPLE, filled] => Some(Self::People(*filled == "filled", inner)),
            [LICENSES, filled] => Some(Self::Licenses(*filled == "filled", inner)),
            _ => None,
        }
    }

    /// Notes that something is written; whether something was before.
    pub(crate) fn fill(&mut self) -> bool {
        let (Self::People(filled, _) | Self::Licenses(filled, _)) = self;
        std::mem::replace(filled, true)
    }

    /// The position of the next page, which goes on there in the same list; an empty one is its beginning.
    pub(crate) fn then(&self, inner: Position) -> Position {
        let (list, filled) = match self {
            Self::People(filled, _) => (PEOPLE, *filled),
            Self::Licenses(filled, _) => (LICENSES, *filled),
        };
        let mut parts = vec![list.to_owned(), if filled { "filled" } else { "empty" }.to_owned()];
        parts.extend(inner.0);
        Position(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_goes_on_where_the_one_before_ended() {
        let mut place = Place::of(None).expect("the first page");
        assert_eq!(place, Place::People(false, None));
        assert!(!place.fill() && place.fill());
        let inner = Position(vec!["MEMBER#1".to_owned()]);
        assert_eq!(Place::of(Some(place.then(inner.clone()))), Some(Place::People(true, Some(inner.clone()))));
        let licenses = Place::Licenses(false, None).then(inner.clone());
        assert_eq!(Place::of(Some(licenses)), Some(Place::Licenses(false, Some(inner.clone()))));
        for other in [Position(vec![]), Position(vec!["x".to_owned()]), inner] {
            assert_eq!(Place::of(Some(other)), None);
        }
    }
}
