import { expect, test } from 'vitest';
import { leading, status } from '../../../test/fixtures.js';
import { Story } from '../../../test/story.js';
import { explainWhy } from './explain.js';

const ask = (story: Story, code: string, node: string | null = null) =>
  explainWhy({ kind: 'refused', code, node }, story.history, story.view);

test('a refusal that nobody knows is not explained', () => {
  expect(ask(new Story(), 'http-500')).toEqual([]);
});

test('a change waits for the one before it, and for those who have not acknowledged that', () => {
  const words = { configurationCommitted: false, configurationIndex: 11, lastIndex: 11 };
  const story = new Story(leading('n1', words), status('n2'), status('n3'));
  story.happens(400, 'n1', 'configuration-changed', { committed: false });
  expect(ask(story, 'change-in-progress', 'n4')).toMatchObject([
    {
      cause: { kind: 'waits-for-change', index: 11, missing: ['n2', 'n3'] },
      proofs: [{ node: 'n1' }],
      next: { kind: 'pending', index: 11 },
    },
  ]);
});

test('once the change before it is committed the refusal is only told', () => {
  expect(ask(new Story(), 'change-in-progress')[0]?.cause).toMatchObject({
    kind: 'refused',
    code: 'change-in-progress',
  });
});

test('a node that nobody reaches is started; without a leader the question goes on', () => {
  expect(ask(new Story(), 'peer-unreachable', 'n4')[0]?.remedies).toEqual(['start:n4']);
  expect(ask(new Story(), 'no-leader')[0]?.next).toEqual({ kind: 'no-leader' });
});

test('what nodes told of the one that was refused shows it', () => {
  const story = new Story()
    .happens(900, 'n1', 'identity-mismatch', { peer: 'n4' })
    .happens(800, 'n1', 'identity-mismatch', { peer: 'n5' });
  expect(ask(story, 'peer-mismatch', 'n4')[0]?.proofs).toHaveLength(1);
});
