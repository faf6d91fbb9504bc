import { expect, it } from 'vitest';
import { KvStateMachine } from '../kv/kv-state-machine.js';
import { appliedTo, holding, text } from '../kv/test/machine.js';
import { KeySubscription } from './key-subscription.js';

function subscription(prefix: string) {
  const machine = new KvStateMachine();
  let index = 0;
  const set = (key: string) => appliedTo(machine, { type: 'set', key, value: text('v') }, ++index);
  const remove = (key: string) => appliedTo(machine, { type: 'remove', key }, ++index);
  return { machine, set, remove, told: new KeySubscription(machine, prefix) };
}

it('says first from where on changes are told, and then nothing while there is none', () => {
  const { told } = subscription('');
  expect(told.next(0, 7)).toEqual({ index: 7, changes: [] });
  expect(told.next(1000, 8)).toBeNull();
});

it('tells the latest change of each key with the prefix, the newest last', () => {
  const { told, set, remove } = subscription('a/');
  for (const key of ['a/1', 'a/2', 'b']) set(key);
  remove('a/1');
  remove('a/none');
  expect(told.next(0, 9)).toEqual({
    index: 9,
    changes: [
      { key: 'a/2', index: 2, bytes: 1 },
      { key: 'a/1', index: 4, bytes: null },
    ],
  });
});

it('tells four times a second at most', () => {
  const { told, set } = subscription('');
  const at: number[] = [];
  for (let now = 0; now < 1000; now += 10) {
    set('k');
    if (told.next(now, 0) !== null) at.push(now);
  }
  expect(at).toEqual([0, 250, 500, 750]);
});

it('names no more than a hundred keys, and then none', () => {
  const { told, set } = subscription('');
  for (let i = 0; i < 100; i++) set(`k${i}`);
  expect(told.next(0, 100)?.changes).toHaveLength(100);
  for (let i = 0; i < 101; i++) set(`k${i}`);
  expect(told.next(250, 201)).toEqual({ index: 201, changes: null });
  set('k');
  expect(told.next(500, 202)?.changes).toHaveLength(1);
});

it('names none when a snapshot took the place of all keys', () => {
  const { told, machine } = subscription('a/');
  const restoration = machine.restore();
  for (const chunk of holding(['b']).snapshot()) restoration.write(chunk);
  restoration.finish();
  expect(told.next(0, 5)).toEqual({ index: 5, changes: null });
});

it('hears of nothing once it has ended', () => {
  const { told, set } = subscription('');
  told.next(0, 0);
  told.end();
  set('k');
  expect(told.next(1000, 1)).toBeNull();
});
