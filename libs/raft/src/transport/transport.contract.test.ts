import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../core/message.js';
import { memoryNetwork } from './memory-transport.js';
import { tcpTransport } from './tcp-transport.js';
import type {
  LocalIdentity,
  PeerAddress,
  Received,
  Transport,
  TransportHandler,
} from './transport.js';

/** A node that only writes down what its transport tells it. */
class Recorder implements TransportHandler {
  readonly messages: Received[] = [];
  readonly disconnects: string[] = [];
  readonly refusals: string[] = [];
  readonly states: { peer: string; connected: boolean; error: string | null }[] = [];
  address = '';
  whenReceived: (() => void) | undefined;
  whenDown: (() => void) | undefined;

  constructor(
    readonly transport: Transport,
    public self: LocalIdentity,
  ) {}

  identity(): LocalIdentity {
    return this.self;
  }

  received(received: Received): void {
    this.messages.push(received);
    this.whenReceived?.();
  }

  disconnected(peer: string): void {
    this.disconnects.push(peer);
  }

  refused(_remote: string, reason: string): void {
    this.refusals.push(reason);
  }

  peerState(peer: string, state: { connected: boolean; error: string | null }): void {
    this.states.push({ peer, ...state });
    if (!state.connected) this.whenDown?.();
  }

  asPeer(over: Partial<PeerAddress> = {}): PeerAddress {
    const { nodeId, incarnation } = this.self;
    return { id: nodeId, address: this.address, incarnation, ...over };
  }

  isConnectedTo(peer: string): boolean {
    return this.states.findLast((state) => state.peer === peer)?.connected ?? false;
  }

  errorOf(peer: string): string | null {
    return this.states.findLast((state) => state.peer === peer)?.error ?? null;
  }
}

const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 5000, interval: 5 });

const network = memoryNetwork();
let lastAddress = 0;

/** Makes a transport at an address of its own, or again at one that was used before. */
const kinds: Record<string, (address?: string) => Transport> = {
  tcp: (address) => {
    const port = Number(address?.split(':')[1] ?? 0);
    return tcpTransport({ listen: { host: '127.0.0.1', port } });
  },
  memory: (address) => network.transport(address ?? `host${++lastAddress}:9000`),
};

const heartbeat: Message = {
  type: 'heartbeat',
  term: 3,
  session: 1,
  commit: 7,
  readPosition: 2,
  sentAt: 5,
  echo: 6,
  known: 7,
  quorumAgeMs: 8,
};
const response: Message = {
  type: 'heartbeat-response',
  term: 3,
  session: 1,
  readPosition: 2,
  sentAt: 5,
  holdMs: 500,
  clock: 6,
};

function append(from: number, count: number): Message {
  const entries = Array.from({ length: count }, (_, at) => ({
    index: from + at,
    term: 2,
    type: 'command' as const,
    data: Buffer.alloc(100, at),
  }));
  return {
    type: 'append-request',
    term: 3,
    session: 1,
    prevIndex: from - 1,
    prevTerm: 2,
    entries,
    commit: 0,
  };
}

describe.each(Object.keys(kinds))('%s transport', (kind) => {
  const open: Recorder[] = [];

  async function start(
    nodeId: string,
    {
      clusterId = 'c1',
      incarnation = `${nodeId}-a`,
      address,
    }: {
      clusterId?: string | null;
      incarnation?: string;
      address?: string;
    } = {},
  ): Promise<Recorder> {
    const attributes = { http: `http://${nodeId}:8000` };
    const node = new Recorder(kinds[kind]!(address), {
      nodeId,
      incarnation,
      clusterId,
      attributes,
    });
    open.push(node);
    node.address = await node.transport.listen(node);
    return node;
  }

  async function connect(from: Recorder, to: Recorder): Promise<void> {
    from.transport.setPeers([to.asPeer()]);
    await eventually(() => expect(from.isConnectedTo(to.self.nodeId)).toBe(true));
  }

  afterEach(async () => {
    await Promise.all(open.splice(0).map((node) => node.transport.close()));
  });

  test('brings requests to a peer, unchanged and in order, with the identity of the sender', async () => {
    const [n1, n2] = [await start('n1'), await start('n2')];
    await connect(n1, n2);
    const sent = [
      heartbeat,
      append(1, 3),
      append(4, 2000),
      { type: 'timeout-now', term: 3, lastIndex: 9 } as const,
    ];
    for (const message of sent) n1.transport.send('n2', message);
    await eventually(() => expect(n2.messages).toHaveLength(sent.length));
    expect(n2.messages.map(({ message }) => message)).toEqual(sent);
    expect(n2.messages[0]).toMatchObject({ from: 'n1', incarnation: 'n1-a', clusterId: 'c1' });
  });

  test('brings responses back on the connection of the requests', async () => {
    const [n1, n2] = [await start('n1'), await start('n2', { clusterId: null })];
    await connect(n1, n2);
    n1.transport.send('n2', heartbeat);
    await eventually(() => expect(n2.messages).toHaveLength(1));
    n2.transport.send('n1', response);
    await eventually(() => expect(n1.messages).toHaveLength(1));
    expect(n1.messages[0]).toEqual({
      from: 'n2',
      incarnation: 'n2-a',
      clusterId: 'c1',
      message: response,
    });
  });

  test('drops what it has no connection for, without a word', async () => {
    const [n1, n2] = [await start('n1'), await start('n2')];
    n1.transport.send('n2', heartbeat);
    n1.transport.send('n2', response);
    await connect(n1, n2);
    n2.transport.send('n1', heartbeat);
    n1.transport.send('n2', append(1, 1));
    await eventually(() => expect(n2.messages).toHaveLength(1));
    expect(n2.messages[0]?.message).toEqual(append(1, 1));
    expect(n1.messages).toEqual([]);
  });

  test('never delivers while send is running', async () => {
    const [n1, n2] = [await start('n1'), await start('n2')];
    await connect(n1, n2);
    n1.transport.send('n2', heartbeat);
    expect(n2.messages).toEqual([]);
    await eventually(() => expect(n2.messages).toHaveLength(1));
  });

  test('asks who answers at an address, a blank node too', async () => {
    const n1 = await start('n1', { clusterId: null });
    const n2 = await start('n2', { clusterId: null });
    const n3 = await start('n3', { clusterId: 'other' });
    expect(await n1.transport.probe(n2.address)).toEqual(n2.self);
    expect(await n1.transport.probe(n3.address)).toEqual(n3.self);
    expect([...n2.refusals, ...n2.disconnects]).toEqual([]);
  });

  test('says which address nobody answers at', async () => {
    const [n1, n2] = [await start('n1'), await start('n2')];
    await n2.transport.close();
    await expect(n1.transport.probe(n2.address)).rejects.toMatchObject({
      code: 'peer-unreachable',
      retryable: true,
      outcome: 'not-applied',
      message: expect.stringContaining(n2.address) as string,
    });
  });

  const refused: Record<
    string,
    { as?: Parameters<typeof start>[1]; target?: Partial<PeerAddress>; error: RegExp }
  > = {
    'of another cluster': { as: { clusterId: 'c2' }, error: /n2 .*c2.* n1 .*c1/ },
    'with another id': { target: { id: 'n9' }, error: /n2 answers at this address, not n9/ },
    'with an emptied volume': {
      target: { incarnation: 'n2-before' },
      error: /volume of n2 \(n2-a\).*\(n2-before\).*join n2 again/,
    },
  };
  for (const [what, { as, target, error }] of Object.entries(refused)) {
    test(`does not speak to a node ${what}, and says why on both sides`, async () => {
      const [n1, n2] = [await start('n1'), await start('n2', as)];
      const peer = n2.asPeer(target);
      n1.transport.setPeers([peer]);
      await eventually(() => expect(n1.errorOf(peer.id)).toMatch(error));
      await eventually(() => expect(n2.refusals[0]).toMatch(error));
      n1.transport.send(peer.id, heartbeat);
      expect(n1.isConnectedTo(peer.id)).toBe(false);
      expect([n2.messages, n2.disconnects]).toEqual([[], []]);
    });
  }

  test('lets no blank node send requests', async () => {
    const [n1, n2] = [await start('n1', { clusterId: null }), await start('n2')];
    n1.transport.setPeers([n2.asPeer()]);
    await eventually(() => expect(n1.errorOf('n2')).toMatch(/n1 belongs to no cluster yet/));
  });

  test('asks for the identity at every handshake, and tells each new error once', async () => {
    const [n1, n2] = [await start('n1'), await start('n2', { clusterId: 'c2' })];
    n1.transport.setPeers([n2.asPeer()]);
    await eventually(() => expect(n2.refusals.length).toBeGreaterThan(2));
    n2.self = { ...n2.self, clusterId: 'c1' };
    await eventually(() => expect(n1.isConnectedTo('n2')).toBe(true));
    expect(n1.states).toHaveLength(2);
  });

  test('tells when the connection of a peer closed', async () => {
    const [n1, n2] = [await start('n1'), await start('n2')];
    await connect(n1, n2);
    await connect(n2, n1);
    await n1.transport.close();
    await eventually(() => expect(n2.disconnects).toEqual(['n1']));
    await eventually(() => expect(n2.isConnectedTo('n1')).toBe(false));
    expect(n1.disconnects).toEqual([]);
  });

  test('finds a peer that comes back at its address', async () => {
    const [n1, before] = [await start('n1'), await start('n2')];
    await connect(n1, before);
    await before.transport.close();
    await eventually(() => expect(n1.isConnectedTo('n2')).toBe(false));
    const after = await start('n2', { address: before.address });
    await eventually(() => expect(n1.isConnectedTo('n2')).toBe(true));
    n1.transport.send('n2', heartbeat);
    await eventually(() => expect(after.messages).toHaveLength(1));
    expect(before.messages).toEqual([]);
  });

  test('lets go of who is no peer any more, and keeps the others connected', async () => {
    const [n1, n2, n3] = [await start('n1'), await start('n2'), await start('n3')];
    n1.transport.setPeers([n2.asPeer(), n3.asPeer()]);
    await eventually(() =>
      expect([n1.isConnectedTo('n2'), n1.isConnectedTo('n3')]).toEqual([true, true]),
    );
    n1.transport.setPeers([n3.asPeer()]);
    await eventually(() => expect(n2.disconnects).toEqual(['n1']));
    n1.transport.send('n2', heartbeat);
    n1.transport.send('n3', heartbeat);
    await eventually(() => expect(n3.messages).toHaveLength(1));
    expect([n2.messages, n3.disconnects]).toEqual([[], []]);
  });

  test('does not dial a peer again that was let go when it failed', async () => {
    const n2 = await start('n2', { clusterId: 'c2' });
    const [n1, n3] = [await start('n1'), await start('n3', { clusterId: 'c3' })];
    n1.whenDown = () => n1.transport.setPeers([]);
    n1.transport.setPeers([n2.asPeer()]);
    await eventually(() => expect(n2.refusals).toHaveLength(1));
    n3.transport.setPeers([n2.asPeer()]);
    await eventually(() => expect(n2.refusals).toHaveLength(5));
    expect(n2.refusals.filter((reason) => reason.includes('c1'))).toHaveLength(1);
  });

  test('follows a peer to another address', async () => {
    const [n1, before] = [await start('n1'), await start('n2')];
    await connect(n1, before);
    const after = await start('n2');
    n1.transport.setPeers([after.asPeer()]);
    await eventually(() => expect(before.disconnects).toEqual(['n1']));
    await eventually(() => {
      n1.transport.send('n2', heartbeat);
      expect(after.messages.length).toBeGreaterThan(0);
    });
  });

  test('a newer connection of a peer replaces the earlier one, and is no disconnect', async () => {
    const [n1, before] = [await start('n1'), await start('n2')];
    await connect(before, n1);
    // Two nodes of one id would replace each other for ever.
    before.whenDown = () => before.transport.setPeers([]);
    const after = await start('n2', { incarnation: 'n2-b' });
    await connect(after, n1);
    await eventually(() => expect(before.isConnectedTo('n1')).toBe(false));
    after.transport.send('n1', heartbeat);
    await eventually(() => expect(n1.messages[0]?.incarnation).toBe('n2-b'));
    expect(n1.disconnects).toEqual([]);
  });

  test('brings nothing more once its node closes it, even in the midst of receiving', async () => {
    const [n1, n2] = [await start('n1'), await start('n2')];
    await connect(n1, n2);
    let closing: Promise<void> | undefined;
    n2.whenReceived = () => {
      closing ??= n2.transport.close();
    };
    for (let count = 0; count < 3; count++) n1.transport.send('n2', heartbeat);
    await eventually(() => expect(closing).toBeDefined());
    await closing;
    await eventually(() => expect(n1.isConnectedTo('n2')).toBe(false));
    expect(n2.messages).toHaveLength(1);
  });

  test('takes an address only once', async () => {
    const n1 = await start('n1');
    await expect(start('n2', { address: n1.address })).rejects.toThrow(n1.address);
  });

  test('after close nothing comes, nothing goes, and calls end', async () => {
    const [n1, n2] = [await start('n1'), await start('n2')];
    await connect(n1, n2);
    await connect(n2, n1);
    n2.transport.send('n1', heartbeat);
    await n1.transport.close();
    const told = [n1.messages.length, n1.states.length, n1.disconnects.length];
    n1.transport.send('n2', heartbeat);
    n1.transport.setPeers([n2.asPeer()]);
    await expect(n1.transport.probe(n2.address)).rejects.toMatchObject({ code: 'stopped' });
    await eventually(() => expect(n2.isConnectedTo('n1')).toBe(false));
    expect([n1.messages.length, n1.states.length, n1.disconnects.length]).toEqual(told);
    expect(n2.messages).toEqual([]);
    await n1.transport.close();
  });
});
