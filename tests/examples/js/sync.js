// Put into a page of the app: tells when a way to another device opened, how much came over it and when something stood on the
// page; and a data channel with nothing but bytes, for comparison. Times are milliseconds since 1970, of this page's clock.
const bench = (window.bench = { ways: [], seen: {}, clicked: null, bare: null });
bench.now = () => performance.timeOrigin + performance.now();

// Every data channel that the app makes.
const make = RTCPeerConnection.prototype.createDataChannel;
RTCPeerConnection.prototype.createDataChannel = function (...given) {
  const channel = make.apply(this, given);
  if (bench.isBare) return channel;
  const way = { opened: null, bytes: 0, last: null };
  bench.ways.push(way);
  channel.addEventListener('open', () => { way.opened = bench.now(); });
  channel.addEventListener('message', ({ data }) => {
    way.bytes += data.byteLength;
    way.last = bench.now();
  });
  return channel;
};

// When a text came to stand on the page.
bench.watch = (text) => {
  delete bench.seen[text];
  const look = () => {
    if (!document.body.textContent.includes(text)) return;
    bench.seen[text] ??= bench.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
};
addEventListener('click', () => { bench.clicked = bench.now(); }, { capture: true });

// A bare channel: the same settings as the app's, frames of the same size, nothing done with what comes.
const FRAME_BYTES = 16384;
const AHEAD_BYTES = 1048576;
const connection = () => {
  bench.isBare = true;
  const one = new RTCPeerConnection();
  const channel = one.createDataChannel('', { negotiated: true, id: 0 });
  bench.isBare = false;
  channel.binaryType = 'arraybuffer';
  const bare = { one, channel, opened: null, bytes: 0, last: null };
  channel.addEventListener('open', () => { bare.opened = bench.now(); });
  channel.addEventListener('message', ({ data }) => {
    bare.bytes += data.byteLength;
    bare.last = bench.now();
  });
  bench.bare?.one.close();
  return (bench.bare = bare);
};
const described = async (one, description) => {
  await one.setLocalDescription(description);
  if (one.iceGatheringState !== 'complete') {
    await new Promise((done) => {
      one.addEventListener('icegatheringstatechange', () => { if (one.iceGatheringState === 'complete') done(); });
    });
  }
  return one.localDescription.sdp;
};
bench.offer = async () => {
  const { one } = connection();
  return described(one, await one.createOffer());
};
bench.answer = async (sdp) => {
  const { one } = connection();
  await one.setRemoteDescription({ type: 'offer', sdp });
  return described(one, await one.createAnswer());
};
// Takes in the answer and, as soon as the channel is open, sends so many bytes.
bench.accept = async (sdp, bytes) => {
  const { one, channel } = bench.bare;
  const open = new Promise((done) => { channel.addEventListener('open', done); });
  await one.setRemoteDescription({ type: 'answer', sdp });
  await open;
  channel.bufferedAmountLowThreshold = AHEAD_BYTES / 2;
  const frame = crypto.getRandomValues(new Uint8Array(FRAME_BYTES));
  for (let left = bytes; left > 0; left -= FRAME_BYTES) {
    if (channel.bufferedAmount > AHEAD_BYTES) {
      await new Promise((done) => { channel.addEventListener('bufferedamountlow', done, { once: true }); });
    }
    channel.send(left < FRAME_BYTES ? frame.subarray(0, left) : frame);
  }
};
