//! Devices: what a browser says of itself, as far as a person recognises it again. Anybody can claim anything there, so
//! it tells a person about a sign-in and decides nothing.

use serde::{Deserialize, Serialize};

/// A browser that people know by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Browser {
    /// Firefox.
    Firefox,
    /// Chrome, and Chromium under no name of its own.
    Chrome,
    /// Edge.
    Edge,
    /// Safari.
    Safari,
    /// Opera.
    Opera,
    /// Anything else, and whatever says nothing.
    Other,
}

impl Browser {
    /// Every browser.
    pub const ALL: [Self; 6] = [Self::Firefox, Self::Chrome, Self::Edge, Self::Safari, Self::Opera, Self::Other];

    /// Its name on the wire and of its text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::Chrome => "chrome",
            Self::Edge => "edge",
            Self::Safari => "safari",
            Self::Opera => "opera",
            Self::Other => "other",
        }
    }
}

/// An operating system that people know by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Windows.
    Windows,
    /// macOS; an iPad says so too, unless it is asked for the mobile page.
    Macos,
    /// Linux.
    Linux,
    /// Android.
    Android,
    /// iOS and iPadOS.
    Ios,
    /// Anything else, and whatever says nothing.
    Other,
}

impl System {
    /// Every system.
    pub const ALL: [Self; 6] = [Self::Windows, Self::Macos, Self::Linux, Self::Android, Self::Ios, Self::Other];

    /// Its name on the wire and of its text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Macos => "macos",
            Self::Linux => "linux",
            Self::Android => "android",
            Self::Ios => "ios",
            Self::Other => "other",
        }
    }
}

/// Marks in a `User-Agent`, the telling before the common: every Chromium calls itself Chrome and Safari, and every
/// browser of iOS Safari.
const BROWSERS: [(&str, Browser); 13] = [
    ("Edg/", Browser::Edge),
    ("EdgA/", Browser::Edge),
    ("EdgiOS/", Browser::Edge),
    ("Edge/", Browser::Edge),
    ("OPR/", Browser::Opera),
    ("OPT/", Browser::Opera),
    ("Opera", Browser::Opera),
    ("FxiOS/", Browser::Firefox),
    ("Firefox/", Browser::Firefox),
    ("CriOS/", Browser::Chrome),
    ("Chrome/", Browser::Chrome),
    ("Chromium/", Browser::Chrome),
    ("Safari/", Browser::Safari),
];

/// An iPhone says "like Mac OS X", Android "Linux".
const SYSTEMS: [(&str, System); 9] = [
    ("iPhone", System::Ios),
    ("iPad", System::Ios),
    ("iPod", System::Ios),
    ("Android", System::Android),
    ("Windows NT", System::Windows),
    ("Macintosh", System::Macos),
    ("CrOS", System::Other),
    ("Linux", System::Linux),
    ("X11", System::Linux),
];

/// A browser on a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    /// The browser.
    pub browser: Browser,
    /// What it runs on.
    pub system: System,
}

impl Device {
    /// What a `User-Agent` header tells.
    #[must_use]
    pub fn of_user_agent(text: &str) -> Self {
        Self {
            browser: find(&BROWSERS, text).unwrap_or(Browser::Other),
            system: find(&SYSTEMS, text).unwrap_or(System::Other),
        }
    }
}

fn find<T: Copy>(marks: &[(&str, T)], text: &str) -> Option<T> {
    marks.iter().find(|(mark, _)| text.contains(mark)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_browsers_are_told_apart() {
        use {Browser as B, System as S};
        for (text, browser, system) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
                B::Firefox,
                S::Windows,
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", B::Firefox, S::Linux),
            ("Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0", B::Firefox, S::Android),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 FxiOS/144.0 Mobile/15E148 Safari/605.1.15",
                B::Firefox,
                S::Ios,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
                 Safari/537.36",
                B::Chrome,
                S::Windows,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile \
                 Safari/537.36",
                B::Chrome,
                S::Android,
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1",
                B::Chrome,
                S::Ios,
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
                 Safari/537.36",
                B::Chrome,
                S::Other,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
                 Safari/537.36 Edg/142.0.0.0",
                B::Edge,
                S::Windows,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile \
                 Safari/537.36 EdgA/142.0.0.0",
                B::Edge,
                S::Android,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.0 EdgiOS/142.0.3595.66 Mobile/15E148 Safari/605.1.15",
                B::Edge,
                S::Ios,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0",
                B::Opera,
                S::Macos,
            ),
            ("Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18", B::Opera, S::Windows),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/26.0 Safari/605.1.15",
                B::Safari,
                S::Macos,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/26.0 Mobile/15E148 Safari/604.1",
                B::Safari,
                S::Ios,
            ),
            ("curl/8.14.1", B::Other, S::Other),
            ("", B::Other, S::Other),
        ] {
            assert_eq!(Device::of_user_agent(text), Device { browser, system }, "{text}");
        }
    }

    #[test]
    fn a_name_is_the_one_on_the_wire() {
        for browser in Browser::ALL {
            assert_eq!(serde_json::to_value(browser).ok(), Some(browser.name().into()));
        }
        for system in System::ALL {
            assert_eq!(serde_json::to_value(system).ok(), Some(system.name().into()));
        }
    }
}
