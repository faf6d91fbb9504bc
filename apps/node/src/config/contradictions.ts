import type { Environment } from './environment.js';

const tlsVariables = ['RAFT_TLS_CERT_FILE', 'RAFT_TLS_KEY_FILE', 'RAFT_TLS_CA_FILE'] as const;

/** What each variable alone cannot tell. */
export function contradictions(values: Environment): string[] {
  const faults: string[] = [];
  if (values.HTTP_SERVER_PORT === values.RAFT_SERVER_PORT) {
    faults.push(
      `HTTP_SERVER_PORT and RAFT_SERVER_PORT are both ${values.HTTP_SERVER_PORT}: they must differ`,
    );
  }
  if (values.RAFT_ELECTION_MS[0] <= values.RAFT_HEARTBEAT_MS) {
    faults.push(
      `RAFT_ELECTION_MS starts at ${values.RAFT_ELECTION_MS[0]}: it must be above RAFT_HEARTBEAT_MS, ${values.RAFT_HEARTBEAT_MS}`,
    );
  }
  for (const server of ['HTTP', 'RAFT'] as const) {
    if (isWildcard(values[`${server}_HOST`]) && values[`${server}_ADVERTISE_HOST`] === undefined) {
      faults.push(
        `${server}_HOST='${values[`${server}_HOST`]}' is every address of this machine: set ${server}_ADVERTISE_HOST to the one that others reach`,
      );
    }
  }
  const [, patience] = values.RAFT_ELECTION_MS;
  if (values.RAFT_AUTOPILOT !== 'off' && values.RAFT_AUTOPILOT_DEAD_AFTER_MS < patience) {
    faults.push(
      `RAFT_AUTOPILOT_DEAD_AFTER_MS=${values.RAFT_AUTOPILOT_DEAD_AFTER_MS}: it must be at least the longest wait of RAFT_ELECTION_MS, ${patience}`,
    );
  }
  const missing = tlsVariables.filter((name) => values[name] === undefined);
  if (missing.length > 0 && missing.length < tlsVariables.length) {
    faults.push(`TLS needs all of ${tlsVariables.join(', ')}: set ${missing.join(' and ')} too`);
  }
  const id = values.RAFT_NODE_ID;
  if (values.RAFT_VOLUME_DIR === undefined && (id === '.' || id === '..')) {
    faults.push(`RAFT_NODE_ID='${id}' is no name for a directory: set RAFT_VOLUME_DIR`);
  }
  return faults;
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
