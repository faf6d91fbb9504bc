export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Where choices are kept between visits; absent in a browser that forbids it. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** What this person chose, kept in this browser. */
export class Preferences {
  readonly #memory: Memory | null;
  #theme = $state<Theme>('system');
  #shortcuts = $state(true);
  #stageAsTable = $state<boolean | null>(null);

  constructor(memory: Memory | null) {
    this.#memory = memory;
    const theme = memory?.getItem('quorate.theme');
    this.#theme = themes.find((candidate) => candidate === theme) ?? 'system';
    this.#shortcuts = memory?.getItem('quorate.shortcuts') !== 'off';
    const stage = memory?.getItem('quorate.stage');
    this.#stageAsTable = stage === 'table' ? true : stage === 'ring' ? false : null;
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    this.#memory?.setItem('quorate.theme', theme);
  }

  /** Whether single keys act: they can be switched off (WCAG 2.1.4). */
  get shortcuts(): boolean {
    return this.#shortcuts;
  }

  set shortcuts(on: boolean) {
    this.#shortcuts = on;
    this.#memory?.setItem('quorate.shortcuts', on ? 'on' : 'off');
  }

  /** Whether the stage is a table; null while nobody has chosen. */
  get stageAsTable(): boolean | null {
    return this.#stageAsTable;
  }

  set stageAsTable(table: boolean | null) {
    this.#stageAsTable = table;
    const word = table === null ? 'any' : table ? 'table' : 'ring';
    this.#memory?.setItem('quorate.stage', word);
  }
}

/** Browsers that forbid storage throw at the mere mention of it. */
export function browserMemory(): Memory | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
