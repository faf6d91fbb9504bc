import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { describeSystemError } from './system-error.js';
import { tcpTransport } from './tcp-transport.js';
import type { TcpTransport, TcpTransportOptions } from './tcp-transport.js';
import type { TransportHandler } from './transport.js';

const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 5000, interval: 5 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function handler(attributes: Record<string, string> = {}): TransportHandler {
  return {
    identity: () => ({ nodeId: 'n1', incarnation: 'a', clusterId: 'c1', attributes }),
    received: vi.fn(),
    disconnected: vi.fn(),
    refused: vi.fn(),
    peerState: vi.fn(),
  };
}

function transport(options: Partial<TcpTransportOptions> = {}): TcpTransport {
  const made = tcpTransport({ listen: { host: '127.0.0.1', port: 0 }, ...options });
  closers.push(() => made.close());
  return made;
}

/** A port that something else holds, and that never answers. */
async function takenPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('a TCP transport', () => {
  test('names host and port when it cannot listen there', async () => {
    const port = await takenPort();
    const second = transport({ listen: { host: '127.0.0.1', port } });
    await expect(second.listen(handler())).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(`127.0.0.1:${port}.*EADDRINUSE`) as string,
    });
  });

  test('gives out the address that it is told to advertise', async () => {
    const advertise = 'node-1.example:9000';
    expect(await transport({ advertise }).listen(handler())).toBe(advertise);
  });

  test.each([
    ['an address that is none', { advertise: 'node-1' }, /"node-1" is no address/],
    ['every interface', { listen: { host: '0.0.0.0', port: 0 } }, /set advertise/],
  ])('refuses to advertise %s', async (_what, options, error) => {
    await expect(transport(options).listen(handler())).rejects.toThrow(error);
  });

  test('refuses to start with attributes that no peer would take', async () => {
    const motd = 'x'.repeat(65_536);
    await expect(transport().listen(handler({ motd }))).rejects.toThrow(
      /attributes of n1 are too large/,
    );
  });

  test('refuses to probe what is no address', async () => {
    const node = transport();
    await node.listen(handler());
    await expect(node.probe('nowhere')).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('says in words why a name with several addresses cannot be reached', () => {
    const causes = [
      new Error('connect ECONNREFUSED ::1:9'),
      new Error('connect EPERM 127.0.0.1:9'),
    ];
    expect(describeSystemError(new AggregateError(causes))).toBe(
      'connect ECONNREFUSED ::1:9; connect EPERM 127.0.0.1:9',
    );
  });

  test.each([{ newest: 4 }, { oldest: 0 }, { oldest: 2, newest: 1 }, { newest: 1.5 }])(
    'refuses to speak protocols that do not exist: %j',
    (protocol) => {
      expect(() => transport({ protocol })).toThrow('protocol must lie within 1 to 3');
    },
  );

  test('counts what it carries: messages and bytes, both ways', async () => {
    const limits = { keepAliveMs: 60_000 };
    const [one, other] = [transport({ limits }), transport({ limits })];
    const peerState = vi.fn();
    await one.listen({ ...handler(), peerState });
    const received = vi.fn();
    const address = await other.listen({ ...handler(), received });
    one.setPeers([{ id: 'n1', address, incarnation: 'a' }]);
    await eventually(() => expect(peerState).toHaveBeenCalledTimes(1));
    const before = { ...one.counters };
    one.send('n1', { type: 'timeout-now', term: 1, lastIndex: 1 });
    await eventually(() => expect(received).toHaveBeenCalledTimes(1));
    expect(one.counters).toMatchObject({
      messagesSent: 1,
      bytesSent: before.bytesSent + 8 + 1 + 6 + 6,
    });
    expect(other.counters).toMatchObject({ messagesReceived: 1, dropped: 0, brokenFrames: 0 });
    expect(other.counters.bytesReceived).toBeGreaterThanOrEqual(one.counters.bytesSent);
  });

  test('ends its probes when it closes', async () => {
    const node = transport({ limits: { handshakeMs: 60_000 } });
    await node.listen(handler());
    const port = await takenPort();
    const probe = expect(node.probe(`127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'stopped',
    });
    await node.close();
    await probe;
  });

  test('leaves no listener, connection or timer behind when it closes', async () => {
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
    const before = sockets();
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
      shouldAdvanceTime: true,
    });
    closers.push(() => vi.useRealTimers());
    const [one, other] = [transport(), transport()];
    const peerState = vi.fn();
    await one.listen({ ...handler(), peerState });
    const address = await other.listen(handler());
    one.setPeers([
      { id: 'n1', address, incarnation: 'a' },
      { id: 'n3', address: '127.0.0.1:1', incarnation: 'c' },
    ]);
    await eventually(() => expect(peerState).toHaveBeenCalledTimes(2));
    // Two signs of life, and the next attempt to dial n3.
    expect(vi.getTimerCount()).toBe(3);
    await Promise.all([one.close(), other.close()]);
    expect(vi.getTimerCount()).toBe(0);
    while (sockets() > before) await new Promise(setImmediate);
  });

  test('can be closed before it listens, and while it starts to', async () => {
    const unused = transport();
    await unused.close();
    await expect(unused.listen(handler())).rejects.toMatchObject({ code: 'stopped' });

    const starting = transport({ listen: { host: 'localhost', port: 0 } });
    const listening = expect(starting.listen(handler())).rejects.toMatchObject({ code: 'stopped' });
    await starting.close();
    await listening;
  });
});
