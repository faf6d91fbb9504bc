import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { majority } from '../../core/quorum.js';
import { defaultAutopilot } from './options.js';
import { type AutopilotView, type Peer, plan } from './plan.js';

const rules = { ...defaultAutopilot, removeDeadAfterMs: 60_000, minVoters: null };
const dead = 120_000;
const healthyMs = 1000;

function peer(id: string, silentMs = 0, role: Peer['role'] = 'voter'): Peer {
  return { id, role, silentMs };
}

function view(peers: readonly Peer[], fields: Partial<AutopilotView> = {}): AutopilotView {
  const mostVoters = 1 + peers.filter(({ role }) => role === 'voter').length;
  return { peers, leaderVotes: true, mostVoters, settledMs: Infinity, healthyMs, ...fields };
}

function reasons(...args: Parameters<typeof plan>): Record<string, string> {
  return Object.fromEntries(plan(...args).keep.map(({ id, because }) => [id, because]));
}

describe('plan', () => {
  it('leaves alone who is silent, but not for long enough', () => {
    const peers = [peer('n2'), peer('n3'), peer('n4', 59_999)];
    expect(plan(view(peers), rules)).toEqual({ remove: null, keep: [] });
  });

  it('removes a dead voter of four, but none of three', () => {
    const three = [peer('n2'), peer('n3'), peer('n4', dead)];
    expect(plan(view(three), rules)).toEqual({ remove: three[2], keep: [] });
    expect(reasons(view(three.slice(1)), rules)).toEqual({ n4: 'min-voters' });
  });

  it('takes the one that is dead for longest, and no other at the same time', () => {
    const peers = [peer('n2'), peer('n3'), peer('n4', dead), peer('n5', dead + 1)];
    expect(plan(view(peers), rules)).toMatchObject({
      remove: { id: 'n5' },
      keep: [{ id: 'n4', because: 'one-at-a-time' }],
    });
  });

  it('does not let a cluster of seven shrink to three by itself', () => {
    const peers = [peer('n2'), peer('n3'), peer('n4', dead)];
    expect(reasons(view(peers, { mostVoters: 7 }), rules)).toEqual({ n4: 'min-voters' });
    expect(plan(view(peers, { mostVoters: 5 }), rules).remove).toMatchObject({ id: 'n4' });
  });

  it('goes by the minimum that was set instead', () => {
    const peers = [peer('n2'), peer('n3'), peer('n4'), peer('n5', dead)];
    expect(reasons(view(peers), { ...rules, minVoters: 5 })).toEqual({ n5: 'min-voters' });
    const few = view([peer('n2'), peer('n3', dead)]);
    expect(plan(few, { ...rules, minVoters: 2 }).remove).toMatchObject({ id: 'n3' });
  });

  it('removes nobody while those who are left could lose their quorum', () => {
    const peers = [peer('n2'), peer('n3', 5000), peer('n4', 5000), peer('n5', dead)];
    expect(reasons(view(peers), rules)).toEqual({ n5: 'quorum-at-risk' });
  });

  it('waits until the last change is committed and has stood for a while', () => {
    const peers = [peer('n2'), peer('n3'), peer('n4', dead)];
    expect(reasons(view(peers, { settledMs: null }), rules)).toEqual({ n4: 'change-in-progress' });
    expect(reasons(view(peers, { settledMs: 9999 }), rules)).toEqual({ n4: 'not-settled' });
    expect(plan(view(peers, { settledMs: 10_000 }), rules).remove).toMatchObject({ id: 'n4' });
  });

  it('removes a dead learner whatever the number of voters, and also while dead voters must stay', () => {
    const peers = [peer('n2', dead + 1), peer('n3'), peer('n4', dead, 'learner')];
    expect(plan(view(peers), rules)).toMatchObject({
      remove: { id: 'n4' },
      keep: [{ id: 'n2', because: 'min-voters' }],
    });
  });

  it('does not count a leader that is no voter', () => {
    const peers = [peer('n2'), peer('n3'), peer('n4', dead)];
    const left = view(peers, { leaderVotes: false, mostVoters: 3 });
    expect(reasons(left, rules)).toEqual({ n4: 'min-voters' });
  });

  const silence = fc.constantFrom(0, 500, 5000, dead, dead + 1);
  const roles = fc.constantFrom<Peer['role']>('voter', 'voter', 'voter', 'learner');
  const members = fc
    .array(fc.tuple(silence, roles), { maxLength: 8 })
    .map((all) => all.map(([silentMs, role], i) => peer(`n${i + 2}`, silentMs, role)));

  test.prop([members, fc.option(fc.integer({ min: 1, max: 9 }))])(
    'removes only the dead, one at a time, never below the minimum and never a quorum',
    (members, minVoters) => {
      const mostVoters = view(members).mostVoters;
      let peers = members;
      for (let step = 0; step <= members.length; step++) {
        const { remove, keep } = plan(view(peers, { mostVoters }), { ...rules, minVoters });
        const told = [...keep, ...(remove === null ? [] : [remove])].map(({ id }) => id);
        const silent = peers.filter(({ silentMs }) => silentMs >= rules.removeDeadAfterMs);
        expect(told.sort()).toEqual(silent.map(({ id }) => id).sort());
        if (remove === null) return;
        peers = peers.filter(({ id }) => id !== remove.id);
        if (remove.role === 'learner') continue;
        const voters = peers.filter(({ role }) => role === 'voter');
        const standing = 1 + voters.filter(({ silentMs }) => silentMs <= healthyMs).length;
        const least = minVoters ?? Math.max(3, Math.floor(mostVoters / 2) + 1);
        expect(1 + voters.length).toBeGreaterThanOrEqual(least);
        expect(standing).toBeGreaterThanOrEqual(majority(1 + voters.length));
      }
      expect.fail('it never comes to an end');
    },
  );
});
