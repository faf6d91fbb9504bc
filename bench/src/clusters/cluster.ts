/** A request that a load generator sends again and again, each time with another key. */
export interface KeyedRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Path and body for one key. */
  readonly path: (key: string) => string;
  readonly body: (key: string) => string | null;
  readonly contentType: string | null;
}

/** A cluster of processes on this machine, seen from outside. */
export interface KvCluster {
  readonly name: 'quorate' | 'etcd';
  /** HTTP origins of the nodes that live. */
  readonly urls: readonly string[];
  /** HTTP origin of the leader. */
  leaderUrl(): Promise<string>;
  /** A durable write of a value of 256 bytes. */
  readonly write: KeyedRequest;
  /** A linearizable read. */
  readonly read: KeyedRequest;
  /** Kills the leader (SIGKILL). */
  killLeader(): Promise<Killed>;
  /** Starts whoever was killed, and resolves when it has caught up. */
  heal(): Promise<void>;
  stop(): Promise<void>;
}

export interface Killed {
  /** When the signal went out, by `performance.now()`. */
  readonly at: number;
  /** The origins of those that are left. */
  readonly survivors: readonly string[];
}

/** Bytes of every value. */
export const valueBytes = 256;
export const value = 'v'.repeat(valueBytes);

export async function send(
  origin: string,
  { method, path, body, contentType }: KeyedRequest,
  key: string,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(`${origin}${path(key)}`, {
    method,
    body: body(key),
    headers: contentType === null ? {} : { 'content-type': contentType },
    signal,
  });
}
