import {
  type ClientToNode,
  EventBatch,
  KeysChanged,
  type NodeToClient,
  type Resume,
  StatusFrame,
} from '@quorate/contract';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { success } from './requests.js';
import { until } from './until.js';

const dashboard = 'http://localhost:8080';

let cluster: Cluster;
let node: NodeProcess;
const open: Socket[] = [];

beforeAll(async () => {
  cluster = await Cluster.start(1, { QUORATE_ALLOWED_ORIGINS: dashboard });
  node = cluster.nodes[0]!;
});

afterAll(() => cluster[Symbol.asyncDispose]());

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

function connect(headers: Record<string, string> = {}): Socket<NodeToClient, ClientToNode> {
  const socket = io(node.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  }) as Socket<NodeToClient, ClientToNode>;
  open.push(socket);
  return socket;
}

/** A page that watches, checking every message against the contract. */
function watch(resume: Resume) {
  const frames: StatusFrame[] = [];
  const batches: EventBatch[] = [];
  const socket = connect();
  socket.on('connect', () => socket.emit('resume', resume));
  socket.on('status', (frame) => frames.push(StatusFrame.parse(frame)));
  socket.on('events', (batch) => batches.push(EventBatch.parse(batch)));
  return { socket, frames, batches, events: () => batches.flatMap((batch) => batch.events) };
}

const fromStart: Resume = { run: null, seq: 0 };

describe('a page that watches', () => {
  it('gets the story from the start, without a gap', async () => {
    const { events, batches } = watch(fromStart);
    const all = await until('the election is told', () =>
      events().some((event) => event.type === 'election-won') ? events() : null,
    );
    expect(all.map((event) => event.seq)).toEqual(all.map((_, i) => i + 1));
    expect(all.find((event) => event.type === 'election-won')?.text).toContain('election won');
    expect(batches[0]?.dropped).toBe(0);
  });

  it('sees a write in a frame', async () => {
    const { frames } = watch(fromStart);
    await until('the first frame', () => frames[0] ?? null);
    const { index } = await success<{ index: number }>(node.fetch('/set?key=seen&value=1'));
    const frame = await until(
      'the write shows',
      () => frames.find(({ status }) => status.appliedIndex >= index) ?? null,
    );
    expect(frame.status).toMatchObject({ id: 'n1', role: 'leader' });
    expect(frame.status.keys).toBeGreaterThan(0);
  });

  it('gets frames while nothing happens, but few', async () => {
    const { frames } = watch(fromStart);
    await until('five frames', () => frames[4] ?? null);
    const [first, , , , fifth] = frames as [StatusFrame, ...StatusFrame[]];
    expect(fifth!.at - first.at).toBeGreaterThan(700);
    expect(fifth!.at - first.at).toBeLessThan(4000);
  });

  it('gets no more than twenty frames a second under load', async () => {
    const { frames } = watch(fromStart);
    await until('the first frame', () => frames[0] ?? null);
    for (let i = 0; i < 300; i++) await node.fetch(`/set?key=load&value=${i}`);
    const gaps = frames.slice(1).map((frame, i) => frame.at - frames[i]!.at);
    expect(gaps.length).toBeGreaterThan(2);
    const average = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(average).toBeGreaterThan(45);
  });

  it('goes on where it left off', async () => {
    const first = watch(fromStart);
    const last = await until('some events', () => first.events().at(-1) ?? null);
    const { run } = first.batches[0]!;
    first.socket.disconnect();

    const seq = last.seq - 2;
    const second = watch({ run, seq });
    const rest = await until('the rest', () =>
      second.batches.length > 0 ? second.events() : null,
    );
    expect(rest.map((event) => event.seq)).toEqual([seq + 1, seq + 2]);
    expect(second.batches[0]!.dropped).toBe(0);
  });

  it('starts anew after a restart of the node', async () => {
    const before = watch(fromStart);
    await until('some events', () => before.events().at(-1) ?? null);
    const { run } = before.batches[0]!;
    await node.end('SIGTERM');
    await until('the page notices', () => before.socket.disconnected || null);
    await node.start();

    const after = watch({ run, seq: 1000 });
    const [first] = await until('the new story', () =>
      after.batches.length > 0 ? after.events() : null,
    );
    expect(first?.seq).toBe(1);
    expect(after.batches[0]!.run).not.toBe(run);
  });
});

describe('a page that asks for keys', () => {
  function watchKeys(prefix: string) {
    const { socket, frames } = watch(fromStart);
    const messages: KeysChanged[] = [];
    socket.on('connect', () => socket.emit('keys', prefix));
    socket.on('keys', (changed) => messages.push(KeysChanged.parse(changed)));
    return { socket, frames, messages };
  }

  it('is told of changes under the prefix', async () => {
    const { messages } = watchKeys('told/');
    const start = await until('the first message', () => messages[0] ?? null);
    expect(start.changes).toEqual([]);
    await success(node.fetch('/set?key=other&value=1'));
    const { index } = await success<{ index: number }>(node.fetch('/set?key=told/1&value=1'));
    expect(index).toBeGreaterThan(start.index);
    const changed = await until('the change', () => messages[1] ?? null);
    expect(changed.index).toBeGreaterThanOrEqual(index);
    expect(changed.changes).toEqual([{ key: 'told/1', index, bytes: 1 }]);
  });

  it('is told no more once it has had enough', async () => {
    const { socket, messages, frames } = watchKeys('');
    await until('the first message', () => messages[0] ?? null);
    socket.emit('keys', null);
    const other = watchKeys('enough');
    await until('another page asks', () => other.messages[0] ?? null);
    const { index } = await success<{ index: number }>(node.fetch('/set?key=enough&value=1'));
    await until('the other page is told', () => other.messages[1] ?? null);
    await until(
      'the write shows',
      () => frames.find(({ status }) => status.appliedIndex >= index) ?? null,
    );
    expect(messages).toHaveLength(1);
  });
});

it('tells a page nothing that has not asked', async () => {
  const socket = connect();
  const messages: string[] = [];
  socket.onAny((name: string) => messages.push(name));
  await until('it connects', () => socket.connected || null);
  const other = watch(fromStart);
  await until('another page gets three frames', () => other.frames[2] ?? null);
  expect(messages).toEqual([]);
});

it.each<[string, (socket: Socket<NodeToClient, ClientToNode>) => void]>([
  ['talks nonsense', (socket) => socket.emit('resume', { seq: 'first' } as unknown as Resume)],
  ['asks for keys before all else', (socket) => socket.emit('keys', '')],
])('closes on a page that %s', async (_what, talk) => {
  const socket = connect();
  await until('it connects', () => socket.connected || null);
  talk(socket);
  await until('it is closed', () => socket.disconnected || null);
});

describe('a connection', () => {
  const outcome = (socket: Socket) =>
    new Promise<string>((resolve) => {
      socket.on('connect', () => resolve('open'));
      socket.on('connect_error', () => resolve('refused'));
    });

  it('is open to the dashboard and to programs', async () => {
    expect(await outcome(connect({ origin: dashboard }))).toBe('open');
    expect(await outcome(connect())).toBe('open');
  });

  it('is refused to a foreign page, and under a foreign name', async () => {
    expect(await outcome(connect({ origin: 'https://evil.example' }))).toBe('refused');
    expect(await outcome(connect({ host: 'evil.example:8000' }))).toBe('refused');
  });

  it('is one of a hundred at most', async () => {
    const all = Array.from({ length: 100 }, () => connect());
    expect(await Promise.all(all.map(outcome))).toEqual(all.map(() => 'open'));
    const late = connect();
    expect(await outcome(late)).toBe('open');
    await until('one too many is closed', () => late.disconnected || null);
    await until('the log says why', () => node.output.includes('turning a page away') || null);
  });

  it('is no other than a WebSocket', async () => {
    const answer = await node.fetch('/socket.io/?EIO=4&transport=polling');
    expect(answer.status).toBe(400);
  });
});

it('stops quickly though pages watch', async () => {
  const { frames } = watch(fromStart);
  await until('a frame', () => frames[0] ?? null);
  const start = performance.now();
  expect(await node.end('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(performance.now() - start).toBeLessThan(3000);
});
