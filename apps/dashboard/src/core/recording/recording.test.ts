import { gunzipSync, gzipSync } from 'node:zlib';
import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { process, three } from '../../../test/fixtures.js';
import { heard } from '../../../test/heard.js';
import { now, observedHistory } from '../../../test/observed.js';
import { History } from '../history/history.js';
import type { HistoryRecord } from '../history/record.js';
import { readRecording } from './read-recording.js';
import { RecordingProblem } from './recording-problem.js';
import { writeRecording } from './write-recording.js';

const whole = { from: now - 300_000, to: now + 300_000 };
const options = { span: whole, redacted: false, product: '0.1.0', madeAt: now };

function historyOf(records: readonly HistoryRecord[]): History {
  const history = new History();
  for (const record of records) history.take(record);
  return history;
}

async function packed(history: History, changes: Partial<typeof options> = {}): Promise<Blob> {
  return new Response(writeRecording(history, { ...options, ...changes })).blob();
}

/** All that stands in a history besides views: keys are names of rows, no more. */
function kept(history: History): unknown {
  const events = history.events.between(-Infinity, Infinity);
  const nodes = [...history.nodes.values()].map(({ id, trace, traceGaps, metrics }) => {
    return { id, trace: trace.all(), gaps: traceGaps.all(), metrics: metrics.all() };
  });
  return {
    events: events.map((entry) => ({ ...entry, key: null })).sort(byNode(({ node }) => node)),
    nodes: nodes
      .filter(({ trace, gaps, metrics }) => trace.length + gaps.length + metrics.length > 0)
      .sort(byNode(({ id }) => id)),
  };
}

const byNode =
  <T>(nodeOf: (item: T) => string) =>
  (one: T, other: T) =>
    nodeOf(one).localeCompare(nodeOf(other));

prop.prop([heard, fc.array(fc.double({ min: now - 210_000, max: now, noNaN: true }))])(
  'a recording shows at any time what the page had shown',
  async (records, times) => {
    const history = historyOf(records);
    const { history: again, skipped } = await readRecording(await packed(history));
    expect(skipped).toBe(0);
    for (const t of [...times, now]) expect(again.viewAt(t)).toEqual(history.viewAt(t));
    expect(kept(again)).toEqual(kept(history));
    expect(again.clocks.known).toEqual(history.clocks.known);
  },
);

test('a node whose frames were thinned out looks as live in a recording as on the page', async () => {
  const history = observedHistory();
  const { frame } = history.of('n1').frames.last!;
  history.take({ t: now, kind: 'frame', node: 'n1', frame, until: now + 9_000 });
  const { history: again } = await readRecording(await packed(history));
  expect(again.viewAt(now + 9_000).nodes[0]?.vitality).toBe('live');
});

prop.prop([
  heard,
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
])(
  'a part of it shows at any time in that part what the page had shown',
  async (records, begin, at) => {
    const history = historyOf(records);
    const span = { from: now - 200_000 * begin, to: now };
    const { header, history: again } = await readRecording(await packed(history, { span }));
    expect(header).toMatchObject(span);
    const t = span.from + (span.to - span.from) * at;
    expect(again.viewAt(t)).toEqual(history.viewAt(t));
  },
);

test('what the processes printed can be left out', async () => {
  const history = observedHistory({ n1: { process: process('n1', { log: ['secret'] }) } });
  const open = await packed(history);
  const redacted = await packed(history, { redacted: true });
  expect((await textOf(open)).includes('secret')).toBe(true);
  expect((await textOf(redacted)).includes('secret')).toBe(false);
  expect((await readRecording(redacted)).header.redacted).toBe(true);
});

test('a recording says whose it is', async () => {
  const { header } = await readRecording(await packed(observedHistory()));
  expect(header).toMatchObject({ clusterId: 'c1', product: '0.1.0', madeAt: now });
});

test('kinds of records that came with a later version are skipped, and counted', async () => {
  const text = await textOf(await packed(observedHistory()));
  const { history, skipped } = await readRecording(
    fileOf(`${text}{"kind":"mood","t":1}\n{"kind":"mood","t":2}\n`),
  );
  expect(skipped).toBe(2);
  expect(history.viewAt(now).configuration.members).toEqual(three);
});

test('a file of a later version is refused', async () => {
  const text = await textOf(await packed(observedHistory()));
  const newer = fileOf(text.replace('"version":1', '"version":2'));
  await expect(faultOf(newer)).resolves.toEqual({ kind: 'newer', version: 2 });
});

test('a file that is no recording is refused', async () => {
  await expect(faultOf(new Blob(['hello']))).resolves.toEqual({ kind: 'foreign' });
  await expect(faultOf(new Blob([]))).resolves.toEqual({ kind: 'foreign' });
  await expect(faultOf(fileOf(''))).resolves.toEqual({ kind: 'foreign' });
  await expect(faultOf(fileOf('{"format":"else"}\n'))).resolves.toEqual({ kind: 'foreign' });
});

test('a damaged line is refused with its place', async () => {
  const text = await textOf(await packed(observedHistory()));
  const [header, first] = text.split('\n');
  const byte = new TextEncoder().encode(`${header!}\n${first!}\n`).length;
  for (const line of ['{"kind":"frame","t":', '{"kind":"frame","t":1,"node":"n1"}', '7']) {
    const file = fileOf(`${header!}\n${first!}\n${line}\n`);
    await expect(faultOf(file)).resolves.toEqual({ kind: 'damaged', line: 3, byte });
  }
});

test('a file that was cut off anywhere is refused', async () => {
  const file = await packed(observedHistory());
  for (const part of [0.3, 0.6, 0.99]) {
    const fault = await faultOf(file.slice(0, Math.floor(file.size * part)));
    expect(fault.kind).toBe('damaged');
  }
});

async function textOf(file: Blob): Promise<string> {
  return gunzipSync(await file.arrayBuffer()).toString();
}

const fileOf = (text: string) => new Blob([gzipSync(text)]);

async function faultOf(file: Blob): Promise<RecordingProblem['fault']> {
  const problem: unknown = await readRecording(file).catch((error: unknown) => error);
  if (problem instanceof RecordingProblem) return problem.fault;
  throw new Error('it was opened');
}
