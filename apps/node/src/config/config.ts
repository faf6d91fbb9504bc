import { join } from 'node:path';
import type { AutopilotOptions } from '@quorate/raft';
import { contradictions } from './contradictions.js';
import { Environment } from './environment.js';
import type { LogFormat, LogLevel } from './values.js';

/** The environment does not describe a node that could run. The message has a line for each fault. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

export interface Config {
  readonly id: string;
  readonly http: Endpoint;
  readonly raft: Endpoint;
  readonly volumeDir: string;
  /** Become the first member of a new cluster, if the volume is empty. */
  readonly bootstrap: boolean;
  readonly timing: { readonly heartbeatMs: number; readonly electionMs: readonly [number, number] };
  /** How soon this node stands for election: 10 as any other, 0 never by itself. */
  readonly priority: number;
  readonly leaseReads: boolean;
  readonly snapshots: { readonly everyEntries: number; readonly trailingEntries: number };
  /** null for off. */
  readonly autopilot: AutopilotOptions | null;
  /** null: peers speak in the clear. */
  readonly tls: TlsFiles | null;
  /** Whether faults between this node and its peers may be injected. */
  readonly chaos: boolean;
  readonly allowedOrigins: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly log: { readonly level: LogLevel; readonly format: LogFormat };
}

/** Where a server listens, and the host under which others reach it. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly advertise: string;
}

/** PEM files of a node's certificate, its key, and who signs those of all nodes. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/**
 * Reads the configuration of a node.
 * @param terminal whether the log goes to a terminal.
 * @throws ConfigError naming every variable that is wrong, and why.
 */
export function readConfig(env: NodeJS.ProcessEnv, terminal: boolean): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return `${name}='${env[name] ?? ''}': ${message}`;
      }),
    );
  }
  const values = parsed.data;
  const faults = contradictions(values);
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    id: values.RAFT_NODE_ID,
    http: {
      host: values.HTTP_HOST,
      port: values.HTTP_SERVER_PORT,
      advertise: values.HTTP_ADVERTISE_HOST ?? values.HTTP_HOST,
    },
    raft: {
      host: values.RAFT_HOST,
      port: values.RAFT_SERVER_PORT,
      advertise: values.RAFT_ADVERTISE_HOST ?? values.RAFT_HOST,
    },
    volumeDir: values.RAFT_VOLUME_DIR ?? join('.quorate', values.RAFT_NODE_ID),
    bootstrap: values.RAFT_BOOTSTRAP === 'true',
    timing: { heartbeatMs: values.RAFT_HEARTBEAT_MS, electionMs: values.RAFT_ELECTION_MS },
    priority: values.RAFT_PRIORITY,
    leaseReads: values.RAFT_LEASE_READS,
    snapshots: {
      everyEntries: values.RAFT_SNAPSHOT_ENTRIES,
      trailingEntries: values.RAFT_TRAILING_ENTRIES,
    },
    autopilot: autopilotOf(values),
    tls: tlsOf(values),
    chaos: values.QUORATE_CHAOS,
    allowedOrigins: values.QUORATE_ALLOWED_ORIGINS,
    allowedHosts: values.QUORATE_ALLOWED_HOSTS,
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT ?? (terminal ? 'pretty' : 'json') },
  };
}

function autopilotOf(values: Environment): AutopilotOptions | null {
  if (values.RAFT_AUTOPILOT === 'off') return null;
  const minVoters = values.RAFT_AUTOPILOT_MIN_VOTERS;
  return {
    removeDeadAfterMs: values.RAFT_AUTOPILOT_DEAD_AFTER_MS,
    dryRun: values.RAFT_AUTOPILOT === 'dry-run',
    ...(minVoters !== undefined && { minVoters }),
  };
}

/** All three are there, or none: that was checked. */
function tlsOf(values: Environment): TlsFiles | null {
  const { RAFT_TLS_CERT_FILE: cert, RAFT_TLS_KEY_FILE: key, RAFT_TLS_CA_FILE: ca } = values;
  return cert === undefined || key === undefined || ca === undefined ? null : { cert, key, ca };
}
