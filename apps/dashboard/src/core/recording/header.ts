import type { NodeClock } from '@quorate/contract';
import type { KnownClocks } from '../history/clocks.js';
import { isNumber, isObject, isText } from '../shape.js';

/** Files of a later version are refused; kinds of records that a reader does not know are skipped. */
export const formatVersion = 1;

/** The first line of a recording. */
export interface RecordingHeader {
  readonly format: 'raftrec';
  readonly version: number;
  /** The version of Quorate that wrote it. */
  readonly product: string;
  readonly clusterId: string | null;
  /** Wall clock, ms since 1970. */
  readonly madeAt: number;
  /** The first and last moment that it shows, page time. */
  readonly from: number;
  readonly to: number;
  /** Whether what the processes printed was left out. */
  readonly redacted: boolean;
  readonly clocks: KnownClocks;
}

/** The format and version alone: enough to tell a recording, and one of a later version. */
export function versionOf(line: unknown): number | null {
  return isObject(line) && line.format === 'raftrec' && isNumber(line.version)
    ? line.version
    : null;
}

export function isHeader(line: unknown): line is RecordingHeader {
  return (
    isObject(line) &&
    isText(line.product) &&
    (line.clusterId === null || isText(line.clusterId)) &&
    isNumber(line.madeAt) &&
    isNumber(line.from) &&
    isNumber(line.to) &&
    line.from <= line.to &&
    typeof line.redacted === 'boolean' &&
    isClocks(line.clocks)
  );
}

function isClocks(value: unknown): boolean {
  return (
    isObject(value) &&
    isObject(value.offsets) &&
    Object.values(value.offsets).every(isNumber) &&
    isObject(value.runs) &&
    Object.values(value.runs).every(isClock)
  );
}

function isClock(value: unknown): value is NodeClock {
  return isObject(value) && isText(value.machine) && isNumber(value.origin);
}
