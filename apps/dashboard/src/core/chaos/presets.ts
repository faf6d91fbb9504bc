import type { ClusterView } from '../cluster/cluster-view.js';
import { between, cut, type LinkRule } from './plan.js';

/**
 * - `isolate-leader`: nobody hears the leader, and it hears nobody
 * - `split`: the leader is left with a minority
 * - `bridge`: two halves that do not hear each other, and one node that hears both
 * - `deaf-ear`: one follower hears nobody, while everybody hears it
 * - `flapping-link`: cut and whole by turns between the leader and one follower
 * - `slow-leader`: whatever the leader says comes late
 */
export const presets = [
  'isolate-leader',
  'split',
  'bridge',
  'deaf-ear',
  'flapping-link',
  'slow-leader',
] as const;
export type Preset = (typeof presets)[number];

export const isPreset = (name: string | undefined): name is Preset =>
  presets.some((preset) => preset === name);

/** What a preset means for this cluster now; null where it cannot be made. */
export function rulesOf(preset: Preset, view: ClusterView): LinkRule[] | null {
  const { voters } = view.configuration;
  const leader = view.leadership.leader;
  if (leader === null || voters.length < 2) return null;
  const followers = voters.filter((id) => id !== leader);
  const [first] = followers;
  if (first === undefined) return null;
  switch (preset) {
    case 'isolate-leader':
      return between([leader], followers, cut);
    case 'split':
      return split(leader, followers);
    case 'bridge':
      return bridge(leader, followers);
    case 'deaf-ear':
      return voters.filter((id) => id !== first).map((from) => ({ from, to: first, effect: cut }));
    case 'flapping-link':
      return between([leader], [first], { type: 'flap', cutMs: 1_500, wholeMs: 1_500 });
    case 'slow-leader':
      return followers.map((to) => ({ from: leader, to, effect: { type: 'delay', ms: 300 } }));
  }
}

/** The largest minority, with the leader in it. */
function split(leader: string, followers: readonly string[]): LinkRule[] {
  const companions = Math.max(0, Math.floor(followers.length / 2) - 1);
  return between([leader, ...followers.slice(0, companions)], followers.slice(companions), cut);
}

/** The first follower belongs to both halves. */
function bridge(leader: string, followers: readonly string[]): LinkRule[] | null {
  const [, ...rest] = followers;
  if (rest.length === 0) return null;
  const half = Math.floor(rest.length / 2);
  return between([leader, ...rest.slice(0, half)], rest.slice(half), cut);
}
