import { textOf } from '../keys/value-text.js';
import { type Json, prettyJson } from './pretty-json.js';

export const valueViews = ['text', 'json', 'hex'] as const;
export type ValueView = (typeof valueViews)[number];

/** A value as it can be looked at. */
export interface ValueFaces {
  /** null when the bytes are no UTF-8. */
  readonly text: string | null;
  /** null where there is no text. */
  readonly json: Json | null;
  /** The one that tells most. */
  readonly best: ValueView;
}

export function facesOf(value: Uint8Array): ValueFaces {
  const text = textOf(value);
  if (text === null) return { text, json: null, best: 'hex' };
  const json = prettyJson(text);
  const isStructure = 'pretty' in json && json.isStructure;
  return { text, json, best: isStructure ? 'json' : 'text' };
}

const bytesInRow = 16;

export function hexRows(value: Uint8Array): number {
  return Math.ceil(value.length / bytesInRow);
}

/** One line of a hex dump: offset, bytes, and what of them is ASCII. */
export function hexRow(value: Uint8Array, row: number) {
  const start = row * bytesInRow;
  const bytes = [...value.subarray(start, start + bytesInRow)];
  return {
    offset: start.toString(16).padStart(6, '0'),
    hex: bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
    ascii: bytes
      .map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·'))
      .join(''),
  };
}
