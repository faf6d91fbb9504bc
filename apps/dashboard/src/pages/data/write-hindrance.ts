import type { Desk } from '../../state/desk.svelte.js';

/** Why nothing can be written now; null when it can. */
export function writeHindrance({ actions, cluster, t }: Desk): string | null {
  return cluster.present.leadership.leader === null ? t.data.noLeaderWrites : actions.hindrance;
}
