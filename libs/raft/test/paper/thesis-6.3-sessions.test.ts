import { describe, expect, test } from 'vitest';
import { TestReplica } from '../../src/node/sessions/test/replicas.js';

describe('thesis §6.3 linearizable semantics', () => {
  test('a client registers, and its id is one that no other client can have: the index of its entry', () => {
    const replica = new TestReplica();
    expect(replica.take({ type: 'register', ttlMs: 1000 })).toMatchObject({ index: 1 });
    expect(replica.take({ type: 'register', ttlMs: 1000 })).toMatchObject({ index: 2 });
  });

  test('a command whose serial number was executed is not executed again, and answered as before', () => {
    const replica = new TestReplica();
    const session = replica.register();
    const first = replica.command(session, 1, 'x');
    replica.command(session, 2, 'y');
    expect(replica.command(session, 1, 'x')).toEqual(first);
    expect(replica.list.words).toEqual(['x', 'y']);
  });

  test('commands of one client may arrive in any order: each is executed once', () => {
    const replica = new TestReplica();
    const session = replica.register();
    for (const sequence of [3, 1, 3, 2, 1]) replica.command(session, sequence, `c${sequence}`);
    expect(replica.list.words).toEqual(['c3', 'c1', 'c2']);
  });

  test('serial numbers of different sessions have nothing to do with each other', () => {
    const replica = new TestReplica();
    const [a, b] = [replica.register(), replica.register()];
    replica.command(a, 1, 'x');
    replica.command(b, 1, 'x');
    expect(replica.list.words).toEqual(['x', 'x']);
  });

  test('a client that has no answer for a number yet keeps what comes behind it too', () => {
    const replica = new TestReplica();
    const session = replica.register();
    const answers = [2, 3, 4].map((sequence) => replica.command(session, sequence, 'c'));
    expect([2, 3, 4].map((sequence) => replica.command(session, sequence, 'c'))).toEqual(answers);
  });

  test('what the client has acknowledged is let go, and not executed again', () => {
    const replica = new TestReplica();
    const session = replica.register();
    replica.command(session, 1, 'x');
    replica.command(session, 2, 'y', 2);
    expect(replica.command(session, 1, 'x')).toBe('session-sequence');
    expect(replica.list.words).toEqual(['x', 'y']);
  });

  test('a late copy acknowledges less, and takes nothing back', () => {
    const replica = new TestReplica();
    const session = replica.register();
    replica.command(session, 1, 'x');
    replica.command(session, 3, 'z', 3);
    replica.command(session, 2, 'y', 1);
    expect(replica.list.words).toEqual(['x', 'z']);
  });
});

describe('thesis §6.3 expiry of sessions', () => {
  test('a command of an unknown session is not executed, whatever its number', () => {
    const replica = new TestReplica();
    expect(replica.command(7, 1, 'x')).toBe('session-expired');
    const session = replica.register();
    replica.take({ type: 'close', session });
    expect(replica.command(session, 2, 'x')).toBe('session-expired');
    expect(replica.list.words).toEqual([]);
  });

  test('a session expires when it was idle for its time, by entries and never by a clock', () => {
    const replica = new TestReplica();
    const session = replica.register(2000);
    for (let i = 0; i < 2; i++) replica.elapse(1000);
    expect(replica.command(session, 1, 'x')).toMatchObject({ result: 'x is 1' });
    for (let i = 0; i < 3; i++) replica.elapse(1000);
    expect(replica.command(session, 1, 'x')).toBe('session-expired');
  });

  test('a session never expires early: time that passed before its last sign of life does not count', () => {
    const replica = new TestReplica();
    const session = replica.register(2000);
    replica.elapse(1_000_000);
    replica.elapse(1999);
    expect(replica.take({ type: 'keep-alive', session })).toMatchObject({ term: 1 });
    replica.elapse(1_000_000);
    expect(replica.replica.sessions.status.count).toBe(1);
  });

  test('a keep-alive is a sign of life, and the session of one that came too late stays gone', () => {
    const replica = new TestReplica();
    const session = replica.register(1000);
    for (let i = 0; i < 9; i++) {
      replica.elapse(900);
      replica.take({ type: 'keep-alive', session });
    }
    expect(replica.command(session, 1, 'x')).toMatchObject({ result: 'x is 1' });
    for (let i = 0; i < 2; i++) replica.elapse(1000);
    expect(replica.take({ type: 'keep-alive', session })).toBe('session-expired');
    expect(replica.command(session, 1, 'x')).toBe('session-expired');
  });

  test('sessions are part of a snapshot: who goes on from one answers as everybody else', () => {
    const replica = new TestReplica();
    const session = replica.register(2000);
    const first = replica.command(session, 1, 'x');
    replica.elapse(1500);
    const other = replica.copy();
    expect(other.command(session, 1, 'x')).toEqual(first);
    for (let i = 0; i < 3; i++) other.elapse(1000);
    expect(other.command(session, 2, 'y')).toBe('session-expired');
  });
});
