import { StorageError } from '@quorate/raft';
import type { Config } from './config/config.js';

/** The parts of a failed `listen` that a system error carries. */
interface ListenError {
  readonly code: string;
  readonly port: number;
}

/** Why a node did not start, in words that name the variable to change. */
export function describeStartFailure(error: unknown, config: Config): string {
  const listen = findListenError(error);
  if (listen !== null) return describeListenError(listen, config);
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof StorageError
    ? `RAFT_VOLUME_DIR='${config.volumeDir}': ${message}`
    : message;
}

function describeListenError({ code, port }: ListenError, config: Config): string {
  const server = port === config.http.port ? 'HTTP' : 'RAFT';
  const { host } = port === config.http.port ? config.http : config.raft;
  return code === 'EADDRINUSE'
    ? `${server}_SERVER_PORT=${port}: port ${port} of ${host} is in use. Stop what uses it, or choose another port.`
    : `${server}_HOST='${host}', ${server}_SERVER_PORT=${port}: cannot listen there (${code}).`;
}

/** A library may have wrapped the system's error in its own. */
function findListenError(error: unknown): ListenError | null {
  if (!(error instanceof Error)) return null;
  const { code, port } = error as Partial<ListenError>;
  if (typeof code === 'string' && typeof port === 'number') return { code, port };
  return findListenError(error.cause);
}
