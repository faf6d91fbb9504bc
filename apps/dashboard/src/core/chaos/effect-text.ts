import { FaultEffect } from '@quorate/contract';

/** An effect as it stands in an address: `cut`, `delay:200`, `loss:20` (per cent), `flap:1500:500`. */
export function effectText(effect: FaultEffect): string {
  switch (effect.type) {
    case 'cut':
      return 'cut';
    case 'delay':
      return `delay:${effect.ms}`;
    case 'loss':
      return `loss:${Math.round(effect.chance * 100)}`;
    case 'flap':
      return `flap:${effect.cutMs}:${effect.wholeMs}`;
  }
}

/** @returns null for what no node would take */
export function effectOf(text: string): FaultEffect | null {
  const [type, first, second] = text.split(':');
  const read = FaultEffect.safeParse({
    type,
    ms: Number(first),
    chance: Number(first) / 100,
    cutMs: Number(first),
    wholeMs: Number(second),
  });
  return read.success ? read.data : null;
}

/** What a kind of effect begins with, before somebody turns it up or down. */
export const usual: Readonly<Record<FaultEffect['type'], FaultEffect>> = {
  cut: { type: 'cut' },
  delay: { type: 'delay', ms: 200 },
  loss: { type: 'loss', chance: 0.2 },
  flap: { type: 'flap', cutMs: 1_500, wholeMs: 1_500 },
};
