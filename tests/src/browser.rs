use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, wd::TimeoutConfiguration};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use crate::{Brake, Site, Trouble, driver::Driver, webkit};

/// Which browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Debian's Chromium or Google's Chrome, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, through WebKitWebDriver, with the limits that its module tells.
    WebKit,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

/// How a browser is started.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Width of the page, in CSS pixels.
    pub width: u32,
    /// Height of the page, in CSS pixels.
    pub height: u32,
    /// Whether the system prefers dark colours.
    pub dark: bool,
    /// A profile folder that outlives the browser; a fresh one is made and removed where this is absent.
    pub profile: Option<PathBuf>,
}

impl Default for Setup {
    fn default() -> Self {
        Self { width: 1280, height: 900, dark: false, profile: None }
    }
}

/// A browser with a profile folder of its own, which survives [`Browser::reopen`] and [`Browser::kill`].
#[derive(Debug)]
pub struct Browser {
    kind: Kind,
    setup: Setup,
    running: Option<(Client, Driver)>,
    home: TempDir,
    // What is fetched from the console stays here: Chromium hands each line out once.
    pub(crate) said: Vec<String>,
    pub(crate) printed: Vec<String>,
}

impl Browser {
    /// Starts a Chromium with a fresh profile.
    ///
    /// # Errors
    /// The browser or its driver is not installed or does not start.
    pub async fn chromium() -> Result<Self, Trouble> {
        Self::start(Kind::Chromium, Setup::default()).await
    }

    /// Starts a Firefox with a fresh profile.
    ///
    /// # Errors
    /// The browser or its driver is not installed or does not start.
    pub async fn firefox() -> Result<Self, Trouble> {
        Self::start(Kind::Firefox, Setup::default()).await
    }

    /// Starts a browser.
    ///
    /// # Errors
    /// The browser or its driver is not installed or does not start.
    pub async fn start(kind: Kind, setup: Setup) -> Result<Self, Trouble> {
        let home = tempfile::Builder::new().prefix("chartchain-browser-").tempdir();
        let home = home.map_err(|error| Trouble::files("make a folder in", &std::env::temp_dir(), error))?;
        let mut browser = Self { kind, setup, running: None, home, said: Vec::new(), printed: Vec::new() };
        for folder in [browser.profile(), browser.downloads()] {
            std::fs::create_dir_all(&folder).map_err(|error| Trouble::files("make", &folder, error))?;
        }
        browser.launch().await?;
        Ok(browser)
    }

    /// Which browser this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its profile folder.
    #[must_use]
    pub fn profile(&self) -> PathBuf {
        self.setup.profile.clone().unwrap_or_else(|| self.home.path().join("profile"))
    }

    /// Where its downloads arrive.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        self.home.path().join("downloads")
    }

    /// The WebDriver client, for what this library has no word for.
    ///
    /// # Errors
    /// The browser was closed.
    pub fn client(&self) -> Result<&Client, Trouble> {
        let closed = || Trouble::Wrong("the browser is closed".into());
        self.running.as_ref().map(|(client, _)| client).ok_or_else(closed)
    }

    /// The most memory that one of its page processes ever had, in bytes; 0 where that is not known.
    #[must_use]
    pub fn renderer_peak_bytes(&self) -> u64 {
        let processes = self.running.as_ref().map(|(_, driver)| driver.processes()).unwrap_or_default();
        let peak = |process: u32| -> Option<u64> {
            let command = std::fs::read_to_string(format!("/proc/{process}/cmdline")).ok()?;
            let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
            command.contains("--type=renderer").then_some(kib * 1024)
        };
        processes.into_iter().filter_map(peak).max().unwrap_or(0)
    }

    /// The peak counts from now on: what its page processes have in memory at this moment.
    pub fn forget_renderer_peak(&self) {
        let processes = self.running.as_ref().map(|(_, driver)| driver.processes()).unwrap_or_default();
        for process in processes {
            // Where the system has no such means, the peak stays what it was.
            let _ = std::fs::write(format!("/proc/{process}/clear_refs"), "5");
        }
    }

    /// Puts the whole browser under a quota.
    ///
    /// # Errors
    /// The browser was closed, or this machine has no means for it.
    pub fn brake(&self) -> Result<Brake, Trouble> {
        let closed = || Trouble::Wrong("the browser is closed".into());
        Brake::on(&self.running.as_ref().map(|(_, driver)| driver.processes()).ok_or_else(closed)?)
    }

    /// Opens an address and waits until the page has loaded.
    ///
    /// # Errors
    /// The page cannot be loaded.
    pub async fn open(&self, address: &str) -> Result<(), Trouble> {
        self.client()?.goto(address).await?;
        self.watch_page().await
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// The page cannot be loaded.
    pub async fn reload(&self) -> Result<(), Trouble> {
        self.client()?.refresh().await?;
        self.watch_page().await
    }

    /// Sets the size of the window's page area, in CSS pixels.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn resize(&mut self, width: u32, height: u32) -> Result<(), Trouble> {
        (self.setup.width, self.setup.height) = (width, height);
        if self.kind == Kind::Chromium {
            return self.emulate(width, height, self.setup.dark).await;
        }
        let client = self.client()?;
        client.set_window_size(width, height).await?;
        // The other two count their own frame; ask for that much more.
        let inner = client.execute("return [innerWidth, innerHeight]", Vec::new()).await?;
        let inner = |at: usize, wanted: u32| {
            let seen = inner.get(at).and_then(serde_json::Value::as_u64).and_then(|seen| u32::try_from(seen).ok());
            wanted + wanted.saturating_sub(seen.unwrap_or(wanted))
        };
        Ok(client.set_window_size(inner(0, width), inner(1, height)).await?)
    }

    /// Closes the browser in good order and starts it again with the same profile.
    ///
    /// # Errors
    /// It does not close or does not start.
    pub async fn reopen(&mut self) -> Result<(), Trouble> {
        self.close().await?;
        self.launch().await
    }

    /// Closes the browser in good order; the profile stays.
    ///
    /// # Errors
    /// It does not close.
    pub async fn close(&mut self) -> Result<(), Trouble> {
        self.collect().await?;
        if let Some((client, driver)) = self.running.take() {
            client.close().await?;
            drop(driver);
        }
        Ok(())
    }

    /// Ends all processes of the browser with SIGKILL; [`Browser::reopen`] starts it again with the same profile.
    pub fn kill(&mut self) {
        if let Some((_client, mut driver)) = self.running.take() {
            driver.kill();
        }
    }

    /// Saves what the window shows as PNG and tells where: `NAME-BROWSER.png` in the screenshots folder of the target.
    ///
    /// # Errors
    /// The browser refuses or the file cannot be written.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf, Trouble> {
        let path = screenshots().join(format!("{name}-{}.png", self.kind.name()));
        write(&path, &self.client()?.screenshot().await?)?;
        Ok(path)
    }

    pub(crate) fn setup(&self) -> &Setup {
        &self.setup
    }

    pub(crate) fn setup_mut(&mut self) -> &mut Setup {
        &mut self.setup
    }

    pub(crate) fn driver_log(&self) -> PathBuf {
        self.home.path().join("driver.log")
    }

    async fn launch(&mut self) -> Result<(), Trouble> {
        let driver = Driver::start(self.kind, &self.driver_log()).await?;
        let wishes = match self.kind {
            Kind::Chromium => self.chromium_capabilities(),
            Kind::Firefox => self.firefox_capabilities(),
            Kind::WebKit => webkit::capabilities(),
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        if let serde_json::Value::Object(wishes) = wishes {
            builder.capabilities(wishes);
        }
        let client = builder.connect(driver.address()).await?;
        let patience = Some(Duration::from_secs(120));
        client.update_timeouts(TimeoutConfiguration::new(patience, patience, Some(Duration::ZERO))).await?;
        self.running = Some((client, driver));
        self.resize(self.setup.width, self.setup.height).await
    }

    fn chromium_capabilities(&self) -> serde_json::Value {
        json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": std::env::var("CHARTCHAIN_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into()),
                "args": [
                    "--headless=new",
                    // Root has no sandbox of its own, and the only page opened is ours.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--hide-scrollbars",
                    // Whatever the app asks of another host fails and stands in the console. Names of devices in the same
                    // network are asked of nobody outside.
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.local",
                    format!("--user-data-dir={}", self.profile().display()),
                    format!("--window-size={},{}", self.setup.width, self.setup.height),
                ],
                "prefs": {
                    "download.default_directory": self.downloads(),
                    "download.prompt_for_download": false,
                },
            },
        })
    }

    fn firefox_capabilities(&self) -> serde_json::Value {
        json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": std::env::var("CHARTCHAIN_FIREFOX").unwrap_or_else(|_| "/usr/bin/firefox-esr".into()),
                "args": ["-headless", "-profile", self.profile()],
                "prefs": {
                    "browser.download.dir": self.downloads(),
                    "browser.download.folderList": 2,
                    "browser.download.always_ask_before_handling_new_types": false,
                    "layout.css.prefers-color-scheme.content-override": if self.setup.dark { 0 } else { 1 },
                    "devtools.console.stdout.content": true,
                    "datareporting.policy.dataSubmissionEnabled": false,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                },
            },
        })
    }
}

/// Runs a test in one browser against the built app; says that it was skipped where there is no built app.
///
/// What the window shows at a failure is saved as a screenshot.
///
/// # Errors
/// Those of the test, and those of starting the browser.
pub async fn with_browser(
    kind: Kind,
    setup: Setup,
    test: impl AsyncFnOnce(&mut Browser, &Site) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    static FAILURES: AtomicUsize = AtomicUsize::new(1);
    let Some(site) = Site::from_environment("/").await? else {
        return Ok(());
    };
    let mut browser = Browser::start(kind, setup).await?;
    let result = test(&mut browser, &site).await;
    if result.is_err() && browser.client().is_ok() {
        let name = format!("failed-{}-{}", std::process::id(), FAILURES.fetch_add(1, Ordering::Relaxed));
        if let Ok(path) = browser.screenshot(&name).await {
            println!("at the failure the window showed {}", path.display());
        }
        for line in browser.complaints().await.unwrap_or_default() {
            println!("console: {line}");
        }
    }
    result
}

pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Trouble::files("make", folder, error))?;
    }
    std::fs::write(path, bytes).map_err(|error| Trouble::files("write", path, error))
}

fn screenshots() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")).join("screenshots")
}
