import { Clocks } from '../history/clocks.js';
import { History } from '../history/history.js';
import { checkedRecord } from './check-record.js';
import { formatVersion, isHeader, type RecordingHeader, versionOf } from './header.js';
import { restore } from './kept-record.js';
import { lines, type Line } from './lines.js';
import { RecordingProblem } from './recording-problem.js';

/** Of the file, and of the text in it. */
export const maxPackedBytes = 256 * 1024 * 1024;
export const maxTextBytes = 1024 * 1024 * 1024;

export interface Recording {
  readonly header: RecordingHeader;
  readonly history: History;
  /** Records of kinds that this version does not know. */
  readonly skipped: number;
}

/**
 * Opens a `.raftrec` file.
 * @throws {RecordingProblem}
 */
export async function readRecording(file: Blob): Promise<Recording> {
  if (file.size > maxPackedBytes) {
    throw new RecordingProblem({ kind: 'too-large', limitBytes: maxPackedBytes });
  }
  await refuseWhatIsNotPacked(file);
  let open: { header: RecordingHeader; history: History } | null = null;
  let skipped = 0;
  const text = file.stream().pipeThrough(new DecompressionStream('gzip'));
  for await (const line of lines(text, maxTextBytes)) {
    if (!open) {
      const header = headerOf(line);
      open = { header, history: new History(new Clocks(header.clocks)) };
      continue;
    }
    const record = checkedRecord(parsed(line));
    if (record === null) throw damaged(line);
    if (record === 'unknown') skipped += 1;
    else restore(open.history, record);
  }
  if (!open) throw new RecordingProblem({ kind: 'foreign' });
  return { ...open, skipped };
}

async function refuseWhatIsNotPacked(file: Blob): Promise<void> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) throw new RecordingProblem({ kind: 'foreign' });
}

function headerOf(line: Line): RecordingHeader {
  const value = parsed(line);
  const version = versionOf(value);
  if (version === null) throw new RecordingProblem({ kind: 'foreign' });
  if (version > formatVersion) throw new RecordingProblem({ kind: 'newer', version });
  if (!isHeader(value)) throw damaged(line);
  return value;
}

function parsed(line: Line): unknown {
  try {
    return JSON.parse(line.text);
  } catch (cause) {
    throw damaged(line, cause);
  }
}

function damaged({ number, byte }: Line, cause?: unknown): RecordingProblem {
  return new RecordingProblem({ kind: 'damaged', line: number, byte }, { cause });
}
