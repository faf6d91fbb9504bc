import { join } from 'node:path';
import { Environment, type LogFormat, type LogLevel } from './environment.js';

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
    chaos: values.QUORATE_CHAOS,
    allowedOrigins: values.QUORATE_ALLOWED_ORIGINS,
    allowedHosts: values.QUORATE_ALLOWED_HOSTS,
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT ?? (terminal ? 'pretty' : 'json') },
  };
}

/** What each variable alone cannot tell. */
function contradictions(values: Environment): string[] {
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
  const id = values.RAFT_NODE_ID;
  if (values.RAFT_VOLUME_DIR === undefined && (id === '.' || id === '..')) {
    faults.push(`RAFT_NODE_ID='${id}' is no name for a directory: set RAFT_VOLUME_DIR`);
  }
  return faults;
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
