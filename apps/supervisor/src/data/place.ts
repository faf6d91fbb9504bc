import { nodeIdPattern } from '@quorate/contract';
import { z } from 'zod';
import { SupervisorError } from '../errors.js';

/** More say little on one machine, and each takes about 100 MB. */
export const maxNodes = 32;

const Port = z.number().int().min(1).max(65535);

/** An id that names a node and its folder: `.` and `..` fit the pattern, but would lead elsewhere. */
export const PlaceId = z
  .string()
  .regex(nodeIdPattern, 'an id is 1 to 63 of the characters A-Z a-z 0-9 . _ -')
  .refine((id) => id !== '.' && id !== '..', 'an id is a folder name too: it cannot be . or ..');

/** Where one node lives. Peers know it by its ports, so it keeps them. */
export const Place = z.object({
  id: PlaceId,
  httpPort: Port,
  raftPort: Port,
  /** Still to be brought into the cluster by the supervisor. */
  toJoin: z.boolean(),
});
export type Place = z.infer<typeof Place>;

/** What the command line asks for; null where it does not say. */
export interface Wishes {
  nodes: number | null;
  httpPort: number | null;
  raftPort: number | null;
}

/** The n-th node, from 0: `n1`, `n2`, … on consecutive ports. */
export function placeAt(n: number, first: { httpPort: number; raftPort: number }): Place {
  return {
    id: `n${n + 1}`,
    httpPort: first.httpPort + n,
    raftPort: first.raftPort + n,
    toJoin: true,
  };
}

/**
 * The nodes to run: those that live in the data directory, and as many new ones as were asked for.
 * Throws a SupervisorError `usage` when the options contradict what is there.
 */
export function planPlaces(present: readonly Place[], wishes: Wishes): Place[] {
  const first = firstPorts(present, wishes);
  const wanted = wishes.nodes ?? (present.length || 3);
  if (wanted < present.length) {
    throw new SupervisorError(
      'usage',
      `The data directory holds ${present.length} nodes, and --nodes only adds. ` +
        'Leave it out, or empty the volumes with --fresh.',
    );
  }
  const places = [...present];
  for (let n = 0; places.length < wanted; n++) {
    const place = placeAt(n, first);
    if (!places.some((other) => overlap(place, other))) places.push(place);
  }
  return places;
}

export function overlap(a: Place, b: Place): boolean {
  return a.id === b.id || a.httpPort === b.httpPort || a.raftPort === b.raftPort;
}

function firstPorts(present: readonly Place[], { httpPort, raftPort }: Wishes) {
  const first = present[0];
  if (!first) return { httpPort: httpPort ?? 8000, raftPort: raftPort ?? 9000 };
  if (
    (httpPort ?? first.httpPort) !== first.httpPort ||
    (raftPort ?? first.raftPort) !== first.raftPort
  ) {
    throw new SupervisorError(
      'usage',
      `The nodes of this data directory keep their ports (HTTP from ${first.httpPort}, peers from ` +
        `${first.raftPort}), since their cluster knows them by these. Leave out --http-port and ` +
        '--raft-port, or take another directory with --data-dir, or start anew with --fresh.',
    );
  }
  return first;
}
