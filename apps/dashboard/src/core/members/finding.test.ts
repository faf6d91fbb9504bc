import { expect, test } from 'vitest';
import { blank, killed, process } from '../../../test/fixtures.js';
import { observed, type Seen } from '../../../test/observed.js';
import { type Finding, findingOf } from './finding.js';

function found(
  id: string,
  clusterId: string | null,
  { address = '127.0.0.1:9003', seen = {} }: { address?: string; seen?: Record<string, Seen> } = {},
): Finding {
  const probed = { id, clusterId, incarnation: 'i', url: null };
  return findingOf(probed, address, observed(seen));
}

test('a node without a cluster can come in', () => {
  expect(found('n4', null)).toBe('blank');
});

test('a node of another cluster cannot', () => {
  expect(found('n4', 'another')).toBe('foreign');
});

test('a node that was removed can come in again', () => {
  expect(found('n4', 'c1')).toBe('returning');
});

test('a member is told as one, and one at another address as moved', () => {
  expect(found('n2', 'c1', { address: '127.0.0.1:9001' })).toBe('member');
  expect(found('n2', 'c1')).toBe('moved');
});

test('a member that came back blank comes in again, unless the member itself lives', () => {
  expect(found('n2', null)).toBe('namesake');
  const down = { n2: { process: process('n2', killed) } };
  expect(found('n2', null, { seen: down })).toBe('emptied');
  expect(found('n2', null, { seen: { n2: { words: blank('n2') } } })).toBe('emptied');
});
