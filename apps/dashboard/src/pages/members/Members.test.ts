import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { blank, killed, leading, member, process, status, three } from '../../../test/fixtures.js';
import { now, observed, type Seen } from '../../../test/observed.js';
import type { Desk } from '../../state/desk.svelte.js';
import Members from './Members.svelte';

const asked: string[] = [];
/** Answers by the end of the address. */
let answers: Record<string, () => Response> = {};

beforeEach(() => {
  asked.length = 0;
  answers = {};
  vi.stubGlobal('fetch', (url: string, { body }: RequestInit) => {
    asked.push(`${url} ${typeof body === 'string' ? body : ''}`.trim());
    const name = Object.keys(answers).find((end) => url.endsWith(end));
    return Promise.resolve(name ? answers[name]!() : Response.json({ index: 11, term: 3 }));
  });
});

afterEach(() => vi.unstubAllGlobals());

function show(seen: Record<string, Seen> = {}): Desk {
  const desk = deskSeeing(observed(seen));
  render(Members, { context: around(desk) });
  return desk;
}

const words = (element: Element | null) => element?.textContent.trim().replaceAll(/\s+/g, ' ');
const region = (name: string) => within(screen.getByRole('region', { name }));
const row = (id: string) =>
  region('Members').getByRole('row', { name: new RegExp(`^${id} (voter|le)`) });
const button = (name: string) => screen.getByRole('button', { name });
const down = (id: string) => ({ process: process(id, killed) });

const learner = {
  n1: {
    words: leading('n1', {
      members: [...three, member('n4', 'learner')],
      commitIndex: 100,
      peers: [
        {
          id: 'n4',
          state: 'snapshot' as const,
          match: 0,
          next: 1,
          inflight: 0,
          snapshot: { index: 90, receivedBytes: 500, bytes: 2_000 },
          lastContactMs: 4,
        },
      ],
    }),
  },
  n4: {},
};

test('it is said how many decide, and how many of them may be lost', () => {
  show();
  expect(words(document.querySelector('[data-field="rule"]'))).toBe(
    '3 voters: each decision takes 2 of them. 1 more voter may be lost.',
  );
  expect(screen.getByText('3 of 3 working, 2 needed')).toBeTruthy();
});

test('two configurations in force are two quorums, and both must agree', () => {
  const members = [member('n1'), member('n4')];
  const joint = { members, outgoing: three, configurationIndex: 11, configurationCommitted: false };
  show({ n1: { words: leading('n1', joint) }, n2: down('n2'), n4: {} });
  const boxes = screen.getAllByRole('figure').map(words);
  expect(boxes).toEqual([
    'New voters n1 works n4 works 2 of 2 working, 2 needed',
    'Old voters n1 works n2 does not work n3 works 2 of 3 working, 2 needed',
  ]);
  expect(words(row('n3'))).toContain('leaving');
  expect(screen.getByText('At index 11, not committed yet.', { exact: false })).toBeTruthy();
});

test('who is needed for the quorum is marked, in words', () => {
  show({ n3: down('n3') });
  expect(words(row('n2'))).toContain('needed for the quorum');
  expect(words(row('n3'))).not.toContain('needed');
});

test('a learner shows how far it is, by the bytes of its snapshot', () => {
  show(learner);
  expect(words(row('n4'))).toContain('snapshot 25 %, 1.5 kB to go');
  expect(screen.getByRole('progressbar', { name: 'How far n4 is' })).toHaveProperty('value', 25);
});

test('removing a voter shows what would be left before it is asked for', async () => {
  const desk = show();
  await fireEvent.click(button('Remove n3'));
  expect(asked).toEqual([]);
  const { confirm } = desk.confirmation.asked!;
  expect(confirm).toMatchObject({
    grade: 'dialog',
    impact: '2 of 2 voters would be up, 2 needed: writes go on, no other may fail.',
    whatIf: { before: { tolerance: 1 }, after: { tolerance: 0 } },
  });
});

test('while an earlier change is not committed there is no other, and that is said', () => {
  show({ n1: { words: leading('n1', { configurationCommitted: false }) } });
  expect(button('Demote n2')).toHaveProperty('disabled', true);
  expect(button('Demote n2').title).toBe(
    'An earlier change of the membership is not committed yet.',
  );
});

test('without a leader the membership cannot change', () => {
  const leader = null;
  show({
    n1: { words: status('n1', { leader }) },
    n2: { words: status('n2', { leader }) },
    n3: { words: status('n3', { leader }) },
  });
  expect(button('Remove n2').title).toMatch(/^There is no leader/);
});

test('what was asked for is followed by what nodes say', async () => {
  const members = [...three, member('n4')];
  const desk = show({ n1: { words: leading('n1', { members, configurationIndex: 11 }) }, n4: {} });
  await desk.membership.change([{ type: 'promote', id: 'n4' }]);
  const order = await region('Asked from this page').findByText('Promote n4');
  expect(words(order.closest('li'))).toContain('at index 11, known to 1 of 4 nodes');
});

test('a refusal is said in words', async () => {
  answers['/changes'] = () =>
    Response.json(
      {
        code: 'last-voter',
        message: 'the cluster would be left without a voter.',
        outcome: 'not-applied',
        retryable: false,
        leader: null,
      },
      { status: 409 },
    );
  const desk = show();
  await desk.membership.change([{ type: 'remove', id: 'n1' }]);
  const refusal = await region('Asked from this page').findByRole('status');
  expect(words(refusal)).toBe('the cluster would be left without a voter. Nothing was changed.');
});

async function look(address: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText('Address of its peer port'), {
    target: { value: address },
  });
  await fireEvent.click(button('Look'));
}

test('the wizard looks who answers before it asks for the membership', async () => {
  answers['/probe'] = () =>
    Response.json({ id: 'n7', clusterId: null, incarnation: 'i7', url: null });
  show();
  await look('10.0.0.7:9000');
  expect(await screen.findByText(/^n7 answers\. It belongs to no cluster/)).toBeTruthy();
  await fireEvent.click(screen.getByLabelText(/^Stay a learner/));
  await fireEvent.click(button('Join n7'));
  expect(asked[1]).toContain('"changes":[{"type":"add","id":"n7","address":"10.0.0.7:9000"');
  expect(asked[1]).toContain('"learner":true');
});

test('a node of another cluster is not taken in, and what to do is said', async () => {
  answers['/probe'] = () =>
    Response.json({ id: 'n7', clusterId: 'another', incarnation: 'i7', url: null });
  show();
  await look('10.0.0.7:9000');
  expect(await screen.findByText(/empty its volume first/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Join n7' })).toBeNull();
});

test('what is no address is not asked about', async () => {
  show();
  await look('somewhere');
  expect(screen.getByText('An address is host:port, as 10.0.0.4:9000.')).toBeTruthy();
  expect(asked).toEqual([]);
});

test('several changes are one, and it is said when two configurations will be in force', async () => {
  const desk = show({ n4: { words: blank('n4') } });
  const choose = (id: string, value: string) =>
    fireEvent.change(screen.getByLabelText(`What ${id} is afterwards`), { target: { value } });
  await choose('n2', 'out');
  await choose('n4', 'voter-now');
  expect(words(document.querySelector('[data-field="draft"]'))).toBe(
    'Add n4, promote n4 and remove n2. More than one voter comes or goes: old and new voters decide together until it is committed.',
  );
  await fireEvent.click(button('Change the membership'));
  desk.confirmation.asked?.run();
  expect(asked).toEqual([
    'http://localhost:8000/members/changes {"changes":[{"type":"add","id":"n4","address":"127.0.0.1:9003"},{"type":"promote","id":"n4"},{"type":"remove","id":"n2"}],"expectedIndex":5}',
  ]);
});

test('without a cluster one node can be made the first member', () => {
  show({
    n1: { words: blank('n1') },
    n2: { words: blank('n2') },
    n3: { words: blank('n3') },
  });
  expect(screen.getAllByText(/^No cluster yet/).length).toBeGreaterThan(0);
  expect(button('Make n2 the first member')).toBeTruthy();
});

test('while the page shows the past nothing can be changed', () => {
  const desk = deskSeeing(observed());
  desk.playhead.seek(now - 5_000);
  render(Members, { context: around(desk) });
  expect(button('Remove n2')).toHaveProperty('disabled', true);
  expect(button('Start a new node')).toHaveProperty('disabled', true);
});
