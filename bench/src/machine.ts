import { cpus, totalmem } from 'node:os';
import { etcdVersion } from './clusters/etcd.js';
import { rawSyncs } from './measures/disk.js';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly etcd: string | null;
  /** Durable writes of 256 bytes a second, by a program that does nothing else. */
  readonly fdatasyncs: number;
}

export function machine(dir: string): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    etcd: etcdVersion(),
    fdatasyncs: Math.round(rawSyncs(dir, 256, 2)),
  };
}
