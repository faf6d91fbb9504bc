import assert from 'node:assert/strict';
import type { Message } from '../../core/message.js';
import { eventually } from '../eventually.js';
import { promise } from './group.js';
import { append, heartbeat, inText, proposal, response } from './messages.js';
import type { Recorder } from './recorder.js';

/** What becomes of messages. */
export const carrying = [
  promise(
    'brings requests to a peer, unchanged, with the identity of the sender',
    async (group) => {
      const [n1, n2] = await group.startAll('n1', 'n2');
      await group.connect(n1, n2);
      const sent = [
        heartbeat,
        append(1, 3),
        proposal(1),
        append(4, 2000),
        { type: 'timeout-now', term: 3, lastIndex: 9 } as const,
      ];
      for (const message of sent) n1.transport.send('n2', message);
      await eventually(() => assert.equal(n2.messages.length, sent.length));
      const texts = (messages: readonly Message[]) => messages.map(inText).sort();
      assert.deepEqual(texts(n2.messages.map(({ message }) => message)), texts(sent));
      assert.deepEqual(senderOf(n2), { from: 'n1', incarnation: 'n1-a', clusterId: 'c1' });
    },
  ),

  promise('keeps the order of entries, and that of proposals', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    for (let at = 1; at <= 50; at++) {
      n1.transport.send('n2', append(at, at % 2 === 0 ? 1 : 100));
      n1.transport.send('n2', proposal(at));
    }
    await eventually(() => assert.equal(n2.messages.length, 100));
    const upwards = Array.from({ length: 50 }, (_, at) => at + 1);
    const sent = n2.messages.map(({ message }) => message);
    const appends = sent.filter((message) => message.type === 'append-request');
    const proposals = sent.filter((message) => message.type === 'propose-request');
    assert.deepEqual(
      appends.map(({ prevIndex }) => prevIndex + 1),
      upwards,
    );
    assert.deepEqual(
      proposals.map(({ id }) => id),
      upwards,
    );
  }),

  promise('brings responses back on the connection of the requests', async (group) => {
    const [n1, n2] = [await group.start('n1'), await group.start('n2', { clusterId: null })];
    await group.connect(n1, n2);
    n1.transport.send('n2', heartbeat);
    await eventually(() => assert.equal(n2.messages.length, 1));
    n2.transport.send('n1', response);
    await eventually(() => assert.equal(n1.messages.length, 1));
    assert.deepEqual(
      n1.messages.map(({ message }) => inText(message)),
      [inText(response)],
    );
    assert.deepEqual(senderOf(n1), { from: 'n2', incarnation: 'n2-a', clusterId: 'c1' });
  }),

  promise('brings responses to entries and proposals back too', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    n1.transport.send('n2', append(1, 1));
    await eventually(() => assert.equal(n2.messages.length, 1));
    const match = { match: 1, rejectedIndex: 0, conflictIndex: 0, conflictTerm: 0 };
    const answers: Message[] = [
      { type: 'append-response', term: 3, session: 1, ...match },
      { type: 'propose-response', term: 3, id: 1, refusal: null, index: 2, entryTerm: 3 },
    ];
    for (const answer of answers) n2.transport.send('n1', answer);
    await eventually(() =>
      assert.deepEqual(
        typesOf(n1),
        answers.map(({ type }) => type),
      ),
    );
  }),

  promise('says with every message and every peer which protocol was agreed', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    n1.transport.send('n2', heartbeat);
    await eventually(() => assert.equal(n2.messages.length, 1));
    const { protocol } = n1.stateOf('n2');
    assert.ok(protocol !== null && protocol >= 1);
    n2.transport.send('n1', response);
    await eventually(() => assert.equal(n1.messages.length, 1));
    assert.deepEqual([n1.messages[0]?.protocol, n2.messages[0]?.protocol], [protocol, protocol]);
  }),

  promise('brings a trace id with its message and no other, if it brings any', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    const ids = [7, undefined, 2 ** 40];
    for (const [at, id] of ids.entries()) n1.transport.send('n2', proposal(at + 1), id);
    await eventually(() => assert.equal(n2.messages.length, 3));
    for (const [at, { message, traceId }] of n2.messages.entries()) {
      assert.equal(inText(message), inText(proposal(at + 1)));
      if (traceId !== undefined) assert.equal(traceId, ids[at]);
    }
  }),

  promise('drops what it has no connection for, without a word', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    n1.transport.send('n2', heartbeat);
    n1.transport.send('n2', response);
    await group.connect(n1, n2);
    n2.transport.send('n1', heartbeat);
    n1.transport.send('n2', append(1, 1));
    await eventually(() => assert.deepEqual(typesOf(n2), ['append-request']));
    assert.deepEqual(typesOf(n1), []);
  }),

  promise('never delivers while send is running', async (group) => {
    const [n1, n2] = await group.startAll('n1', 'n2');
    await group.connect(n1, n2);
    n1.transport.send('n2', heartbeat);
    assert.deepEqual(typesOf(n2), []);
    await eventually(() => assert.deepEqual(typesOf(n2), ['heartbeat']));
  }),
];

/** As the first message says it. */
function senderOf({ messages: [first] }: Recorder) {
  assert.ok(first !== undefined);
  const { from, incarnation, clusterId } = first;
  return { from, incarnation, clusterId };
}

function typesOf({ messages }: Recorder): string[] {
  return messages.map(({ message }) => message.type);
}
