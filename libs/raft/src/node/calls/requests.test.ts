import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeConfiguration, noConfiguration } from '../../core/configuration.js';
import type { Entry } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { Refusal } from '../../core/message.js';
import { defaultLimits, type Limits } from '../../core/options.js';
import { RaftError } from '../../errors.js';
import { systemClock } from '../clock.js';
import { type CallTerms, Proposal, Read, type ReadNeeds, Single } from './call.js';
import { Failures } from './failures.js';
import { Requests } from './requests.js';

type Ask = Extract<Input, { id: number }>;

interface ProposeOptions {
  readonly timeoutMs?: number;
  readonly forward?: boolean;
  readonly bytes?: number;
  readonly repeatable?: boolean;
  readonly placed?: (index: number, term: number) => void;
}

const noData = new Uint8Array(0);

/** The requests of one node, with a core that does what the test says, and how each call ended. */
function setup(limits: Partial<Limits> = {}, random = 0) {
  const asked: Ask[] = [];
  const world = { leader: 'n1' as string | null, reachable: true, staleness: Infinity };
  const hint = () => {
    return world.leader === null ? null : { id: world.leader, address: '', attributes: {} };
  };
  const failures = new Failures(
    'n2',
    hint,
    () => null,
    () => 1,
  );
  const requests = new Requests<string>(() => ({ ...defaultLimits, ...limits }), failures, {
    ...systemClock,
    random: () => random,
    soon: setImmediate,
    step: (input) => asked.push(input as Ask),
    leader: () => world.leader,
    leaderReachable: () => world.leader !== null && world.reachable,
    succeeded: () => undefined,
    failed: () => undefined,
    staleness: () => world.staleness,
  });

  const ends: string[] = [];
  const messages: string[] = [];
  const settle = (name: string) => ({
    resolve: (value: unknown) => {
      const { index, result } = (value ?? {}) as { index?: number; result?: string };
      ends.push(
        index === undefined ? `${name}: ${String(value)}` : `${name}: ${index} ${result ?? ''}`,
      );
    },
    reject: (error: unknown) => {
      if (error instanceof RaftError) {
        const { code, outcome, retryable, message } = error;
        messages.push(message);
        ends.push(`${name}: ${code} ${outcome} ${retryable ? 'retry' : 'final'}`);
      } else ends.push(`${name}: ${String(error)}`);
    },
  });
  const terms = ({ timeoutMs = 5000, forward = true } = {}): CallTerms => {
    return { timeoutMs, deadline: systemClock.now() + timeoutMs, forward, signal: undefined };
  };

  return {
    requests,
    asked,
    ends,
    messages,
    world,
    propose: (name: string, options: ProposeOptions = {}) => {
      const command = { type: 'command', data: new Uint8Array(options.bytes ?? 1) } as const;
      const { repeatable = false, placed } = options;
      const call = new Proposal<string>(command, terms(options), settle(name), {
        repeatable,
        placed,
      });
      requests.submit(call);
      return call;
    },
    read: (
      name: string,
      query = (): unknown => `value of ${name}`,
      needs: Partial<ReadNeeds> = {},
      options: ProposeOptions = {},
    ) => {
      const all: ReadNeeds = {
        consistency: 'linearizable',
        maxStaleMs: 1000,
        minIndex: 0,
        ...needs,
      };
      requests.submit(new Read(query, all, terms(options), settle(name)));
    },
    remove: (name: string) => {
      const change = { changes: [{ type: 'remove', id: 'n3' }], expectedIndex: null } as const;
      const order = { type: 'change-membership', change, forward: true } as const;
      requests.submit(new Single(order, terms(), settle(name)));
    },
    flush: () => vi.advanceTimersByTime(0),
    refuse: (ask: Ask | undefined, refusal: Refusal) => {
      requests.answer({ type: 'refused', id: ask?.id ?? -1, refusal });
    },
    appended: (ask: Ask | undefined, index: number, term: number) => {
      requests.answer({ type: 'appended', id: ask?.id ?? -1, index, term });
    },
    apply: (index: number, term: number, type: Entry['type'] = 'command') => {
      const data = type === 'configuration' ? encodeConfiguration(noConfiguration) : noData;
      const entry = { index, term, type, data };
      requests.applied(entry, { index, term, result: `result ${index}` });
      requests.advanced(index);
    },
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('handing in', () => {
  it('takes proposals of one moment together, and reads of one moment as one', () => {
    const { propose, read, flush, asked } = setup();
    propose('a');
    read('r');
    propose('b');
    read('s');
    expect(asked).toEqual([]);
    flush();
    expect(asked).toMatchObject([
      {
        type: 'propose',
        forward: true,
        commands: [{ data: { length: 1 } }, { data: { length: 1 } }],
      },
      { type: 'read', forward: true },
    ]);
  });

  it('numbers its requests from anywhere, so that no answer to a former life fits', () => {
    const first = setup();
    const second = setup({}, 0.5);
    for (const { propose, flush } of [first, second]) {
      propose('a');
      flush();
    }
    expect(first.asked[0]?.id).not.toBe(second.asked[0]?.id);
  });

  it('keeps apart what may be passed on and what may not', () => {
    const { propose, flush, asked } = setup();
    propose('a');
    propose('b', { forward: false });
    flush();
    expect(asked.map((ask) => 'forward' in ask && ask.forward)).toEqual([true, false]);
  });

  it('cuts a large batch into pieces that fit a message', () => {
    const { propose, flush, asked } = setup({ maxAppendBytes: 100 });
    for (const bytes of [40, 40, 500, 40]) propose('a', { bytes });
    flush();
    const sizes = asked.map(
      (ask) => 'commands' in ask && ask.commands.map(({ data }) => data.length),
    );
    expect(sizes).toEqual([[40, 40], [500], [40]]);
  });

  it('refuses calls beyond the limits on number and bytes, until others have ended', () => {
    const few = setup({ maxWaiting: 1 });
    few.propose('a');
    few.propose('b');
    expect(few.ends).toEqual(['b: overloaded not-applied retry']);

    const small = setup({ maxUncommittedBytes: 10 });
    const first = small.propose('a', { bytes: 8 });
    small.propose('b', { bytes: 8 });
    small.requests.abort(first, 'enough');
    small.propose('c', { bytes: 8 });
    expect(small.ends).toEqual(['b: overloaded not-applied retry', 'a: aborted not-applied final']);
  });
});

describe('a proposal that was appended', () => {
  it('ends with its own result once an entry of its term is applied at its place', () => {
    const { propose, flush, asked, appended, apply, ends } = setup();
    propose('a');
    propose('b');
    flush();
    appended(asked[0], 7, 2);
    apply(7, 2);
    expect(ends).toEqual(['a: 7 result 7']);
    apply(8, 2);
    expect(ends).toEqual(['a: 7 result 7', 'b: 8 result 8']);
  });

  it('surely did not happen when an entry of another term is applied at its place', () => {
    const { propose, flush, asked, appended, apply, ends } = setup();
    propose('a');
    flush();
    appended(asked[0], 7, 2);
    apply(7, 3, 'noop');
    expect(ends).toEqual(['a: leadership-lost not-applied retry']);
  });

  it('is told apart from another that two leaders put at the same place', () => {
    const { propose, flush, asked, appended, apply, ends } = setup();
    propose('a');
    flush();
    appended(asked[0], 7, 2);
    propose('b');
    flush();
    appended(asked[1], 7, 3);
    apply(7, 3);
    expect(ends.sort()).toEqual(['a: leadership-lost not-applied retry', 'b: 7 result 7']);
  });

  it('gets its result although the leader tells its place after it was applied', () => {
    const { propose, flush, asked, appended, apply, ends } = setup();
    propose('a');
    propose('b');
    flush();
    apply(7, 2);
    apply(8, 3);
    appended(asked[0], 7, 2);
    expect(ends).toEqual(['a: 7 result 7', 'b: leadership-lost not-applied retry']);
  });

  it('may have happened when its place is told so late that the result is gone', () => {
    const { propose, flush, asked, appended, apply, ends } = setup({ maxWaiting: 4 });
    propose('a');
    flush();
    for (let index = 1; index <= 10; index++) apply(index, 2);
    appended(asked[0], 3, 2);
    expect(ends).toEqual(['a: deadline unknown retry']);
  });

  it('may have happened when its time is over, or its caller gives up', () => {
    const { propose, flush, asked, appended, requests, ends, apply } = setup();
    propose('late', { timeoutMs: 200 });
    const aborted = propose('aborted');
    flush();
    appended(asked[0], 7, 2);
    requests.abort(aborted, 'no patience');
    vi.advanceTimersByTime(250);
    apply(7, 2);
    apply(8, 2);
    expect(ends).toEqual(['aborted: aborted unknown final', 'late: deadline unknown retry']);
  });
});

describe('a proposal that is applied once however often it is sent', () => {
  const repeatable = true;

  it('is sent again when the connection breaks, and ends with the result of whichever try', () => {
    const { propose, flush, asked, requests, appended, ends } = setup();
    propose('once', { repeatable });
    flush();
    requests.connectionLost('n1');
    requests.leaderFound('n1');
    flush();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({ commands: [{ data: { length: 1 } }] });
    appended(asked[1], 9, 3);
    const entry = { index: 9, term: 3, type: 'session', data: noData } as const;
    requests.applied(entry, { index: 7, term: 2, result: 'of the first try' });
    expect(ends).toEqual(['once: 7 of the first try']);
  });

  it('is sent to the new leader when the old one has not answered', () => {
    const { propose, flush, asked, requests, ends } = setup();
    propose('once', { repeatable });
    propose('plain');
    flush();
    requests.leaderFound('n1');
    requests.leaderFound('n3');
    flush();
    expect(asked.map((ask) => 'commands' in ask && ask.commands.length)).toEqual([1, 1, 1]);
    expect(ends).toEqual([]);
  });

  it('is sent again when another entry took its place, or its result was no longer kept', () => {
    const { propose, flush, asked, requests, appended, apply, ends } = setup({ maxWaiting: 4 });
    propose('replaced', { repeatable });
    flush();
    appended(asked[0], 1, 2);
    apply(1, 3);
    requests.leaderFound('n1');
    flush();
    for (let index = 2; index <= 10; index++) apply(index, 3);
    appended(asked[1], 3, 3);
    requests.leaderFound('n1');
    flush();
    appended(asked[2], 11, 3);
    apply(11, 3);
    expect(ends).toEqual(['replaced: 11 result 11']);
  });

  it('is told its place each time that it is placed', () => {
    const { propose, flush, asked, requests, appended, apply } = setup();
    const placed = vi.fn();
    propose('first', { repeatable });
    propose('second', { repeatable, placed });
    flush();
    appended(asked[0], 1, 2);
    apply(2, 3);
    requests.leaderFound('n1');
    flush();
    appended(asked[1], 3, 3);
    expect(placed.mock.calls).toEqual([
      [2, 2],
      [3, 3],
    ]);
  });

  it('surely did not happen when all of its tries came to nothing', () => {
    const { propose, flush, asked, appended, apply, ends, world } = setup();
    propose('once', { repeatable, timeoutMs: 200 });
    flush();
    appended(asked[0], 7, 2);
    world.reachable = false;
    apply(7, 3);
    vi.advanceTimersByTime(250);
    expect(ends).toEqual(['once: no-leader not-applied retry']);
  });

  it('may have happened when a later try is refused', () => {
    const { propose, flush, asked, refuse, requests, ends, world } = setup();
    propose('refused', { repeatable });
    flush();
    requests.connectionLost('n1');
    requests.leaderFound('n1');
    flush();
    refuse(asked[1], 'overloaded');
    propose('waits', { repeatable, timeoutMs: 200 });
    flush();
    world.reachable = false;
    requests.connectionLost('n1');
    requests.leaderFound('n1');
    vi.advanceTimersByTime(250);
    expect(ends).toEqual(['refused: overloaded unknown retry', 'waits: no-leader unknown retry']);
  });

  it.each([
    ['session-expired', 'session-expired', 'final'],
    ['session-sequence', 'session-sequence', 'final'],
    ['key-reused', 'key-reused', 'final'],
    ['overloaded', 'overloaded', 'retry'],
    ['malformed', 'invalid-argument', 'final'],
  ] as const)(
    'the sessions refuse as %s: sure at the first try, not at a later',
    (refusal, code, end) => {
      const { propose, flush, asked, requests, appended, ends } = setup();
      const refuseAt = (ask: Ask | undefined, index: number) => {
        appended(ask, index, 2);
        requests.applied({ index, term: 2, type: 'session', data: noData }, refusal);
      };
      propose('first', { repeatable });
      flush();
      refuseAt(asked[0], 7);
      propose('second', { repeatable });
      flush();
      requests.connectionLost('n1');
      requests.leaderFound('n1');
      flush();
      refuseAt(asked[2], 8);
      expect(ends).toEqual([`first: ${code} not-applied ${end}`, `second: ${code} unknown ${end}`]);
    },
  );

  it('goes apart from those that may not be sent again, in the order in which they came', () => {
    const { propose, flush, asked } = setup();
    propose('a');
    for (const name of ['b', 'c']) propose(name, { repeatable });
    propose('d');
    flush();
    const sizes = asked.map((ask) => 'commands' in ask && ask.commands.length);
    expect(sizes).toEqual([1, 2, 1]);
  });
});

describe('a refused call', () => {
  it('fails at once when waiting cannot help', () => {
    const { propose, flush, asked, refuse, ends } = setup();
    propose('a');
    flush();
    refuse(asked[0], 'not-bootstrapped');
    expect(ends).toEqual(['a: not-bootstrapped not-applied final']);
  });

  it('waits for a leader, and is handed in again when there is one', () => {
    const { propose, flush, asked, refuse, requests, world, ends } = setup();
    world.leader = null;
    propose('a');
    flush();
    refuse(asked[0], 'no-leader');
    vi.advanceTimersByTime(1000);
    expect(asked).toHaveLength(1);
    world.leader = 'n3';
    requests.leaderFound('n3');
    flush();
    expect(asked).toHaveLength(2);
    expect(ends).toEqual([]);
  });

  it('ends with no-leader, and surely did not happen, when none comes in time', () => {
    const { propose, flush, asked, refuse, world, ends } = setup();
    world.leader = null;
    propose('a', { timeoutMs: 1000 });
    flush();
    refuse(asked[0], 'no-leader');
    vi.advanceTimersByTime(1050);
    expect(ends).toEqual(['a: no-leader not-applied retry']);
  });

  it('surely did not happen when its caller gives up while it waits', () => {
    const { propose, flush, asked, refuse, requests, ends } = setup();
    const call = propose('a');
    flush();
    refuse(asked[0], 'transfer-in-progress');
    requests.abort(call, 'no patience');
    expect(ends).toEqual(['a: aborted not-applied final']);
  });

  it('does not wait for a leader when it may not be passed on', () => {
    const { propose, flush, asked, refuse, ends } = setup();
    propose('a', { forward: false });
    flush();
    refuse(asked[0], 'not-leader');
    expect(ends).toEqual(['a: not-leader not-applied retry']);
  });

  it('waits its turn behind another change of the membership', () => {
    const { remove, flush, asked, refuse, appended, apply, ends } = setup();
    remove('change');
    flush();
    refuse(asked[0], 'change-in-progress');
    vi.advanceTimersByTime(60);
    expect(asked).toHaveLength(2);
    appended(asked[1], 9, 4);
    apply(9, 4, 'configuration');
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatch(/^change: 9/);
  });

  it('resolves a change that was no change with the configuration that is in force', () => {
    const { remove, flush, asked, appended, apply, ends } = setup();
    apply(4, 1, 'configuration');
    apply(5, 1);
    remove('nothing to do');
    flush();
    appended(asked[0], 4, 1);
    expect(ends[0]).toMatch(/^nothing to do: 4/);
  });
});

describe('a call that is passed on', () => {
  it('is not sent while there is no connection to the leader, so that its end is sure', () => {
    const { propose, flush, asked, world, requests, ends } = setup();
    world.reachable = false;
    propose('a', { timeoutMs: 300 });
    propose('b');
    flush();
    vi.advanceTimersByTime(400);
    expect(asked).toEqual([]);
    expect(ends).toEqual(['a: no-leader not-applied retry']);
    world.reachable = true;
    requests.leaderFound('n1');
    flush();
    expect(asked).toHaveLength(1);
  });

  it('is handed in once nobody leads any more: a removed node is told so, and waits no longer', () => {
    const { propose, flush, asked, world, requests } = setup();
    world.reachable = false;
    propose('a');
    flush();
    expect(asked).toEqual([]);
    world.leader = null;
    requests.leaderLost();
    expect(asked).toHaveLength(1);
  });

  it('may have happened when no answer comes in time', () => {
    const { propose, flush, ends } = setup();
    propose('a', { timeoutMs: 200 });
    flush();
    vi.advanceTimersByTime(250);
    expect(ends).toEqual(['a: deadline unknown retry']);
  });

  it('is told at once when the connection breaks: a write may have happened, a read is asked again', () => {
    const { propose, read, flush, asked, requests, ends } = setup();
    propose('write');
    read('read');
    flush();
    requests.connectionLost('n3');
    expect(ends).toEqual([]);
    requests.connectionLost('n1');
    flush();
    expect(ends).toEqual(['write: leadership-lost unknown retry']);
    expect(asked.map(({ type }) => type)).toEqual(['propose', 'read', 'read']);
  });

  it('asks the new leader for a read that the old one has not answered', () => {
    const { read, flush, asked, requests, world, ends } = setup();
    read('r');
    flush();
    world.leader = 'n3';
    requests.leaderFound('n3');
    flush();
    requests.answer({ type: 'readable', id: asked[0]?.id ?? -1, index: 0 });
    expect(ends).toEqual([]);
    requests.answer({ type: 'readable', id: asked[1]?.id ?? -1, index: 0 });
    expect(ends).toEqual(['r: value of r']);
  });
});

describe('a read', () => {
  it('waits until the state machine has applied up to its index', () => {
    const { read, flush, asked, requests, apply, ends } = setup();
    read('r');
    flush();
    requests.answer({ type: 'readable', id: asked[0]?.id ?? -1, index: 2 });
    apply(1, 1);
    expect(ends).toEqual([]);
    apply(2, 1);
    expect(ends).toEqual(['r: value of r']);
  });

  it('goes with others that want the same proof, and not with those that want another', () => {
    const { read, flush, asked } = setup();
    for (const consistency of ['linearizable', 'lease', 'lease', 'linearizable'] as const) {
      read('r', undefined, { consistency });
    }
    flush();
    expect(asked).toMatchObject([
      { type: 'read', lease: true },
      { type: 'read', lease: false },
    ]);
  });

  it('waits for the index that its caller wants, beyond the one that it was given', () => {
    const { read, flush, asked, requests, apply, ends } = setup();
    read('late', undefined, { minIndex: 3 });
    read('early', undefined, { minIndex: 1 });
    flush();
    requests.answer({ type: 'readable', id: asked[0]?.id ?? -1, index: 2 });
    apply(2, 1);
    expect(ends).toEqual(['early: value of early']);
    apply(3, 1);
    expect(ends).toEqual(['early: value of early', 'late: value of late']);
  });

  it('of this node’s own state asks nobody, and waits only for its index', () => {
    const { read, flush, asked, apply, ends } = setup();
    read('r', undefined, { consistency: 'local', minIndex: 2 });
    read('now', undefined, { consistency: 'local' });
    flush();
    apply(1, 1);
    expect(ends).toEqual(['now: value of now']);
    apply(2, 1);
    expect(ends).toEqual(['now: value of now', 'r: value of r']);
    expect(asked).toEqual([]);
  });

  it('tells what was applied and what was wanted when its index is not reached in time', () => {
    const { read, apply, ends, messages } = setup();
    read('r', undefined, { consistency: 'local', minIndex: 7 }, { timeoutMs: 200 });
    apply(2, 1);
    vi.advanceTimersByTime(250);
    expect(ends).toEqual(['r: deadline not-applied retry']);
    expect(messages[0]).toContain('up to 2 and not up to 7');
  });

  it('that may be a little stale is answered as soon as the state is fresh enough', () => {
    const { read, flush, requests, world, asked, ends } = setup();
    read('r', undefined, { consistency: 'bounded', maxStaleMs: 300 });
    world.staleness = 301;
    requests.stepped();
    expect(ends).toEqual([]);
    world.staleness = 300;
    requests.stepped();
    expect(ends).toEqual(['r: value of r']);
    read('at once', undefined, { consistency: 'bounded', maxStaleMs: 300 });
    expect(ends).toHaveLength(2);
    flush();
    expect(asked).toEqual([]);
  });

  it('that may be a little stale is looked at again when the state machine has got further', () => {
    const { read, world, apply, ends } = setup();
    read('r', undefined, { consistency: 'bounded' });
    world.staleness = 5;
    apply(1, 1);
    expect(ends).toEqual(['r: value of r']);
  });

  it('that may be a little stale ends as stale, to be tried again, when no word comes in time', () => {
    const { read, world, ends } = setup();
    read('never heard', undefined, { consistency: 'bounded' }, { timeoutMs: 200 });
    vi.advanceTimersByTime(250);
    world.staleness = 4000;
    read('cut off', undefined, { consistency: 'bounded' }, { timeoutMs: 200 });
    vi.advanceTimersByTime(250);
    expect(ends).toEqual([
      'never heard: stale not-applied retry',
      'cut off: stale not-applied retry',
    ]);
  });

  it('rejects with what its query throws, and harms no other', () => {
    const { read, flush, asked, requests, ends } = setup();
    read('bad', () => {
      throw new Error('no such key');
    });
    read('good');
    flush();
    requests.answer({ type: 'readable', id: asked[0]?.id ?? -1, index: 0 });
    expect(ends).toEqual(['bad: Error: no such key', 'good: value of good']);
  });
});

describe('stopping', () => {
  it('settles every open call, each with what is sure about it, and refuses later ones', () => {
    const { propose, read, flush, asked, appended, requests, ends } = setup();
    propose('appended');
    flush();
    appended(asked[0], 1, 1);
    propose('queued');
    read('read');
    requests.stop(undefined);
    propose('late');
    expect(ends).toEqual([
      'appended: stopped unknown final',
      'queued: stopped not-applied final',
      'read: stopped not-applied final',
      'late: stopped not-applied final',
    ]);
    expect(vi.getTimerCount()).toBe(1);
    flush();
    expect(asked).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when all calls have ended', () => {
    const { propose, flush, asked, refuse } = setup();
    propose('a');
    flush();
    refuse(asked[0], 'overloaded');
    vi.advanceTimersByTime(50);
    expect(vi.getTimerCount()).toBe(0);
  });
});
