//! The database of a data folder, for commands that need nothing else of the portal.

use std::path::Path;

use anyhow::{Result, anyhow};
use store::{Store, schema};

use crate::config::{TABLES, access};
use crate::data_folder::DataFolder;
use crate::emulator::{Emulator, Storage};

/// It answers as long as this lives.
pub(super) struct Opened {
    pub store: Store,
    _emulator: Emulator,
    _folder: DataFolder,
}

impl Opened {
    pub async fn open(folder: DataFolder) -> Result<Self> {
        let emulator = Emulator::start(&Storage::File(folder.database()))?;
        let store = Store::new(&access(&emulator.endpoint()), TABLES)?;
        schema::create_missing(store.client(), store.prefix()).await?;
        Ok(Self { store, _emulator: emulator, _folder: folder })
    }
}

pub(super) fn no_portal(data: &Path) -> anyhow::Error {
    anyhow!("{} holds no portal", data.display())
}
