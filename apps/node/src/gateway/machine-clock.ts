import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { NodeClock } from '@quorate/contract';

/** Where this process's `performance.now()` stands on the clock that all processes here share. */
export function machineClock(): NodeClock {
  const sharedMs = Number(process.hrtime.bigint()) / 1e6;
  return { machine: bootId(), origin: sharedMs - performance.now() };
}

/** Linux names each boot. Elsewhere the name of the machine has to do. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return hostname();
  }
}
