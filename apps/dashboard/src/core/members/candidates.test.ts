import { expect, test } from 'vitest';
import { blank, killed, process, status } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import { candidatesOf, memberToAsk, peerAddress } from './candidates.js';

test('the leader is asked, without one any member that is up, and nobody while none is', () => {
  expect(memberToAsk(observed())).toBe('n1');
  const down = { process: process('n1', killed) };
  expect(memberToAsk(observed({ n1: down }))).toBe('n2');
  const blanks = { n1: { words: blank('n1') }, n2: { words: blank('n2') } };
  expect(memberToAsk(observed({ ...blanks, n3: { words: blank('n3') } }))).toBeNull();
});

test('blank, removed and emptied nodes that are up can come in', () => {
  const view = observed({
    n3: { words: blank('n3') },
    n4: { words: blank('n4') },
    n5: { words: status('n5', { removed: true }) },
    n6: { words: blank('n6'), process: process('n6', killed) },
  });
  expect(candidatesOf(view)).toEqual([
    { id: 'n3', address: '127.0.0.1:9002' },
    { id: 'n4', address: '127.0.0.1:9003' },
    { id: 'n5', address: '127.0.0.1:9004' },
  ]);
});

test('a new process is reached at the host where members reach its neighbours', () => {
  expect(peerAddress(9007, observed())).toBe('127.0.0.1:9007');
});
