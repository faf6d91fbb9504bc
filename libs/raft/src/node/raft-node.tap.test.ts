import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogWrite } from '../core/effects.js';
import type { Received } from '../transport/transport.js';
import { hasApplied, TestCluster, type TestNode, until, untilEvent, word } from './test/cluster.js';
import type { Marks, Tap } from './watching/tap.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

/** Writes down what it hears, and names every message. */
class Notes implements Tap {
  readonly sentTo: { to: string; type: string; id: number }[] = [];
  readonly got: Received[] = [];
  readonly losses: string[] = [];
  readonly writes: LogWrite[] = [];
  readonly marks: Marks[] = [];

  sent(to: string, { type }: { readonly type: string }): number {
    const id = this.sentTo.length + 1;
    this.sentTo.push({ to, type, id });
    return id;
  }

  received(received: Received): void {
    this.got.push(received);
  }

  lost({ peer, reason }: { readonly peer: string; readonly reason: string }): void {
    this.losses.push(`${peer}: ${reason}`);
  }

  wrote(write: LogWrite): void {
    this.writes.push(write);
  }

  moved(marks: Marks): void {
    this.marks.push(marks);
  }
}

function listen({ node }: TestNode): Notes {
  const notes = new Notes();
  node.tap(notes);
  return notes;
}

describe('who taps a node', () => {
  it('hears of each message under one number at both ends', async () => {
    const [n1, n2] = await cluster.form(2);
    const [one, other] = [listen(n1), listen(n2!)];
    const { index } = await n1.node.propose(word('a'));
    await until(n2!, hasApplied(index));
    const appends = one.sentTo.filter(({ type }) => type === 'append-request');
    const came = other.got.filter(({ message }) => message.type === 'append-request');
    expect(came.length).toBeGreaterThan(0);
    expect(came.map(({ from, traceId }) => [from, traceId])).toEqual(
      appends.slice(0, came.length).map(({ id }) => ['n1', id]),
    );
  });

  it('hears what is written, and how far the node is', async () => {
    const [n1] = await cluster.form(1);
    const notes = listen(n1);
    const { index, term } = await n1.node.propose(word('a'));
    await until(n1, ({ durableIndex }) => durableIndex === index);
    expect(notes.writes.flatMap(({ entries }) => entries)).toMatchObject([{ index, term }]);
    expect(notes.marks[0]).toMatchObject({ last: index, commit: index - 1 });
    expect(notes.marks.at(-1)).toEqual({
      last: index,
      durable: index,
      commit: index,
      applied: index,
    });
  });

  it('hears of what cannot leave', async () => {
    const [n1, n2] = await cluster.form(2);
    const notes = listen(n1);
    await n2!.node.close();
    await n1.node.propose(word('a'), { timeoutMs: 200 }).catch(() => undefined);
    expect(notes.losses).toContain('n2: not connected');
  });

  it('hears nothing any more once it has ended, and another may begin', async () => {
    const [n1] = await cluster.form(1);
    const notes = new Notes();
    const end = n1.node.tap(notes);
    expect(() => n1.node.tap(new Notes())).toThrow('another one has not ended');
    end();
    await n1.node.propose(word('a'));
    expect(notes.writes).toEqual([]);
    n1.node.tap(new Notes());
  });

  it('is let go of when it throws, and the node goes on', async () => {
    const [n1] = await cluster.form(1);
    const notes = new Notes();
    notes.wrote = () => {
      throw new Error('full notebook');
    };
    n1.node.tap(notes);
    await n1.node.propose(word('a'));
    await n1.node.propose(word('b'));
    expect(await untilEvent(n1, 'tap-failed')).toMatchObject({ error: 'full notebook' });
    expect(notes.marks).toEqual([]);
  });
});
