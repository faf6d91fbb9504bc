import { failure } from './failures.js';

/** The versions of the protocol that a node speaks. Two nodes speak the newest that both know. */
export interface ProtocolRange {
  readonly oldest: number;
  readonly newest: number;
}

/**
 * What this version of the library speaks.
 * - 1: one connection each way, the whole log.
 * - 2: lanes, and messages and entries that came since.
 * - 3: trace ids in front of messages.
 */
export const PROTOCOLS: ProtocolRange = { oldest: 1, newest: 3 };

/** @returns null when the two have no version in common. */
export function agreedProtocol(one: ProtocolRange, other: ProtocolRange): number | null {
  const agreed = Math.min(one.newest, other.newest);
  return agreed >= Math.max(one.oldest, other.oldest) ? agreed : null;
}

/**
 * A part of what this version speaks.
 * @throws RaftError `invalid-argument` when it is none
 */
export function protocolRange(part: Partial<ProtocolRange> = {}): ProtocolRange {
  const range = { ...PROTOCOLS, ...part };
  const { oldest, newest } = range;
  const whole = Number.isSafeInteger(oldest) && Number.isSafeInteger(newest);
  if (whole && PROTOCOLS.oldest <= oldest && oldest <= newest && newest <= PROTOCOLS.newest) {
    return range;
  }
  throw failure(
    'invalid-argument',
    `protocol must lie within ${inWords(PROTOCOLS)}, not be ${inWords(range)}`,
  );
}

export function inWords({ oldest, newest }: ProtocolRange): string {
  return oldest === newest ? `${newest}` : `${oldest} to ${newest}`;
}
