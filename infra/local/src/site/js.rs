//! Modules: what each imports, which words and drawings it uses, and its text as it is served.

use std::collections::BTreeSet;

use super::texts::Texts;
use super::{SiteError, Source};

/// Every module that some modules need, themselves included.
pub(super) fn closure(source: &Source, roots: &[String]) -> Result<BTreeSet<String>, SiteError> {
    let mut found = BTreeSet::new();
    let mut open = roots.to_vec();
    while let Some(name) = open.pop() {
        if !found.contains(&name) {
            open.extend(imports(&name, source.file(&name)?));
            found.insert(name);
        }
    }
    Ok(found)
}

/// The modules that a module imports, by their paths below `site/`.
fn imports(name: &str, text: &str) -> Vec<String> {
    let folder: Vec<_> = name.split('/').collect();
    let statements =
        text.split("\nimport ").skip(1).filter_map(|rest| rest.split_once(';').map(|(statement, _)| statement));
    statements
        .filter_map(|statement| statement.split('"').nth(1))
        .map(|target| {
            let mut path = folder[..folder.len() - 1].to_vec();
            for part in target.split('/') {
                match part {
                    "." => {}
                    ".." => drop(path.pop()),
                    other => path.push(other),
                }
            }
            path.join("/")
        })
        .collect()
}

/// The keys of texts a module uses: every string of it that is one (or the stem of a plural), and for a template such
/// as `` `role.${…}` `` all that begin so. A string that looks like a key and is none is an error.
pub(super) fn keys<'t>(name: &str, text: &str, texts: &'t Texts) -> Result<BTreeSet<&'t str>, SiteError> {
    let mut used = BTreeSet::new();
    for word in strings(text) {
        let forms = ["", "_one", "_other"].map(|end| format!("{word}{end}"));
        let there: Vec<_> = forms.iter().filter_map(|form| texts.key(form)).collect();
        if there.is_empty() && looks_like_key(word, texts) {
            return Err(SiteError::wrong(name, format!("{} has no text {word}", texts.file())));
        }
        used.extend(there);
    }
    for start in text.split('`').filter_map(|piece| piece.split_once("${").map(|(start, _)| start)) {
        if start.ends_with('.') && !start.contains(char::is_whitespace) {
            used.extend(texts.keys_from(start).take_while(|key| key.starts_with(start)));
        }
    }
    Ok(used)
}

/// What stands between double quotes on one line, also within the quotes of an attribute in a template.
fn strings(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('"').skip(1))
}

fn looks_like_key(word: &str, texts: &Texts) -> bool {
    let shape = |b: u8| b.is_ascii_lowercase() || b == b'_' || b == b'.';
    let Some((space, rest)) = word.split_once('.') else { return false };
    !rest.is_empty()
        && word.bytes().all(shape)
        && texts.keys_from(&format!("{space}.")).next().is_some_and(|key| key.starts_with(&format!("{space}.")))
}

/// The names of drawings that some text uses.
pub(super) fn icons(text: &str) -> BTreeSet<&str> {
    let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
    text.split("#icon-").skip(1).map(|rest| rest.split(|c| !is_name(c)).next().unwrap_or_default()).collect()
}

/// A module without indents, comments that fill whole lines, and types (`/** @type {…} */`) within them; the lines stay,
/// so that places in errors are in the lines of the source.
pub(super) fn without_comments(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let code = line.trim_start();
        let starts = code.starts_with("/*");
        if (starts || inside) && (!starts || is_comment_alone(code)) {
            inside = !code.trim_end().ends_with("*/");
        } else if !code.starts_with("//") {
            kept.push_str(&without_types(code));
        }
        kept.push('\n');
    }
    kept
}

/// A line without the types that the checker reads between its words.
fn without_types(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, (_, after))) =
        rest.split_once("/** @").and_then(|(before, inside)| Some((before, inside.split_once("*/")?)))
    {
        kept.push_str(before);
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    kept + rest
}

/// `/** … */` with nothing after it, or the first line of a longer comment.
fn is_comment_alone(code: &str) -> bool {
    code.split_once("*/").is_none_or(|(_, after)| after.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_lines_stay() {
        let text = "// why\nconst a = 1; // kept\n/**\n * @param x\n */\nf(\n  /** @type {X} */ b,\n);\n/** alone */\nlet c;\n";
        assert_eq!(without_comments(text), "\nconst a = 1; // kept\n\n\n\nf(\nb,\n);\n\nlet c;\n");
        let arrow = "const f = (/** @type {A} */ a, /** @type {B} */ b) => /** @type {C} */ (a ?? b); /* kept */\n";
        assert_eq!(without_comments(arrow), "const f = (a, b) => (a ?? b); /* kept */\n");
    }

    #[test]
    fn imports_are_followed_from_where_they_stand() {
        let text = "// x\nimport { a } from \"../lib/a.js\";\nimport {\n  b,\n} from \"./b.js\";\n";
        assert_eq!(imports("js/pages/c.js", text), ["js/lib/a.js", "js/pages/b.js"]);
    }

    #[test]
    fn a_key_that_does_not_exist_is_told() {
        let texts = Texts::parse("text/en.json", r#"{"a.b":"x","n.c_one":"1","n.c_other":"2"}"#).expect("a catalogue");
        let used = |text| keys("js/x.js", text, &texts).map(|it| it.into_iter().collect::<Vec<_>>());
        assert_eq!(used("t(\"a.b\")").ok(), Some(vec!["a.b"]));
        assert_eq!(used("t(\"n.c\", { count })").ok(), Some(vec!["n.c_one", "n.c_other"]));
        assert_eq!(used("t(`n.${x}`)").ok(), Some(vec!["n.c_one", "n.c_other"]));
        assert_eq!(
            used("t(\"a.c\")").map_err(|it| it.to_string()),
            Err("site/js/x.js: text/en.json has no text a.c".into())
        );
    }
}
