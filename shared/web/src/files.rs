//! Addresses of the vendor's files: made here, used by the browser, and by nobody else.

use domain::{number::ProductCode, release::ReleaseFile};
use files::{Download, Files, Place, Upload};
use futures_util::future::try_join_all;

use crate::{ApiError, App};

impl App {
    /// An address that takes exactly that file of a product.
    ///
    /// # Errors
    /// If this function was not told where files are.
    pub fn upload(&self, product: &ProductCode, file: &ReleaseFile) -> Result<Upload, ApiError> {
        let place = Place::of_release(product, &file.sha256);
        Ok(self.files()?.upload(&place, file.bytes, &file.sha256, self.now())?)
    }

    /// An address at which that file of a product can be had.
    ///
    /// # Errors
    /// If this function was not told where files are.
    pub fn download(&self, product: &ProductCode, file: &ReleaseFile) -> Result<Download, ApiError> {
        let place = Place::of_release(product, &file.sha256);
        Ok(self.files()?.download(&place, &file.name, self.now())?)
    }

    /// Which of these files have not been uploaded, by their places in the list.
    ///
    /// # Errors
    /// If the storage does not answer.
    pub async fn missing_files(&self, product: &ProductCode, files: &[ReleaseFile]) -> Result<Vec<usize>, ApiError> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let (storage, now) = (self.files()?, self.now());
        let asked = files.iter().map(|file| {
            let place = Place::of_release(product, &file.sha256);
            async move { storage.is_there(&place, file.bytes, now).await }
        });
        let there = try_join_all(asked).await?;
        Ok(there.iter().enumerate().filter(|(_, there)| !**there).map(|(place, _)| place).collect())
    }

    fn files(&self) -> Result<&Files, ApiError> {
        self.inner().files.as_ref().ok_or_else(|| ApiError::broken("no bucket is set"))
    }
}
