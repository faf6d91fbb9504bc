import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, vi } from 'vitest';
import type { AppendRequest } from '../../core/message.js';
import { parseAddress } from '../address.js';
import { frameOf, FrameParser } from '../frame.js';
import { decodeHello, encodeAnswer, encodeHello } from '../handshake.js';
import type { Hello } from '../handshake.js';
import type { Lane } from '../lane.js';
import type { TcpLimits } from '../limits.js';
import { PROTOCOLS } from '../protocol.js';
import { tcpTransport } from '../tcp-transport.js';
import type { TcpTransportOptions } from '../tcp-transport.js';
import type { LocalIdentity, LostMessage, TransportHandler } from '../transport.js';

export { heartbeat, response } from '../../testing/transport/messages.js';

export const n1: LocalIdentity = {
  nodeId: 'n1',
  incarnation: 'a',
  clusterId: 'c1',
  attributes: {},
};
export const n2: LocalIdentity = { ...n1, nodeId: 'n2', incarnation: 'b' };

export function appendOf(bytes: number): AppendRequest {
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

export const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 5000, interval: 5 });

/** What the test that runs has opened. */
export const closers: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

export function recorder() {
  return {
    identity: () => n1,
    received: vi.fn<TransportHandler['received']>(),
    disconnected: vi.fn<TransportHandler['disconnected']>(),
    refused: vi.fn<TransportHandler['refused']>(),
    peerState: vi.fn<TransportHandler['peerState']>(),
    lost: vi.fn<(lost: LostMessage) => void>(),
  };
}

/** A node n1 that is as correct as it can be. */
export async function startN1(
  limits: Partial<TcpLimits> = {},
  options: Partial<TcpTransportOptions> = {},
) {
  const node = tcpTransport({ listen: { host: '127.0.0.1', port: 0 }, limits, ...options });
  closers.push(() => node.close());
  const told = recorder();
  const address = await node.listen(told);
  return { node, told, address };
}

/** A client that does with the node's port what it likes. */
export async function dial(address: string): Promise<Socket> {
  const socket = connect(parseAddress(address)!);
  closers.push(() => socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

export function helloOf(lane: Lane = 'control', from = n2): Hello {
  return { protocols: PROTOCOLS, lane, from, to: { nodeId: 'n1', incarnation: 'a' } };
}

export async function dialAsN2(address: string, lane?: Lane, from?: LocalIdentity) {
  const socket = await dial(address);
  socket.write(frameOf(encodeHello(helloOf(lane, from))));
  await once(socket, 'data');
  return socket;
}

/** A server that does with its dialers what it likes. */
export async function serve(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
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

/** Resolves with the hello that it has answered. */
export async function welcomeAsN2(socket: Socket, protocol = PROTOCOLS.newest): Promise<Hello> {
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.write(frameOf(encodeAnswer({ welcome: n2, protocol })));
  return decodeHello(payloadsOf(data)[0]!);
}

/** A peer n2 that answers, and then does nothing by itself. What was dialled is found by its lane. */
export async function serveAsN2(): Promise<{ address: string; lanes: Map<Lane, Socket> }> {
  const lanes = new Map<Lane, Socket>();
  const address = await serve((socket) => {
    void welcomeAsN2(socket).then(({ lane }) => lanes.set(lane, socket));
  });
  return { address, lanes };
}

export function payloadsOf(bytes: Buffer, parser = new FrameParser(bytes.length)): Buffer[] {
  const payloads: Buffer[] = [];
  parser.push(bytes);
  for (let payload = parser.next(); payload; payload = parser.next()) payloads.push(payload);
  return payloads;
}

export async function closed(socket: Socket): Promise<void> {
  if (!socket.destroyed) await new Promise<void>((resolve) => socket.once('close', resolve));
}
