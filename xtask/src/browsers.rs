//! The browsers that tests drive, and their drivers.

use std::path::PathBuf;

use crate::{
    failure::Failure,
    npm, place,
    program::on_path,
    tools::{self, CargoTool},
};

/// Where everything is that the browser tests need.
#[derive(Debug)]
pub(crate) struct Browsers {
    pub(crate) chromedriver: PathBuf,
    pub(crate) geckodriver: PathBuf,
    chromium: PathBuf,
    firefox: PathBuf,
    axe: PathBuf,
}

const GECKODRIVER: CargoTool =
    CargoTool { package: "geckodriver", binary: "geckodriver", version: "0.37.1", any_version: true };

impl Browsers {
    /// Finds them, installing what is missing where that is possible.
    pub(crate) fn find() -> Result<Self, Failure> {
        let (chromium, chromedriver) = chromium()?;
        Ok(Self {
            chromium,
            chromedriver,
            firefox: debian(&["firefox-esr", "firefox"], "firefox-esr", "Firefox")?,
            geckodriver: GECKODRIVER.find()?,
            axe: axe()?,
        })
    }

    /// The environment in which the harness of `tests/` finds them.
    pub(crate) fn environment(&self) -> [(&'static str, PathBuf); 5] {
        [
            ("CHARTCHAIN_CHROMIUM", self.chromium.clone()),
            ("CHARTCHAIN_CHROMEDRIVER", self.chromedriver.clone()),
            ("CHARTCHAIN_FIREFOX", self.firefox.clone()),
            ("CHARTCHAIN_GECKODRIVER", self.geckodriver.clone()),
            ("CHARTCHAIN_AXE", self.axe.clone()),
        ]
    }
}

/// What pictures in Chromium alone need.
pub(crate) fn chromium_environment() -> Result<[(&'static str, PathBuf); 3], Failure> {
    let (chromium, chromedriver) = chromium()?;
    Ok([("CHARTCHAIN_CHROMIUM", chromium), ("CHARTCHAIN_CHROMEDRIVER", chromedriver), ("CHARTCHAIN_AXE", axe()?)])
}

fn chromium() -> Result<(PathBuf, PathBuf), Failure> {
    let browser = debian(&["chromium", "chromium-browser", "google-chrome"], "chromium", "Chromium")?;
    Ok((browser, debian(&["chromedriver"], "chromium-driver", "chromedriver, of Chromium's version,")?))
}

/// What the third engine needs. Its browser lies where only its package knows.
pub(crate) fn webkit_environment() -> Result<[(&'static str, PathBuf); 3], Failure> {
    let driver = debian(&["WebKitWebDriver"], "webkit2gtk-driver", "WebKitGTK's driver")?;
    let screen = debian(&["Xvfb"], "xvfb", "Xvfb, a screen that nobody sees,")?;
    let browser = mini_browser().ok_or_else(|| Failure::missing("MiniBrowser", "install libwebkit2gtk-4.1-0"))?;
    Ok([("CHARTCHAIN_WEBKITDRIVER", driver), ("CHARTCHAIN_XVFB", screen), ("CHARTCHAIN_MINIBROWSER", browser)])
}

fn mini_browser() -> Option<PathBuf> {
    let folders = ["/usr/libexec", "/usr/lib"].map(PathBuf::from);
    let of_machines = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let browsers = folders.into_iter().chain(of_machines).map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"));
    browsers.into_iter().find(|browser| browser.is_file())
}

fn axe() -> Result<PathBuf, Failure> {
    Ok(npm::modules(&place::root().join("xtask/npm/tools"))?.join("axe-core/axe.min.js"))
}

fn debian(names: &[&str], package: &str, what: &str) -> Result<PathBuf, Failure> {
    let find = || names.iter().find_map(|name| on_path(name));
    if let Some(path) = find() {
        return Ok(path);
    }
    tools::apt_install(&[package], what)?;
    find().ok_or_else(|| Failure::missing(what, format!("put {} on the PATH", names.join(" or "))))
}
