import { describe, expect, test, vi } from 'vitest';
import type { Message } from '../core/message.js';
import { memoryNetwork } from './memory-transport.js';
import { tcpTransport } from './tcp-transport.js';
import { closers, eventually, n1, n2, recorder } from './test/wire.js';
import type { Transport } from './transport.js';

/** As if the protocol had got these with version 2. */
const added = ['timeout-now', 'read-response'];
vi.mock(import('../codec/message.js'), async (original) => ({
  ...(await original()),
  spokenSince: ({ type }: Message) => (added.includes(type) ? 2 : 1),
}));

type MakeOf = (nodeId: string, newest: number) => Transport;

const network = memoryNetwork();
let lastAddress = 0;
const kinds: [string, MakeOf][] = [
  ['memory', (id, newest) => network.transport(`${id}:${++lastAddress}`, { protocol: { newest } })],
  [
    'TCP',
    (_id, newest) => tcpTransport({ listen: { host: '127.0.0.1', port: 0 }, protocol: { newest } }),
  ],
];

/** n1 dials n2. */
async function connect(make: MakeOf, newest: { n1: number; n2: number }) {
  const [one, other] = [make('n1', newest.n1), make('n2', newest.n2)];
  closers.push(
    () => one.close(),
    () => other.close(),
  );
  const [dialer, dialled] = [recorder(), { ...recorder(), identity: () => n2 }];
  await one.listen(dialer);
  const address = await other.listen(dialled);
  one.setPeers([{ id: 'n2', address, incarnation: n2.incarnation }]);
  await eventually(() => expect(dialer.peerState).toHaveBeenCalledTimes(1));
  const types = ({ received }: typeof dialer) =>
    received.mock.calls.map(([{ message }]) => message.type);
  return {
    dialer: { node: one, told: dialer, received: () => types(dialer) },
    dialled: { node: other, told: dialled, received: () => types(dialled) },
  };
}

const known: Message = { type: 'read-request', term: 1, id: 1 };
const unknown: Message = { type: 'timeout-now', term: 1, lastIndex: 1 };
const knownAnswer: Message = {
  type: 'heartbeat-response',
  term: 1,
  session: 1,
  readPosition: 1,
  sentAt: 5,
  holdMs: 500,
  clock: 6,
};
const unknownAnswer: Message = { type: 'read-response', term: 1, id: 1, refusal: null, index: 1 };

describe.each(kinds)('over %s', (kind, make) => {
  test.each([
    [2, 2, 2],
    [1, 2, 1],
    [2, 1, 1],
  ])('nodes that speak up to %i and %i agree on %i', async (one, other, agreed) => {
    const { dialer, dialled } = await connect(make, { n1: one, n2: other });
    const state = { connected: true, error: null, protocol: agreed };
    expect(dialer.told.peerState.mock.calls).toEqual([['n2', state]]);
    dialer.node.send('n2', known);
    await eventually(() =>
      expect(dialled.told.received).toHaveBeenCalledWith({
        from: 'n1',
        incarnation: n1.incarnation,
        clusterId: 'c1',
        protocol: agreed,
        message: known,
      }),
    );
  });

  test('a peer is not sent what its version does not know, neither request nor answer', async () => {
    const { dialer, dialled } = await connect(make, { n1: 2, n2: 1 });
    for (const message of [unknown, known]) dialer.node.send('n2', message);
    await eventually(() => expect(dialled.received()).toEqual(['read-request']));
    for (const message of [unknownAnswer, knownAnswer]) dialled.node.send('n1', message);
    await eventually(() => expect(dialer.received()).toEqual(['heartbeat-response']));
    if (kind !== 'TCP') return;
    expect([dialer, dialled].map(({ node }) => node.counters?.dropped)).toEqual([1, 1]);
    expect(dialer.told.peerState).toHaveBeenLastCalledWith('n2', {
      connected: true,
      error: 'protocol 1 of n2 does not know this timeout-now',
      protocol: 1,
    });
  });

  test.each([
    [3, 3, 5],
    [3, 2, undefined],
    [2, 3, undefined],
  ])('nodes of protocols %i and %i bring a trace id as %s', async (one, other, brought) => {
    const { dialer, dialled } = await connect(make, { n1: one, n2: other });
    dialer.node.send('n2', known, 5);
    await eventually(() => expect(dialled.received()).toEqual(['read-request']));
    dialled.node.send('n1', knownAnswer, 5);
    await eventually(() => expect(dialer.received()).toEqual(['heartbeat-response']));
    const ids = [dialled, dialer].map(({ told }) => told.received.mock.calls[0]?.[0].traceId);
    expect(ids).toEqual([brought, brought]);
  });

  test('what cannot leave is told, and why', async () => {
    const { dialer } = await connect(make, { n1: 2, n2: 1 });
    dialer.node.send('n2', unknown, 5);
    dialer.node.send('n3', known);
    const lost = { direction: 'out', traceId: 5 };
    expect(dialer.told.lost.mock.calls).toMatchObject(
      [
        [{ ...lost, peer: 'n2', message: unknown, reason: /does not know/ }],
        [{ ...lost, peer: 'n3', message: known, traceId: undefined, reason: 'not connected' }],
      ].map(([each]) => [{ ...each, reason: expect.stringMatching(each!.reason) as string }]),
    );
  });

  test('a peer of the same version is sent everything', async () => {
    const { dialer, dialled } = await connect(make, { n1: 2, n2: 2 });
    dialer.node.send('n2', unknown);
    await eventually(() => expect(dialled.received()).toEqual(['timeout-now']));
    dialled.node.send('n1', unknownAnswer);
    await eventually(() => expect(dialer.received()).toEqual(['read-response']));
  });
});
