import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileLog, type LogWrite } from '@quorate/raft';
import { value } from '../clusters/cluster.js';

/** Entries a second that the log store makes durable, `batch` of 256 bytes with each sync. */
export async function logStoreRate(
  parent: string,
  batch: number,
  seconds: number,
): Promise<number> {
  const dir = await mkdtemp(join(parent, 'log-'));
  const log = fileLog({ dir });
  try {
    await log.open('bench');
    await log.adopt('bench');
    const data = Buffer.from(value);
    const begun = performance.now();
    let last = 0;
    for (let id = 1; performance.now() - begun < seconds * 1000; id++) {
      const entries = Array.from({ length: batch }, (_, at) => ({
        index: last + at + 1,
        term: 1,
        type: 'command' as const,
        data,
      }));
      const write: LogWrite = { id, hardState: null, base: null, commit: last, entries };
      await log.write([write]);
      last += batch;
    }
    return last / ((performance.now() - begun) / 1000);
  } finally {
    await log.close();
    await rm(dir, { recursive: true, force: true });
  }
}
