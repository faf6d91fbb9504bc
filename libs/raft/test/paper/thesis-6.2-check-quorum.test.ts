import { describe, expect, test } from 'vitest';
import { heartbeat } from '../cluster/messages.js';
import { joining, Network } from '../cluster/network.js';
import { member } from '../cluster/server.js';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];

function led(members: ConstructorParameters<typeof Network>[0] = {}): Network {
  const net = new Network(members);
  net.elect('S1');
  return net;
}

describe('thesis §6.2 a leader without a majority steps down', () => {
  test('after the longest election timeout, and not before', () => {
    const net = led();
    net.isolate('S1');
    net.elapse(900);
    expect(net.status('S1').role).toBe('leader');
    net.elapse(300);
    expect(net.status('S1')).toMatchObject({ role: 'follower', leader: null, term: 2 });
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'lost-quorum' }]);
  });

  test.each([
    [3, 1],
    [4, 1],
    [5, 2],
  ])('of %i servers it can miss %i, and no more', (size, missing) => {
    const net = led({ members: five.slice(0, size) });
    net.isolate(...five.slice(1, 1 + missing));
    net.elapse(5000);
    expect(net.status('S1').role).toBe('leader');
    net.isolate(...five.slice(1, 2 + missing));
    net.elapse(1200);
    expect(net.status('S1').role).toBe('follower');
  });

  test('learners do not hold it in office', () => {
    const net = led({ members: ['S1', 'S2', 'S3', member('S4', 'learner')] });
    net.isolate('S2', 'S3');
    net.elapse(1200);
    expect(net.status('S1').role).toBe('follower');
  });

  test('alone, it needs nobody', () => {
    const net = led({ members: ['S1'] });
    net.elapse(10_000);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('one that keeps a single follower loyal does not stop the connected majority', () => {
    // openraft#2080: S1 reaches S2 alone; S2 reaches everybody.
    const net = led({ members: five });
    for (const id of ['S3', 'S4', 'S5']) net.cut('S1', id);
    net.elapse(5000);
    expect(net.status('S1').role).not.toBe('leader');
    const leader = five.find((id) => net.status(id).role === 'leader')!;
    net.propose(leader, 'x');
    net.settle();
    expect(net.applied('S2')).toEqual(['x']);
  });

  test('a leader that a majority can hear lasts, though others cannot (Cloudflare, 2020)', () => {
    const net = led({ members: five });
    for (const id of ['S4', 'S5']) {
      net.cut('S1', id);
      net.cut('S2', id);
    }
    net.elapse(10_000);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('its callers are told: reads and transfers end with the leadership', () => {
    const net = led();
    net.isolate('S1');
    const read = net.read('S1');
    net.elapse(1200);
    expect(net.answer('S1', read)).toMatchObject({ refusal: 'leadership-lost' });
  });
});

describe('time that the process itself has lost', () => {
  test('a leader that slept gives the answers in its sockets a moment before it counts', () => {
    const net = led();
    net.now += 10_000;
    net.tick('S1');
    expect(net.status('S1').role).toBe('leader');
    net.settle();
    net.elapse(2000);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('but not longer than a moment', () => {
    const net = led();
    net.isolate('S1');
    net.now += 10_000;
    net.tick('S1');
    net.elapse(200);
    expect(net.status('S1').role).toBe('follower');
  });

  test('sleeping again and again is no excuse', () => {
    const net = led();
    net.isolate('S1');
    for (let i = 0; i < 20; i++) {
      net.now += 250;
      net.tick('S1');
    }
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'lost-quorum' }]);
  });

  test('a moment of grace never shortens the time that a new leader has', () => {
    const net = new Network();
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    net.isolate('S1');
    net.now += 250;
    net.tick('S1');
    net.elapse(700);
    expect(net.status('S1').role).toBe('leader');
    net.elapse(100);
    expect(net.status('S1').role).toBe('follower');
  });

  test('a follower that slept waits a moment before it stands', () => {
    const net = led();
    net.now += 10_000;
    net.tick('S2');
    expect(net.status('S2').role).toBe('follower');
    net.tick('S1');
    net.settle();
    expect(net.status('S2')).toMatchObject({ leader: 'S1', term: 2 });
  });

  test('but stands when that moment brings nothing', () => {
    const net = led();
    net.isolate('S2');
    net.now += 10_000;
    net.tick('S2');
    net.elapse(100);
    expect(net.status('S2').role).toBe('pre-candidate');
  });

  test('even if it always wakes up late', () => {
    const net = led();
    net.isolate('S2');
    for (let i = 0; i < 20; i++) {
      net.now += 900;
      net.tick('S2');
    }
    expect(net.events('S2', 'election-started').length).toBeGreaterThan(0);
  });
});

describe('a disk that fails', () => {
  test('a leader whose disk fails gives up, so that another can lead', () => {
    const net = led();
    net.slowDisk('S1');
    net.propose('S1', 'x');
    net.failWrite('S1');
    expect(net.status('S1')).toMatchObject({ role: 'follower', storageFault: 'failed', term: 2 });
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'storage-fault' }]);
    net.elapse(3000);
    expect(['S2', 'S3'].map((id) => net.status(id).role)).toContain('leader');
  });

  test('a leader whose disk stalls steps down although it neither fails nor ends, and another is elected', () => {
    const net = led();
    net.slowDisk('S1');
    net.propose('S1', 'x');
    net.stallDisk('S1');
    expect(net.status('S1')).toMatchObject({ role: 'follower', storageFault: 'stalled', term: 2 });
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'storage-fault' }]);
    net.elapse(3000);
    expect(['S2', 'S3'].map((id) => net.status(id).role)).toContain('leader');
    net.persist('S1');
    net.elapse(300);
    net.persist('S1');
    expect(net.status('S1')).toMatchObject({ role: 'follower', storageFault: null });
  });

  test('the kind of the fault is the latest one, and is told once', () => {
    const net = led();
    net.slowDisk('S1');
    net.propose('S1', 'x');
    net.stallDisk('S1');
    net.failWrite('S1');
    net.failWrite('S1');
    net.persist('S1');
    const faults = net.events('S1', 'storage-fault').map(({ fault }) => fault);
    expect(faults).toEqual(['stalled', 'failed', null]);
  });

  test('it takes no writes of its callers, even while it knows a leader, and says why', () => {
    const net = led();
    net.slowDisk('S2');
    net.propose('S1', 'x');
    net.settle();
    net.stallDisk('S2');
    const write = net.propose('S2', 'y');
    const change = net.change('S2', joining('S4'));
    for (const id of [write, change]) {
      expect(net.answer('S2', id)).toMatchObject({ type: 'refused', refusal: 'storage-fault' });
    }
    const read = net.read('S2');
    net.settle();
    expect(net.answer('S2', read)).toMatchObject({ type: 'readable' });
  });

  test('it does not stand until a write succeeds', () => {
    const net = new Network();
    net.slowDisk('S1');
    net.receive('S1', 'S2', heartbeat({ term: 3 }));
    net.failWrite('S1');
    net.isolate('S1');
    net.elapse(5000);
    expect(net.events('S1', 'election-started')).toEqual([]);
    expect(net.status('S1').electionInMs).toBeNull();
    net.persist('S1');
    expect(net.status('S1').storageFault).toBeNull();
    net.elapse(1000);
    expect(net.events('S1', 'election-started').length).toBeGreaterThan(0);
  });

  test('a follower whose disk fails takes no more entries into its memory, but follows', () => {
    const net = led();
    net.slowDisk('S2');
    net.propose('S1', 'x');
    net.settle();
    net.failWrite('S2');
    for (let i = 0; i < 10; i++) net.propose('S1', `${i}`);
    net.settle();
    expect(net.status('S2')).toMatchObject({ lastIndex: 3, leader: 'S1' });
    net.elapse(3000);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
    net.persist('S2');
    net.elapse(300);
    net.persist('S2');
    net.elapse(300);
    expect(net.log('S2')).toEqual(net.log('S1'));
  });
});
