/** The colours of the page for a canvas, which knows no custom properties. */
const names = [
  'page',
  'surface',
  'inset',
  'line',
  'control-line',
  'ink',
  'ink-soft',
  'ink-faint',
  'leader',
  'candidate',
  'follower',
  'learner',
  'gone',
  'warn',
  'crit',
  'term-0',
  'term-1',
  'term-2',
  'term-3',
  'term-4',
  'term-5',
] as const;
export type Palette = Readonly<Record<(typeof names)[number], string>>;

/** The colours as they are for this element now. */
export function readPalette(element: HTMLElement): Palette {
  const before = element.style.color;
  const read = names.map((name) => {
    element.style.color = `var(--${name})`;
    return [name, getComputedStyle(element).color] as const;
  });
  element.style.color = before;
  return Object.fromEntries(read) as Palette;
}

/** Calls back whenever the theme may have changed, until the answer is called. */
export function onThemeChange(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = new MutationObserver(changed);
  root.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
  dark.addEventListener('change', changed);
  return () => {
    root.disconnect();
    dark.removeEventListener('change', changed);
  };
}

/** The colour of a term, in a cycle of six. */
export function termColour(palette: Palette, term: number): string {
  return palette[`term-${(term % 6) as 0 | 1 | 2 | 3 | 4 | 5}`];
}
