import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { process } from '../../test/fixtures.js';
import { observed } from '../../test/observed.js';
import { JoinWizard } from './join-wizard.svelte.js';
import { Membership } from './membership.svelte.js';

const asked: string[] = [];
let live: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  live = ['n1'];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function wizard(): JoinWizard {
  const around = {
    present: observed(),
    isLive: (id: string) => live.includes(id),
    addressOf: (id: string) => ({ id, url: `http://${id}` }),
  };
  return new JoinWizard(around, new Membership(around));
}

const blank = { id: 'n4', clusterId: null, incarnation: 'i', url: null };

function answerWith(answer: (url: string) => Response): void {
  vi.stubGlobal('fetch', (url: string, { body }: RequestInit) => {
    asked.push(`${url} ${typeof body === 'string' ? body : ''}`.trim());
    return Promise.resolve(answer(url));
  });
}

test('a new node is looked for by the leader once it answers, not before', async () => {
  answerWith((url) => Response.json(url === '/api/nodes' ? process('n4') : blank));
  const all = wizard();
  const starting = all.startNew();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['/api/nodes {}']);
  live.push('n4');
  await vi.advanceTimersByTimeAsync(200);
  await starting;
  expect(asked[1]).toBe('http://n1/probe {"address":"127.0.0.1:9003"}');
  expect(all.applicant).toMatchObject({ via: 'n1', probed: blank, joined: false });
});

test('a new node that never answers is given up, and that is said', async () => {
  answerWith(() => Response.json(process('n4')));
  const all = wizard();
  const starting = all.startNew();
  await vi.advanceTimersByTimeAsync(25_000);
  await starting;
  expect(all.applicant?.problem?.message).toContain('n4 was started but does not answer');
});

test('who answered is added at the address where it was found', async () => {
  answerWith((url) => Response.json(url.endsWith('/probe') ? blank : { index: 9, term: 3 }));
  const all = wizard();
  await all.check('10.0.0.4:9000');
  await all.join(true);
  expect(asked[1]).toBe(
    'http://n1/members/changes {"changes":[{"type":"add","id":"n4","address":"10.0.0.4:9000","learner":true}]}',
  );
});

test('an address where nobody answers is told, with why', async () => {
  const refusal = {
    code: 'peer-unreachable',
    message: 'no node can be reached at 10.0.0.4:9000: refused',
    outcome: 'not-applied',
    retryable: true,
    leader: null,
  };
  answerWith(() => Response.json(refusal, { status: 422 }));
  const all = wizard();
  await all.check('10.0.0.4:9000');
  expect(all.applicant?.problem).toMatchObject({ code: 'peer-unreachable', asked: 'read' });
  await all.join(false);
  expect(asked).toHaveLength(1);
});

test('what an earlier look brings comes too late', async () => {
  answerWith(() => Response.json(blank));
  const all = wizard();
  const looking = all.check('10.0.0.4:9000');
  all.reset();
  await looking;
  expect(all.applicant).toBeNull();
});
