import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Message } from '../core/message.js';
import { frameOf, FrameParser, messageFrame } from './frame.js';
import { decodeAnswer, encodeHello } from './handshake.js';
import {
  appendOf,
  closed,
  closers,
  dial,
  dialAsN2,
  eventually,
  heartbeat,
  helloOf,
  n1,
  payloadsOf,
  serve,
  serveAsN2,
  startN1,
  welcomeAsN2,
} from './test/wire.js';

const up = { connected: true, error: null, protocol: 3 };
const down = { connected: false, protocol: null };

function header(length: number, crc: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt32LE(crc, 4);
  return bytes;
}

/** A frame whose checksum does not fit. */
function damaged(message: Message): Buffer {
  const frame = messageFrame(message);
  frame[frame.length - 1]! ^= 1;
  return frame;
}

describe('a stranger that connects', () => {
  const strangers: [string, Buffer, RegExp][] = [
    ['speaks HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), /a frame of 542393671 bytes/],
    ['claims a huge hello', header(0xffff_ffff, 0), /a frame of 4294967295 bytes/],
    ['sends a hello over 64 KiB', frameOf(Buffer.alloc(65_537)), /a frame of 65537 bytes/],
    ['sends a hello that is no JSON', frameOf(Buffer.from('hello')), /not JSON/],
    ['sends a wrong checksum', Buffer.concat([header(2, 7), Buffer.from('{}')]), /checksum/],
  ];
  for (const [does, bytes, reason] of strangers) {
    test(`and ${does} is cut off, which is told, and peers are not disturbed`, async () => {
      const { told, address } = await startN1();
      const peer = await dialAsN2(address);
      const stranger = await dial(address);
      const remote = `127.0.0.1:${stranger.localPort!}`;
      stranger.write(bytes);
      await closed(stranger);
      await eventually(() => expect(told.refused).toHaveBeenCalledTimes(1));
      expect(told.refused).toHaveBeenCalledWith(remote, expect.stringMatching(reason));
      peer.write(messageFrame(heartbeat));
      await eventually(() => expect(told.received).toHaveBeenCalledTimes(1));
    });
  }

  test('and says nothing is cut off in time', async () => {
    const { told, address } = await startN1({ handshakeMs: 30 });
    const stranger = await dial(address);
    await closed(stranger);
    await eventually(() =>
      expect(told.refused).toHaveBeenCalledWith(expect.anything(), 'no handshake within 30 ms'),
    );
  });

  test('and drips its hello too slowly is cut off in time', async () => {
    const { address } = await startN1({ handshakeMs: 60 });
    const stranger = await dial(address);
    const bytes = frameOf(encodeHello(helloOf()));
    let at = 0;
    const drip = setInterval(() => stranger.write(bytes.subarray(at, ++at)), 5);
    closers.push(() => clearInterval(drip));
    await closed(stranger);
    expect(at).toBeLessThan(bytes.length);
  });

  test('when the limit of connections is reached is turned away, which is told', async () => {
    const { told, address } = await startN1({ maxConnections: 2 });
    const peer = await dialAsN2(address);
    await dial(address);
    const third = await dial(address);
    await closed(third);
    expect(told.refused).toHaveBeenCalledWith(
      expect.stringContaining('127.0.0.1:'),
      '2 connections stand already',
    );
    peer.write(messageFrame(heartbeat));
    await eventually(() => expect(told.received).toHaveBeenCalledTimes(1));
  });

  test('and says nothing makes room for others when too many do the same', async () => {
    const { told, address } = await startN1({ maxHandshakes: 3 });
    const peer = await dialAsN2(address);
    const silent = [await dial(address), await dial(address), await dial(address)];
    const [longest, ...others] = silent;
    const remote = `127.0.0.1:${longest!.localPort!}`;
    await dialAsN2(address, 'bulk');
    await closed(longest!);
    await eventually(() =>
      expect(told.refused).toHaveBeenCalledWith(
        remote,
        '3 newer connections have not said who they are either',
      ),
    );
    expect([peer, ...others].map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  });

  test('with another protocol is told so', async () => {
    const { address } = await startN1();
    const stranger = await dial(address);
    const protocols = { oldest: 4, newest: 5 };
    stranger.write(frameOf(encodeHello({ ...helloOf(), protocols })));
    const [answer] = (await once(stranger, 'data')) as [Buffer];
    expect(decodeAnswer(payloadsOf(answer)[0]!)).toMatchObject({
      refusal: { code: 'protocol-mismatch' },
    });
    await closed(stranger);
  });
});

describe('a peer', () => {
  const broken: [string, Buffer, RegExp][] = [
    ['sends a wrong checksum', damaged(heartbeat), /checksum/],
    ['claims a frame over the limit', header(0xffff_ffff, 0), /a frame of 4294967295 bytes/],
    ['sends an unknown message', frameOf(Buffer.of(200)), /unknown message 200/],
    [
      'sends a response where requests travel',
      messageFrame({ type: 'read-response', term: 1, id: 1, refusal: null, index: 1 }),
      /a read-response where only requests travel/,
    ],
  ];
  for (const [does, bytes, reason] of broken) {
    test(`that ${does} is disconnected and named, and what it sent before counts`, async () => {
      const { told, address } = await startN1();
      const peer = await dialAsN2(address);
      peer.write(Buffer.concat([messageFrame(heartbeat), bytes, messageFrame(heartbeat)]));
      await closed(peer);
      await eventually(() =>
        expect(told.disconnected).toHaveBeenCalledWith('n2', expect.stringMatching(reason)),
      );
      expect(told.received).toHaveBeenCalledTimes(1);
    });
  }

  test('that answers with garbage is told as down, and dialled again', async () => {
    const { node, told } = await startN1();
    let dials = 0;
    const address = await serve((socket) => {
      dials++;
      void welcomeAsN2(socket).then(() => socket.write(frameOf(Buffer.of(200))));
    });
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() => expect(dials).toBeGreaterThan(2));
    expect(told.peerState).toHaveBeenCalledWith('n2', {
      ...down,
      error: expect.stringContaining('unknown message 200') as string,
    });
  });

  test('that is no node is told from one that cannot be reached', async () => {
    const { node } = await startN1();
    const address = await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(node.probe(address)).rejects.toMatchObject({
      code: 'peer-mismatch',
      message: expect.stringContaining(address) as string,
    });
  });

  test('that accepts and never answers is told as down, once', async () => {
    const { node, told } = await startN1({ handshakeMs: 30 });
    const attributes = { motd: 'x'.repeat(50_000) };
    told.identity = () => ({ ...n1, attributes });
    let dials = 0;
    const address = await serve((socket) => {
      dials++;
      socket.resume();
    });
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() => expect(dials).toBeGreaterThan(3));
    const error = `${address}: no handshake within 30 ms`;
    expect(told.peerState.mock.calls).toEqual([['n2', { ...down, error }]]);
    await expect(node.probe(address)).rejects.toMatchObject({ code: 'peer-unreachable' });
  });

  test('that vanishes without closing its connection is noticed by whom it dialled', async () => {
    const { told, address } = await startN1({ keepAliveMs: 10 });
    await dialAsN2(address);
    await eventually(() =>
      expect(told.disconnected).toHaveBeenCalledWith('n2', 'nothing heard for 50 ms'),
    );
  });

  test('that vanishes without closing its connection is noticed by who dialled it', async () => {
    const { node, told } = await startN1({ keepAliveMs: 10 });
    const address = await serve((socket) => void welcomeAsN2(socket));
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() =>
      expect(told.peerState).toHaveBeenCalledWith('n2', {
        ...down,
        error: `${address}: nothing heard for 50 ms`,
      }),
    );
  });

  test('that speaks on and never ends a frame is cut off: its length was changed on the way', async () => {
    const { node, told, address } = await startN1({ keepAliveMs: 5 });
    const peer = await dialAsN2(address);
    peer.write(header(1024 * 1024, 0));
    const clock = setInterval(() => peer.write(frameOf(Buffer.alloc(0))), 5);
    closers.push(() => clearInterval(clock));
    await eventually(() =>
      expect(told.disconnected).toHaveBeenCalledWith('n2', 'broken frame: a frame does not end'),
    );
    expect(node.counters.brokenFrames).toBe(1);
  });

  test('that has nothing to say stays connected', async () => {
    const limits = { keepAliveMs: 5, handshakeMs: 100 };
    const [one, other] = [await startN1(limits), await startN1(limits)];
    one.node.setPeers([{ id: 'n1', address: other.address, incarnation: 'a' }]);
    await eventually(() => expect(one.told.peerState).toHaveBeenCalledTimes(1));
    let turns = 0;
    const clock = setInterval(() => turns++, 5);
    closers.push(() => clearInterval(clock));
    await eventually(() => expect(turns).toBeGreaterThan(30));
    expect(one.told.peerState.mock.calls).toEqual([['n1', up]]);
    expect(other.told.disconnected).not.toHaveBeenCalled();
  });

  test('that does not read makes messages drop, told and counted, and gets the others whole', async () => {
    const { node, told } = await startN1({ maxBufferedBytes: 4 * 1024 * 1024 });
    const { address, lanes } = await serveAsN2();
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() => expect(told.peerState).toHaveBeenCalledWith('n2', up));
    const peer = lanes.get('bulk')!.pause();
    const message = appendOf(1024 * 1024);
    await eventually(() => {
      node.send('n2', message);
      expect(node.counters.dropped).toBeGreaterThan(3);
    });
    expect(told.peerState).toHaveBeenLastCalledWith('n2', {
      ...up,
      error: '4194304 bytes wait on the bulk lane: messages are dropped',
    });

    const parser = new FrameParser(2 * 1024 * 1024);
    const payloads: Buffer[] = [];
    peer.on('data', (chunk) => payloads.push(...payloadsOf(chunk, parser)));
    peer.resume();
    await eventually(() => expect(told.peerState).toHaveBeenLastCalledWith('n2', up));
    node.send('n2', appendOf(7));
    const last = messageFrame(appendOf(7)).subarray(8);
    await eventually(() => expect(payloads.at(-1)?.equals(last)).toBe(true));
  });

  test('is not sent what is too large for it, and stays connected', async () => {
    const { node, told } = await startN1();
    const other = await startN1();
    node.setPeers([{ id: 'n1', address: other.address, incarnation: 'a' }]);
    await eventually(() => expect(told.peerState).toHaveBeenCalledTimes(1));
    node.send('n1', appendOf(16 * 1024 * 1024));
    node.send('n1', heartbeat);
    await eventually(() => expect(other.told.received).toHaveBeenCalledTimes(1));
    expect(node.counters.dropped).toBe(1);
    expect(told.peerState).toHaveBeenLastCalledWith('n1', {
      ...up,
      error: expect.stringContaining('too large') as string,
    });
  });
});
