/** How work outside of the driver ends: once, and never before the call that began it has returned. */
export interface Ending<T> {
  done(value: T): void;
  failed(error: unknown): void;
}
