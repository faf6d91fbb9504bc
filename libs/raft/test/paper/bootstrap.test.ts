import { describe, expect, test } from 'vitest';
import { heartbeatResponse } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';
import { member } from '../cluster/server.js';

describe('§5.2 one server alone', () => {
  test('needs nobody: it leads as soon as its vote is durable, and commits by its own disk', () => {
    const net = new Network({ members: ['S1'] });
    net.expire('S1');
    expect(net.now).toBe(0);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2, commitIndex: 2 });
    net.propose('S1', 'x');
    expect(net.applied('S1')).toEqual(['x']);
  });

  test('restarts as its own leader at once, with all its entries', () => {
    const net = new Network({ members: ['S1'] });
    net.expire('S1');
    net.propose('S1', 'x');
    net.restart('S1');
    net.expire('S1');
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 3 });
    expect(net.applied('S1')).toEqual(['x']);
  });
});

describe('§5.2 bootstrap', () => {
  const bootstrap = { type: 'bootstrap', id: 1, member: member('S1') } as const;

  test('a blank server belongs to no cluster, and does nothing by itself', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    expect(net.server('S1').core.nextDeadline()).toBe(Infinity);
    expect(net.answer('S1', net.propose('S1', 'x'))).toMatchObject({ refusal: 'not-bootstrapped' });
    expect(net.answer('S1', net.read('S1'))).toMatchObject({ refusal: 'not-bootstrapped' });
  });

  test('makes it the only voter, and its leader', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    net.step('S1', bootstrap);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2, commitIndex: 2 });
    expect(net.status('S1').configuration).toMatchObject({ index: 1, members: [{ id: 'S1' }] });
  });

  test('happens once', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    net.step('S1', bootstrap);
    net.step('S1', { ...bootstrap, id: 2 });
    expect(net.answer('S1', 2)).toMatchObject({ refusal: 'already-bootstrapped' });
  });

  test('a stray answer of another server does not stand in its way', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    net.receive('S1', 'S2', heartbeatResponse({ term: 7 }));
    net.step('S1', bootstrap);
    expect(net.status('S1').role).toBe('leader');
  });
});
