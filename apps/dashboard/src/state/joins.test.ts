import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { process } from '../../test/fixtures.js';
import { Joins } from './joins.svelte.js';

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

function joins(): Joins {
  return new Joins({
    isLive: (id) => live.includes(id),
    addressOf: (id) => ({ id, url: `http://${id}` }),
  });
}

function answerWith(answer: (url: string) => Response): void {
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return Promise.resolve(answer(url));
  });
}

test('a new node is asked to be joined once it answers, not before', async () => {
  answerWith((url) => Response.json(url === '/api/nodes' ? process('n4') : {}));
  const adding = joins().add('n1');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['/api/nodes']);
  live.push('n4');
  await vi.advanceTimersByTimeAsync(200);
  await adding;
  expect(asked).toEqual(['/api/nodes', 'http://n1/join?nodeId=n4&raftPort=9003']);
});

test('a new node that never answers is given up, and that is said', async () => {
  answerWith(() => Response.json(process('n4')));
  const all = joins();
  const adding = all.add('n1');
  await vi.advanceTimersByTimeAsync(25_000);
  await adding;
  expect(all.addProblem?.message).toContain('n4 was started but does not answer');
  expect(all.adding).toBe(false);
});

test('a refused join is told at the node that it was for', async () => {
  const refusal = {
    code: 'conflict',
    message: 'n4 belongs to another cluster.',
    outcome: 'not-applied',
    retryable: false,
    leader: null,
  };
  answerWith(() => Response.json(refusal, { status: 409 }));
  const all = joins();
  await all.join('n4', 9003, 'n1');
  expect(all.of('n4')).toMatchObject({
    via: 'n1',
    problem: { message: 'n4 belongs to another cluster.', outcome: 'not-applied' },
  });
});
