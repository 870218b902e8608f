//! Routes and their description from one list, so that they cannot differ; and so that a deployed function, which never
//! calls `document()`, does not carry it.

use axum::routing::MethodFilter;
use utoipa::{
    PartialSchema,
    openapi::{
        Components, ComponentsBuilder, HttpMethod, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, Paths, Ref,
        RefOr, Required, Type,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::Schema,
    },
};

use crate::{
    caller::CUSTOMER_HEADER,
    problem::{FieldProblem, Problem},
};

/// The schemas that operations use, by name.
pub type Schemas = Vec<(String, RefOr<Schema>)>;

/// Writes `routes()` and `document()` of a function from the list of its operations.
#[macro_export]
macro_rules! routes {
    ($($module:ident :: $handler:ident),+ $(,)?) => {
        /// The function's operations, as the local runner and Lambda both mount them.
        #[must_use]
        pub fn routes() -> $crate::macros::axum::Router<$crate::App> {
            let router = $crate::macros::axum::Router::new();
            $(
                let router = $crate::macros::paste! {
                    router.route(
                        &<$module::[<__path_ $handler>] as $crate::macros::utoipa::Path>::path(),
                        $crate::macros::axum::routing::on(
                            $crate::macros::filter(&<$module::[<__path_ $handler>] as $crate::macros::utoipa::Path>::methods()),
                            $module::$handler,
                        ),
                    )
                };
            )+
            router
        }

        /// The same operations, described.
        #[must_use]
        pub fn document() -> $crate::macros::utoipa::openapi::OpenApi {
            let mut paths = $crate::macros::utoipa::openapi::Paths::new();
            let mut schemas = Vec::new();
            $(
                $crate::macros::paste! {
                    paths.add_path_operation(
                        <$module::[<__path_ $handler>] as $crate::macros::utoipa::Path>::path(),
                        <$module::[<__path_ $handler>] as $crate::macros::utoipa::Path>::methods(),
                        <$module::[<__path_ $handler>] as $crate::macros::utoipa::Path>::operation(),
                    );
                    <$module::[<__path_ $handler>] as $crate::macros::utoipa::__dev::SchemaReferences>::schemas(&mut schemas);
                }
            )+
            $crate::macros::document(paths, schemas)
        }
    };
}

/// The methods of an operation, for axum.
#[must_use]
pub fn filter(methods: &[HttpMethod]) -> MethodFilter {
    let one = |method: &HttpMethod| match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Trace => MethodFilter::TRACE,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Options => MethodFilter::OPTIONS,
    };
    methods.iter().map(one).reduce(MethodFilter::or).unwrap_or(MethodFilter::GET)
}

/// The document of one function.
#[must_use]
pub fn document(paths: Paths, mut schemas: Schemas) -> OpenApi {
    schemas.push(("Problem".to_owned(), Problem::schema()));
    schemas.push(("FieldProblem".to_owned(), FieldProblem::schema()));
    let components = schemas
        .into_iter()
        .fold(ComponentsBuilder::new(), |components, (name, schema)| components.schema(name, schema));
    let info = InfoBuilder::new().title("Portico").version("1").description(Some(
        "The API of the customer account portal. Refusals are problem documents (RFC 9457) with a stable code.",
    ));
    OpenApiBuilder::new().info(info.build()).paths(paths).components(Some(components.build())).build()
}

/// One document of several functions.
#[must_use]
pub fn merge_documents(documents: impl IntoIterator<Item = OpenApi>) -> OpenApi {
    documents
        .into_iter()
        .reduce(|mut all, one| {
            all.merge(one);
            all
        })
        .unwrap_or_else(|| document(Paths::new(), Schemas::new()))
}

/// The name of the header's description in the document.
const CUSTOMER: &str = "Customer";

/// Says of the operations that it holds for (by path and operation) that a partner's person does them for a customer by a
/// header (R502). No operation reads that header by itself: every one of them is judged by it.
#[must_use]
pub fn taking_a_customer(mut document: OpenApi, holds: impl Fn(&str, &Operation) -> bool) -> OpenApi {
    let id = ObjectBuilder::new().schema_type(Type::String);
    let header = ParameterBuilder::new()
        .name(CUSTOMER_HEADER)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A customer's account, by its id: one of the caller's account, which is its partner. The operation is then \
             about that account. Refused with 404 `not_found` if it is none of the caller's customers, and with 403 \
             `guests_only`, `customer_suspended`, `account_closed`, `second_factor_missing` or `not_on_behalf`. \
             Operations without this header are for an account's own people (403 `not_for_partners`), or the caller's \
             own: there it changes nothing.",
        ))
        .schema(Some(id.build()))
        .example(Some("acc_01jd0x5m2nfe4r8v0t6w9y2zab".into()));
    let components = document.components.get_or_insert_with(Components::new);
    components.parameters.insert(CUSTOMER.to_owned(), RefOr::T(header.build()));
    for (path, item) in &mut document.paths.paths {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten().filter(|operation| holds(path, operation)) {
            let named = RefOr::Ref(Ref::new(format!("#/components/parameters/{CUSTOMER}")));
            operation.parameters.get_or_insert_default().push(named);
        }
    }
    document
}
