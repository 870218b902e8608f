//! Every way to ask a partner for its customers.

/// Where the list is.
pub const CUSTOMERS: &str = "/api/partner/customers";

/// A query, with the filters it has.
pub struct Asked {
    /// As the address says it.
    pub query: String,
    /// The product by which it filters.
    pub product: Option<&'static str>,
    /// The status by which it filters.
    pub status: Option<&'static str>,
    /// How the names begin for which it looks.
    pub prefix: Option<&'static str>,
    /// The order.
    pub sort: &'static str,
}

/// Each filter, with and without each other, in each order and direction.
#[must_use]
pub fn all() -> Vec<Asked> {
    let mut all = Vec::new();
    for product in [None, Some("NLD")] {
        for status in [None, Some("active"), Some("suspended"), Some("closed")] {
            for (prefix, sorts) in
                [(None, &["name", "-name", "renewal", "-renewal"][..]), (Some("élan"), &["name", "-name"])]
            {
                for sort in sorts {
                    let parts = [
                        Some(format!("sort={sort}")),
                        product.map(|product| format!("product={product}")),
                        status.map(|status| format!("status={status}")),
                        prefix.map(|_| "search=%C3%89lan".to_owned()),
                    ];
                    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
                    all.push(Asked { query, product, status, prefix, sort });
                }
            }
        }
    }
    all
}
