import { languages, type Language } from '../i18n/catalogue.js';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export const motions = ['system', 'reduced'] as const;
export const stages = ['suited', 'ring', 'table'] as const;
export const densities = ['comfortable', 'compact'] as const;
export const languageChoices = ['system', ...(Object.keys(languages) as Language[])] as const;

export interface Choices {
  readonly theme: (typeof themes)[number];
  /** `system` moves things unless the system asks for stillness. */
  readonly motion: (typeof motions)[number];
  readonly density: (typeof densities)[number];
  /** `system` is the first of the browser's languages that there is. */
  readonly language: (typeof languageChoices)[number];
  /** What the Stage is; `suited` is what suits the device. */
  readonly stage: (typeof stages)[number];
  /** Whether single keys act: they can be switched off (WCAG 2.1.4). */
  readonly shortcuts: 'on' | 'off';
}

/** What can be chosen; the first of each is what nobody chose. */
export const choices: { readonly [Name in keyof Choices]: readonly Choices[Name][] } = {
  theme: themes,
  motion: motions,
  density: densities,
  language: languageChoices,
  stage: stages,
  shortcuts: ['on', 'off'],
};

/** Where choices are kept between visits; absent in a browser that forbids it. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** Of the column on the right, px. */
export const inspectorWidths = { least: 280, usual: 384, most: 720 } as const;

/** What this person chose, kept in this browser. */
export class Preferences {
  #chosen = $state.raw<Choices>({
    theme: 'system',
    motion: 'system',
    density: 'comfortable',
    language: 'system',
    stage: 'suited',
    shortcuts: 'on',
  });
  #inspectorWidth = $state<number>(inspectorWidths.usual);

  constructor(private readonly memory: Memory | null) {
    for (const name of Object.keys(choices) as (keyof Choices)[]) {
      const kept = choices[name].find((choice) => choice === memory?.getItem(`quorate.${name}`));
      if (kept !== undefined) this.#chosen = { ...this.#chosen, [name]: kept };
    }
    const width = Number(memory?.getItem('quorate.inspector') ?? NaN);
    if (Number.isFinite(width)) this.#inspectorWidth = bounded(width);
  }

  get chosen(): Choices {
    return this.#chosen;
  }

  choose<Name extends keyof Choices>(name: Name, choice: Choices[Name]): void {
    this.#chosen = { ...this.#chosen, [name]: choice };
    this.memory?.setItem(`quorate.${name}`, choice);
  }

  get inspectorWidth(): number {
    return this.#inspectorWidth;
  }

  set inspectorWidth(width: number) {
    this.#inspectorWidth = bounded(width);
    this.memory?.setItem('quorate.inspector', String(this.#inspectorWidth));
  }
}

function bounded(width: number): number {
  return Math.min(inspectorWidths.most, Math.max(inspectorWidths.least, Math.round(width)));
}

/** Browsers that forbid storage throw at the mere mention of it. */
export function browserMemory(): Memory | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
