import type { History } from '../history/history.js';
import { formatVersion, type RecordingHeader } from './header.js';
import { keptRecords, type KeptRecord, type Span } from './kept-record.js';

/** Lines are packed in pieces of about this size. */
const pieceLength = 256 * 1024;

export interface RecordingOptions {
  readonly span: Span;
  /** Leave out what the processes printed. Keys and values are in no recording at all. */
  readonly redacted: boolean;
  readonly product: string;
  /** Wall clock, ms since 1970. */
  readonly madeAt: number;
}

/** A span of a history as a `.raftrec` file: JSON, a line for each record, packed by gzip. */
export function writeRecording(
  history: History,
  options: RecordingOptions,
): ReadableStream<Uint8Array> {
  const pieces: Iterator<string, void> = piecesOf(linesOf(history, options));
  const text = new ReadableStream<string>({
    pull(controller) {
      const next = pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return text.pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream('gzip'));
}

function* linesOf(history: History, options: RecordingOptions): Generator<string> {
  const { span, redacted, product, madeAt } = options;
  const header: RecordingHeader = {
    format: 'raftrec',
    version: formatVersion,
    product,
    clusterId: clusterIdAt(history, span.to),
    madeAt,
    ...span,
    redacted,
    clocks: history.clocks.known,
  };
  yield JSON.stringify(header);
  for (const record of keptRecords(history, span)) {
    yield JSON.stringify(redacted ? withoutOutput(record) : record);
  }
}

function* piecesOf(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function withoutOutput(record: KeptRecord): KeptRecord {
  if (record.kind !== 'processes') return record;
  const processes = record.list.processes.map((process) => ({ ...process, log: [] }));
  return { ...record, list: { processes } };
}

function clusterIdAt(history: History, t: number): string | null {
  return history.viewAt(t).configuration.clusterId;
}
