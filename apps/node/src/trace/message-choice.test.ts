import type { Message } from '@quorate/raft';
import { describe, expect, it } from 'vitest';
import { MessageChoice } from './message-choice.js';

const append = (prevIndex: number): Message => ({
  type: 'append-request',
  term: 3,
  session: 1,
  prevIndex,
  prevTerm: 3,
  entries: [],
  commit: 0,
});
const answer = (match: number | null): Message => ({
  type: 'append-response',
  term: 3,
  session: 1,
  match,
  rejectedIndex: 0,
  conflictIndex: 0,
  conflictTerm: 0,
});
const vote: Message = {
  type: 'vote-request',
  term: 4,
  preVote: false,
  transfer: false,
  lastIndex: 1,
  lastTerm: 3,
};

/** How many of a thousand requests within one second are told. */
function toldOfMany(tells: (message: Message, now: number) => boolean): number {
  const times = Array.from({ length: 1000 }, (_, ms) => ms);
  return times.filter((ms) => tells(append(ms), ms)).length;
}

describe('of what this node sends', () => {
  it('all is told while it is little, and a share of it when it is much', () => {
    const choice = new MessageChoice();
    const told = toldOfMany((message, now) => choice.tellsSent(message, now, false));
    expect(told).toBeGreaterThan(150);
    expect(told).toBeLessThan(250);
  });

  it('votes and refusals are told however much there is', () => {
    const choice = new MessageChoice();
    toldOfMany((message, now) => choice.tellsSent(message, now, false));
    expect(choice.tellsSent(vote, 1000, false)).toBe(true);
    expect(choice.tellsSent(answer(null), 1000, false)).toBe(true);
  });

  it('what brings on a write that somebody follows is told though there is much', () => {
    const choice = new MessageChoice();
    toldOfMany((message, now) => choice.tellsSent(message, now, false));
    expect(choice.tellsSent(append(1), 1000, true)).toBe(true);
  });

  it('an answer is told, once, if its request was', () => {
    const choice = new MessageChoice();
    choice.tellsReceived(append(7), 1, 0);
    expect(choice.tellsSent(answer(6), 1, false)).toBe(false);
    expect(choice.tellsSent(answer(7), 1, false)).toBe(true);
    expect(choice.tellsSent(answer(7), 1, false)).toBe(false);
  });
});

describe('of what comes', () => {
  it('all is told that its sender has named', () => {
    const choice = new MessageChoice();
    expect(toldOfMany((message, now) => choice.tellsReceived(message, now + 1, now))).toBe(1000);
  });

  it('nothing else is told of a sender that names some, but votes', () => {
    const choice = new MessageChoice();
    choice.tellsReceived(append(0), 1, 0);
    expect(toldOfMany((message, now) => choice.tellsReceived(message, undefined, now))).toBe(0);
    expect(choice.tellsReceived(vote, undefined, 1)).toBe(true);
  });

  it('a share is told of a sender that names none', () => {
    const choice = new MessageChoice();
    const told = toldOfMany((message, now) => choice.tellsReceived(message, undefined, now));
    expect(told).toBeGreaterThan(150);
    expect(told).toBeLessThan(250);
  });
});
