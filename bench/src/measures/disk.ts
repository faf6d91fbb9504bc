import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const preallocatedBytes = 64 * 1024 * 1024;

/**
 * What the disk itself gives to a program that does nothing else: durable writes of so many bytes a
 * second, each followed by its own `fdatasync`, in a file whose place is there already.
 */
export function rawSyncs(parent: string, bytes: number, seconds: number): number {
  const dir = mkdtempSync(join(parent, 'raw-'));
  const file = openSync(join(dir, 'raw'), 'w');
  try {
    const zeros = Buffer.alloc(1 << 20);
    for (let at = 0; at < preallocatedBytes; at += zeros.length) {
      writeSync(file, zeros, 0, zeros.length, at);
    }
    fdatasyncSync(file);
    const data = Buffer.alloc(bytes, 1);
    const begun = performance.now();
    let syncs = 0;
    while (performance.now() - begun < seconds * 1000) {
      writeSync(file, data, 0, bytes, (syncs * bytes) % (preallocatedBytes - bytes));
      fdatasyncSync(file);
      syncs += 1;
    }
    return syncs / ((performance.now() - begun) / 1000);
  } finally {
    closeSync(file);
    rmSync(dir, { recursive: true, force: true });
  }
}
