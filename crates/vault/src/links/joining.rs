//! Letting another device into a record, and being let into one.

use chartchain_keys::{DeviceKeys, DevicePublic, EpochId, KeyEpoch, Keyring, VerifyKey};
use chartchain_ledger::{Authority, Body, Change, Enrolment, Ledger};

use crate::block_row;
use crate::jobs::tolerate_full;
use crate::open::{Head, OpenLedger, open_fault};
use crate::platform::Platform;
use crate::protocol::{Event, Fault, LinkId, MemberRole, Reply};
use crate::root::Root;
use crate::rows::{RowBatch, RowName};
use crate::session::Session;

impl<P: Platform> Session<P> {
    /// Lets the device at the other side of a connection into the open record: it reads all of it, and writes in it.
    /// The steward's word for it is on record before the other device learns of it.
    pub(crate) async fn let_in(
        &mut self,
        platform: &P,
        id: LinkId,
        (role, name): (MemberRole, &str),
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let link = super::of(&mut self.links).find(id)?;
        let (device, _) = link.asks.clone().ok_or_else(|| Fault::NotNow("nobody asks to be let in".into()))?;
        let enrolment = self.admit(platform, *device, (role, name), events).await?;
        let link = super::of(&mut self.links).find(id)?;
        let open = self.open.as_ref().ok_or(Fault::NoLedger)?;
        let (header, genesis) = open.root.genesis();
        link.session.invite((header, genesis), &enrolment);
        link.let_in(open);
        self.links_step(platform, events).await?;
        Ok(Reply::Done)
    }

    /// Lets a device into the open record as something, under a name, and gives the body of its first block. The word for it is
    /// durable when this returns.
    pub(crate) async fn admit(
        &mut self,
        platform: &P,
        device: DevicePublic,
        (role, name): (MemberRole, &str),
        events: &mut Vec<Event>,
    ) -> Result<Vec<u8>, Fault> {
        let (mut rng, now_ms) = (platform.rng(), platform.now_ms());
        if !self.person.recovery_done() {
            return Err(Fault::NotNow(
                "the recovery card is not done: without the words nobody could undo this".into(),
            ));
        }
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if open.head.made_up {
            return Err(Fault::NotNow("a made-up person's record is not shared".into()));
        }
        // Whoever may not write may let nobody in.
        open.draft()?;
        // A device whose key is retired asks with a new one, though the old one still counts here.
        if open.gets(&device.feed).is_some() {
            return Err(Fault::NotNow("this device is in the record already".into()));
        }
        let feed = device.feed;
        let membership = open.membership_for(&feed, role, name, &mut rng)?;
        let (own, ledger) = (open.root.device(), open.ledger.id());
        let authority = Authority::Device(own.feed.verify_key());
        // Whoever only countersigns gets no keys.
        let none = Keyring::default();
        let keyring = if role == MemberRole::Witness { &none } else { open.root.keyring() };
        let newcomer = (device, membership.clone());
        let enrolment = Enrolment::make(&ledger, newcomer, authority, &own.feed, keyring, &mut rng)
            .map_err(|error| Fault::NotNow(error.to_string()))?;
        let Body::Open(body) = enrolment.to_body() else { return Err(Fault::NotNow("no enrolment".into())) };
        // Remembered first: the other device may come back later and write its first block then.
        let is_blind = role == MemberRole::Witness;
        open.devices(&self.rows).await?.let_in(&feed, name, is_blind, now_ms);
        open.store_devices(&self.rows, &mut rng).await?;
        if open.is_steward() {
            let admitted = vec![Change::Admit { feed, membership }];
            open.change_members(&self.rows, admitted, None, now_ms, &mut rng).await?;
            events.push(Event::Changed);
        }
        Ok(body.into_owned())
    }

    /// Goes on with a record that another device has let this one into. It is on the person's list when its first rows are
    /// stored; the rest comes with the blocks.
    /// `shut_by` is a device of the record that gives nothing to the key which this one has there.
    pub(crate) async fn join(
        &mut self,
        platform: &P,
        shut_by: Option<VerifyKey>,
        device: Option<DeviceKeys>,
        (genesis, enrolment): ((Vec<u8>, Vec<u8>), Vec<u8>),
    ) -> Result<[u8; 32], Fault> {
        let broken = || Fault::Damaged("what the other device sent lets this one in nowhere".into());
        let (mut rng, now_ms) = (platform.rng(), platform.now_ms());
        let device = device.ok_or_else(broken)?;
        let ledger = Ledger::open(&genesis.0, &genesis.1).map_err(open_fault)?;
        let (id, made_up) = (ledger.id().0, ledger.genesis().made_up);
        let read = Enrolment::read(&enrolment).map_err(|_| broken())?;
        let host = match &read.authority {
            Authority::Device(by) => *by,
            Authority::Recovery => return Err(broken()),
        };
        read.check_authority(&ledger.id(), &host).map_err(|_| broken())?;
        if made_up || Some(&read.device) != device.public().ok().as_ref() {
            return Err(broken());
        }
        let epochs = read.unwrap(&ledger.id(), &device.wrap).map_err(|_| broken())?;
        if self.person.ledgers.contains(&id) {
            return self.join_again(platform, id, shut_by == Some(host), (device, epochs), enrolment).await;
        }
        let row = block_row::join(&genesis.0, &genesis.1);
        let header_page = vec![genesis.0.clone()];
        let root = Root::new(device, epochs, genesis).with_enrolment(Some(enrolment));
        let head = Head { blocks: 1, indexed_blocks: 1, ..Head::default() };
        // Before any row of it, so that nothing is left that nobody knows of.
        self.person.restoring.push(id);
        self.person.store(platform, &self.rows).await?;
        let mut batch = RowBatch::default();
        root.put(&id, &mut batch)?;
        batch.put_twice(RowName::head(&id), &head)?;
        batch.put_state(RowName::headers(&id, 0), &header_page)?;
        batch.put(RowName::block(&id, 0), row);
        self.rows.commit(batch, &mut rng).await?;
        self.person.restoring.retain(|restoring| *restoring != id);
        self.person.ledgers.push(id);
        self.person.store(platform, &self.rows).await?;
        let mut open = OpenLedger::with(id, head, ledger, root, header_page);
        open.devices(&self.rows).await?.compared(&host, now_ms);
        tolerate_full(open.store_devices(&self.rows, &mut rng).await)?;
        open.introduce(&self.rows, now_ms, &mut rng).await?;
        super::of(&mut self.links).aside.insert(id, open);
        Ok(id)
    }

    /// A record is here whose key never writes again, because there is a copy of this device or it was removed: it goes on with the new
    /// keys.
    async fn join_again(
        &mut self,
        platform: &P,
        id: [u8; 32],
        is_shut: bool,
        (device, epochs): (DeviceKeys, Vec<(EpochId, KeyEpoch)>),
        enrolment: Vec<u8>,
    ) -> Result<[u8; 32], Fault> {
        let mut rng = platform.rng();
        let aside = &mut super::of(&mut self.links).aside;
        let open = super::ledger(&mut self.open, aside, &self.rows, &id, &mut rng).await?;
        // A key that is good is given up only for somebody who belongs to the record, and never the one that decides.
        let may_replace = is_shut && !open.is_steward();
        if !open.is_retired() && !may_replace {
            return Err(Fault::NotNow("this record is here already".into()));
        }
        let mut root = Root::new(device, epochs, open.root.genesis().clone()).with_enrolment(Some(enrolment));
        for proof in open.root.forks() {
            root = root.with_fork(&proof);
        }
        let mut batch = RowBatch::default();
        root.put(&id, &mut batch)?;
        open.store_head(&self.rows, batch, |_| {}, &mut rng).await?;
        open.root = root;
        open.introduce(&self.rows, platform.now_ms(), &mut rng).await?;
        Ok(id)
    }
}
