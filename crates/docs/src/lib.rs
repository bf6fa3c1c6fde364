//! Documents that people edit together, maybe on several devices at once: what a person tells about themselves, a care
//! plan with its tasks, notes. Automerge merges what was written apart.
//!
//! Pure: no storage, no clock, no randomness. [`Work`] in, [`Done`] out, so that it can run in a worker of its own, which is
//! loaded when a document is first written. Whoever only shows documents needs the views, not Automerge.

mod calendar;
mod document;
mod edit;
mod limits;
mod name;
mod task;
mod text;
mod view;
mod work;

pub use calendar::{Day, Repeat, Schedule};
pub use edit::{ContactDraft, Edit, ProfileField, TaskDraft};
pub use limits::MAX_CHANGE_BYTES;
pub use name::{Author, DocumentKind, DocumentName, Version};
pub use task::{Mark, Outcome, Standing, Task, TaskStatus};
pub use view::{CarePlan, Contact, Field, Note, Profile, View};
pub use work::{DocsError, Done, Goal, Work};
