//! A running driver, and the browser under it.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{Kind, Trouble, webkit::Screen};

const START: Duration = Duration::from_secs(20);

/// Owns the driver's process; dropped, it ends the driver and every process under it.
#[derive(Debug)]
pub(crate) struct Driver {
    child: Child,
    address: String,
    /// Outlives the browser that is shown on it.
    _screen: Option<Screen>,
}

impl Driver {
    /// Starts a driver on a free port; what it and the browser print goes to `log`.
    pub(crate) async fn start(kind: Kind, log: &Path) -> Result<Self, Trouble> {
        let (variable, name) = match kind {
            Kind::Chromium => ("CHARTCHAIN_CHROMEDRIVER", "chromedriver"),
            Kind::Firefox => ("CHARTCHAIN_GECKODRIVER", "geckodriver"),
            Kind::WebKit => ("CHARTCHAIN_WEBKITDRIVER", "WebKitWebDriver"),
        };
        let program = std::env::var(variable).unwrap_or_else(|_| name.into());
        let failed = |reason: String| Trouble::Start { program: program.clone(), reason };
        let port = free_port().map_err(|error| failed(error.to_string()))?;
        let output = File::options().create(true).append(true).open(log);
        let output = output.map_err(|error| Trouble::files("open", log, error))?;
        let screen = if kind == Kind::WebKit { Some(Screen::start()?) } else { None };
        let mut command = Command::new(&program);
        match kind {
            Kind::Chromium => command.arg(format!("--port={port}")),
            // System access is how its error console is read.
            Kind::Firefox => {
                command.args(["--port", &port.to_string(), "--websocket-port", "0", "--allow-system-access"])
            }
            // Root has no sandbox of its own, and the only page opened is ours.
            Kind::WebKit => command
                .arg(format!("--port={port}"))
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                .env("DISPLAY", screen.as_ref().map(Screen::name).unwrap_or_default()),
        };
        let errors = output.try_clone().map_err(|error| Trouble::files("open", log, error))?;
        let started = command.stdin(Stdio::null()).stdout(output).stderr(errors).spawn();
        let child = started.map_err(|error| failed(format!("{error}; `cargo xtask test` installs it")))?;
        let mut driver = Self { child, address: format!("http://127.0.0.1:{port}"), _screen: screen };
        driver.wait(port).await.map_err(failed)?;
        Ok(driver)
    }

    /// Where it takes WebDriver commands.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The driver and all that it started.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let mut processes = descendants(self.child.id());
        processes.push(self.child.id());
        processes
    }

    /// Ends the browser at once, as a crash or a dead battery would, and then the driver.
    pub(crate) fn kill(&mut self) {
        kill_now(&self.processes());
        let _ended = self.child.wait();
    }

    async fn wait(&mut self, port: u16) -> Result<(), String> {
        let start = Instant::now();
        while start.elapsed() < START {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("it ended with {status}"));
            }
            if tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("it does not answer".into())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn kill_now(processes: &[u32]) {
    let ids = processes.iter().map(u32::to_string);
    let _status = Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status();
}

/// All processes under this one, read from `/proc`.
fn descendants(ancestor: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let id = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let about = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // "id (name, which may hold anything) state parent …"
            let parent = about.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
            Some((id, parent))
        })
        .collect();
    let mut found: Vec<u32> = Vec::new();
    let mut waiting = vec![ancestor];
    while let Some(parent) = waiting.pop() {
        let children = parents.iter().filter(|(_, above)| *above == parent).map(|(id, _)| *id);
        let fresh: Vec<u32> = children.filter(|id| !found.contains(id)).collect();
        found.extend(&fresh);
        waiting.extend(fresh);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_was_started_is_found_and_ended_with_its_own_children() {
        let mut shell = Command::new("sh").args(["-c", "sleep 60 & wait"]).spawn().unwrap();
        let start = Instant::now();
        let under = loop {
            let under = descendants(shell.id());
            if !under.is_empty() || start.elapsed() > START {
                break under;
            }
        };
        assert_eq!(under.len(), 1);
        assert!(descendants(std::process::id()).contains(&shell.id()));
        kill_now(&[shell.id(), under[0]]);
        assert!(!shell.wait().unwrap().success());
        assert!(!descendants(std::process::id()).contains(&shell.id()));
    }
}
