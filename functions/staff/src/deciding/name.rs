//! An owner is called otherwise (R201).

use domain::name::PersonName;
use web::ApiError;

use super::{Carried, Deciding};

impl Deciding<'_> {
    pub async fn name(&self, first_name: &PersonName, last_name: &PersonName) -> Result<Carried, ApiError> {
        let asker = self.asker().await?;
        let decided = self.approved(vec![self.done_for_asker()]);
        let names = (first_name, last_name);
        Ok(self.app.store().rename_person(self.right, self.request, &asker, names, &decided).await)
    }
}
