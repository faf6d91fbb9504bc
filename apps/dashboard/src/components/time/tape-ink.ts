/** The colours of the tape, as the theme has them now. */
export interface TapeInk {
  readonly terms: readonly string[];
  readonly surface: string;
  readonly inset: string;
  readonly line: string;
  readonly ink: string;
  readonly soft: string;
  readonly faint: string;
  readonly warn: string;
  readonly crit: string;
  readonly writes: string;
  readonly font: string;
}

/** A canvas knows no custom properties: an element in it is asked what they come to. */
export function tapeInk(within: HTMLElement): TapeInk {
  const probe = within.appendChild(document.createElement('i'));
  const of = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const ink = {
    terms: Array.from({ length: 6 }, (_, at) => of(`term-${at}`)),
    surface: of('surface'),
    inset: of('inset'),
    line: of('line'),
    ink: of('ink'),
    soft: of('ink-soft'),
    faint: of('ink-faint'),
    warn: of('warn'),
    crit: of('crit'),
    writes: of('follower'),
    font: getComputedStyle(within).fontFamily,
  };
  probe.remove();
  return ink;
}
