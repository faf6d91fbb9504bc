import { commitFaults } from './committing.js';
import { membershipFaults } from './membership.js';
import type { Planted } from './planted.js';
import { readFaults } from './reading.js';
import { replicationFaults } from './replication.js';
import { runnerFaults } from './runner.js';
import { sessionFaults } from './sessions.js';
import { snapshotFaults } from './snapshots.js';
import { storageFaults } from './storage.js';
import { votingFaults } from './voting.js';

/** Every fault that the simulator must find. */
export const allPlanted: readonly Planted[] = [
  ...votingFaults,
  ...commitFaults,
  ...replicationFaults,
  ...membershipFaults,
  ...readFaults,
  ...storageFaults,
  ...snapshotFaults,
  ...sessionFaults,
  ...runnerFaults,
];
