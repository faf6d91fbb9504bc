import {
  type ClientToNode,
  MetricsSample,
  type NodeToClient,
  TraceBatch,
  type TraceRecord,
  type Written,
} from '@quorate/contract';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

type Of<K extends TraceRecord['kind']> = Extract<TraceRecord, { kind: K }>;

let cluster: Cluster;
let leader: NodeProcess;
let follower: NodeProcess;
const open: Socket[] = [];

beforeAll(async () => {
  cluster = await Cluster.start(3, { QUORATE_CHAOS: 'on' });
  leader = await cluster.settled();
  follower = cluster.nodes.find((node) => node !== leader)!;
});

afterAll(() => cluster[Symbol.asyncDispose]());

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

function connect(node: NodeProcess): Socket<NodeToClient, ClientToNode> {
  const socket: Socket<NodeToClient, ClientToNode> = io(node.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  open.push(socket);
  return socket;
}

/** A page that follows the trace of a node, checking every message against the contract. */
async function follow(node: NodeProcess) {
  const records: TraceRecord[] = [];
  const socket = connect(node);
  socket.on('connect', () => {
    socket.emit('resume', { run: null, seq: 0 });
    socket.emit('trace', true);
  });
  socket.on('trace', (batch) => records.push(...TraceBatch.parse(batch).records));
  await until('the trace begins', () => records.length > 0 || null);
  const of = <K extends TraceRecord['kind']>(kind: K) => {
    return records.filter((record): record is Of<K> => record.kind === kind);
  };
  return { socket, records, of };
}

function write(node: NodeProcess, trace: string): Promise<Written> {
  const headers = { 'quorate-trace': trace };
  return success(node.fetch('/kv/followed', { method: 'PUT', body: 'x', headers }));
}

describe('the trace of a node', () => {
  it('begins with the log as it is, and how far the node is', async () => {
    const { lastIndex, commitIndex, appliedIndex } = await leader.status();
    const { records } = await follow(leader);
    const [log, mark] = records as [Of<'log'>, Of<'mark'>];
    expect(log).toMatchObject({ kind: 'log', whole: true });
    expect(log.runs[0]?.[0]).toBe(1);
    expect(log.runs.at(-1)?.[1]).toBe(lastIndex);
    expect(mark).toMatchObject({ last: lastIndex, commit: commitIndex, applied: appliedIndex });
  });

  it('tells the whole way of a write that is followed, under the same ids at both ends', async () => {
    const [at, there] = [await follow(follower), await follow(leader)];
    const { index, term } = await write(follower, 'w1');
    const placed = await until('its place is told', () => at.of('placed')[0] ?? null);
    expect(placed).toMatchObject({ trace: 'w1', index, term });
    await until('it is applied', () =>
      at.of('mark').some(({ applied }) => applied >= index) ? true : null,
    );

    const idsOf = (records: readonly (Of<'sent'> | Of<'received'>)[], type: string) => {
      return records.filter(({ message }) => message.type === type).map(({ id }) => id);
    };
    for (const type of ['propose-request', 'append-response']) {
      const sent = idsOf(at.of('sent'), type);
      expect(sent.length).toBeGreaterThan(0);
      await until(`the leader tells of each ${type}`, () => {
        const received = new Set(idsOf(there.of('received'), type));
        return sent.every((id) => received.has(id)) || null;
      });
    }
    const appends = there.of('sent').filter(({ message: { entries } }) => {
      return entries !== undefined && entries.from <= index && index <= entries.to;
    });
    expect(appends.map(({ to }) => to).sort()).toEqual(
      cluster.nodes.filter((node) => node !== leader).map(({ id }) => id),
    );
    expect(at.of('log').flatMap(({ runs }) => runs)).toContainEqual([index, index, term]);
  });

  it('is in the order of its times', async () => {
    const { records } = await follow(leader);
    for (let i = 0; i < 20; i++) await write(leader, `w${i}`);
    const times = records.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('tells messages that a fault takes as lost, and whose fault it is', async () => {
    const { of } = await follow(leader);
    const fault = { peer: follower.id, direction: 'out', effect: { type: 'cut' } };
    await success(
      leader.fetch('/faults', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...fault, owner: 'ann', ttlMs: 60_000 }),
      }),
    );
    const lost = await until('a message is lost', () => of('lost')[0] ?? null);
    await leader.fetch('/faults', { method: 'DELETE' });
    expect(lost).toMatchObject({ peer: follower.id, direction: 'out', reason: 'cut by ann' });
    expect(of('sent').map(({ id }) => id)).toContain(lost.id);
  });

  it('ends when the page asks for no more of it', async () => {
    const { socket, records } = await follow(leader);
    socket.emit('trace', false);
    const { index } = await write(leader, 'quiet');
    const other = await follow(leader);
    await until('another page sees the write', () =>
      other.of('mark').some(({ applied }) => applied >= index) ? true : null,
    );
    expect(records.some((record) => record.kind === 'placed')).toBe(false);
  });
});

it('refuses a trace name that is too long', async () => {
  const headers = { 'quorate-trace': 'x'.repeat(65) };
  const refused = leader.fetch('/kv/a', { method: 'PUT', body: '', headers });
  expect((await failure(refused, 400)).message).toContain('Quorate-Trace');
});

it('closes on a page that asks for a trace before it says what it has, or asks for nonsense', async () => {
  for (const asks of [
    (socket: Socket) => socket.emit('trace', true),
    (socket: Socket) => socket.emit('resume', { run: null, seq: 0 }).emit('trace', 'please'),
  ]) {
    const socket = connect(leader);
    await until('it connects', () => socket.connected || null);
    asks(socket);
    await until('it is closed', () => socket.disconnected || null);
  }
});

it('tells a page once a second what the node does', async () => {
  const samples: MetricsSample[] = [];
  const socket = connect(leader);
  socket.on('connect', () => socket.emit('resume', { run: null, seq: 0 }));
  socket.on('metrics', (sample) => samples.push(MetricsSample.parse(sample)));
  const busy = await until('a second in which somebody wrote', async () => {
    await write(leader, 'busy');
    return samples.find(({ writes }) => writes.rate > 0) ?? null;
  });
  expect(busy.overMs).toBeGreaterThanOrEqual(1000);
  expect(busy.writes.latency.p50).toBeGreaterThan(0);
  expect(busy.log.syncs).toBeGreaterThan(0);
  expect(busy.process.rssBytes).toBeGreaterThan(0);
});
