//! One sheet from many: each `@import "file" layer(name);` gives way to the file, in its layer, and the vendor's
//! colours follow. Comments and the blanks of indentation go.

use super::colour::Accents;
use super::{SiteError, Source};

/// Joins `css/<sheet>.css`.
pub(super) fn join(source: &Source, sheet: &str, brand: &str) -> Result<String, SiteError> {
    let mut joined = String::new();
    for line in without_comments(source.file(sheet)?).lines().map(str::trim) {
        match line.strip_prefix("@import ") {
            None => joined.push_str(line),
            Some(import) => {
                let (file, layer) = parts(import).ok_or_else(|| {
                    SiteError::wrong(sheet, format!("`{line}` is not `@import \"file\" layer(name);`"))
                })?;
                let text = source.file(&format!("css/{file}"))?;
                joined.push_str(&format!("@layer {layer}{{{text}}}\n"));
            }
        }
    }
    joined.push_str(&Accents::of(brand).css());
    Ok(squeeze(&without_comments(&joined)))
}

fn parts(import: &str) -> Option<(&str, &str)> {
    let (file, rest) = import.strip_prefix('"')?.split_once('"')?;
    Some((file, rest.trim().strip_prefix("layer(")?.strip_suffix(");")?))
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    kept.push_str(rest);
    kept
}

/// Drops the blanks that mean nothing: around braces, semicolons and commas, and after the colon of a declaration.
/// Sheets hold no string with such a sequence (a test looks).
fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    for word in css.split_whitespace() {
        let glued = out.ends_with(['{', '}', ';', ',']) || word.starts_with(['{', '}']) || is_declaration(&out);
        if !glued && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(";}", "}")
}

/// Whether what stands last is a property and its colon (`color:`), not the start of a selector (`a :hover`).
fn is_declaration(out: &str) -> bool {
    out.strip_suffix(':').is_some_and(|before| {
        let property = before.rsplit(['{', ';', '}', ' ']).next().unwrap_or_default();
        !property.is_empty() && property.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_and_meaning_stays() {
        let css = "/* why */\n.a  > .b,\n.c :hover {\n  color: red;\n  margin: 0 auto;\n}\n@media (width > 3rem) {\n  a::before { content: \"x\"; }\n}\n";
        assert_eq!(
            squeeze(&without_comments(css)),
            ".a > .b,.c :hover{color:red;margin:0 auto}@media (width > 3rem){a::before{content:\"x\"}}"
        );
    }
}
