type Next<T> = (result: IteratorResult<T, undefined>) => void;

export interface FeedSource<T> {
  /** The next value for this reader; undefined when there is none yet. */
  pull(): T | undefined;
  /** The reader has gone. */
  released(): void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * An async iterator that holds no values of its own: it asks its source whenever its reader asks, so
 * a reader that is slow, or that never comes back, makes nothing grow.
 */
export class Feed<T> implements AsyncIterableIterator<T, undefined> {
  private readonly readers: Next<T>[] = [];
  private ended = false;
  private finishing = false;

  constructor(private readonly source: FeedSource<T>) {
    const { signal } = source;
    // Nobody holds it yet, so there is nobody to let go of it.
    if (signal?.aborted === true) this.ended = true;
    else signal?.addEventListener('abort', this.end, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve) => {
      this.readers.push(resolve);
      this.wake();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The source may have something for the readers that wait. */
  wake(): void {
    while (this.readers.length > 0) {
      const value = this.ended ? undefined : this.source.pull();
      if (value === undefined && !this.ended) {
        if (this.finishing) this.end();
        return;
      }
      const reader = this.readers.shift();
      reader?.(value === undefined ? { done: true, value: undefined } : { done: false, value });
    }
  }

  /** Ends the iteration once the source has nothing more. */
  finish(): void {
    this.finishing = true;
    this.wake();
  }

  private readonly end = (): void => {
    if (this.ended) return;
    this.ended = true;
    this.source.signal?.removeEventListener('abort', this.end);
    this.source.released();
    this.wake();
  };
}

/** All readers of one source. */
export class Feeds<T> {
  private readonly feeds = new Set<Feed<T>>();
  private closed = false;

  get isEmpty(): boolean {
    return this.feeds.size === 0;
  }

  open(pull: () => T | undefined, signal?: AbortSignal): Feed<T> {
    const feed = new Feed({ pull, released: () => this.feeds.delete(feed), signal });
    if (signal?.aborted !== true) this.feeds.add(feed);
    if (this.closed) feed.finish();
    return feed;
  }

  wake(): void {
    for (const feed of this.feeds) feed.wake();
  }

  close(): void {
    this.closed = true;
    for (const feed of this.feeds) feed.finish();
  }
}
