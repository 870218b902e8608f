//! The committed table: a line for each case.

use tests::wire::Calls;

/// What stands above the lines.
pub(super) fn head() -> String {
    let says = "# What each operation costs: DynamoDB calls, the longest chain of them, read units, write units and\n\
                # the part of these that indexes take; then, apart, what follows the answer, which nobody waits for.\n\
                # Measured by units.rs, which fails when anything changes; PORTICO_UPDATE=1 writes the table anew.\n\n";
    let names = line("# operation", ["calls", "depth", "read", "write", "index"], ["calls", "read", "write"]);
    format!("{says}{names}")
}

/// The line of a case: what the request costs, and what follows it.
pub(super) fn of(case: &str, calls: &Calls, depth: usize) -> String {
    let (asked, follows) = (calls.until_the_answer(), calls.after_the_answer());
    let (read, write, index) = (asked.read_units(), asked.write_units(), asked.index_write_units());
    let cost = [asked.count().to_string(), depth.to_string(), read.to_string(), write.to_string(), index.to_string()];
    let after = match follows.count() {
        0 => Default::default(),
        some => [some.to_string(), follows.read_units().to_string(), follows.write_units().to_string()],
    };
    line(case, cost, after)
}

fn line<T: std::fmt::Display>(case: &str, cost: [T; 5], after: [T; 3]) -> String {
    let cost: String = cost.iter().map(|number| format!(" {number:>5}")).collect();
    let after: String = after.iter().map(|number| format!(" {number:>5}")).collect();
    format!("{}\n", format!("{case:<64}{cost}  {after}").trim_end())
}
