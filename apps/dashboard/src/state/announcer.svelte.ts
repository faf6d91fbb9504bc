/** Sentences are gathered this long before they are read out, ms. */
const gatherMs = 400;
/** More sentences at once than this help nobody. */
const most = 4;

/** What a screen reader is to say: gathered, so that a burst of changes is one message. */
export class Announcer {
  #waiting: readonly string[] = [];
  #message = $state('');

  /** The text of the live region. */
  get message(): string {
    return this.#message;
  }

  readonly say = (sentences: readonly string[]): void => {
    if (sentences.length === 0) return;
    if (this.#waiting.length === 0) {
      // The same text twice would be read out once: it is taken away in between.
      this.#message = '';
      setTimeout(() => {
        this.#message = this.#waiting.join(' ');
        this.#waiting = [];
      }, gatherMs);
    }
    this.#waiting = [...this.#waiting, ...sentences].slice(-most);
  };
}
