use serde::{Deserialize, Serialize};

use crate::edit::ProfileField;
use crate::name::Version;
use crate::task::Task;

/// A value that says one thing. What two devices set apart is never mixed: one stands, the others stand beside it until a
/// person decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What stands; empty where nothing was said.
    pub value: String,
    /// What other devices set at the same time.
    pub others: Vec<String>,
}

/// What a document says now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// What the person tells about themselves.
    Profile(Profile),
    /// Tasks.
    CarePlan(CarePlan),
    /// A text.
    Note(Note),
}

/// What the person tells about themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What was said, in the order of [`ProfileField::ALL`].
    pub fields: Vec<(ProfileField, Field)>,
    /// Whom to call.
    pub contacts: Vec<Contact>,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Names them in the document.
    pub id: [u8; 16],
    /// Name.
    pub name: Field,
    /// Who they are to the person.
    pub relation: Field,
    /// Phone number.
    pub phone: Field,
}

/// All tasks but removed ones, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarePlan {
    /// The tasks.
    pub tasks: Vec<Task>,
}

/// A text with a title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Title; may be empty.
    pub title: String,
    /// Text.
    pub text: String,
    /// When it was begun, milliseconds since 1970.
    pub created_ms: i64,
    /// When it was last changed, milliseconds since 1970, as the devices that changed it say.
    pub changed_ms: i64,
    /// It was erased, and is not shown any more.
    pub removed: bool,
    /// The state that this is: later edits say what they were made to.
    pub version: Version,
}

impl Profile {
    /// What was said.
    pub fn field(&self, wanted: ProfileField) -> Option<&Field> {
        self.fields.iter().find(|(field, _)| *field == wanted).map(|(_, value)| value)
    }
}
