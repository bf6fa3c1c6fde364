//! How other devices are reached directly: kept sealed on this device, and nowhere else.

use crate::platform::Platform;
use crate::protocol::{Fault, Network, Reply};
use crate::rows::{RowBatch, RowName, decode_state};
use crate::session::Session;

impl<P: Platform> Session<P> {
    pub(crate) async fn network(&self) -> Result<Network, Fault> {
        let row = self.rows.read_one(RowName::network()).await?;
        row.map_or_else(|| Ok(Network::default()), |row| decode_state(&row))
    }

    pub(crate) async fn set_network(&mut self, platform: &P, network: Network) -> Result<Reply, Fault> {
        if let Some((at, problem)) = network.check() {
            return Err(Fault::NotNow(format!("server {} cannot be used: {problem:?}", at + 1)));
        }
        let mut batch = RowBatch::default();
        batch.put_state(RowName::network(), &network)?;
        self.rows.commit(batch, &mut platform.rng()).await?;
        Ok(Reply::Network(network))
    }
}
