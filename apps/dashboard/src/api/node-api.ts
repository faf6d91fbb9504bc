import {
  type LogEntry,
  LogPage,
  type MemberChanges,
  Probed,
  SnapshotTaken,
  Written,
} from '@quorate/contract';
import type { Address } from './node-streams.js';
import { request, requestJson } from './request.js';

/** Longer than a node itself takes before it gives up. */
const patienceMs = 30_000;

const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });

/**
 * One entry of a node's own log; null when it holds none at this index.
 * @throws {RequestFailure}
 */
export async function readEntry(node: Address, index: number): Promise<LogEntry | null> {
  const url = `${node.url}/log?from=${index}&limit=1`;
  const { entries } = await requestJson({ whom: node.id, method: 'GET', url }, LogPage);
  return entries.find((entry) => entry.index === index) ?? null;
}

/**
 * Asks a member to change the membership; answers where the new one stands, once committed.
 * @throws {RequestFailure}
 */
export async function changeMembers(member: Address, changes: MemberChanges): Promise<Written> {
  const url = `${member.url}/members/changes`;
  const ask = { whom: member.id, method: 'POST', url, timeoutMs: patienceMs } as const;
  return requestJson({ ...ask, ...json(changes) }, Written);
}

/**
 * Asks a node who answers its peers at an address, `host:port`. Nothing changes.
 * @throws {RequestFailure}
 */
export async function probe(node: Address, address: string): Promise<Probed> {
  const url = `${node.url}/probe`;
  return requestJson({ whom: node.id, method: 'POST', url, ...json({ address }) }, Probed);
}

/**
 * Makes a blank node the first member of a new cluster.
 * @throws {RequestFailure}
 */
export async function bootstrap(node: Address): Promise<void> {
  await request({ whom: node.id, method: 'POST', url: `${node.url}/bootstrap` });
}

/**
 * Asks a member to have leadership handed over; answers once another leads.
 * @throws {RequestFailure}
 */
export async function transferLeadership(member: Address, to: string): Promise<void> {
  const url = `${member.url}/leadership/transfer?${new URLSearchParams({ to }).toString()}`;
  await request({ whom: member.id, method: 'POST', url, timeoutMs: patienceMs });
}

/**
 * Makes a node stand for election now.
 * @throws {RequestFailure}
 */
export async function forceElection(node: Address): Promise<void> {
  await request({ whom: node.id, method: 'POST', url: `${node.url}/election` });
}

/**
 * Makes a node take a snapshot; answers once it is durable.
 * @throws {RequestFailure}
 */
export async function takeSnapshot(node: Address): Promise<SnapshotTaken> {
  const url = `${node.url}/snapshot`;
  return requestJson({ whom: node.id, method: 'POST', url, timeoutMs: patienceMs }, SnapshotTaken);
}
