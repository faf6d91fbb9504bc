import type { EventBatch } from '@quorate/contract';
import { expect, it } from 'vitest';
import { type NodeSocket, Viewer } from './viewer.js';

const turn = { now: 0, appliedIndex: 0, metrics: null };

/** As much of a socket as a viewer uses, with a switch for a client that does not read. */
function recorder() {
  const batches: EventBatch[] = [];
  const conn = { transport: { writable: true }, writeBuffer: [] as unknown[] };
  const emit = (_name: string, batch: EventBatch) => batches.push(batch);
  return { batches, conn, socket: { conn, emit } as unknown as NodeSocket };
}

/** A source that keeps the latest thousand events. */
function sourceOf(count: number) {
  const source = {
    run: 'now',
    lastSeq: count,
    after: (seq: number, limit: number): EventBatch => {
      const from = Math.max(seq + 1, source.lastSeq - 999);
      const length = Math.min(limit, source.lastSeq + 1 - from);
      const events = Array.from({ length }, (_, i) => {
        return { seq: from + i, at: 0, time: 0, type: 'test', text: '' };
      });
      return { run: 'now', events, dropped: from - seq - 1 };
    },
  };
  return source;
}

const seqs = (batch: EventBatch | undefined) => batch?.events.map((event) => event.seq);

it('goes on where the reader stopped', () => {
  const { batches, socket } = recorder();
  const viewer = new Viewer(socket, sourceOf(3), { run: 'now', seq: 2 });
  viewer.send(turn);
  viewer.send(turn);
  expect(batches).toHaveLength(1);
  expect(seqs(batches[0])).toEqual([3]);
});

it('starts anew for a reader of another run, or of none', () => {
  for (const run of ['earlier', null]) {
    const { batches, socket } = recorder();
    new Viewer(socket, sourceOf(2), { run, seq: 99 }).send(turn);
    expect(seqs(batches[0])).toEqual([1, 2]);
    expect(batches[0]?.dropped).toBe(0);
  }
});

it('sends much in several messages, in order, each once', () => {
  const { batches, socket } = recorder();
  const viewer = new Viewer(socket, sourceOf(900), { run: null, seq: 0 });
  for (let turns = 0; turns < 5; turns++) viewer.send(turn);
  expect(batches).toHaveLength(2);
  expect(batches.flatMap((batch) => seqs(batch))).toEqual(
    Array.from({ length: 900 }, (_, i) => i + 1),
  );
});

it('tells what the ring has dropped meanwhile', () => {
  const { batches, socket } = recorder();
  const source = sourceOf(5);
  const viewer = new Viewer(socket, source, { run: 'now', seq: 5 });
  source.lastSeq = 1300;
  viewer.send(turn);
  expect(batches[0]?.dropped).toBe(295);
  expect(seqs(batches[0])?.[0]).toBe(301);
});

it('is idle only when all that was sent has left', () => {
  const { conn, socket } = recorder();
  const viewer = new Viewer(socket, sourceOf(1), { run: null, seq: 0 });
  expect(viewer.isIdle).toBe(true);
  conn.transport.writable = false;
  expect(viewer.isIdle).toBe(false);
  conn.transport.writable = true;
  conn.writeBuffer.push('packet');
  expect(viewer.isIdle).toBe(false);
});
