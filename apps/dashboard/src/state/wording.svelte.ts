import { type Catalogue, type Language } from '../i18n/catalogue.js';
import { en } from '../i18n/en/index.js';

/** The words of the page, in the language that was chosen. English is always there. */
export class Wording {
  #language = $state<Language>('en');
  #t = $state.raw<Catalogue>(en);

  get language(): Language {
    return this.#language;
  }

  get t(): Catalogue {
    return this.#t;
  }

  /** Another language is fetched when it is asked for; until it is there, the last one stays. */
  async use(language: Language): Promise<void> {
    this.#language = language;
    const words = language === 'en' ? en : (await import('../i18n/de/index.js')).de;
    if (this.#language === language) this.#t = words;
  }
}
