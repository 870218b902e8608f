//! The sample vendor's releases: three of each product, with files that can be downloaded.

use anyhow::Result;
use domain::Date;
use domain::name::WebAddress;
use domain::number::ProductCode;
use domain::release::{Arch, FileName, Notes, Platform, Release, ReleaseFile, ReleaseState, Version};
use files::Place;
use jiff::ToSpan as _;
use store::Store;

use super::zip::archive;
use crate::storage::Storage;

const TERMS: &str = "https://www.northlight-cad.example/license-terms";
/// How long each product may be tried.
const TRIAL_DAYS: u16 = 30;

/// What there are releases of: code, and the name that files carry.
const PRODUCTS: [(&str, &str); 3] =
    [("NLD", "northlight-draft"), ("NLR", "northlight-render"), ("NLS", "northlight-simulate")];

/// Each release: version, how many days ago it came out, what is new.
const RELEASES: [(&str, i32, &str); 3] = [
    (
        "2026.2",
        20,
        "Opens drawings twice as fast.\n\n- Layers can be locked for everyone.\n- Fixes a crash when printing to A0.",
    ),
    ("2026.1", 200, "Reads and writes IFC 4.3.\n\n- A new measuring tool.\n- Dark colours for late evenings."),
    ("2025.2", 420, "The last version for Windows 10.\n\n- Fixes 38 faults that customers reported."),
];

const FILES: [(Platform, Option<&str>, &str); 3] = [
    (Platform::Windows, Some("x64"), "windows-x64"),
    (Platform::Macos, Some("universal"), "macos-universal"),
    (Platform::Linux, Some("x64"), "linux-x64"),
];

/// Writes releases and files.
pub(super) async fn load(store: &Store, storage: &Storage, today: Date) -> Result<()> {
    let terms_url = WebAddress::parse(TERMS)?;
    for (code, slug) in PRODUCTS {
        let product = ProductCode::parse(code)?;
        store.import().describe_product(&product, &terms_url, TRIAL_DAYS).await?;
        for (version, days_ago, notes) in RELEASES {
            let mut files = Vec::with_capacity(FILES.len());
            for (platform, arch, on) in FILES {
                let title = format!("{slug}-{version}-{on}");
                let arch = arch.map(Arch::parse).transpose()?;
                files.push(file(storage, &product, &title, (platform, arch)).await?);
            }
            let release = Release {
                version: Version::parse(version)?,
                released_on: today.saturating_sub(days_ago.days()),
                notes: Some(Notes::parse(notes)?),
                files,
                state: ReleaseState::Published,
                revision: 1,
            };
            store.import().put_release(&product, &release).await?;
        }
    }
    Ok(())
}

async fn file(
    storage: &Storage,
    product: &ProductCode,
    title: &str,
    (platform, arch): (Platform, Option<Arch>),
) -> Result<ReleaseFile> {
    let line = format!("{title}: a file of the sample vendor, to try downloads with. There is no program in it.\n");
    // Long enough that a size in kilobytes is shown, and that a part of it makes sense.
    let bytes = archive(&format!("{title}/read me.txt"), line.repeat(1_500).as_bytes());
    let sha256 = domain::release::Sha256::parse(&credentials::sha256_hex(&bytes))?;
    storage.keep(&Place::of_release(product, &sha256), &bytes).await?;
    let length = ReleaseFile::parse_bytes(bytes.len() as u64)?;
    Ok(ReleaseFile { platform, arch, name: FileName::parse(&format!("{title}.zip"))?, bytes: length, sha256 })
}
