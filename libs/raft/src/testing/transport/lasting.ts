import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';
import { promise } from './group.js';
import { heartbeat } from './messages.js';

/** How connections come and go. */
export const lasting = [
  promise('tells when the connection of a peer closed, once', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    await group.connect(n2, n1);
    await n1.transport.close();
    await eventually(() => assert.deepEqual(n2.disconnects, ['n1']));
    await eventually(() => assert.equal(n2.isConnectedTo('n1'), false));
    assert.deepEqual([n1.disconnects, n2.disconnects], [[], ['n1']]);
  }),

  promise('finds a peer that comes back at its address', async (group) => {
    const [n1, before] = await group.startAll('n1', 'n2');
    await group.connect(n1, before);
    await before.transport.close();
    await eventually(() => assert.equal(n1.isConnectedTo('n2'), false));
    const after = await group.start('n2', { address: before.address });
    await eventually(() => assert.ok(n1.isConnectedTo('n2')));
    n1.transport.send('n2', heartbeat);
    await eventually(() => assert.equal(after.messages.length, 1));
    assert.deepEqual(before.messages, []);
  }),

  promise('lets go of who is no peer any more, and keeps the others connected', async (group) => {
    const [n1, n2, n3] = await group.startAll('n1', 'n2', 'n3');
    n1.transport.setPeers([n2.asPeer(), n3.asPeer()]);
    await eventually(() => assert.ok(n1.isConnectedTo('n2') && n1.isConnectedTo('n3')));
    n1.transport.setPeers([n3.asPeer()]);
    await eventually(() => assert.deepEqual(n2.disconnects, ['n1']));
    n1.transport.send('n2', heartbeat);
    n1.transport.send('n3', heartbeat);
    await eventually(() => assert.equal(n3.messages.length, 1));
    assert.deepEqual([n2.messages, n3.disconnects], [[], []]);
  }),

  promise('does not dial a peer again that was let go when it failed', async (group) => {
    const n2 = await group.start('n2', { clusterId: 'c2' });
    const [n1, n3] = [await group.start('n1'), await group.start('n3', { clusterId: 'c3' })];
    n1.whenDown = () => n1.transport.setPeers([]);
    n1.transport.setPeers([n2.asPeer()]);
    await eventually(() => assert.equal(n2.refusals.length, 1));
    n3.transport.setPeers([n2.asPeer()]);
    await eventually(() => assert.equal(n2.refusals.length, 5));
    assert.equal(n2.refusals.filter((reason) => reason.includes('c1')).length, 1);
  }),

  promise('follows a peer to another address', async (group) => {
    const [n1, before] = await group.startAll('n1', 'n2');
    await group.connect(n1, before);
    const after = await group.start('n2');
    n1.transport.setPeers([after.asPeer()]);
    await eventually(() => assert.deepEqual(before.disconnects, ['n1']));
    await eventually(() => {
      n1.transport.send('n2', heartbeat);
      assert.ok(after.messages.length > 0);
    });
  }),

  promise('a newer connection of a peer replaces the earlier one: no disconnect', async (group) => {
    const [n1, before] = await group.startAll('n1', 'n2');
    await group.connect(before, n1);
    // Two nodes of one id would replace each other for ever.
    before.whenDown = () => before.transport.setPeers([]);
    const after = await group.start('n2', { incarnation: 'n2-b' });
    await group.connect(after, n1);
    await eventually(() => assert.equal(before.isConnectedTo('n1'), false));
    after.transport.send('n1', heartbeat);
    await eventually(() => assert.equal(n1.messages[0]?.incarnation, 'n2-b'));
    assert.deepEqual(n1.disconnects, []);
  }),

  promise('brings nothing more once its node closes it, even while it receives', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    let closing: Promise<void> | undefined;
    n2.whenReceived = () => {
      closing ??= n2.transport.close();
    };
    for (let count = 0; count < 3; count++) n1.transport.send('n2', heartbeat);
    await eventually(() => assert.notEqual(closing, undefined));
    await closing;
    await eventually(() => assert.equal(n1.isConnectedTo('n2'), false));
    assert.equal(n2.messages.length, 1);
  }),

  promise('after close nothing comes, nothing goes, and calls end', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    await group.connect(n2, n1);
    n2.transport.send('n1', heartbeat);
    await n1.transport.close();
    const told = [n1.messages.length, n1.states.length, n1.disconnects.length];
    n1.transport.send('n2', heartbeat);
    n1.transport.setPeers([n2.asPeer()]);
    await assert.rejects(n1.transport.probe(n2.address), { code: 'stopped' });
    await eventually(() => assert.equal(n2.isConnectedTo('n1'), false));
    assert.deepEqual([n1.messages.length, n1.states.length, n1.disconnects.length], told);
    assert.deepEqual(n2.messages, []);
    await n1.transport.close();
  }),
];
