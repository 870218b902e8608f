//! Everything stored at one moment, kept to be brought back: much faster than bringing about the same again.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use dynoxide::Database;

/// A copy of a database, in a file of its own beside the test binary; dropped, the file goes.
pub struct Kept(PathBuf);

impl Kept {
    pub(super) fn of(database: &Database) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let binary = std::env::current_exe().expect("this binary");
        let file = binary.with_extension(format!("{}.{number}.kept", std::process::id()));
        let kept = Self(file);
        database.vacuum_into(kept.path()).expect("a copy of the database");
        kept
    }

    pub(super) fn bring_back(&self, database: &Database) {
        database.restore_from(self.path()).expect("the database as it was");
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path in UTF-8")
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}
