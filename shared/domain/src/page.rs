//! Pages of lists: what is asked for, and what comes back.

use crate::Invalid;

/// How many rows a page has: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(u16);

impl PageSize {
    /// The most rows of one page.
    pub const MOST: u16 = 100;

    /// The largest page of a list.
    pub const LARGEST: Self = Self(Self::MOST);

    /// A page of a partner's customers: what fits a screen.
    pub const CUSTOMERS: Self = Self(25);

    /// A page of a file that a script puts together: what the database reads at once of rows of 1 kB.
    pub const OF_A_FILE: Self = Self(1_000);

    /// A page of that many rows.
    ///
    /// # Errors
    /// [`Invalid::Number`] for none and for more than [`PageSize::MOST`].
    pub const fn new(rows: u16) -> Result<Self, Invalid> {
        if rows == 0 || rows > Self::MOST {
            return Err(Invalid::Number { min: 1, max: Self::MOST as u32 });
        }
        Ok(Self(rows))
    }

    /// The number of rows.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(50)
    }
}

/// Where a page begins: the sort keys of the row before it, without the partition, which only a right can name.
/// It leaves the portal only sealed, bound to caller and query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position(pub Vec<String>);

/// Some rows of a list, and where the next page begins. The last page may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in order.
    pub items: Vec<T>,
    /// Where to go on; none: this was the last page.
    pub next: Option<Position>,
}
