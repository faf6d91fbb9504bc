import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RaftError } from '../../errors.js';
import type { Proposed } from '../calls/call.js';
import { systemClock } from '../clock.js';
import { Failures } from '../calls/failures.js';
import type { CallOptions } from '../options.js';
import { Session } from './session.js';
import type { SessionEntry } from './session-entry.js';

interface Asked {
  readonly entry: SessionEntry;
  readonly timeoutMs: number | undefined;
  readonly succeed: () => void;
  readonly fail: (code: 'deadline' | 'session-expired') => void;
}

/** A session of a cluster that answers when the test says so. */
function setup(place = {}) {
  const asked: Asked[] = [];
  let timeout: number | undefined;
  let stopped = false;
  const failures = new Failures(
    'n1',
    () => null,
    () => null,
    () => 0,
  );
  const begin = ({ timeoutMs }: CallOptions) => {
    if (stopped) throw failures.stopped({ outcome: 'not-applied' });
    timeout = timeoutMs;
    return { timeoutMs: 0, deadline: 0, forward: true, signal: undefined };
  };
  const appendOnce = (entry: SessionEntry) => {
    return new Promise<Proposed<string>>((resolve, reject) => {
      const succeed = () => resolve({ index: 9, term: 1, result: 'done' });
      const fail = (code: 'deadline' | 'session-expired') => {
        reject(new RaftError(code, code, { outcome: 'unknown', retryable: false }));
      };
      asked.push({ entry, timeoutMs: timeout, succeed, fail });
    });
  };
  const ended = vi.fn();
  const options = { id: 7, nextSequence: 1, ttlMs: 3000, ...place };
  const session = new Session<string>({ begin, appendOnce, failures }, systemClock, options, ended);
  const stop = () => {
    stopped = true;
  };
  const numbers = () => {
    return asked.flatMap(({ entry }) =>
      entry.type === 'command' ? [[entry.sequence, entry.acknowledgedBelow]] : [],
    );
  };
  const kinds = () => asked.map(({ entry }) => entry.type);
  return { session, asked, ended, stop, numbers, kinds };
}

const command = Buffer.from('x');

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the commands of a session', () => {
  it('are numbered in the order of the calls, and say below which all have an answer', async () => {
    const { session, asked, numbers } = setup();
    const calls = [1, 2, 3].map(() => session.propose(command));
    asked[1]?.succeed();
    await calls[1];
    calls.push(session.propose(command));
    asked[0]?.succeed();
    await calls[0];
    calls.push(session.propose(command));
    expect(numbers()).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 3],
    ]);
    expect(session.nextSequence).toBe(6);
  });

  it('give their number up when they end without a result', async () => {
    const { session, asked, numbers } = setup({ nextSequence: 5 });
    const call = session.propose(command);
    asked[0]?.fail('deadline');
    await expect(call).rejects.toMatchObject({ code: 'deadline' });
    void session.propose(command);
    expect(numbers()).toEqual([
      [5, 5],
      [6, 6],
    ]);
  });

  it('run ahead of the oldest without an answer by as many as the cluster keeps, and no more', async () => {
    const { session, asked } = setup();
    const calls = Array.from({ length: 128 }, () => session.propose(command));
    for (const each of asked.slice(1)) each.succeed();
    await Promise.all(calls.slice(1));
    const refused = session.propose(command);
    await expect(refused).rejects.toMatchObject({ code: 'overloaded', outcome: 'not-applied' });
    asked[0]?.succeed();
    await calls[0];
    void session.propose(command);
    expect(asked).toHaveLength(129);
  });

  it('do not use up a number when they are none', async () => {
    const { session, stop } = setup();
    await expect(session.propose('x' as never)).rejects.toMatchObject({ code: 'invalid-argument' });
    stop();
    await expect(session.propose(command)).rejects.toMatchObject({ code: 'stopped' });
    expect(session.nextSequence).toBe(1);
  });
});

describe('a session that is open', () => {
  it('sends a keep-alive when a third of its time has passed without a word, and again', async () => {
    const { asked, kinds } = setup();
    await vi.advanceTimersByTimeAsync(999);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toMatchObject([{ entry: { type: 'keep-alive', session: 7 }, timeoutMs: 1000 }]);
    asked[0]?.succeed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(kinds()).toEqual(['keep-alive', 'keep-alive']);
  });

  it('sends none while its commands are answered', async () => {
    const { session, asked, kinds } = setup();
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(900);
      const call = session.propose(command);
      asked.at(-1)?.succeed();
      await call;
    }
    expect(kinds()).toEqual(Array.from({ length: 5 }, () => 'command'));
  });

  it('tries again when a keep-alive had no answer', async () => {
    const { asked, kinds } = setup();
    await vi.advanceTimersByTimeAsync(1000);
    asked[0]?.fail('deadline');
    await vi.advanceTimersByTimeAsync(100);
    expect(kinds()).toEqual(['keep-alive', 'keep-alive']);
  });

  it.each(['a keep-alive', 'a command'])(
    'falls quiet when %s learns that it has expired',
    async (by) => {
      const { session, asked, ended } = setup();
      const call = by === 'a command' ? session.propose(command) : Promise.resolve();
      if (by === 'a keep-alive') await vi.advanceTimersByTimeAsync(1000);
      asked[0]?.fail('session-expired');
      await call.catch(() => undefined);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(asked).toHaveLength(1);
      expect(ended).toHaveBeenCalledExactlyOnceWith(session);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('falls quiet when it is closed, and tells the cluster', async () => {
    const { session, asked, ended } = setup();
    const closed = session.close();
    expect(asked).toMatchObject([{ entry: { type: 'close', session: 7 } }]);
    asked[0]?.succeed();
    await closed;
    expect(vi.getTimerCount()).toBe(0);
    expect(ended).toHaveBeenCalledExactlyOnceWith(session);
  });

  it('falls quiet with its node, though a keep-alive was under way', async () => {
    const { session, asked } = setup();
    await vi.advanceTimersByTimeAsync(1000);
    session.stop();
    asked[0]?.succeed();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
