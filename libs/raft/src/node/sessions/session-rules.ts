/**
 * What every node of a cluster must decide alike, entry by entry. That is why these are no options:
 * nodes with different ones would come to different states.
 */
export interface SessionRules {
  /** Sessions at once; another is refused. */
  readonly maxSessions: number;
  /** Results kept for one session: how far its calls may run ahead of the oldest without an answer. */
  readonly maxKeptResults: number;
  /** Idempotency keys at once; beyond them the oldest is forgotten. */
  readonly maxKeys: number;
  /** How long a key is kept, in milliseconds of cluster time. */
  readonly keyTtlMs: number;
}

export const sessionRules: SessionRules = {
  maxSessions: 10_000,
  maxKeptResults: 128,
  maxKeys: 100_000,
  keyTtlMs: 24 * 60 * 60 * 1000,
};

/** Cluster time moves once a second at most, so that much a session lives at least. */
export const minTtlMs = 1000;
export const maxTtlMs = 365 * 24 * 60 * 60 * 1000;
export const defaultTtlMs = 60 * 60 * 1000;
export const maxKeyBytes = 255;
