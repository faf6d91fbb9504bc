import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noConfiguration } from '../core/configuration.js';
import type { Effects } from '../core/effects.js';
import type { Entry } from '../core/entry.js';
import type { Input } from '../core/input.js';
import { defaultLimits, defaultTiming } from '../core/options.js';
import type { SnapshotMeta } from '../core/snapshot.js';
import type { CoreStatus } from '../core/status.js';
import { Proposal } from './calls/call.js';
import { systemClock } from './clock.js';
import { type Core, Driver } from './driver.js';

/** A core that answers each input with what the test has planned for its type. */
class ScriptedCore implements Core {
  configuration = noConfiguration;
  leader: string | null = null;
  storageFault = null;
  readonly leaving = [];
  deadline = Infinity;
  readonly inputs: Input[] = [];
  readonly plan: Partial<Record<Input['type'], (input: Input) => Partial<Effects>>> = {};

  step(_now: number, input: Input): Effects {
    this.inputs.push(input);
    const nothing = { write: null, messages: [], snapshots: [], committed: [] };
    return { ...nothing, answers: [], events: [], ...this.plan[input.type]?.(input) };
  }

  nextDeadline(): number {
    return this.deadline;
  }

  snapshotMeta(): SnapshotMeta {
    throw new Error('not asked for here');
  }

  staleness(): number {
    return Infinity;
  }

  status(): CoreStatus {
    throw new Error('not asked for here');
  }
}

const entry: Entry = { index: 1, term: 1, type: 'command', data: new Uint8Array([7]) };

function setup() {
  const core = new ScriptedCore();
  const told: string[] = [];
  const writes: ((error: unknown) => void)[] = [];
  const machine = { apply: (): string => 'applied' };
  const driver = new Driver<string>(
    core,
    'n1',
    { timing: defaultTiming, limits: defaultLimits },
    {
      ...systemClock,
      random: () => 0,
      soon: setImmediate,
      write: (_batch, done) => writes.push(done),
      wrote: () => undefined,
      send: (to, message) => told.push(`send ${message.type} to ${to}`),
      isConnected: () => true,
      apply: ({ index, term }) => ({ index, term, result: machine.apply() }),
      shortestTtlMs: () => null,
      snapshots: null,
      event: ({ type }) => told.push(`event ${type}`),
      configured: () => undefined,
      changed: () => undefined,
      failed: (error) => told.push(`failed: ${error.message}`),
    },
  );
  driver.start(null);
  core.inputs.length = 0;
  const propose = () => {
    const settle = {
      resolve: ({ result }: { result: string }) => told.push(`resolved ${result}`),
      reject: (error: unknown) => told.push(String(error)),
    };
    const terms = { timeoutMs: 5000, deadline: Infinity, forward: true, signal: undefined };
    driver.submit(new Proposal({ type: 'command', data: entry.data }, terms, settle));
    vi.advanceTimersByTime(0);
  };
  return { core, driver, told, writes, machine, propose };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('Driver', () => {
  it('acts on what is durable before it tells the core, and then on what the core says', () => {
    const { core, driver, told, writes } = setup();
    const hardState = { term: 1, votedFor: 'n2' };
    const write = { id: 1, hardState, base: null, commit: 0, entries: [] };
    const message = {
      type: 'vote-response',
      term: 1,
      preVote: false,
      refusal: null,
      configurationIndex: 0,
    } as const;
    core.plan.message = () => ({ write, messages: [{ to: 'n2', message, after: 1 }] });
    core.plan.persisted = () => ({ events: [{ type: 'storage-fault', fault: null }] });
    driver.receive('n2', 'volume', message);
    expect(told).toEqual([]);
    writes[0]?.(null);
    expect(told).toEqual(['send vote-response to n2', 'event storage-fault']);
  });

  it('answers a proposal with the result of its own command', () => {
    const { core, told, propose } = setup();
    core.plan.propose = (input) => ({
      answers: [{ type: 'appended', id: 'id' in input ? input.id : 0, index: 1, term: 1 }],
      committed: [entry],
    });
    propose();
    expect(told).toEqual(['resolved applied']);
  });

  it('wakes the core when its time has come, and reads what waits before that', () => {
    const { core, driver } = setup();
    core.deadline = systemClock.now() + 100;
    core.plan.tick = () => {
      core.deadline = Infinity;
      return {};
    };
    driver.peerDisconnected('n2');
    vi.advanceTimersByTime(99);
    expect(core.inputs.map(({ type }) => type)).toEqual(['peer-disconnected']);
    // A message that was read meanwhile moves the deadline away.
    setTimeout(() => (core.deadline += 50), 1);
    vi.advanceTimersByTime(49);
    expect(core.inputs).toHaveLength(1);
    vi.advanceTimersByTime(5);
    expect(core.inputs.map(({ type }) => type)).toEqual(['peer-disconnected', 'tick']);
  });

  it('stops when the state machine throws: calls are settled, the cause is named, nothing goes on', () => {
    const { core, driver, told, machine, propose } = setup();
    machine.apply = () => {
      throw new Error('division by zero');
    };
    core.plan.message = () => ({ committed: [entry] });
    propose();
    driver.receive('n2', 'volume', { type: 'timeout-now', term: 1, lastIndex: 0 });
    driver.receive('n2', 'volume', { type: 'timeout-now', term: 1, lastIndex: 0 });
    propose();
    const cause = 'the state machine at entry 1 threw: division by zero';
    expect(told).toEqual([
      expect.stringContaining('n1 is stopped: the request may have happened'),
      `failed: n1 has stopped, because ${cause}`,
      expect.stringContaining('n1 is stopped: nothing was changed'),
    ]);
    expect(core.inputs.map(({ type }) => type)).toEqual(['propose', 'message']);
    expect(driver.appliedIndex).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops when the core throws, instead of ending the process', () => {
    const { core, driver, told } = setup();
    core.plan.message = () => {
      throw new Error('broken invariant');
    };
    driver.receive('n2', 'volume', { type: 'timeout-now', term: 1, lastIndex: 0 });
    expect(told).toEqual([
      'failed: n1 has stopped, because a step of the core threw: broken invariant',
    ]);
  });

  it('tells of a failed write, and takes it up again', () => {
    const { core, driver, told, writes } = setup();
    const write = { id: 1, hardState: null, base: null, commit: 0, entries: [entry] };
    core.plan.message = () => ({ write });
    driver.receive('n2', 'volume', { type: 'timeout-now', term: 1, lastIndex: 0 });
    writes[0]?.(new Error('no space left'));
    expect(told).toEqual(['event write-failed']);
    vi.advanceTimersByTime(100);
    writes[1]?.(null);
    const types = core.inputs.map(({ type }) => type);
    expect(types).toEqual(['message', 'persist-failed', 'persisted']);
  });
});
