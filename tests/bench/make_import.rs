//! Writes a large, believable, always equal set of CSV files, to measure the import with:
//!
//! ```sh
//! cargo run --example make-import -- target/large        # 20,000 customers, 100,000 licenses
//! cargo run -- import target/large --data target/large-portal
//! ```

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::Parser;

/// Write a generated set of CSV files for an import.
#[derive(Parser)]
struct Options {
    /// The folder to write to
    folder: PathBuf,
    /// How many customers; each has five licenses on average
    #[arg(long, default_value_t = 20_000)]
    customers: u32,
}

const FIRST_NAMES: [&str; 12] =
    ["Anna", "Björn", "Chloé", "Dmitri", "Elif", "François", "Grace", "Håkon", "Inês", "Jürgen", "Khadija", "Łukasz"];
const LAST_NAMES: [&str; 12] = [
    "Ahlgren",
    "Brückner",
    "Castellano",
    "D'Angelo",
    "Eriksen",
    "Fournier",
    "Gruber",
    "Hämäläinen",
    "Iyer",
    "Jansen",
    "Köhler",
    "Ní Bhriain",
];
const TRADES: [&str; 8] =
    ["Werkzeugbau", "Architectes", "Engineering", "Boatworks", "Konepaja", "Timber & Sons", "Prefab", "Anlagenbau"];
const PLACES: [(&str, &str, &str); 6] = [
    ("DE", "de", "Europe/Berlin"),
    ("FR", "fr", "Europe/Paris"),
    ("GB", "en", "Europe/London"),
    ("US", "en", "America/Chicago"),
    ("AT", "de", "Europe/Vienna"),
    ("NL", "en", "Europe/Amsterdam"),
];
const PRODUCTS: [(&str, &str); 4] = [
    ("NLD", "Northlight Draft"),
    ("NLR", "Northlight Render"),
    ("NLS", "Northlight Simulate"),
    ("NLT", "Northlight Studio"),
];
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One customer in a hundred is a partner.
const PARTNER_EVERY: u32 = 100;

fn main() -> Result<()> {
    let options = Options::parse();
    ensure!(options.customers >= 1 && options.customers <= 1_000_000, "from 1 to 1,000,000 customers");
    fs::create_dir_all(&options.folder)?;
    let mut files = Files::create(&options.folder)?;
    for (code, name) in PRODUCTS {
        writeln!(files.products, "{code},{name}")?;
    }
    let mut order = 0;
    for customer in 0..options.customers {
        order = write_customer(&mut files, customer, order)?;
    }
    files.flush()
}

/// Writes a customer with people and orders; gives back the number of the next order.
fn write_customer(files: &mut Files, customer: u32, first_order: u32) -> Result<u32> {
    let pick = |salt: u32, of: usize| mix(customer, salt) as usize % of;
    let number = format!("C{}", 100_000 + customer);
    let (country, language, zone) = PLACES[pick(1, PLACES.len())];
    let is_partner = customer.is_multiple_of(PARTNER_EVERY);
    let kind = if is_partner { "partner" } else { "customer" };
    let name = format!("{} {} {customer}", LAST_NAMES[pick(2, LAST_NAMES.len())], TRADES[pick(3, TRADES.len())]);
    writeln!(files.customers, "{number},{name},{kind},{country},{language},{zone},active")?;
    let people = 1 + pick(4, 4);
    for person in 0..people {
        let role = ["owner", "manager", "member", "member"][person];
        let permissions = if person == 3 { "view_orders" } else { "" };
        let first = FIRST_NAMES[pick(5 + person as u32, FIRST_NAMES.len())];
        let last = LAST_NAMES[pick(9 + person as u32, LAST_NAMES.len())];
        writeln!(
            files.people,
            "{number},{},{first},{last},,,{language},{role},{permissions}",
            address(customer, person)
        )?;
    }
    if !is_partner {
        let partner = 100_000 + customer / PARTNER_EVERY * PARTNER_EVERY;
        writeln!(files.partners, "C{partner},{number},automatic")?;
    }
    // Three orders of one, one and three lines.
    for (at, lines) in [1, 1, 3].into_iter().enumerate() {
        let order = first_order + at as u32;
        let day =
            format!("20{}-{:02}-{:02}", 22 + mix(order, 20) % 5, 1 + mix(order, 21) % 10, 1 + mix(order, 22) % 28);
        writeln!(files.orders, "SO-{order:07},{number},{day},PO-{}", mix(order, 23) % 10_000)?;
        for line in 1..=lines {
            let (product, _) = PRODUCTS[mix(order, 30 + line) as usize % PRODUCTS.len()];
            let seats = 1 + mix(order, 40 + line) % 20;
            let serial = serial(product, order * 8 + line);
            let assigned = if mix(order, 50 + line).is_multiple_of(3) { address(customer, 0) } else { String::new() };
            writeln!(
                files.licenses,
                "SO-{order:07},{line},{product},{serial},subscription,{seats},{day},2027-06-30,,{assigned}"
            )?;
        }
    }
    Ok(first_order + 3)
}

fn address(customer: u32, person: usize) -> String {
    format!("person{person}@company{customer}.example")
}

/// A serial number that no other license has: the number itself, in a form that looks like chance.
fn serial(product: &str, license: u32) -> String {
    let bits = u64::from(license) << 32 | u64::from(mix(license, 60));
    let digits: Vec<char> = (0..12).map(|at| char::from(ALPHABET[(bits >> (at * 5)) as usize & 31])).collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    format!("{product}-{}", groups.join("-"))
}

/// The same number for the same two, as good as chance (splitmix64).
fn mix(seed: u32, salt: u32) -> u32 {
    let mut z = (u64::from(seed) << 32 | u64::from(salt)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as u32
}

struct Files {
    products: BufWriter<File>,
    customers: BufWriter<File>,
    people: BufWriter<File>,
    orders: BufWriter<File>,
    licenses: BufWriter<File>,
    partners: BufWriter<File>,
}

impl Files {
    fn create(folder: &Path) -> Result<Self> {
        let file = |name: &str, header: &str| -> Result<BufWriter<File>> {
            let mut file = BufWriter::new(File::create(folder.join(name))?);
            writeln!(file, "{header}")?;
            Ok(file)
        };
        Ok(Self {
            products: file("products.csv", "code,name")?,
            customers: file("customers.csv", "number,name,kind,country,language,time_zone,status")?,
            people: file(
                "people.csv",
                "customer,email,first_name,last_name,job_title,phone,language,role,permissions",
            )?,
            orders: file("orders.csv", "number,customer,date,purchase_order")?,
            licenses: file(
                "licenses.csv",
                "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to",
            )?,
            partners: file("partners.csv", "partner,customer,access")?,
        })
    }

    fn flush(mut self) -> Result<()> {
        for file in [
            &mut self.products,
            &mut self.customers,
            &mut self.people,
            &mut self.orders,
            &mut self.licenses,
            &mut self.partners,
        ] {
            file.flush()?;
        }
        Ok(())
    }
}
