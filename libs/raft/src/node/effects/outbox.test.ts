import { describe, expect, it } from 'vitest';
import type { Message, Outbound } from '../../core/message.js';
import { Outbox } from './outbox.js';

/** A message that rests on write `after`; its term tells it from others. */
function outbound(term: number, after: number): Outbound {
  const message: Message = { type: 'timeout-now', term, lastIndex: 0 };
  return { to: 'n2', message, after };
}

function setup() {
  const sent: number[] = [];
  const full: number[] = [];
  const outbox = new Outbox({
    send: (_to, { term }) => sent.push(term),
    full: (held) => full.push(held),
  });
  return { outbox, sent, full };
}

describe('Outbox', () => {
  it('sends at once what rests on nothing, or on a write that is durable', () => {
    const { outbox, sent } = setup();
    outbox.release(3);
    outbox.post([outbound(1, 0), outbound(2, 3)]);
    expect(sent).toEqual([1, 2]);
  });

  it('holds a promise back until its write is durable', () => {
    const { outbox, sent } = setup();
    outbox.post([outbound(1, 1), outbound(2, 2), outbound(3, 0), outbound(4, 1)]);
    expect(sent).toEqual([3]);
    outbox.release(1);
    expect(sent).toEqual([3, 1, 4]);
    outbox.release(2);
    expect(sent).toEqual([3, 1, 4, 2]);
  });

  it('loses the oldest messages, and says so once, while the disk does not write', () => {
    const { outbox, sent, full } = setup();
    for (let term = 1; term <= 5000; term++) outbox.post([outbound(term, 1)]);
    expect(full).toEqual([4096]);
    outbox.release(1);
    expect(sent).toHaveLength(4096);
    expect(sent.at(-1)).toBe(5000);
  });
});
