//! A resource as a tree that borrows from its text; numbers stay as written.

use crate::json::{Fault, MAX_DEPTH, Scanner};
use crate::read::ReadError;
use std::borrow::Cow;

/// A JSON value. Objects keep order and repeated keys.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Parses one JSON value that fills the text.
    pub fn parse(text: &'a str) -> Result<Self, ReadError> {
        let mut scanner = Scanner::new(text, MAX_DEPTH);
        scanner.gap();
        let node = node(&mut scanner);
        scanner.gap();
        match node {
            Ok(node) if scanner.at_end() => Ok(node),
            Ok(_) => Err(scanner.fault().explain(text)),
            Err(fault) => Err(fault.explain(text)),
        }
    }

    /// Parses a resource: an object that names its type. Gives the type too.
    pub fn parse_resource(text: &'a str) -> Result<(Self, String), ReadError> {
        let node = Self::parse(text)?;
        let type_name = node.text_at("resourceType").filter(|name| is_type_name(name)).map(str::to_owned);
        type_name.map(|name| (node, name)).ok_or(ReadError::NotFhir)
    }

    /// The value of a key; of repeated keys the last one that is not `null`, as most libraries have it.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.members().iter().rev().find(|(name, value)| name == key && *value != Node::Null).map(|(_, value)| value)
    }

    /// Members of an object; nothing for anything else.
    pub fn members(&self) -> &[(Cow<'a, str>, Node<'a>)] {
        match self {
            Node::Object(members) => members,
            _ => &[],
        }
    }

    /// Items of a list; anything else stands for a list of one.
    pub fn items(&self) -> &[Node<'a>] {
        match self {
            Node::List(items) => items,
            Node::Null => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// Items under a key; none where it is missing.
    pub fn each(&self, key: &str) -> &[Node<'a>] {
        self.get(key).map_or(&[], Node::items)
    }

    /// A string that has more in it than white space, without white space around it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// [`Node::text`] of a key.
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::text)
    }

    /// A number, string or boolean as written.
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Node::Number(number) => Some(number),
            Node::Bool(true) => Some("true"),
            Node::Bool(false) => Some("false"),
            other => other.text(),
        }
    }

    /// True where the key is `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key) == Some(&Node::Bool(true))
    }

    /// The first key that is `base` and a type, such as `valueQuantity` for `value`: the type and the value.
    pub fn choice(&self, base: &str) -> Option<(&str, &Node<'a>)> {
        self.members().iter().find_map(|(name, value)| {
            let rest = name.strip_prefix(base)?;
            (rest.starts_with(|c: char| c.is_ascii_uppercase()) && *value != Node::Null).then_some((rest, value))
        })
    }

    /// The first result of `take` among all nodes at a dotted path; lists on the way are gone through. A step that
    /// ends in `*` is a choice such as `value*`.
    pub fn first<T>(&self, path: &str, take: &mut impl FnMut(&Node<'a>) -> Option<T>) -> Option<T> {
        if let Node::List(items) = self {
            return items.iter().find_map(|item| item.first(path, take));
        }
        if path.is_empty() {
            return take(self);
        }
        let (step, rest) = path.split_once('.').unwrap_or((path, ""));
        let next = match step.strip_suffix('*') {
            Some(base) => self.choice(base).map(|(_, value)| value),
            None => self.get(step),
        };
        next?.first(rest, take)
    }

    /// Calls `visit` for all nodes at a path as in [`Node::first`].
    pub fn all(&self, path: &str, visit: &mut impl FnMut(&Node<'a>)) {
        self.first(path, &mut |node| {
            visit(node);
            None::<()>
        });
    }
}

/// Whether this can be the name of a resource type.
pub(crate) fn is_type_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn node<'a>(scanner: &mut Scanner<'a>) -> Result<Node<'a>, Fault> {
    match scanner.peek() {
        Some(b'{') => {
            let mut members = Vec::new();
            scanner.object(|scanner, key| {
                members.push((key.decode(), node(scanner)?));
                Ok(())
            })?;
            Ok(Node::Object(members))
        }
        Some(b'[') => {
            let mut items = Vec::new();
            scanner.array(|scanner| {
                items.push(node(scanner)?);
                Ok(())
            })?;
            Ok(Node::List(items))
        }
        Some(b'"') => scanner.string().map(|text| Node::Text(text.decode())),
        Some(b't') => scanner.word("true").map(|()| Node::Bool(true)),
        Some(b'f') => scanner.word("false").map(|()| Node::Bool(false)),
        Some(b'n') => scanner.word("null").map(|()| Node::Null),
        _ => scanner.number().map(Node::Number),
    }
}
