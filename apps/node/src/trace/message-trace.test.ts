import type { TraceRecord } from '@quorate/contract';
import type { AppendRequest, Message, Received } from '@quorate/raft';
import { beforeEach, expect, it } from 'vitest';
import { MessageTrace } from './message-trace.js';

let told: TraceRecord[];
let trace: MessageTrace;

beforeEach(() => {
  told = [];
  trace = new MessageTrace((record) => told.push(record));
});

const bytes = (length: number) => new Uint8Array(length);
const append: AppendRequest = {
  type: 'append-request',
  term: 3,
  session: 1,
  prevIndex: 4,
  prevTerm: 2,
  entries: [
    { index: 5, term: 2, type: 'command', data: bytes(10) },
    { index: 6, term: 3, type: 'command', data: bytes(20) },
  ],
  commit: 4,
};
const proposal: Message = {
  type: 'propose-request',
  term: 3,
  id: 9,
  commands: [{ type: 'command', data: bytes(6) }],
};
const placed: Message = {
  type: 'propose-response',
  term: 3,
  id: 9,
  refusal: null,
  index: 6,
  entryTerm: 3,
};

function from(peer: string, message: Message, traceId?: number): Received {
  return { from: peer, incarnation: 'i', clusterId: 'c', protocol: 3, message, traceId };
}

/** More than is told. */
function flood(): void {
  for (let at = 0; at < 200; at++) trace.sent('n2', { ...append, entries: [] });
  told = [];
}

it('tells a message without its bulk, and names it', () => {
  const id = trace.sent('n2', append);
  expect(told).toMatchObject([
    {
      kind: 'sent',
      id,
      to: 'n2',
      message: {
        type: 'append-request',
        prevIndex: 4,
        entries: { from: 5, to: 6, bytes: 30, terms: [2, 3] },
      },
    },
  ]);
  trace.sent('n2', proposal);
  expect(told[1]).toMatchObject({ message: { commands: 1, bytes: 6 } });
});

it('tells the change of the membership, and a piece of a snapshot, in numbers and words', () => {
  const change = { changes: [{ type: 'remove', id: 'n3' }], expectedIndex: null } as const;
  trace.received(from('n2', { type: 'membership-request', term: 3, id: 1, change }));
  const configuration = { index: 1, members: [], outgoing: null };
  const snapshot = { index: 40, term: 2, configuration, id: 's', bytes: 900 };
  const piece = { type: 'snapshot-request', term: 3, session: 1, snapshot, offset: 0 } as const;
  trace.received(from('n2', { ...piece, data: bytes(300) }));
  expect(told).toMatchObject([
    { message: { changes: 'remove n3' } },
    { message: { index: 40, bytes: 900, piece: 300, offset: 0 } },
  ]);
});

it('counts what it does not tell, and says so a few times a second', () => {
  for (let at = 0; at < 200; at++) trace.sent('n2', { ...append, entries: [] });
  const alone = told.length;
  trace.settle();
  trace.settle();
  expect(told.slice(alone)).toMatchObject([
    {
      kind: 'counted',
      messages: [{ peer: 'n2', direction: 'out', type: 'append-request', count: 200 - alone }],
    },
  ]);
});

it('tells the whole way of a write that is followed, at this node and at its leader', () => {
  flood();
  const unfollow = trace.follow();
  expect(trace.sent('n2', append)).toBeDefined();
  unfollow();
  flood();
  expect(trace.sent('n2', append)).toBeUndefined();
  trace.received(from('n3', proposal, 7));
  trace.sent('n3', placed);
  expect(trace.sent('n2', append)).toBeDefined();
});

it('tells what was lost: sent in vain if it was named, or taken on its way in', () => {
  const lost = { peer: 'n2', message: append, reason: 'cut by ann' };
  trace.lost({ ...lost, direction: 'out', traceId: 5 });
  trace.lost({ ...lost, direction: 'out', traceId: undefined });
  trace.lost({ ...lost, direction: 'in', traceId: undefined });
  expect(told).toMatchObject([
    { kind: 'lost', id: 5, peer: 'n2', direction: 'out', reason: 'cut by ann' },
    { kind: 'lost', id: null, peer: 'n2', direction: 'in' },
  ]);
});
