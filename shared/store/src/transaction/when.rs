//! Conditions of a transaction's arms.

use std::{borrow::Cow, collections::HashMap};

use aws_sdk_dynamodb::types::AttributeValue;

/// A condition with its values.
#[derive(Clone)]
pub(crate) struct When {
    pub(super) expression: Cow<'static, str>,
    names: Vec<(&'static str, &'static str)>,
    values: Vec<(&'static str, AttributeValue)>,
}

impl When {
    pub fn absent() -> Self {
        Self::holds("attribute_not_exists(pk)")
    }

    pub fn present() -> Self {
        Self::holds("attribute_exists(pk)")
    }

    pub fn holds(expression: &'static str) -> Self {
        Self { expression: expression.into(), names: Vec::new(), values: Vec::new() }
    }

    /// Holds where this holds too.
    pub fn and(self, expression: &str) -> Self {
        Self { expression: format!("({}) AND ({expression})", self.expression).into(), ..self }
    }

    pub fn with(mut self, name: &'static str, value: AttributeValue) -> Self {
        self.values.push((name, value));
        self
    }

    /// Stands `placeholder` for an attribute whose name is a word of DynamoDB's own.
    pub fn named(mut self, placeholder: &'static str, attribute: &'static str) -> Self {
        self.names.push((placeholder, attribute));
        self
    }

    pub(super) fn names(&self) -> Option<HashMap<String, String>> {
        let names = self.names.iter().map(|(name, attribute)| ((*name).to_owned(), (*attribute).to_owned()));
        (!self.names.is_empty()).then(|| names.collect())
    }

    pub fn text(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(name, AttributeValue::S(value.into()))
    }

    pub fn number(self, name: &'static str, value: impl Into<i64>) -> Self {
        self.with(name, AttributeValue::N(value.into().to_string()))
    }

    pub(super) fn values(self) -> Option<HashMap<String, AttributeValue>> {
        let values: HashMap<_, _> = self.values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        (!values.is_empty()).then_some(values)
    }
}
