import { describe, expect, it } from 'vitest';
import { EventRing } from './event-ring.js';

function ringOf(capacity: number, seqs: readonly number[]): EventRing {
  const ring = new EventRing(capacity);
  for (const seq of seqs) ring.push({ seq, at: 0, time: 0, type: 'test', text: '' });
  return ring;
}

function after(ring: EventRing, seq: number, limit = Infinity) {
  const { events, dropped } = ring.after(seq, limit);
  return { seqs: events.map((event) => event.seq), dropped };
}

describe('the ring of events', () => {
  it('gives what came behind a place', () => {
    const ring = ringOf(10, [1, 2, 3]);
    expect(after(ring, 0)).toEqual({ seqs: [1, 2, 3], dropped: 0 });
    expect(after(ring, 2)).toEqual({ seqs: [3], dropped: 0 });
    expect(after(ring, 3)).toEqual({ seqs: [], dropped: 0 });
  });

  it('drops the oldest, and counts them for whoever missed them', () => {
    const ring = ringOf(2, [1, 2, 3, 4, 5]);
    expect(after(ring, 0)).toEqual({ seqs: [4, 5], dropped: 3 });
    expect(after(ring, 2)).toEqual({ seqs: [4, 5], dropped: 1 });
    expect(after(ring, 4)).toEqual({ seqs: [5], dropped: 0 });
  });

  it('counts what it was never given', () => {
    const ring = ringOf(10, [1, 2, 7, 8]);
    expect(after(ring, 2)).toEqual({ seqs: [7, 8], dropped: 4 });
    expect(after(ring, 0)).toEqual({ seqs: [7, 8], dropped: 6 });
  });

  it('gives no more than asked for, from the oldest on', () => {
    const ring = ringOf(10, [1, 2, 3, 4]);
    expect(after(ring, 0, 2)).toEqual({ seqs: [1, 2], dropped: 0 });
    expect(after(ring, 2, 2)).toEqual({ seqs: [3, 4], dropped: 0 });
  });

  it('gives a reader that is ahead nothing', () => {
    expect(after(ringOf(10, [1]), 5)).toEqual({ seqs: [], dropped: 0 });
    expect(after(ringOf(10, []), 0)).toEqual({ seqs: [], dropped: 0 });
  });
});
