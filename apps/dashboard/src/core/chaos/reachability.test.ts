import { expect, test } from 'vitest';
import { fault, killed, leading, process, status } from '../../../test/fixtures.js';
import { observed, type Seen } from '../../../test/observed.js';
import { reachability } from './reachability.js';

function passages(seen: Record<string, Seen> = {}): Record<string, string> {
  const links = reachability(observed(seen));
  return Object.fromEntries(links.map(({ from, to, passage }) => [`${from}>${to}`, passage]));
}

test('every way between two members is told, and is up while nothing says otherwise', () => {
  const ways = passages();
  expect(Object.keys(ways)).toEqual(['n1>n2', 'n1>n3', 'n2>n1', 'n2>n3', 'n3>n1', 'n3>n2']);
  expect(new Set(Object.values(ways))).toEqual(new Set(['up']));
});

test('a fault of one direction leaves the other as it is, whichever end holds it', () => {
  const out = passages({ n1: { words: leading('n1', { faults: [fault()] }) } });
  expect(out).toMatchObject({ 'n1>n2': 'cut', 'n2>n1': 'up' });
  const held = [fault({ peer: 'n1', direction: 'in' })];
  expect(passages({ n2: { words: status('n2', { faults: held }) } })).toMatchObject({
    'n1>n2': 'cut',
    'n2>n1': 'up',
  });
});

test('of several faults on one way the worst is told, and all are listed', () => {
  const faults = [
    fault({ effect: { type: 'delay', ms: 200 } }),
    fault({ id: 'f2', effect: { type: 'loss', chance: 0.2 } }),
  ];
  const view = observed({ n1: { words: leading('n1', { faults }) } });
  const link = reachability(view).find(({ from, to }) => from === 'n1' && to === 'n2');
  expect(link?.passage).toBe('lossy');
  expect(link?.faults.map(({ key }) => key)).toEqual(['n1/f1', 'n1/f2']);
});

test('losing every message is a cut', () => {
  const faults = [fault({ effect: { type: 'loss', chance: 1 } })];
  expect(passages({ n1: { words: leading('n1', { faults }) } })).toMatchObject({ 'n1>n2': 'cut' });
});

test('a fault whose time has run out since the last word is over', () => {
  const faults = [fault({ leftMs: 900 })];
  const words = leading('n1', { faults });
  expect(passages({ n1: { words, ageMs: 100 } })).toMatchObject({ 'n1>n2': 'cut' });
  expect(passages({ n1: { words, ageMs: 1_000 } })).toMatchObject({ 'n1>n2': 'up' });
});

test('the faults of a dead process are gone with it', () => {
  const words = leading('n1', { faults: [fault()] });
  const ways = passages({ n1: { words, process: process('n1', killed) } });
  expect(ways).toMatchObject({ 'n1>n2': 'down', 'n2>n1': 'down', 'n2>n3': 'up' });
});

test('a sender without a connection says why', () => {
  const connections = [{ id: 'n3', connected: false, error: 'ECONNREFUSED', protocol: null }];
  const view = observed({ n1: { words: leading('n1', { connections }) } });
  expect(reachability(view).find(({ from, to }) => from === 'n1' && to === 'n3')).toMatchObject({
    passage: 'disconnected',
    error: 'ECONNREFUSED',
  });
});
