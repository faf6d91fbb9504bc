import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { around, deskAt } from '../../../test/desk.js';
import { killed, leading, process, status } from '../../../test/fixtures.js';
import { now } from '../../../test/observed.js';
import { Story } from '../../../test/story.js';
import type { Desk } from '../../state/desk.svelte.js';
import WhyLink from './WhyLink.svelte';
import WhyPanel from './WhyPanel.svelte';

function show(subject: string, story: Story): Desk {
  const desk = deskAt(story.history, now);
  render(WhyPanel, { props: { subject }, context: around(desk) });
  return desk;
}

const answers = () => [...screen.getByTestId('answers').children] as HTMLElement[];

test('an answer is a sentence, what shows it at its moment, and what helps', () => {
  show('at-risk', new Story().process(4_000, process('n2', killed)));
  const [answer] = answers();
  expect(answer?.textContent).toContain('n2 is down (SIGKILL).');
  expect(within(answer!).getByRole('button', { name: 'Start n2' })).toBeTruthy();
  const moment = within(answer!).getByRole('link', { name: /on the Timeline/ });
  const address = new URLSearchParams(moment.getAttribute('href')?.split('?')[1]);
  expect(Number(address.get('t'))).toBe(now - 4_000);
  expect(address.get('why')).toBe('at-risk');
});

test('the answer that explains most comes first', () => {
  const leaderless = { leader: null };
  const story = new Story(status('n1', leaderless), status('n2', leaderless), status('n3'))
    .process(900, process('n2', killed))
    .process(900, process('n3', killed));
  show('no-leader', story);
  const causes = answers().map((one) => one.dataset.cause);
  expect(causes.slice(0, 2)).toEqual(['quorum-lost', 'voters-down']);
});

test('an answer that is not the end leads on to the next question', () => {
  const story = new Story(
    leading('n1', { commitIndex: 500, lastIndex: 500 }),
    status('n2', { commitIndex: 500 }),
    status('n3'),
  );
  show('at-risk', story);
  const next = screen.getByRole('link', { name: 'Why is n3 behind?' });
  expect(next.getAttribute('href')).toContain('why=behind%3An3');
});

test('more proofs than fit are a click away', async () => {
  const story = new Story(leading('n2', { term: 4 }), status('n1'), status('n3'));
  for (let at = 0; at < 12; at += 1) {
    story.happens(2_000 - at, 'n3', 'vote-cast', { candidate: 'n2', refusal: 'log-behind' });
  }
  story.happens(1_000, 'n2', 'election-timeout', { lastLeader: 'n1', cause: 'timeout' });
  for (let at = 0; at < 8; at += 1) {
    story.happens(900 - at, 'n2', 'vote-received', { term: 4, preVote: false });
  }
  story
    .process(1_100, process('n1', killed))
    .happens(800, 'n2', 'election-won', { term: 4, tally: 2 });
  show('change', story);
  const more = screen.getByText('1 more');
  await fireEvent.click(more);
  expect(answers()[0]?.querySelectorAll('li')).toHaveLength(9);
});

test('what nobody can explain, and what is no question, is said', () => {
  show('refused:http-500', new Story());
  expect(screen.getByText('Nothing that this page has heard explains it.')).toBeTruthy();
  show('what', new Story());
  expect(screen.getByText('“what” is no question that this page knows.')).toBeTruthy();
});

test('a link to a question keeps the place and is named by the question', () => {
  const desk = deskAt(new Story().history, now);
  desk.router.set({ side: 'n1' });
  render(WhyLink, {
    props: { question: { kind: 'behind', node: 'n3' }, short: true },
    context: around(desk),
  });
  const link = screen.getByRole('link', { name: 'Why is n3 behind?' });
  expect(link.textContent).toBe('Why?');
  expect(link.getAttribute('href')).toContain('side=n1');
  desk.router.set({ side: null });
});
