/** Something a person can do, as data: buttons, shortcuts and the help all read the same list. */
export interface Action {
  /** Unique on the page, as `kill:n1`. */
  readonly id: string;
  /** The word on the button, as `Kill`. */
  readonly face: string;
  /** The whole name, as `Kill n1`: what a screen reader says and tests look for. */
  readonly name: string;
  /** A single key; null for none. */
  readonly key: string | null;
  /** What a second click has to accept; null for what needs none. */
  readonly confirm: Confirm | null;
  /** What is going on while it runs, as `Killing n1…`; null when it does not. */
  readonly busy: string | null;
  /** Why it cannot be done now; null when it can. */
  readonly unavailable: string | null;
  readonly run: () => void;
}

export interface Confirm {
  /** As `Confirm kill n1`. */
  readonly name: string;
  /** What it would leave, in sentences. */
  readonly impact: string;
}
