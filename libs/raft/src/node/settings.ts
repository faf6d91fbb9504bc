import type { NodeId } from '../core/entry.js';
import {
  defaultElections,
  defaultLimits,
  defaultTiming,
  type Elections,
  type Limits,
  maxPriority,
  type Timing,
  type Tuning,
} from '../core/options.js';
import { RaftError } from '../errors.js';
import {
  type AutopilotOptions,
  type AutopilotRules,
  defaultAutopilot,
} from './autopilot/options.js';
import type { ReadNeeds } from './calls/call.js';
import type { Consistency, RaftNodeOptions, ReadOptions } from './options.js';
import { isKey } from './sessions/session-entry.js';
import { maxKeyBytes, maxTtlMs, minTtlMs } from './sessions/session-rules.js';
import type { SnapshotMachine } from './snapshots/store-io.js';

const idPattern = /^[A-Za-z0-9._-]{1,63}$/;
const addressPattern = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]]+):(\d{1,5})$/;
const maxAttributesBytes = 4096;
const consistencies: readonly Consistency[] = ['linearizable', 'lease', 'bounded', 'local'];
const defaultMaxStaleMs = 1000;
/** What a batch of commands may be at most, so that it fits one message of any transport. */
const maxCommandBytes = 8 * 1024 * 1024;

export interface Settings extends Tuning {
  readonly elections: Elections;
  readonly attributes: Readonly<Record<string, string>>;
  /** null for off. */
  readonly autopilot: AutopilotRules | null;
  /** null on a node that keeps its log whole. */
  readonly machine: SnapshotMachine | null;
}

/** What `RaftNode.reconfigure` changes: the settings that are given, nothing else. */
export interface Reconfiguration {
  readonly timing?: Partial<Timing>;
  readonly limits?: Partial<Limits>;
}

/** Fills in defaults. @throws RaftError `invalid-argument`, which names the option */
export function checkedSettings(options: RaftNodeOptions<unknown>): Settings {
  checkId('id', options.id);
  const timing = timingOf(options.timing);
  const elections = { ...defaultElections, ...options.elections };
  const limits = { ...defaultLimits, ...options.limits };
  const attributes = { ...options.attributes };
  checkTiming(timing);
  checkElections(elections);
  for (const [name, limit] of Object.entries(limits)) {
    const least = name === 'trailingEntries' ? 0 : 1;
    const rule = `a whole number from ${least} on`;
    must(Number.isSafeInteger(limit) && limit >= least, `limits.${name}`, rule);
  }
  for (const [name, value] of Object.entries<unknown>(attributes)) {
    must(typeof value === 'string', `attributes.${name}`, 'a string');
  }
  const appended = limits.maxAppendBytes;
  must(appended <= maxCommandBytes, 'limits.maxAppendBytes', `at most ${maxCommandBytes}`);
  const bytes = Buffer.byteLength(JSON.stringify(attributes));
  must(bytes <= maxAttributesBytes, 'attributes', `at most ${maxAttributesBytes} bytes as JSON`);
  const autopilot = rulesOf(options.autopilot, timing);
  return { timing, elections, limits, attributes, autopilot, machine: snapshotMachine(options) };
}

/** A snapshot that could be taken but not kept, or kept but not restored, is a mistake to be told of. */
function snapshotMachine({
  stateMachine,
  snapshots,
}: RaftNodeOptions<unknown>): SnapshotMachine | null {
  const canSnapshot = stateMachine.snapshot !== undefined;
  const canRestore = stateMachine.restore !== undefined;
  must(canSnapshot === canRestore, 'stateMachine', 'given snapshot and restore, or neither');
  must(
    (snapshots !== undefined) === canSnapshot,
    'snapshots',
    'given together with snapshot and restore of the state machine, or none of the three',
  );
  // Both are there: that was checked.
  return canSnapshot ? (stateMachine as SnapshotMachine) : null;
}

/**
 * The options as if they had been opened with these settings.
 * @throws RaftError `invalid-argument`, which names what cannot be changed
 */
export function reconfigured<Result>(
  options: RaftNodeOptions<Result>,
  changes: Reconfiguration,
): RaftNodeOptions<Result> {
  const { timing, limits, ...others } = changes;
  refuseOthers('', Object.keys(others));
  refuseOthers('timing.', unknownTo({ ...defaultTiming }, timing));
  refuseOthers('limits.', unknownTo({ ...defaultLimits }, limits));
  return {
    ...options,
    timing: { ...options.timing, ...timing },
    limits: { ...options.limits, ...limits },
  };
}

function unknownTo(settings: object, given: object = {}): string[] {
  return Object.keys(given).filter((name) => !Object.hasOwn(settings, name));
}

function refuseOthers(prefix: string, [name]: readonly string[]): void {
  if (name !== undefined) must(false, `${prefix}${name}`, 'left as it is while the node runs');
}

/** The settings of `after` that are not as they were. */
export function differences<S extends object>(before: S, after: S): Partial<S> {
  const changed = Object.entries(after).filter(([name, value]) => {
    return JSON.stringify(value) !== JSON.stringify(before[name as keyof S]);
  });
  return Object.fromEntries(changed) as Partial<S>;
}

function timingOf(given: Partial<Timing> = {}): Timing {
  const electionMs = given.electionMs ?? defaultTiming.electionMs;
  return { ...defaultTiming, stallMs: 2 * electionMs[1], ...given };
}

function checkTiming({ heartbeatMs, electionMs: [min, max], stallMs }: Timing): void {
  must(Number.isFinite(heartbeatMs) && heartbeatMs > 0, 'timing.heartbeatMs', 'above 0');
  must(Number.isFinite(stallMs) && stallMs > 0, 'timing.stallMs', 'above 0');
  const ordered = Number.isFinite(max) && heartbeatMs < min && min <= max;
  const rule = '[min, max] with heartbeatMs < min ≤ max';
  must(ordered, 'timing.electionMs', `${rule}, not [${min}, ${max}] at ${heartbeatMs}`);
}

function rulesOf(given: AutopilotOptions | undefined, timing: Timing): AutopilotRules | null {
  if (given === undefined) return null;
  const rules = { ...defaultAutopilot, minVoters: null, ...given };
  const { removeDeadAfterMs, minVoters, stabilizationMs, intervalMs } = rules;
  const [, patience] = timing.electionMs;
  const isLong = Number.isFinite(removeDeadAfterMs) && removeDeadAfterMs >= patience;
  must(isLong, 'autopilot.removeDeadAfterMs', `at least timing.electionMs, ${patience}`);
  const isCount = minVoters === null || (Number.isSafeInteger(minVoters) && minVoters > 0);
  must(isCount, 'autopilot.minVoters', 'a whole number above 0');
  const isWait = Number.isFinite(stabilizationMs) && stabilizationMs >= 0;
  must(isWait, 'autopilot.stabilizationMs', '0 or more');
  must(Number.isFinite(intervalMs) && intervalMs > 0, 'autopilot.intervalMs', 'above 0');
  return rules;
}

function checkElections({ preVote, priority }: Elections): void {
  must(typeof preVote === 'boolean', 'elections.preVote', 'true or false');
  const isPriority = Number.isInteger(priority) && priority >= 0 && priority <= maxPriority;
  must(isPriority, 'elections.priority', `a whole number from 0 to ${maxPriority}`);
}

export function checkId(name: string, id: NodeId): void {
  must(idPattern.test(id), name, `1 to 63 of A-Z a-z 0-9 . _ -, not ${JSON.stringify(id)}`);
}

/** That several lists together name nobody twice. */
export function checkUnique(name: string, ids: readonly NodeId[]): void {
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  must(twice === undefined, name, `without ${twice ?? ''} standing there twice`);
}

/** `host:port`, with an IPv6 host in brackets. */
export function checkAddress(name: string, address: string): void {
  const port = Number(addressPattern.exec(address)?.[1] ?? NaN);
  must(port >= 1 && port <= 65_535, name, `host:port, not ${JSON.stringify(address)}`);
}

export function checkTimeout(timeoutMs: number): void {
  must(Number.isFinite(timeoutMs) && timeoutMs > 0, 'timeoutMs', 'a number of ms above 0');
}

/** Fills in defaults. @throws RaftError `invalid-argument` */
export function checkedNeeds(options: ReadOptions): ReadNeeds {
  const { consistency = 'linearizable', maxStaleMs = defaultMaxStaleMs, minIndex = 0 } = options;
  must(consistencies.includes(consistency), 'consistency', `one of ${consistencies.join(', ')}`);
  must(Number.isFinite(maxStaleMs) && maxStaleMs > 0, 'maxStaleMs', 'a number of ms above 0');
  must(Number.isSafeInteger(minIndex) && minIndex >= 0, 'minIndex', 'an index of the log');
  return { consistency, maxStaleMs, minIndex };
}

export function checkCommand(command: unknown): void {
  const fits = command instanceof Uint8Array && command.length <= maxCommandBytes;
  must(fits, 'command', `a Uint8Array of at most ${maxCommandBytes} bytes`);
}

export function checkKey(key: unknown): void {
  must(isKey(key), 'key', `1 to ${maxKeyBytes} bytes of UTF-8`);
}

export function checkTtl(ttlMs: number): void {
  const fits = Number.isSafeInteger(ttlMs) && ttlMs >= minTtlMs && ttlMs <= maxTtlMs;
  must(fits, 'ttlMs', `a whole number of ms from ${minTtlMs} to ${maxTtlMs}`);
}

/** Session ids and sequence numbers. */
export function checkCounter(name: string, value: number): void {
  must(Number.isSafeInteger(value) && value > 0, name, 'a whole number above 0');
}

/** @throws RaftError `invalid-argument` */
export function must(holds: boolean, name: string, rule: string): void {
  if (holds) return;
  throw new RaftError('invalid-argument', `${name} must be ${rule}.`, {
    outcome: 'not-applied',
    retryable: false,
  });
}
