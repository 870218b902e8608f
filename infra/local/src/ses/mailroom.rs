//! Where taken mails are kept: in memory, and in a folder when there is one, one file a mail.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use domain::Timestamp;
use serde::{Deserialize, Serialize};

/// Older mails are forgotten: this is a developer's mailbox, not an archive.
const MOST: usize = 1_000;

/// A mail as SES took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// What SES called it; newer ones sort later.
    pub id: String,
    /// When it came.
    pub at: Timestamp,
    /// The sender, with a name.
    pub from: String,
    /// Everybody it goes to.
    pub to: Vec<String>,
    /// Where answers go.
    pub reply_to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The plain-text part.
    pub text: Option<String>,
    /// The HTML part.
    pub html: Option<String>,
    /// Headers of the sender's own.
    pub headers: Vec<Header>,
    /// Tags, which SES repeats in its events.
    pub tags: Vec<Header>,
    /// What became of it.
    pub fate: Fate,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// What becomes of a mail after SES took it, by its address (the mailbox simulator).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It lies in the mailbox.
    Delivered,
    /// The address does not exist.
    Bounced,
    /// The recipient called it spam.
    Complained,
    /// SES did not try: the address bounced before.
    Suppressed,
}

pub(super) struct Mailroom {
    /// Oldest first.
    mails: VecDeque<Arc<Received>>,
    folder: Option<PathBuf>,
    taken: u32,
}

impl Mailroom {
    pub(super) fn in_memory() -> Self {
        Self { mails: VecDeque::new(), folder: None, taken: 0 }
    }

    /// With the mails of last time; a file that is none of ours is left alone.
    pub(super) fn in_folder(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let mut mails = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if let Some(mail) = fs::read(&path).ok().and_then(|json| serde_json::from_slice::<Received>(&json).ok())
                && path == file(&folder, &mail)
            {
                mails.push(Arc::new(mail));
            }
        }
        mails.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self { mails: mails.into(), folder: Some(folder), taken: 0 })
    }

    pub(super) fn newest_first(&self) -> Vec<Arc<Received>> {
        self.mails.iter().rev().cloned().collect()
    }

    /// Names and keeps a mail; on disk before the answer says it is taken.
    pub(super) fn keep(&mut self, mut mail: Received) -> io::Result<String> {
        self.taken = self.taken.wrapping_add(1);
        mail.id = format!("{:016x}-{:08x}-000000", mail.at.as_microsecond().max(0), self.taken);
        if let Some(folder) = &self.folder {
            let (path, written) = (file(folder, &mail), folder.join("being-written"));
            fs::write(&written, serde_json::to_vec_pretty(&mail)?)?;
            fs::rename(written, path)?;
        }
        let id = mail.id.clone();
        self.mails.push_back(Arc::new(mail));
        while self.mails.len() > MOST {
            if let Some(oldest) = self.mails.pop_front() {
                self.forget(&oldest)?;
            }
        }
        Ok(id)
    }

    pub(super) fn clear(&mut self) -> io::Result<()> {
        while let Some(mail) = self.mails.pop_front() {
            self.forget(&mail)?;
        }
        Ok(())
    }

    fn forget(&self, mail: &Received) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        match fs::remove_file(file(folder, mail)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn file(folder: &Path, mail: &Received) -> PathBuf {
    folder.join(format!("{}.json", mail.id))
}
