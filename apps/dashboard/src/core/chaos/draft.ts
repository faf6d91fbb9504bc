import type { FaultEffect } from '@quorate/contract';
import type { ClusterView } from '../cluster/cluster-view.js';
import { effectOf } from './effect-text.js';
import { between, cut, type LinkRule } from './plan.js';
import { isPreset, type Preset, rulesOf } from './presets.js';
import { endsOf } from './reachability.js';
import type { Way } from './ways.js';

/** What somebody is about to do to the network, and looks at first. */
export type Draft = { readonly rules: readonly LinkRule[] } & (
  | { readonly kind: 'preset'; readonly preset: Preset }
  | {
      readonly kind: 'partition';
      readonly one: readonly string[];
      readonly other: readonly string[];
    }
  | {
      readonly kind: 'link';
      readonly way: Way;
      readonly effect: FaultEffect;
      /** Whether the way back is meant too. */
      readonly both: boolean;
    }
);

/** Where a draft stands in the address. */
export type DraftParams = Readonly<
  Partial<Record<'preset' | 'side' | 'link' | 'effect' | 'both', string>>
>;

export const noDraft = { preset: null, side: null, link: null, effect: null, both: null };

/** What an address asks for, of the cluster as it is; null for nothing that can be done. */
export function draftOf(params: DraftParams, view: ClusterView): Draft | null {
  const ends = endsOf(view);
  if (params.link !== undefined) return linkDraft(params, ends);
  if (isPreset(params.preset)) {
    const rules = rulesOf(params.preset, view);
    return rules && { kind: 'preset', preset: params.preset, rules };
  }
  return partitionDraft(sideOf(params, ends), ends);
}

/** The way that a link's address names; null where one of its ends is not there. */
export function wayOf(link: string | undefined, ends: readonly string[]): Way | null {
  const [from, to] = link?.split('>') ?? [];
  if (from === undefined || to === undefined || from === to) return null;
  return ends.includes(from) && ends.includes(to) ? { from, to } : null;
}

/** Who was put on the other side. */
export function sideOf({ side }: DraftParams, ends: readonly string[]): string[] {
  const named = side?.split(',') ?? [];
  return ends.filter((id) => named.includes(id));
}

function linkDraft({ link, effect: text, both: way }: DraftParams, ends: readonly string[]) {
  const found = wayOf(link, ends);
  const effect = effectOf(text ?? '');
  if (!found || !effect) return null;
  const both = way !== undefined;
  const { from, to } = found;
  const rules = both ? between([from], [to], effect) : [{ from, to, effect }];
  return { kind: 'link', way: found, effect, both, rules } as const;
}

function partitionDraft(one: readonly string[], ends: readonly string[]): Draft | null {
  const other = ends.filter((id) => !one.includes(id));
  if (one.length === 0 || other.length === 0) return null;
  return { kind: 'partition', one, other, rules: between(one, other, cut) };
}
