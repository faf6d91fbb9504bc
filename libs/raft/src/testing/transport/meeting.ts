import assert from 'node:assert/strict';
import type { RaftError } from '../../errors.js';
import type { PeerAddress } from '../../transport/transport.js';
import { eventually } from '../eventually.js';
import { promise } from './group.js';
import type { NodeOptions } from './group.js';
import { heartbeat } from './messages.js';

interface Unfit {
  readonly as?: NodeOptions;
  readonly target?: Partial<PeerAddress>;
  readonly error: RegExp;
}

const unfit: Readonly<Record<string, Unfit>> = {
  'of another cluster': { as: { clusterId: 'c2' }, error: /c2.*c1|c1.*c2/ },
  'with another id': { target: { id: 'n9' }, error: /n2.*n9|n9.*n2/ },
  'with an emptied volume': {
    target: { incarnation: 'n2-before' },
    error: /n2-a.*n2-before|n2-before.*n2-a/,
  },
};

/** Who speaks to whom. */
export const meeting = [
  promise('asks who answers at an address, a blank node too', async (group) => {
    const n1 = await group.start('n1', { clusterId: null });
    const n2 = await group.start('n2', { clusterId: null });
    const n3 = await group.start('n3', { clusterId: 'other' });
    assert.deepEqual(await n1.transport.probe(n2.address), n2.self);
    assert.deepEqual(await n1.transport.probe(n3.address), n3.self);
    assert.deepEqual([...n2.refusals, ...n2.disconnects], []);
  }),

  promise('says which address nobody answers at', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await n2.transport.close();
    await assert.rejects(n1.transport.probe(n2.address), (error: RaftError) => {
      const { code, retryable, outcome, message } = error;
      assert.deepEqual([code, retryable, outcome], ['peer-unreachable', true, 'not-applied']);
      return message.includes(n2.address);
    });
  }),

  ...Object.entries(unfit).map(([what, { as, target, error }]) =>
    promise(`does not speak to a node ${what}, and says why on both sides`, async (group) => {
      const [n1, n2] = [await group.start('n1'), await group.start('n2', as)];
      const peer = n2.asPeer(target);
      n1.transport.setPeers([peer]);
      await eventually(() => assert.match(n1.stateOf(peer.id).error ?? '', error));
      await eventually(() => assert.match(n2.refusals[0] ?? '', error));
      n1.transport.send(peer.id, heartbeat);
      assert.equal(n1.isConnectedTo(peer.id), false);
      assert.deepEqual([n2.messages, n2.disconnects], [[], []]);
    }),
  ),

  promise('lets no blank node send requests', async (group) => {
    const [n1, n2] = [await group.start('n1', { clusterId: null }), await group.start('n2')];
    n1.transport.setPeers([n2.asPeer()]);
    await eventually(() => assert.match(n1.stateOf('n2').error ?? '', /n1 belongs to no cluster/));
  }),

  promise(
    'asks for the identity at every handshake, and tells each new error once',
    async (group) => {
      const [n1, n2] = [await group.start('n1'), await group.start('n2', { clusterId: 'c2' })];
      n1.transport.setPeers([n2.asPeer()]);
      await eventually(() => assert.ok(n2.refusals.length > 2));
      n2.self = { ...n2.self, clusterId: 'c1' };
      await eventually(() => assert.ok(n1.isConnectedTo('n2')));
      assert.equal(n1.states.length, 2);
    },
  ),

  promise('takes an address only once', async (group) => {
    const n1 = await group.start('n1');
    const { address } = n1;
    await assert.rejects(group.start('n2', { address }), (error: Error) =>
      error.message.includes(address),
    );
  }),
];
