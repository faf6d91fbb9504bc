import { describe, expect, test } from 'vitest';
import { OutgoingSnapshot } from './outgoing-snapshot.js';
import type { SnapshotInfo } from './snapshot.js';

const configuration = { index: 1, members: [], outgoing: null };
const snapshot: SnapshotInfo = { index: 9, term: 2, configuration, id: 's9', bytes: 30 };

/** Its first piece was sent at time 0. */
function sent(): OutgoingSnapshot {
  const outgoing = new OutgoingSnapshot(snapshot, 500);
  outgoing.asked();
  outgoing.sent(0);
  return outgoing;
}

describe('a snapshot on its way to a follower', () => {
  test('asks for one piece at a time', () => {
    const outgoing = new OutgoingSnapshot(snapshot, 500);
    expect(outgoing.wantsPiece).toBe(true);
    outgoing.asked();
    expect(outgoing.wantsPiece).toBe(false);
    expect(outgoing.awaits(snapshot, 0)).toBe(true);
    outgoing.sent(0);
    expect(outgoing.wantsPiece).toBe(false);
    expect(outgoing.awaits(snapshot, 0)).toBe(false);
  });

  test('goes on where the follower says, forth or back', () => {
    const outgoing = sent();
    outgoing.received(20);
    expect(outgoing).toMatchObject({ offset: 20, wantsPiece: true });
    outgoing.asked();
    outgoing.sent(0);
    outgoing.received(0);
    expect(outgoing.status).toEqual({ index: 9, receivedBytes: 0, bytes: 30 });
    expect(outgoing.wantsPiece).toBe(true);
  });

  test('awaits no piece of another snapshot, or from another place', () => {
    const outgoing = new OutgoingSnapshot(snapshot, 500);
    outgoing.asked();
    expect(outgoing.awaits({ ...snapshot, id: 's8' }, 0)).toBe(false);
    expect(outgoing.awaits(snapshot, 10)).toBe(false);
  });

  test('takes an answer that comes twice, or while it reads, for nothing new', () => {
    const outgoing = sent();
    outgoing.received(10);
    outgoing.asked();
    outgoing.received(20);
    expect(outgoing.offset).toBe(10);
    outgoing.sent(0);
    outgoing.received(10);
    expect(outgoing.wantsPiece).toBe(false);
  });

  test('counts a piece as lost when the follower has lived without it for long enough', () => {
    const outgoing = sent();
    outgoing.heartbeatAnswered(499);
    expect(outgoing.wantsPiece).toBe(false);
    outgoing.heartbeatAnswered(500);
    expect(outgoing.wantsPiece).toBe(true);
  });

  test('waits longer for a piece that was repeated: the line may be slow', () => {
    const outgoing = sent();
    outgoing.heartbeatAnswered(500);
    outgoing.asked();
    outgoing.sent(500);
    outgoing.heartbeatAnswered(1499);
    expect(outgoing.wantsPiece).toBe(false);
    outgoing.heartbeatAnswered(1500);
    expect(outgoing.wantsPiece).toBe(true);
  });

  test('never waits longer than eight times as long: a follower whose disk comes back is not left alone', () => {
    const outgoing = sent();
    let now = 0;
    for (let repeated = 0; repeated < 20; repeated++) {
      outgoing.heartbeatAnswered((now += 4000));
      expect(outgoing.wantsPiece).toBe(true);
      outgoing.asked();
      outgoing.sent(now);
    }
  });

  test('is as quick as before once the follower answers again', () => {
    const outgoing = sent();
    outgoing.heartbeatAnswered(500);
    outgoing.asked();
    outgoing.sent(500);
    outgoing.received(10);
    outgoing.asked();
    outgoing.sent(600);
    outgoing.heartbeatAnswered(1100);
    expect(outgoing.wantsPiece).toBe(true);
  });
});
