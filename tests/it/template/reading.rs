//! The deployment template as data: YAML read with CloudFormation's short forms written out
//! (`!Ref X` becomes `{"Ref": "X"}`), and the few questions the tests ask of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

/// A file of the repository, by its path from the root.
pub(crate) fn path(from_root: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(from_root)
}

/// Its text.
pub(crate) fn text(from_root: &str) -> String {
    fs::read_to_string(path(from_root)).unwrap_or_else(|cause| panic!("{from_root}: {cause}"))
}

/// `infra/aws/template.yaml`.
pub(crate) struct Template(pub(crate) Value);

impl Template {
    pub(crate) fn read() -> Self {
        let documents = Yaml::load_from_str(&text("infra/aws/template.yaml")).unwrap();
        assert_eq!(documents.len(), 1, "one document");
        Self(long_form(&documents[0]))
    }

    /// Every resource by its logical name.
    pub(crate) fn resources(&self) -> &Map<String, Value> {
        self.0["Resources"].as_object().unwrap()
    }

    /// A resource of that name.
    pub(crate) fn resource(&self, name: &str) -> &Value {
        self.resources().get(name).unwrap_or_else(|| panic!("the template has no {name}"))
    }

    /// Logical name and properties of every resource of a type.
    pub(crate) fn of_type<'t>(&'t self, kind: &str) -> Vec<(&'t str, &'t Value)> {
        self.resources()
            .iter()
            .filter(|(_, resource)| resource["Type"] == kind)
            .map(|(name, resource)| (name.as_str(), &resource["Properties"]))
            .collect()
    }

    /// The functions by the name of their crate: (logical name, properties).
    pub(crate) fn functions(&self) -> BTreeMap<String, (&str, &Value)> {
        self.of_type("AWS::Serverless::Function")
            .into_iter()
            .map(|(name, function)| {
                let folder = function["CodeUri"].as_str().unwrap().strip_prefix("../../functions/").unwrap();
                (folder.to_owned(), (name, function))
            })
            .collect()
    }

    /// The crate behind a function's logical name.
    pub(crate) fn crate_of(&self, logical: &str) -> String {
        let found = self.functions().into_iter().find(|(_, (name, _))| *name == logical);
        found.unwrap_or_else(|| panic!("{logical} is no function")).0
    }

    /// Every table by its short name (`accounts`): (logical name, whole resource).
    pub(crate) fn tables(&self) -> BTreeMap<String, (&str, &Value)> {
        self.of_type("AWS::DynamoDB::Table")
            .into_iter()
            .map(|(name, table)| {
                let short = table["TableName"]["Fn::Sub"].as_str().unwrap().strip_prefix("${AWS::StackName}-").unwrap();
                (short.to_owned(), (name, self.resource(name)))
            })
            .collect()
    }

    /// The statements of every policy: of roles, buckets, topics. With the resource that holds them.
    pub(crate) fn statements(&self) -> Vec<(&str, &Value)> {
        let mut found = Vec::new();
        for (name, resource) in self.resources() {
            let properties = &resource["Properties"];
            let inline =
                properties["Policies"].as_array().into_iter().flatten().map(|policy| &policy["PolicyDocument"]);
            for document in inline.chain([&properties["PolicyDocument"]]) {
                found.extend(document["Statement"].as_array().into_iter().flatten().map(|one| (name.as_str(), one)));
            }
        }
        found
    }
}

/// A list, or the one thing that stands where a list may.
pub(crate) fn each(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |list| list.iter().collect())
}

/// The strings of a list, or the one string.
pub(crate) fn words(value: &Value) -> Vec<&str> {
    each(value).into_iter().filter_map(Value::as_str).collect()
}

/// What `!GetAtt Name.Attribute` names.
pub(crate) fn attribute_of(value: &Value) -> Option<(&str, &str)> {
    value["Fn::GetAtt"].as_str()?.split_once('.')
}

fn long_form(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::String(text)) => json!(text),
        Yaml::Value(Scalar::Integer(number)) => json!(number),
        Yaml::Value(Scalar::FloatingPoint(number)) => json!(number.into_inner()),
        Yaml::Value(Scalar::Boolean(yes)) => json!(yes),
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Sequence(items) => items.iter().map(long_form).collect(),
        Yaml::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| {
                let key = long_form(key);
                (key.as_str().map_or_else(|| key.to_string(), str::to_owned), long_form(value))
            })
            .collect::<Map<_, _>>()
            .into(),
        Yaml::Tagged(tag, value) => {
            let name = match tag.suffix.as_str() {
                plain @ ("Ref" | "Condition") => plain.to_owned(),
                function => format!("Fn::{function}"),
            };
            json!({ name: long_form(value) })
        }
        Yaml::Representation(..) | Yaml::Alias(_) | Yaml::BadValue => panic!("the template holds {yaml:?}"),
    }
}
