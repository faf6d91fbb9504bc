import { expect, test } from 'vitest';
import { frame, leading, status } from '../../../test/fixtures.js';
import { now, observedHistory } from '../../../test/observed.js';

const commit = (index: number) => frame(leading('n1', { commitIndex: index }));

test('the past stays as it was, whatever came later', () => {
  const history = observedHistory();
  const before = history.viewAt(now);
  const words = status('n2', { role: 'candidate', term: 4 });
  history.take({ t: now + 50, kind: 'frame', node: 'n2', frame: frame(words) });
  expect(history.viewAt(now)).toEqual(before);
  expect(history.viewAt(now + 50).nodes[1]?.status?.role).toBe('candidate');
});

test('before anything was heard there is nothing', () => {
  const history = observedHistory();
  expect(history.viewAt(now - 60_000).nodes).toEqual([]);
  expect(history.span).toEqual({ from: now - 10_000, to: now - 100 });
});

test('each second counts what was committed in it, and the present one is left out', () => {
  const history = observedHistory({ n1: { words: null } });
  const second = (at: number) => Math.floor(now / 1_000) * 1_000 + at * 1_000;
  history.take({ t: second(0) - 1, kind: 'frame', node: 'n1', frame: commit(10) });
  history.take({ t: second(0) + 900, kind: 'frame', node: 'n1', frame: commit(15) });
  history.take({ t: second(1) + 500, kind: 'frame', node: 'n1', frame: commit(40) });
  history.take({ t: second(2) + 100, kind: 'frame', node: 'n1', frame: commit(99) });
  expect(history.viewAt(second(2) + 200).commitRates.slice(-2)).toEqual([5, 25]);
});

test('a trace record stands where the machine puts it, before a later one of another node', () => {
  const history = observedHistory();
  const at = (run: string, origin: number) => ({
    ...frame(leading(), run),
    at: 100,
    time: now,
    clock: { machine: 'one', origin },
  });
  history.take({ t: now, kind: 'frame', node: 'n1', frame: at('a', 1_000) });
  // The wall clock of this process was read late: the machine's own clock counts.
  history.take({ t: now, kind: 'frame', node: 'n2', frame: { ...at('b', 2_000), time: now + 9 } });
  const sent = {
    kind: 'sent',
    at: 1_500,
    id: 1,
    to: 'n2',
    message: { type: 'heartbeat', term: 3 },
  } as const;
  const received = {
    kind: 'received',
    at: 500.5,
    id: 1,
    from: 'n1',
    message: sent.message,
  } as const;
  history.take({
    t: now,
    kind: 'trace',
    node: 'n1',
    batch: { run: 'a', dropped: 0, records: [sent] },
  });
  history.take({
    t: now,
    kind: 'trace',
    node: 'n2',
    batch: { run: 'b', dropped: 0, records: [received] },
  });
  const [one, two] = ['n1', 'n2'].map((id) => history.nodes.get(id)?.trace.last?.t ?? NaN);
  expect(two! - one!).toBeCloseTo(0.5);
});

test('an old frame goes, and a change of office stays', () => {
  const history = observedHistory();
  const frames = history.nodes.get('n1')!.frames;
  for (let at = 0; at < 26_000; at++) {
    const term = at < 1_000 ? 3 : 4;
    history.take({
      t: now + at * 50,
      kind: 'frame',
      node: 'n1',
      frame: frame(leading('n1', { term })),
    });
  }
  expect(frames.length).toBeLessThan(10_000);
  expect(frames.all().find(({ frame: { status: words } }) => words.term === 4)?.t).toBe(
    now + 50_000,
  );
});

test('a node that was heard looks live however long ago, and a pause stays as long as it was', () => {
  const history = observedHistory({ n1: { words: null } });
  const hourMs = 3_600_000;
  history.take({ t: now, kind: 'link', node: 'n1', link: 'open', problem: null });
  for (let ms = 0; ms < 4 * hourMs; ms += 500) {
    if (ms > hourMs && ms < hourMs + 5_000) continue;
    history.take({ t: now + ms, kind: 'frame', node: 'n1', frame: frame(leading()) });
  }
  const { frames } = history.of('n1');
  expect(frames.dropped).toBeGreaterThan(0);
  const vitality = (ms: number) => history.viewAt(now + ms).nodes[0]?.vitality;
  for (let ms = 0; ms < 60_000; ms += 500) expect([ms, vitality(ms)]).toEqual([ms, 'live']);
  expect(vitality(hourMs + 2_000)).toBe('live');
  expect(vitality(hourMs + 2_001)).toBe('silent');
  expect(vitality(hourMs + 4_999)).toBe('silent');
  expect(vitality(hourMs + 5_000)).toBe('live');
});
