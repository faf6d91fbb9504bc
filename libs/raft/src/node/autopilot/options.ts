/** When a leader removes dead servers by itself. */
export interface AutopilotOptions {
  /** A server that has said nothing to its leader for so long is dead. At least the longest election timeout. */
  readonly removeDeadAfterMs: number;
  /**
   * Voters that are never gone below. Default: more than half of the most voters that the cluster has
   * had under its present leader, and at least 3.
   */
  readonly minVoters?: number;
  /** How long a committed configuration must have stood before it is changed again. Default 10,000. */
  readonly stabilizationMs?: number;
  /** How often the leader looks. Default 1000. */
  readonly intervalMs?: number;
  /** Only tell what would be removed, by the event `autopilot-would-remove`. Default false. */
  readonly dryRun?: boolean;
}

export const defaultAutopilot = { stabilizationMs: 10_000, intervalMs: 1000, dryRun: false };

/** The options with their defaults; null stands for a minimum that follows from the cluster. */
export interface AutopilotRules extends Required<Omit<AutopilotOptions, 'minVoters'>> {
  readonly minVoters: number | null;
}
