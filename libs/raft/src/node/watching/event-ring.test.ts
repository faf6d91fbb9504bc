import { describe, expect, it } from 'vitest';
import type { DroppedEvents, RaftEvent } from '../event.js';
import { EventRing } from './event-ring.js';

const adopted = (clusterId: string) => ({ type: 'adopted', clusterId }) as const;

function ringOf(count: number, capacity = 8): EventRing {
  const ring = new EventRing(() => 7, capacity);
  for (let i = 1; i <= count; i++) ring.push(adopted(`c${i}`));
  return ring;
}

/** What a reader gets of a ring that is closed afterwards, in short. */
async function all(events: AsyncIterable<RaftEvent | DroppedEvents>): Promise<string[]> {
  const read: string[] = [];
  for await (const event of events) {
    read.push(event.type === 'dropped' ? `dropped ${event.count}` : `${event.seq}`);
  }
  return read;
}

describe('EventRing', () => {
  it('numbers events from 1 and stamps them with the clock', async () => {
    const ring = ringOf(1);
    expect((await ring.read(1).next()).value).toMatchObject({
      type: 'adopted',
      clusterId: 'c1',
      seq: 1,
      at: 7,
    });
  });

  it('begins with the next event, or where it is asked to', async () => {
    const ring = ringOf(3);
    const [fromNow, fromTwo, beyond] = [ring.read(), ring.read(2), ring.read(99)];
    ring.push(adopted('c4'));
    ring.close();
    expect(await all(fromNow)).toEqual(['4']);
    expect(await all(fromTwo)).toEqual(['2', '3', '4']);
    expect(await all(beyond)).toEqual(['4']);
  });

  it('tells a reader that came too late how much is gone', async () => {
    const ring = ringOf(20);
    const reader = ring.read(1);
    ring.close();
    expect((await all(reader)).slice(0, 2)).toEqual(['dropped 12', '13']);
  });

  it('tells a slow reader how much it missed, and goes on with the oldest that is left', async () => {
    const ring = ringOf(2);
    const reader = ring.read(1);
    await reader.next();
    for (let i = 0; i < 10; i++) ring.push(adopted('later'));
    ring.close();
    expect((await all(reader)).slice(0, 2)).toEqual(['dropped 3', '5']);
  });

  it('gives what came behind a place at once, and no more than asked for', () => {
    const seqs = (seq: number, limit = Infinity) => {
      const { events, dropped } = ringOf(5).after(seq, limit);
      return [...events.map((event) => event.seq), `dropped ${dropped}`];
    };
    expect(ringOf(5).lastSeq).toBe(5);
    expect(seqs(0)).toEqual([1, 2, 3, 4, 5, 'dropped 0']);
    expect(seqs(2, 2)).toEqual([3, 4, 'dropped 0']);
    expect(seqs(5)).toEqual(['dropped 0']);
    expect(seqs(9)).toEqual(['dropped 0']);
  });

  it('counts those that are gone for whoever asks for what is behind a place', () => {
    const { events, dropped } = ringOf(20).after(5, 2);
    expect(events.map(({ seq }) => seq)).toEqual([13, 14]);
    expect(dropped).toBe(7);
    expect(ringOf(0).after(0, 10)).toEqual({ events: [], dropped: 0 });
  });

  it('wakes a reader that waits', async () => {
    const ring = ringOf(0);
    const next = ring.read().next();
    ring.push(adopted('c1'));
    expect((await next).value).toMatchObject({ seq: 1 });
  });

  it('ends a reader at once whose signal is aborted already', async () => {
    const reader = ringOf(3).read(1, AbortSignal.abort());
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  it('ends a reader that waits when its signal is aborted', async () => {
    const controller = new AbortController();
    const next = ringOf(3).read(undefined, controller.signal).next();
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('ends a reader that returns while it waits', async () => {
    const reader = ringOf(0).read();
    const next = reader.next();
    await reader.return?.();
    expect((await next).done).toBe(true);
  });

  it('ends every reader that waits when it closes, and later ones after what is kept', async () => {
    const ring = ringOf(2);
    const reader = ring.read();
    const waiting = [reader.next(), reader.next()];
    ring.close();
    expect((await Promise.all(waiting)).map(({ done }) => done)).toEqual([true, true]);
    expect(await all(ring.read(1))).toEqual(['1', '2']);
  });
});
