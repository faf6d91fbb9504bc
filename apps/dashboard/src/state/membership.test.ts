import { afterEach, expect, test, vi } from 'vitest';
import { killed, process } from '../../test/fixtures.js';
import { observed } from '../../test/observed.js';
import type { ClusterView } from '../core/cluster/cluster-view.js';
import { Membership } from './membership.svelte.js';

const asked: string[] = [];

afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

function answering(response: () => Response, present: ClusterView = observed()): Membership {
  vi.stubGlobal('fetch', (url: string, { body }: RequestInit) => {
    asked.push(`${url} ${typeof body === 'string' ? body : ''}`.trim());
    return Promise.resolve(response());
  });
  return new Membership({ present, addressOf: (id) => ({ id, url: `http://${id}` }) });
}

test('the leader is asked, and what it answered is kept with what was asked', async () => {
  const membership = answering(() => Response.json({ index: 12, term: 3 }));
  const asking = membership.change([{ type: 'remove', id: 'n3' }], 5);
  expect(membership.isPending('remove', 'n3')).toBe(true);
  expect(membership.orders[0]).toMatchObject({ via: 'n1', answered: false, written: null });
  await asking;
  expect(asked).toEqual([
    'http://n1/members/changes {"changes":[{"type":"remove","id":"n3"}],"expectedIndex":5}',
  ]);
  expect(membership.isPending('remove', 'n3')).toBe(false);
  expect(membership.about('n3')).toMatchObject({ answered: true, written: { index: 12, term: 3 } });
});

test('a refusal is kept at the node that it was about', async () => {
  const refusal = {
    code: 'change-in-progress',
    message: 'an earlier change is not committed yet.',
    outcome: 'not-applied',
    retryable: true,
    leader: null,
  };
  const membership = answering(() => Response.json(refusal, { status: 409 }));
  await membership.change([{ type: 'promote', id: 'n4' }]);
  expect(membership.about('n4')?.problem).toMatchObject({ code: 'change-in-progress' });
});

test('while nobody is up nobody is asked, and that is said', async () => {
  const down = (id: string) => ({ process: process(id, killed) });
  const dead = observed({ n1: down('n1'), n2: down('n2'), n3: down('n3') });
  const membership = answering(() => Response.json({}), dead);
  await membership.transfer('n2');
  expect(asked).toEqual([]);
  expect(membership.about('n2')?.problem?.code).toBe('nobody-to-ask');
});

test('what was answered can be taken off the list, and the list is short', async () => {
  const membership = answering(() => Response.json({ index: 12, term: 3 }));
  for (let at = 0; at < 9; at += 1) await membership.change([{ type: 'promote', id: `n${at}` }]);
  expect(membership.orders).toHaveLength(6);
  membership.dismiss(membership.orders[0]!.key);
  expect(membership.orders).toHaveLength(5);
});
