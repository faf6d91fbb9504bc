import { type Catalogue, type Language } from '../i18n/catalogue.js';
import { en } from '../i18n/en/index.js';

/** The words of the page, in the language that was chosen. English is always there. */
export class Wording {
  /** What was asked for last. */
  #wanted: Language = 'en';
  #spoken = $state<Language>('en');
  #t = $state.raw<Catalogue>(en);

  /** The language of the words that are on the page. */
  get spoken(): Language {
    return this.#spoken;
  }

  get t(): Catalogue {
    return this.#t;
  }

  /** Another language is fetched when it is asked for; until it is there, the last one stays. */
  async use(language: Language): Promise<void> {
    this.#wanted = language;
    const words = language === 'en' ? en : (await import('../i18n/de/index.js')).de;
    if (this.#wanted !== language) return;
    this.#t = words;
    this.#spoken = language;
  }
}
