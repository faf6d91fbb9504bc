import { MediaQuery } from 'svelte/reactivity';
import type { Preferences } from './preferences.svelte.js';

/** How the page looks and moves: what was chosen, and what the system asks for where nothing was. */
export class Appearance {
  readonly #still = new MediaQuery('(prefers-reduced-motion: reduce)', false);
  readonly #dark = new MediaQuery('(prefers-color-scheme: dark)', false);
  readonly #contrast = new MediaQuery('(prefers-contrast: more)', false);

  constructor(private readonly preferences: Preferences) {}

  /** Whether nothing may move: what would fly or run down is shown in steps or in words. */
  get reducedMotion(): boolean {
    return this.preferences.chosen.motion === 'reduced' || this.#still.current;
  }

  /** Names the colours in force: what stands on a canvas is painted anew when they change. */
  get colours(): string {
    const { theme, contrast } = this.attributes;
    return `${theme} ${contrast} ${this.#dark.current}`;
  }

  /** For styles/tokens.css: `data-` attributes of the root. */
  get attributes(): Readonly<Record<string, string>> {
    const { theme, density } = this.preferences.chosen;
    const contrast = theme === 'contrast' || (theme === 'system' && this.#contrast.current);
    return {
      theme: theme === 'contrast' ? 'system' : theme,
      contrast: contrast ? 'more' : 'usual',
      motion: this.reducedMotion ? 'reduced' : 'full',
      density,
    };
  }
}
