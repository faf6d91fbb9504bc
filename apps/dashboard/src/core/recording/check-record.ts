import { MetricsSample, NodeEvent, ProcessList, StatusFrame, TraceRecord } from '@quorate/contract';
import type { KeptRecord } from './kept-record.js';
import { type Fields, isNumber, isObject, isText } from '../shape.js';

interface Schema {
  safeParse(value: unknown): { success: boolean };
}

const fits = (schema: Schema, value: unknown) => schema.safeParse(value).success;
const isLink = (value: unknown) => value === 'connecting' || value === 'open' || value === 'closed';
const isCount = (value: unknown) => isNumber(value) && value > 0;
const isProblem = (value: unknown) => value === null || isText(value);

/** What each kind of record must hold besides its time. */
const checks: Readonly<Record<KeptRecord['kind'], (record: Fields) => boolean>> = {
  supervisor: ({ link }) => isLink(link),
  processes: ({ list }) => fits(ProcessList, list),
  link: ({ node, link, problem }) => isText(node) && isLink(link) && isProblem(problem),
  frame: ({ node, frame, until }) =>
    isText(node) && fits(StatusFrame, frame) && (until === undefined || isNumber(until)),
  event: ({ node, run, event }) => isText(node) && isText(run) && fits(NodeEvent, event),
  'event-gap': ({ node, missing }) => isText(node) && isCount(missing),
  trace: ({ node, run, record }) => isText(node) && isText(run) && fits(TraceRecord, record),
  'trace-gap': ({ node, missing }) => isText(node) && isCount(missing),
  metrics: ({ node, sample }) => isText(node) && fits(MetricsSample, sample),
};

/** A record; `unknown` for one of a kind that a later version added; null for what is none. */
export function checkedRecord(line: unknown): KeptRecord | 'unknown' | null {
  if (!isObject(line) || !isText(line.kind) || !isNumber(line.t)) return null;
  if (!Object.hasOwn(checks, line.kind)) return 'unknown';
  const record = line as unknown as KeptRecord;
  return checks[record.kind](line) ? record : null;
}
