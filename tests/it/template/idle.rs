//! Nothing is billed but storage, and cents, when nobody uses the portal (R906).

use std::collections::BTreeSet;

use super::reading::Template;

/// What costs nothing by merely being there. Before adding a type, look up its price.
const FREE_WHEN_IDLE: [&str; 27] = [
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::Function",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Alarm", // the first ten
    "AWS::DynamoDB::Table",
    "AWS::Events::Rule",
    "AWS::IAM::Role",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::Logs::MetricFilter", // its metric is billed in the hours in which it counts
    "AWS::Route53::RecordSetGroup",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::SES::ConfigurationSet",
    "AWS::SES::ConfigurationSetEventDestination",
    "AWS::SES::EmailIdentity",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::Queue",
    "AWS::Serverless::Function",
];

/// R906
#[test]
fn every_kind_of_resource_is_free_when_idle() {
    let free = BTreeSet::from(FREE_WHEN_IDLE);
    for (name, resource) in Template::read().resources() {
        let kind = resource["Type"].as_str().unwrap();
        assert!(free.contains(kind), "{name} is a {kind}: does it cost nothing by being there?");
    }
}

#[test]
fn nothing_is_reserved_ahead() {
    let template = Template::read();
    assert!(template.of_type("AWS::CloudWatch::Alarm").len() <= 10, "the eleventh alarm has a price");
    for (table, (_, resource)) in template.tables() {
        assert_eq!(resource["Properties"]["BillingMode"], "PAY_PER_REQUEST", "{table}");
        assert!(resource["Properties"]["SSESpecification"].is_null(), "{table}: requests to a key of KMS are billed");
    }
    for (function, (_, properties)) in template.functions() {
        for paid in ["ProvisionedConcurrencyConfig", "VpcConfig", "EphemeralStorage", "SnapStart", "KmsKeyArn"] {
            assert!(properties[paid].is_null(), "{function}: {paid}");
        }
        assert_ne!(properties["Tracing"], "Active", "{function}");
    }
    assert_ne!(template.0["Globals"]["Function"]["Tracing"], "Active");
}

#[test]
fn what_runs_by_itself_is_the_sweep_every_five_minutes_and_housekeeping_each_hour() {
    let template = Template::read();
    let rules: Vec<_> = template
        .of_type("AWS::Events::Rule")
        .into_iter()
        .map(|(_, rule)| rule["ScheduleExpression"].as_str().unwrap())
        .collect();
    assert_eq!(BTreeSet::from_iter(rules), BTreeSet::from(["rate(1 hour)", "rate(5 minutes)"]));
}
