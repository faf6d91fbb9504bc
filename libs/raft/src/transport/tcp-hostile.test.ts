import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AppendRequest, Message } from '../core/message.js';
import { parseAddress } from './address.js';
import { frameOf, FrameParser, messageFrame } from './frame.js';
import { decodeAnswer, encodeAnswer, encodeHello } from './handshake.js';
import type { Hello } from './handshake.js';
import type { TcpLimits } from './limits.js';
import { PROTOCOLS } from './protocol.js';
import { tcpTransport } from './tcp-transport.js';
import type { LocalIdentity, TransportHandler } from './transport.js';

const n1: LocalIdentity = { nodeId: 'n1', incarnation: 'a', clusterId: 'c1', attributes: {} };
const n2: LocalIdentity = { nodeId: 'n2', incarnation: 'b', clusterId: 'c1', attributes: {} };
const hello: Hello = {
  protocols: PROTOCOLS,
  lane: 'control',
  from: n2,
  to: { nodeId: 'n1', incarnation: 'a' },
};
const heartbeat: Message = { type: 'heartbeat', term: 3, session: 1, commit: 7, readPosition: 2 };

const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 5000, interval: 5 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function recorder() {
  return {
    identity: () => n1,
    received: vi.fn<TransportHandler['received']>(),
    disconnected: vi.fn<TransportHandler['disconnected']>(),
    refused: vi.fn<TransportHandler['refused']>(),
    peerState: vi.fn<TransportHandler['peerState']>(),
  };
}

/** A node n1 that is as correct as it can be, for others to be hostile to. */
async function victim(limits: Partial<TcpLimits> = {}) {
  const node = tcpTransport({ listen: { host: '127.0.0.1', port: 0 }, limits });
  closers.push(() => node.close());
  const told = recorder();
  const address = await node.listen(told);
  return { node, told, address };
}

/** A client that does with the node's port what it likes. */
async function dial(address: string): Promise<Socket> {
  const socket = connect(parseAddress(address)!);
  closers.push(() => socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function dialAsN2(address: string): Promise<Socket> {
  const socket = await dial(address);
  socket.write(frameOf(encodeHello(hello)));
  await once(socket, 'data');
  return socket;
}

/** A server that does with its dialers what it likes. */
async function serve(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function welcomeAsN2(socket: Socket): Promise<void> {
  await once(socket, 'data');
  socket.write(frameOf(encodeAnswer({ welcome: n2 })));
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.destroyed) await new Promise<void>((resolve) => socket.once('close', resolve));
}

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

function appendOf(bytes: number): AppendRequest {
  const data = Buffer.alloc(bytes, 5);
  const entries = [{ index: 1, term: 1, type: 'command' as const, data }];
  return {
    type: 'append-request',
    term: 3,
    session: 1,
    prevIndex: 0,
    prevTerm: 0,
    entries,
    commit: 0,
  };
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
      const { told, address } = await victim();
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
    const { told, address } = await victim({ handshakeMs: 30 });
    const stranger = await dial(address);
    await closed(stranger);
    await eventually(() =>
      expect(told.refused).toHaveBeenCalledWith(expect.anything(), 'no handshake within 30 ms'),
    );
  });

  test('and drips its hello too slowly is cut off in time', async () => {
    const { address } = await victim({ handshakeMs: 60 });
    const stranger = await dial(address);
    const bytes = frameOf(encodeHello(hello));
    let at = 0;
    const drip = setInterval(() => stranger.write(bytes.subarray(at, ++at)), 5);
    closers.push(() => clearInterval(drip));
    await closed(stranger);
    expect(at).toBeLessThan(bytes.length);
  });

  test('when the limit of connections is reached is turned away, which is told', async () => {
    const { told, address } = await victim({ maxConnections: 2 });
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

  test('with another protocol is told so', async () => {
    const { address } = await victim();
    const stranger = await dial(address);
    stranger.write(frameOf(encodeHello({ ...hello, protocol: 2 })));
    const [answer] = (await once(stranger, 'data')) as [Buffer];
    const parser = new FrameParser(1000);
    parser.push(answer);
    expect(decodeAnswer(parser.next()!)).toMatchObject({ refusal: { code: 'protocol-mismatch' } });
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
      messageFrame({ type: 'heartbeat-response', term: 1, session: 1, readPosition: 1 }),
      /a heartbeat-response where only requests travel/,
    ],
  ];
  for (const [does, bytes, reason] of broken) {
    test(`that ${does} is disconnected and named, and what it sent before counts`, async () => {
      const { told, address } = await victim();
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
    const { node, told } = await victim();
    let dials = 0;
    const address = await serve((socket) => {
      dials++;
      void welcomeAsN2(socket).then(() => socket.write(frameOf(Buffer.of(200))));
    });
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() => expect(dials).toBeGreaterThan(2));
    expect(told.peerState).toHaveBeenCalledWith('n2', {
      connected: false,
      error: expect.stringContaining('unknown message 200') as string,
    });
  });

  test('that accepts and never answers is told as down, once', async () => {
    const { node, told } = await victim({ handshakeMs: 30 });
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
    expect(told.peerState.mock.calls).toEqual([['n2', { connected: false, error }]]);
    await expect(node.probe(address)).rejects.toMatchObject({ code: 'peer-unreachable' });
  });

  test('that vanishes without closing its connection is noticed by whom it dialled', async () => {
    const { told, address } = await victim({ keepAliveMs: 10 });
    await dialAsN2(address);
    await eventually(() =>
      expect(told.disconnected).toHaveBeenCalledWith('n2', 'nothing heard for 50 ms'),
    );
  });

  test('that vanishes without closing its connection is noticed by who dialled it', async () => {
    const { node, told } = await victim({ keepAliveMs: 10 });
    const address = await serve((socket) => void welcomeAsN2(socket));
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() =>
      expect(told.peerState).toHaveBeenCalledWith('n2', {
        connected: false,
        error: `${address}: nothing heard for 50 ms`,
      }),
    );
  });

  test('that has nothing to say stays connected', async () => {
    const limits = { keepAliveMs: 5, handshakeMs: 100 };
    const [one, other] = [await victim(limits), await victim(limits)];
    one.node.setPeers([{ id: 'n1', address: other.address, incarnation: 'a' }]);
    await eventually(() => expect(one.told.peerState).toHaveBeenCalledTimes(1));
    let turns = 0;
    const clock = setInterval(() => turns++, 5);
    closers.push(() => clearInterval(clock));
    await eventually(() => expect(turns).toBeGreaterThan(30));
    expect(one.told.peerState.mock.calls).toEqual([['n1', { connected: true, error: null }]]);
    expect(other.told.disconnected).not.toHaveBeenCalled();
  });

  test('that does not read makes messages drop, told and counted, and gets the others whole', async () => {
    const { node, told } = await victim({ maxBufferedBytes: 4 * 1024 * 1024 });
    let peer: Socket | undefined;
    const address = await serve((socket) => {
      void welcomeAsN2(socket).then(() => {
        socket.pause();
        peer = socket;
      });
    });
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() => expect(told.peerState).toHaveBeenCalledTimes(1));
    const message = appendOf(1024 * 1024);
    await eventually(() => {
      node.send('n2', message);
      expect(node.dropped).toBeGreaterThan(3);
    });
    expect(told.peerState).toHaveBeenLastCalledWith('n2', {
      connected: true,
      error: '4194304 bytes wait to be sent: messages are dropped',
    });

    const parser = new FrameParser(2 * 1024 * 1024);
    const payloads: Buffer[] = [];
    peer!.on('data', (chunk) => {
      parser.push(chunk);
      for (let payload = parser.next(); payload; payload = parser.next()) payloads.push(payload);
    });
    peer!.resume();
    await eventually(() =>
      expect(told.peerState).toHaveBeenLastCalledWith('n2', { connected: true, error: null }),
    );
    node.send('n2', heartbeat);
    const last = messageFrame(heartbeat).subarray(8);
    await eventually(() => expect(payloads.some((payload) => payload.equals(last))).toBe(true));
  });

  test('is not sent what is too large for it, and stays connected', async () => {
    const { node, told } = await victim();
    const other = await victim();
    node.setPeers([{ id: 'n1', address: other.address, incarnation: 'a' }]);
    await eventually(() => expect(told.peerState).toHaveBeenCalledTimes(1));
    node.send('n1', appendOf(16 * 1024 * 1024));
    node.send('n1', heartbeat);
    await eventually(() => expect(other.told.received).toHaveBeenCalledTimes(1));
    expect(node.dropped).toBe(1);
    expect(told.peerState).toHaveBeenLastCalledWith('n1', {
      connected: true,
      error: expect.stringContaining('too large') as string,
    });
  });
});
