import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { NewCommand } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { Refusal } from '../../core/message.js';
import { Proposal } from './call.js';
import { ProposalLine } from './proposal-line.js';

type Ask = Extract<Input, { type: 'propose' }>;

/** A line whose requests lie still until the test answers them, as leaders might. */
class World {
  leader: string | null = 'n1';
  reachable = true;
  readonly asked: (Ask & { readonly leader: string | null })[] = [];
  readonly refused: string[] = [];
  readonly proposals: Proposal<void>[] = [];
  readonly line = new ProposalLine<void>(() => 30, {
    newId: () => this.asked.length,
    step: (input) => this.asked.push({ ...(input as Ask), leader: this.leader }),
    leader: () => this.leader,
    leaderReachable: () => this.leader !== null && this.reachable,
    wouldBeLost: () => this.leader !== null && !this.reachable,
    refused: (proposal) => {
      proposal.open = false;
      this.refused.push(nameOf(proposal.command));
    },
  });

  /** Each command says which proposal of the node it is. */
  propose(forward = true, repeatable = false): void {
    const data = Buffer.from(`${this.proposals.length}`.padStart(4));
    const command = { type: repeatable ? 'session' : 'command', data } as const;
    const terms = { timeoutMs: 5000, deadline: 5000, forward, signal: undefined };
    const settle = { resolve: () => undefined, reject: () => undefined };
    const proposal = new Proposal<void>(command, terms, settle, { repeatable });
    this.proposals.push(proposal);
    this.line.add(proposal);
    this.line.flush();
  }

  /** The names of all commands that were handed in, one list for each request. */
  get handed(): readonly (readonly string[])[] {
    return this.asked.map(({ commands }) => commands.map(nameOf));
  }

  refuse(id: number, refusal: Refusal = 'leadership-lost'): void {
    for (const proposal of this.line.answered(id, { taken: false })) {
      proposal.outcome = 'not-applied';
      if (!proposal.open) continue;
      if (!this.line.putBack(proposal, refusal)) this.refused.push(nameOf(proposal.command));
    }
  }

  take(id: number): void {
    for (const proposal of this.line.answered(id, { taken: true })) proposal.open = false;
  }
}

function nameOf({ data }: NewCommand): string {
  return Buffer.from(data).toString().trim();
}

describe('the line of proposals', () => {
  test('what comes while those in front were refused waits behind them, and all go together', () => {
    const world = new World();
    world.propose();
    world.refuse(0, 'transfer-in-progress');
    world.propose();
    expect(world.handed).toEqual([['0']]);
    world.line.retry();
    expect(world.handed).toEqual([['0'], ['0', '1']]);
  });

  test('waits until the leader has answered for what came later, and starts again from the first', () => {
    const world = new World();
    for (let i = 0; i < 3; i++) world.propose();
    world.refuse(0);
    world.line.retry();
    world.refuse(2);
    world.line.retry();
    expect(world.handed).toHaveLength(3);
    world.refuse(1);
    world.line.retry();
    expect(world.handed.at(-1)).toEqual(['0', '1', '2']);
  });

  test('gives up what was refused when something later has been taken', () => {
    const world = new World();
    world.propose();
    world.propose();
    world.refuse(0);
    world.take(1);
    expect(world.refused).toEqual(['0']);
  });

  test('also when the refusal comes after that', () => {
    const world = new World();
    world.propose();
    world.propose();
    world.take(1);
    world.refuse(0);
    expect(world.refused).toEqual(['0']);
  });

  test('and when nobody will ever say whether something later was taken', () => {
    const lost = new World();
    for (let i = 0; i < 2; i++) lost.propose();
    lost.refuse(0);
    expect(lost.line.lost('n1')).toHaveLength(1);
    expect(lost.refused).toEqual(['0']);

    const forgotten = new World();
    for (let i = 0; i < 2; i++) forgotten.propose();
    forgotten.refuse(0);
    forgotten.proposals[1]!.open = false;
    forgotten.line.tidy();
    expect(forgotten.refused).toEqual(['0']);
  });

  test('does not wait for a leader of the past, which may never answer', () => {
    const world = new World();
    world.propose();
    world.propose();
    world.refuse(0);
    world.leader = 'n3';
    world.propose();
    world.line.retry();
    expect(world.refused).toEqual(['0']);
    expect(world.handed.at(-1)).toEqual(['2']);
  });

  test('does not give up what may be sent again: it goes to the end', () => {
    const world = new World();
    world.propose(true, true);
    world.propose();
    world.refuse(0);
    world.take(1);
    world.line.retry();
    expect(world.refused).toEqual([]);
    expect(world.handed).toEqual([['0'], ['1'], ['0']]);

    world.propose();
    world.take(3);
    world.refuse(2);
    world.propose();
    world.line.retry();
    expect(world.refused).toEqual([]);
    expect(world.handed.slice(4)).toEqual([['0'], ['3']]);
  });

  test('gives back what a leader of the past has not answered and may be sent again, and no more', () => {
    const world = new World();
    world.propose();
    world.propose(true, true);
    world.propose(true, true);
    world.leader = 'n3';
    world.propose(true, true);
    const abandoned = world.line.abandoned('n3');
    expect(abandoned.map(({ command }) => nameOf(command))).toEqual(['1', '2']);
    expect(world.line.abandoned('n3')).toEqual([]);
    expect(world.line.lost('n1')).toHaveLength(1);
  });

  test('keeps the order of what may be passed on and what may not', () => {
    const world = new World();
    world.propose();
    world.refuse(0);
    world.propose(false);
    world.propose();
    world.line.retry();
    expect(world.handed.slice(1)).toEqual([['0'], ['1'], ['2']]);
  });

  test('refuses at once what may not be passed on where no leader can be reached', () => {
    const world = new World();
    world.reachable = false;
    world.propose();
    world.propose(false);
    expect(world.refused).toEqual(['1']);
    expect(world.handed).toEqual([]);
  });

  const happenings = fc.array(
    fc.record({
      what: fc.constantFrom(
        ...(['propose', 'propose', 'serve', 'serve', 'answer', 'answer', 'retry'] as const),
        ...(['elect', 'unwilling', 'willing', 'cut', 'expire'] as const),
      ),
      which: fc.nat({ max: 1 }),
    }),
    { minLength: 20, maxLength: 80 },
  );

  /**
   * Two leaders-to-be, each of which takes what reaches it, in the order in which it was sent, if it
   * leads the term for which it was meant and is willing. Answers come whenever they like.
   */
  test.prop([happenings], { numRuns: 2000 })(
    'whatever leaders do, commands stand in the log in the order of their calls',
    (all) => {
      const ids = ['n1', 'n2'] as const;
      const world = new World();
      const log: number[] = [];
      const termOf = new Map<number, number>();
      let answers: { readonly leader: string; readonly id: number; readonly taken: boolean }[] = [];
      let sent: typeof world.asked = [];
      let seen = 0;
      let term = 1;
      let willing = true;
      for (const { what, which } of all) {
        if (what === 'propose') world.propose();
        else if (what === 'elect') {
          world.leader = ids[which]!;
          term++;
        } else if (what === 'unwilling' || what === 'willing') willing = what === 'willing';
        else if (what === 'retry') world.line.retry();
        else if (what === 'expire') {
          const waiting = world.proposals.filter(({ open }) => open);
          for (const proposal of waiting.slice(which, which + 1)) proposal.open = false;
          world.line.tidy();
        } else if (what === 'cut') {
          const peer = ids[which]!;
          sent = sent.filter(({ leader }) => leader !== peer);
          answers = answers.filter(({ leader }) => leader !== peer);
          for (const proposal of world.line.lost(peer)) proposal.open = false;
        } else if (what === 'serve') {
          const next = sent.findIndex(({ leader }) => leader === ids[which]);
          const [request] = next === -1 ? [] : sent.splice(next, 1);
          if (request === undefined) continue;
          const leads = request.leader === world.leader && termOf.get(request.id) === term;
          const taken = leads && willing;
          if (taken) log.push(...request.commands.map((command) => Number(nameOf(command))));
          answers.push({ leader: ids[which]!, id: request.id, taken });
        } else {
          const next = answers.findIndex(({ leader }) => leader === ids[which]);
          const [answer] = next === -1 ? [] : answers.splice(next, 1);
          if (answer?.taken === true) world.take(answer.id);
          else if (answer !== undefined) world.refuse(answer.id);
        }
        for (; seen < world.asked.length; seen++) {
          const request = world.asked[seen]!;
          termOf.set(request.id, term);
          sent.push(request);
        }
        expect(log).toEqual([...new Set(log)].sort((a, b) => a - b));
      }
    },
  );
});
