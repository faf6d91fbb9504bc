import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { defaultLimits, type Limits } from './options.js';
import { Progress } from './progress.js';

const window: Limits = { ...defaultLimits, maxInflight: 4 };
const bytesOfEntry = 10;

/** Sends what a leader with this log would send now; tells how many requests left. */
function send(progress: Progress, lastIndex: number, limits = window, batch = 1): number {
  let requests = 0;
  while (progress.wants(lastIndex, 0, limits)) {
    const last = Math.min(progress.next - 1 + batch, lastIndex);
    const entries = progress.hasRoom(limits) ? last - progress.next + 1 : 0;
    progress.sent(progress.next - 1 + entries, entries * bytesOfEntry, 0);
    requests++;
  }
  return requests;
}

function replicating(match: number): Progress {
  const progress = new Progress('S2', match + 1, 1);
  send(progress, match);
  progress.matched(match);
  return progress;
}

describe('a follower’s progress', () => {
  test('probes with one request, until it is answered', () => {
    const progress = new Progress('S2', 10, 1);
    expect(send(progress, 20)).toBe(1);
    expect(progress.inflightCount).toBe(1);
    expect(send(progress, 20)).toBe(0);
  });

  test('probes again with every heartbeat that is answered: the probe may have been lost', () => {
    const progress = new Progress('S2', 10, 1);
    send(progress, 20);
    progress.heartbeatSent(0);
    progress.heartbeatAnswered();
    expect(send(progress, 20)).toBe(1);
  });

  test('pipelines once the logs are known to agree, up to its window', () => {
    const progress = replicating(10);
    expect(send(progress, 20)).toBe(4);
    expect(progress.next).toBe(15);
    progress.matched(12);
    expect(send(progress, 20)).toBe(2);
  });

  test('pipelines no more than the window has bytes for, but for the request that fills it', () => {
    const progress = replicating(10);
    const narrow = { ...window, maxInflightBytes: 25 };
    expect(send(progress, 20, narrow)).toBe(3);
    expect(progress.inflightBytes).toBe(30);
    progress.matched(11);
    expect(progress.inflightBytes).toBe(20);
    expect(send(progress, 20, narrow)).toBe(1);
  });

  test('an acknowledgement frees all requests up to it', () => {
    const progress = replicating(10);
    send(progress, 20);
    progress.matched(13);
    expect(progress).toMatchObject({ inflightCount: 1, inflightBytes: bytesOfEntry });
  });

  test('a refusal sends it back to probing, never below what is known to match', () => {
    const progress = replicating(10);
    send(progress, 20);
    progress.rejected(3);
    expect(progress).toMatchObject({
      state: 'probe',
      match: 10,
      next: 11,
      inflightCount: 0,
      inflightBytes: 0,
    });
  });

  test('a refusal of what is known to match is stale', () => {
    const progress = replicating(10);
    expect(progress.isStaleRejection(10)).toBe(true);
    expect(progress.isStaleRejection(11)).toBe(false);
  });

  test('while probing, only the refusal of that probe counts', () => {
    const progress = new Progress('S2', 10, 1);
    expect(progress.isStaleRejection(9)).toBe(false);
    expect(progress.isStaleRejection(8)).toBe(true);
    expect(progress.isStaleRejection(10)).toBe(true);
  });

  test('asks again, empty, for what was unanswered over a whole heartbeat', () => {
    const progress = replicating(10);
    send(progress, 14);
    progress.heartbeatSent(0);
    progress.heartbeatAnswered();
    expect(progress.inflightCount).toBe(4);
    expect(send(progress, 14)).toBe(1);
    expect(send(progress, 14)).toBe(0);
  });

  test('does not ask again when something was answered meanwhile', () => {
    const progress = replicating(10);
    send(progress, 14);
    progress.heartbeatSent(0);
    progress.matched(11);
    progress.heartbeatAnswered();
    expect(send(progress, 14)).toBe(0);
  });

  test('tells a follower that has everything of a new commit index, once', () => {
    const progress = replicating(10);
    expect(progress.wants(10, 10, window)).toBe(true);
    progress.sent(10, 0, 10);
    expect(progress.wants(10, 10, window)).toBe(false);
  });

  test('a learner has caught up when it has what was committed one heartbeat ago', () => {
    const progress = replicating(10);
    expect(progress.catchUpTarget).toBe(Infinity);
    progress.heartbeatSent(12);
    expect(progress.catchUpTarget).toBe(12);
  });

  const happenings = fc.array(
    fc.oneof(
      fc.record({ what: fc.constant('matched' as const), at: fc.nat({ max: 30 }) }),
      fc.record({ what: fc.constant('rejected' as const), at: fc.nat({ max: 30 }) }),
      fc.record({ what: fc.constant('heartbeat' as const), at: fc.constant(0) }),
      fc.record({ what: fc.constant('grow' as const), at: fc.nat({ max: 5 }) }),
    ),
    { maxLength: 60 },
  );

  const batch = 3;
  const windows = fc.record({
    maxInflight: fc.integer({ min: 1, max: 6 }),
    maxInflightBytes: fc.integer({ min: 1, max: 100 }),
  });

  test.prop([happenings, windows])(
    'whatever happens: match never falls, next stays behind it and within the log, the window holds',
    (all, { maxInflight, maxInflightBytes }) => {
      const limits = { ...defaultLimits, maxInflight, maxInflightBytes };
      const progress = new Progress('S2', 31, 1);
      let lastIndex = 30;
      let match = 0;
      for (const { what, at } of all) {
        if (what === 'matched') progress.matched(Math.min(at, lastIndex));
        else if (what === 'rejected' && !progress.isStaleRejection(at)) progress.rejected(at);
        else if (what === 'heartbeat') {
          progress.heartbeatSent(0);
          progress.heartbeatAnswered();
        } else if (what === 'grow') lastIndex += at;
        send(progress, lastIndex, limits, batch);
        expect(progress.match).toBeGreaterThanOrEqual(match);
        expect(progress.next).toBeGreaterThan(progress.match);
        expect(progress.next).toBeLessThanOrEqual(lastIndex + 1);
        expect(progress.inflightCount).toBeLessThanOrEqual(maxInflight);
        const unanswered = (progress.next - 1 - progress.match) * bytesOfEntry;
        expect(progress.inflightBytes).toBeLessThan(maxInflightBytes + batch * bytesOfEntry);
        if (progress.state === 'replicate') {
          expect(progress.inflightBytes).toBeGreaterThanOrEqual(unanswered);
        }
        ({ match } = progress);
      }
    },
  );
});
