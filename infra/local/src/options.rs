//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Portico, the customer account portal, whole on one machine: site, API, database and mailbox.
///
/// Without a command it starts, with a sample vendor on the first start, and prints where to look and how to sign
/// in. Everything it keeps lies in one folder. It answers on this machine only (127.0.0.1) and needs no account
/// anywhere.
#[derive(Debug, Parser)]
#[command(name = "portico", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub struct Options {
    /// Something else to do instead of starting
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to start
    #[command(flatten)]
    pub start: Start,
}

/// How the portal starts.
#[derive(Debug, Args)]
pub struct Start {
    /// The port to answer on; 0 takes a free one and prints it
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The folder that keeps rows, mails and keys between two starts
    #[arg(long, value_name = "FOLDER", default_value = ".portico")]
    pub data: PathBuf,
    /// Keep nothing: everything is gone when Portico stops
    #[arg(long, conflicts_with = "data")]
    pub ephemeral: bool,
    /// Start a new portal without the sample vendor
    #[arg(long)]
    pub empty: bool,
    /// Start so many days ahead: what ends by then has ended, and what is due then is done
    #[arg(long, value_name = "DAYS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=3_650))]
    pub ahead: u16,
    /// Print a line for each request, as a function logs it
    #[arg(long)]
    pub log: bool,
}

/// The other things it does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import customers, people, products, orders, licenses and partner links from CSV files
    Import(Import),
    /// Make people staff of the vendor, or take that away
    #[command(subcommand)]
    Staff(Staff),
    /// Prove what partners' lists show of their customers, and mend what does not hold
    #[command(subcommand)]
    Customers(Customers),
    /// Write the pages for a deployment, one set per language
    Site(Site),
    /// Print the OpenAPI document of the API
    Openapi,
}

/// Reads `products.csv`, `customers.csv`, `people.csv`, `orders.csv`, `licenses.csv` and `partners.csv`; each may be
/// missing. Every cell is checked before the first row is written, and every problem is listed by file, row and
/// column. Each customer and each order is written whole or not at all. Importing the same files again changes
/// nothing, so a run that was interrupted is simply run again; changed rows are updated. Importing sends no mail.
#[derive(Debug, Args)]
pub struct Import {
    /// The folder with the CSV files
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Check everything and say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The folder of the portal to import into
    #[arg(long, value_name = "FOLDER", default_value = ".portico")]
    pub data: PathBuf,
}

/// The vendor's own people.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Make somebody staff, with an initial password if they have no login yet
    Add(AddStaff),
    /// Take somebody's role away; their login stays, and their sessions end
    Remove(RemoveStaff),
}

/// Staff work at the vendor's console, always with a second factor. Whoever has a login keeps it and gets the role;
/// whoever has none gets one, with an initial password that is printed once.
#[derive(Debug, Args)]
pub struct AddStaff {
    /// The address they sign in with
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// First name; needed for somebody without a login
    #[arg(long, value_name = "NAME", requires = "last_name")]
    pub first_name: Option<String>,
    /// Last name; needed for somebody without a login
    #[arg(long, value_name = "NAME", requires = "first_name")]
    pub last_name: Option<String>,
    /// What they may do: support (the day-to-day) or admin (also what an account may use)
    #[arg(long, default_value = "support")]
    pub role: String,
    /// The language of their pages and mails: en, fr or de
    #[arg(long, default_value = "en")]
    pub language: String,
    /// The folder of the portal
    #[arg(long, value_name = "FOLDER", default_value = ".portico")]
    pub data: PathBuf,
}

/// Whose role is taken away.
#[derive(Debug, Args)]
pub struct RemoveStaff {
    /// The address they sign in with
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// The folder of the portal
    #[arg(long, value_name = "FOLDER", default_value = ".portico")]
    pub data: PathBuf,
}

/// The lists of customers that partners have.
#[derive(Debug, Subcommand)]
pub enum Customers {
    /// Bring the lists up to the accounts, whatever they say of them
    Repair(RepairCustomers),
}

/// What a partner's list shows of a customer is copied from the customer's account, and follows it by itself. Here each
/// account is compared with what the lists say, and rows that are missing, wrong or nobody's are mended. It can be run at
/// any time, as often as one likes; where all is well, it writes nothing.
#[derive(Debug, Args)]
pub struct RepairCustomers {
    /// Only the customers of the partner with this number
    #[arg(long, value_name = "NUMBER")]
    pub partner: Option<String>,
    /// The folder of the portal
    #[arg(long, value_name = "FOLDER", default_value = ".portico")]
    pub data: PathBuf,
}

/// Where the pages of a deployment are written.
#[derive(Debug, Args)]
pub struct Site {
    /// The folder to write to; made when it is missing
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// A JSON file with the vendor's name, addresses and colour
    #[arg(long, value_name = "FILE")]
    pub vendor: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  portico                              start with the sample vendor
  portico --port 0 --ephemeral         a throw-away portal on a free port
  portico import crm --dry-run         check the files in the folder crm
  portico import crm --data acme       import them into a portal of their own
  portico --data acme                  and look at it";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_options_do_not_contradict_each_other() {
        Options::command().debug_assert();
    }

    #[test]
    fn a_throw_away_portal_has_no_data_folder() {
        assert!(Options::try_parse_from(["portico", "--ephemeral", "--data", "x"]).is_err());
    }
}
