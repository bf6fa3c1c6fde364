//! A slow device: the whole browser shares a fraction of one processor, by a quota of Linux's control groups.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::Trouble;

/// Short, so that work is slowed down evenly and not in jerks.
const PERIOD_US: u64 = 10_000;
/// The least quota that the kernel takes.
const LEAST_US: u64 = 1_000;

/// Processes under a quota, which ends with this.
#[derive(Debug)]
pub struct Brake {
    group: PathBuf,
    parent: PathBuf,
    second_version: bool,
}

impl Brake {
    /// Puts processes, and all that they start, into a group of their own.
    pub(crate) fn on(processes: &[u32]) -> Result<Self, Trouble> {
        let missing = || Trouble::wrong("this machine lets nobody set quotas (control groups, as root)");
        let roots = [("/sys/fs/cgroup/cpu", false), ("/sys/fs/cgroup", true)].map(|(root, v2)| (Path::new(root), v2));
        let quota = |v2| if v2 { "cpu.max" } else { "cpu.cfs_quota_us" };
        for (parent, second_version) in roots {
            let group = parent.join(format!("chartchain-bench-{}", std::process::id()));
            if fs::create_dir(&group).is_err() {
                continue;
            }
            let brake = Self { group, parent: parent.to_owned(), second_version };
            if !brake.group.join(quota(second_version)).exists() {
                continue;
            }
            for process in processes {
                // One may have ended meanwhile.
                let _ = fs::write(brake.group.join("cgroup.procs"), process.to_string());
            }
            return Ok(brake);
        }
        Err(missing())
    }

    /// How much of one processor all of them have together.
    ///
    /// # Errors
    /// The kernel does not take the quota.
    pub fn share(&self, share: f64) -> Result<(), Trouble> {
        // Between a tenth of a processor and many of them.
        let quota = ((PERIOD_US as f64 * share) as u64).max(LEAST_US);
        let write = |name: &str, text: String| {
            let path = self.group.join(name);
            fs::write(&path, text).map_err(|error| Trouble::files("write", &path, error))
        };
        if self.second_version {
            return write("cpu.max", format!("{quota} {PERIOD_US}"));
        }
        write("cpu.cfs_period_us", PERIOD_US.to_string())?;
        write("cpu.cfs_quota_us", quota.to_string())
    }
}

impl Drop for Brake {
    fn drop(&mut self) {
        for process in fs::read_to_string(self.group.join("cgroup.procs")).unwrap_or_default().lines() {
            let _ = fs::write(self.parent.join("cgroup.procs"), process);
        }
        let _ = fs::remove_dir(&self.group);
    }
}
