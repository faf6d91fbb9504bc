import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../core/message.js';
import { memoryNetwork } from '../memory-transport.js';
import type { FaultEffect, FaultEvent, FaultRequest } from './fault.js';
import { faultyTransport } from './faulty-transport.js';
import type { LostMessage } from '../transport.js';
import type { FaultyTransport } from './faulty-transport.js';

const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 5000, interval: 5 });

const heartbeat = (commit: number): Message => ({
  type: 'heartbeat',
  term: 1,
  session: 1,
  commit,
  readPosition: 0,
  sentAt: 5,
  echo: 6,
  known: 7,
  quorumAgeMs: 8,
});
const answer = (session: number): Message => ({
  type: 'heartbeat-response',
  term: 1,
  session,
  readPosition: 0,
  sentAt: 5,
  holdMs: 500,
  clock: 6,
});

let chance = 0.5;
let n1: FaultyTransport;
let n2: FaultyTransport;
/** Commit indexes that n2 received, and sessions of the answers that n1 received. */
let requests: number[];
let answers: number[];
/** What n1 was told of its faults. */
let told: FaultEvent[];
/** Trace ids of what came to either. */
let ids: (number | undefined)[];
/** What n1 was told of messages that were lost. */
let lost: LostMessage[];
const disconnected = vi.fn();
const connected = vi.fn();

beforeEach(async () => {
  const network = memoryNetwork();
  [requests, answers, told, lost, ids] = [[], [], [], [], []];
  disconnected.mockClear();
  connected.mockClear();
  const start = async (nodeId: string) => {
    const transport = faultyTransport(network.transport(nodeId), { random: () => chance });
    await transport.listen({
      identity: () => ({ nodeId, incarnation: nodeId, clusterId: 'c1', attributes: {} }),
      received: ({ message, traceId }) => {
        ids.push(traceId);
        if (message.type === 'heartbeat') requests.push(message.commit);
        if (message.type === 'heartbeat-response') answers.push(message.session);
      },
      disconnected,
      refused: vi.fn(),
      peerState: (_peer, state) => {
        connected(state.connected);
      },
      fault: (event) => told.push(event),
      lost: (message) => lost.push(message),
    });
    return transport;
  };
  [n1, n2] = [await start('n1'), await start('n2')];
  n1.setPeers([{ id: 'n2', address: 'n2', incarnation: 'n2' }]);
  await eventually(() => expect(connected).toHaveBeenLastCalledWith(true));
});

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all([n1.close(), n2.close()]);
});

/** Time stands still until the test moves it. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
}

/** Everything that was let through has arrived. */
async function arrived(): Promise<void> {
  await n1.probe('n2');
  await n1.probe('n2');
}

function request(effect: FaultEffect, over: Partial<FaultRequest> = {}): FaultRequest {
  return { peer: 'n2', direction: 'both', effect, owner: 'a test', ttlMs: 60_000, ...over };
}

async function sendBothWays(at: number): Promise<void> {
  n1.send('n2', heartbeat(at));
  n2.send('n1', answer(at));
  await arrived();
}

describe('a cut', () => {
  test('of one direction loses what goes that way, and nothing that comes', async () => {
    n1.faults.inject(request({ type: 'cut' }, { direction: 'out' }));
    await sendBothWays(1);
    expect([requests, answers]).toEqual([[], [1]]);
    n1.faults.healAll();
    n1.faults.inject(request({ type: 'cut' }, { direction: 'in' }));
    await sendBothWays(2);
    expect([requests, answers]).toEqual([[2], [1]]);
    expect(n1.lost).toBe(2);
  });

  test('of both directions is silence: the connection stands and nobody is told', async () => {
    n1.faults.inject(request({ type: 'cut' }));
    await sendBothWays(1);
    expect([requests, answers]).toEqual([[], []]);
    expect(disconnected).not.toHaveBeenCalled();
    expect(connected.mock.calls).toEqual([[true]]);
  });

  test('leaves other peers alone', async () => {
    n1.faults.inject(request({ type: 'cut' }, { peer: 'n3' }));
    await sendBothWays(1);
    expect([requests, answers]).toEqual([[1], [1]]);
  });

  test('ends when its time is over', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'cut' }, { ttlMs: 1000 }));
    vi.advanceTimersByTime(999);
    await sendBothWays(1);
    expect(n1.faults.list()).toMatchObject([{ leftMs: 1 }]);
    vi.advanceTimersByTime(1);
    await sendBothWays(2);
    expect([requests, answers]).toEqual([[2], [2]]);
    expect(n1.faults.list()).toEqual([]);
  });
});

describe('a loss', () => {
  test('takes its share', async () => {
    n1.faults.inject(request({ type: 'loss', chance: 0.3 }));
    chance = 0.3;
    await sendBothWays(1);
    chance = 0.29;
    await sendBothWays(2);
    expect([requests, answers]).toEqual([[1], [1]]);
  });
});

describe('a delay', () => {
  test('holds messages back for its time, and keeps their order when it ends', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'delay', ms: 500 }, { direction: 'out', ttlMs: 100 }));
    n1.send('n2', heartbeat(1));
    vi.advanceTimersByTime(100);
    n1.send('n2', heartbeat(2));
    vi.advanceTimersByTime(399);
    await arrived();
    expect(requests).toEqual([]);
    vi.advanceTimersByTime(1);
    await arrived();
    expect(requests).toEqual([1, 2]);
  });

  test('that is healed lets everything go at once, in order', async () => {
    const { id } = n1.faults.inject(request({ type: 'delay', ms: 60_000 }));
    n1.send('n2', heartbeat(1));
    n1.send('n2', heartbeat(2));
    expect(n1.faults.heal(id)).toBe(true);
    n1.send('n2', heartbeat(3));
    await arrived();
    expect(requests).toEqual([1, 2, 3]);
  });

  test('adds up with another one, for what is sent from then on', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'delay', ms: 100 }, { direction: 'out' }));
    n1.send('n2', heartbeat(1));
    n1.faults.inject(request({ type: 'delay', ms: 200 }));
    n1.send('n2', heartbeat(2));
    vi.advanceTimersByTime(299);
    await arrived();
    expect(requests).toEqual([1]);
    vi.advanceTimersByTime(1);
    await arrived();
    expect(requests).toEqual([1, 2]);
  });

  test('does not save what is on its way from a cut', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'delay', ms: 100 }));
    n1.send('n2', heartbeat(1));
    n1.faults.inject(request({ type: 'cut' }));
    vi.advanceTimersByTime(100);
    await arrived();
    expect(requests).toEqual([]);
    expect(n1.lost).toBe(1);
  });

  test('holds back no more than has room, and nothing once its node closes', async () => {
    n1.faults.inject(request({ type: 'delay', ms: 60_000 }));
    for (let at = 0; at < 10_005; at++) n1.send('n2', heartbeat(at));
    expect(n1.lost).toBe(5);
    n1.faults.healAll();
    await arrived();
    n1.faults.inject(request({ type: 'delay', ms: 60_000 }, { direction: 'in' }));
    n2.send('n1', answer(1));
    await arrived();
    await n1.close();
    n1.faults.healAll();
    expect(answers).toEqual([]);
  });
});

describe('a flap', () => {
  test('cuts and lets pass by turns, beginning with the cut', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'flap', cutMs: 100, wholeMs: 200 }));
    for (const [at, afterMs] of [99, 1, 199, 1, 100].entries()) {
      vi.advanceTimersByTime(afterMs);
      await sendBothWays(at);
    }
    expect([requests, answers]).toEqual([
      [1, 2, 4],
      [1, 2, 4],
    ]);
    expect(n1.lost).toBe(4);
  });

  test('takes what was on its way when its turn to cut comes', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'flap', cutMs: 100, wholeMs: 100 }));
    n1.faults.inject(request({ type: 'delay', ms: 60 }, { direction: 'out' }));
    vi.advanceTimersByTime(100);
    n1.send('n2', heartbeat(1));
    vi.advanceTimersByTime(60);
    n1.send('n2', heartbeat(2));
    vi.advanceTimersByTime(60);
    await arrived();
    expect(requests).toEqual([1]);
    expect(n1.lost).toBe(1);
  });
});

describe('a message that a fault takes', () => {
  const seen = () => lost.map(({ direction, traceId, reason }) => [direction, traceId, reason]);

  test('is told where it ends, with the reason and whose it is', async () => {
    holdTime();
    const owned = { owner: 'ann', direction: 'out' } as const;
    n1.faults.inject(request({ type: 'cut' }, owned));
    n1.faults.inject(request({ type: 'loss', chance: 1 }, { ...owned, direction: 'in' }));
    n1.send('n2', heartbeat(1), 5);
    n2.send('n1', answer(1), 6);
    await arrived();
    expect(seen()).toEqual([
      ['out', 5, 'cut by ann'],
      ['in', 6, 'lost by chance, by ann'],
    ]);
    expect(lost[0]).toMatchObject({ peer: 'n2', message: heartbeat(1) });
  });

  test('is told when it was on its way', () => {
    holdTime();
    n1.faults.inject(request({ type: 'delay', ms: 50 }, { direction: 'out' }));
    n1.send('n2', heartbeat(1), 5);
    n1.faults.inject(request({ type: 'cut' }, { owner: 'bob' }));
    vi.advanceTimersByTime(50);
    expect(seen()).toEqual([['out', 5, 'cut by bob']]);
  });

  test('keeps its trace id when it comes late', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'delay', ms: 50 }));
    n1.send('n2', heartbeat(1), 5);
    vi.advanceTimersByTime(50);
    await arrived();
    expect(ids).toEqual([5]);
  });
});

describe('faults', () => {
  test('are told when they begin, when they are healed, and when their time is over', () => {
    holdTime();
    const asked = request({ type: 'cut' }, { owner: 'ann', ttlMs: 1000 });
    n1.faults.inject(asked);
    n1.faults.inject(asked);
    n1.faults.heal('f1');
    vi.advanceTimersByTime(999);
    expect(told.map(({ type, id }) => [type, id])).toEqual([
      ['fault-injected', 'f1'],
      ['fault-injected', 'f2'],
      ['fault-healed', 'f1'],
    ]);
    vi.advanceTimersByTime(1);
    expect(told.at(-1)).toEqual({ type: 'fault-healed', why: 'expired', id: 'f2', ...asked });
  });

  test('are forgotten when the transport closes, without a word, and none begins', async () => {
    holdTime();
    n1.faults.inject(request({ type: 'cut' }, { ttlMs: 1000 }));
    await n1.close();
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
    expect(n1.faults.list()).toEqual([]);
    expect(() => n1.faults.inject(request({ type: 'cut' }))).toThrow('closed');
  });

  test('are listed with their owner, and healed one by one or all at once', () => {
    const first = n1.faults.inject(request({ type: 'cut' }, { owner: 'chaos' }));
    const second = n1.faults.inject(request({ type: 'loss', chance: 1 }, { peer: 'n3' }));
    n1.faults.inject(request({ type: 'delay', ms: 5 }));
    expect(n1.faults.list().map(({ id, owner }) => [id, owner])).toEqual([
      [first.id, 'chaos'],
      [second.id, 'a test'],
      ['f3', 'a test'],
    ]);
    expect(n1.faults.heal(second.id)).toBe(true);
    expect(n1.faults.heal(second.id)).toBe(false);
    expect(n1.faults.list()).toHaveLength(2);
    n1.faults.healAll();
    expect(n1.faults.list()).toEqual([]);
  });

  const senseless: [string, FaultRequest][] = [
    ['no owner', request({ type: 'cut' }, { owner: '' })],
    ['no peer', request({ type: 'cut' }, { peer: '' })],
    ['no end', request({ type: 'cut' }, { ttlMs: Infinity })],
    ['a time that is no number', request({ type: 'cut' }, { ttlMs: NaN })],
    ['an endless delay', request({ type: 'delay', ms: 60_001 })],
    ['a chance over 1', request({ type: 'loss', chance: 1.1 })],
    ['a turn too short', request({ type: 'flap', cutMs: 49, wholeMs: 50 })],
    ['a turn without end', request({ type: 'flap', cutMs: 50, wholeMs: Infinity })],
  ];
  test.each(senseless)('with %s are refused', (_what, fault) => {
    expect(() => n1.faults.inject(fault)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
    expect(n1.faults.list()).toEqual([]);
  });

  test('are limited in number, and those that are over make room', () => {
    holdTime();
    for (let at = 0; at < 64; at++) n1.faults.inject(request({ type: 'cut' }, { ttlMs: 1000 }));
    expect(() => n1.faults.inject(request({ type: 'cut' }))).toThrow('64 faults last already');
    vi.advanceTimersByTime(1000);
    expect(n1.faults.inject(request({ type: 'cut' })).id).toBe('f65');
  });
});
