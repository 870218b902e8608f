//! What looks alike (Unicode Technical Standard 39 §4), for the plain letters that names chosen by people have here.

/// The same for all names that look alike, without `-`, `.` and `_`: claimed with a name, so that nobody can pass for
/// another.
pub(crate) fn skeleton(name: &str) -> String {
    let look = |c| match c {
        '0' => 'o',
        '1' | 'i' => 'l',
        '5' => 's',
        '8' => 'b',
        '2' => 'z',
        other => other,
    };
    let single: String = name.to_ascii_lowercase().chars().filter(|c| !"-._".contains(*c)).map(look).collect();
    // Pairs after single letters: `cI` looks like `cl`, and both like `d`.
    single.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}
