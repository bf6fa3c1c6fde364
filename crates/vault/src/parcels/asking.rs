use chartchain_keys::DeviceKeys;
use chartchain_store::Store;
use chartchain_sync::{Request, RequestError};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::platform::Platform;
use crate::protocol::{Fault, Reply};
use crate::rows::{RowBatch, RowName, Rows, decode_state};
use crate::session::Session;

/// Most requests that wait for an answer; older ones are forgotten.
const MAX_ASKING: usize = 8;

/// Keys with which this person has asked by file to be let in, newest last.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Asking(Vec<Vec<u8>>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Zeroize::zeroize);
    }
}

impl Asking {
    /// What is lost of it has to be asked once more.
    pub(super) async fn load<S: Store>(rows: &Rows<S>) -> Result<Self, Fault> {
        let row = rows.read_each(&[RowName::asking()]).await?.pop().and_then(Result::ok).flatten();
        Ok(row.and_then(|row| decode_state(&row).ok()).unwrap_or_default())
    }

    pub(super) fn keys(&self) -> Vec<DeviceKeys> {
        self.0.iter().filter_map(|bytes| DeviceKeys::from_bytes(bytes).ok()).collect()
    }

    fn add(&mut self, device: &DeviceKeys) {
        self.0.push(device.expose().to_vec());
        if self.0.len() > MAX_ASKING {
            self.0.remove(0).zeroize();
        }
    }

    /// The answer has come.
    pub(super) fn forget(&mut self, device: &DeviceKeys) {
        let bytes = device.expose();
        self.0.retain(|known| *known != *bytes);
    }
}

/// Why a request cannot be read, for people.
pub(super) fn fault(error: RequestError) -> Fault {
    match error {
        RequestError::NotARequest => Fault::NotARequest,
        RequestError::TooNew => Fault::TooNew,
        RequestError::Damaged => Fault::FileDamaged,
    }
}

impl<P: Platform> Session<P> {
    pub(super) async fn store_asking(&self, platform: &P, asking: &Asking) -> Result<(), Fault> {
        let mut batch = RowBatch::default();
        batch.put_state(RowName::asking(), asking)?;
        self.rows.commit(batch, &mut platform.rng()).await
    }

    /// Makes keys and a request to be let in with them. They are durable when this returns.
    pub(crate) async fn ask_by_file(&mut self, platform: &P, name: &str) -> Result<Reply, Fault> {
        let device = DeviceKeys::make(&mut platform.rng());
        let public = device.public().map_err(|error| Fault::Storage(error.to_string()))?;
        let request = Request { device: public, name: name.to_owned() };
        let mut asking = Asking::load(&self.rows).await?;
        asking.add(&device);
        self.store_asking(platform, &asking).await?;
        Ok(Reply::Request { bytes: request.write(&device.feed), number: request.number() })
    }
}

/// Who asks to be let in, and the number that both people compare.
pub(crate) fn read_request(bytes: &[u8]) -> Result<Reply, Fault> {
    let request = Request::read(bytes).map_err(fault)?;
    let number = request.number();
    Ok(Reply::Asked { name: request.name, number })
}
