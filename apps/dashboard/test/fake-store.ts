import { compareKeys, type KeyTree } from '@quorate/contract';

interface Stored {
  readonly value: string;
  readonly index: number;
  readonly createdIndex: number;
  readonly version: number;
}

/** Takes the place of `fetch`: a node's store as far as the Data page asks it, all in memory. */
export class FakeStore {
  readonly #keys = new Map<string, Stored>();
  #index = 0;
  /** Every request, as `PUT config/motd`. */
  readonly asked: string[] = [];
  /** Items of a page, and keys that one request of a search or a removal takes. */
  pageSize = 1_000;
  /** What is answered instead, while it is set. */
  failure: { readonly status: number; readonly code: string } | null = null;

  set(key: string, value: string): number {
    const before = this.#keys.get(key);
    this.#index += 1;
    this.#keys.set(key, {
      value,
      index: this.#index,
      createdIndex: before?.createdIndex ?? this.#index,
      version: (before?.version ?? 0) + 1,
    });
    return this.#index;
  }

  get(key: string): string | null {
    return this.#keys.get(key)?.value ?? null;
  }

  get size(): number {
    return this.#keys.size;
  }

  readonly fetch = (input: string, init: RequestInit): Promise<Response> => {
    const url = new URL(input);
    const key = decodeURIComponent(url.pathname.replace(/^\/kv\/?/, ''));
    const method = init.method ?? 'GET';
    this.asked.push(`${method} ${key === '' ? url.search : key}`);
    if (this.failure) return Promise.resolve(refusal(this.failure.status, this.failure.code));
    return Promise.resolve(
      key === ''
        ? this.#many(method, Object.fromEntries(url.searchParams))
        : this.#one(method, key, init),
    );
  };

  #one(method: string, key: string, init: RequestInit): Response {
    const stored = this.#keys.get(key);
    const headers = new Headers(init.headers);
    const match = headers.get('if-match');
    if (match !== null && match !== `"${stored?.index ?? 0}"`) {
      return refusal(412, 'condition-failed');
    }
    if (headers.has('if-none-match') && stored) return refusal(412, 'condition-failed');
    if (method === 'PUT') {
      const { body } = init;
      const value = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
      return Response.json({ index: this.set(key, value), term: 1 });
    }
    if (method === 'DELETE') {
      this.#index += 1;
      return Response.json({ index: this.#index, term: 1, existed: this.#keys.delete(key) });
    }
    if (!stored) return refusal(404, 'key-not-found');
    return new Response(stored.value, {
      headers: {
        'quorate-index': String(stored.index),
        'quorate-created-index': String(stored.createdIndex),
        'quorate-version': String(stored.version),
      },
    });
  }

  #many(method: string, query: Record<string, string>): Response {
    const { prefix = '', after = '', contains, count } = query;
    const keys = [...this.#keys.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
    if (method === 'DELETE') {
      for (const key of keys.slice(0, this.pageSize)) this.#keys.delete(key);
      const removed = Math.min(keys.length, this.pageSize);
      this.#index += 1;
      return Response.json({ index: this.#index, term: 1, removed, more: keys.length > removed });
    }
    if (count !== undefined) return Response.json({ keys: keys.length });
    if (contains === undefined) return Response.json(this.#tree(keys, prefix, after));
    const behind = keys.filter((key) => compareKeys(key, after) > 0);
    const looked = behind.slice(0, this.pageSize);
    return Response.json({
      items: looked.filter((key) => key.includes(contains)).map((key) => this.#item(key)),
      next: behind.length > looked.length ? looked.at(-1) : null,
    });
  }

  #tree(keys: readonly string[], prefix: string, after: string): KeyTree {
    const items = new Map<string, KeyTree['items'][number]>();
    for (const key of keys) {
      const end = key.indexOf('/', prefix.length);
      const name = end === -1 ? key : key.slice(0, end + 1);
      if (compareKeys(name, after) <= 0) continue;
      items.set(
        name,
        end === -1 ? { kind: 'key', ...this.#item(key) } : { kind: 'group', prefix: name },
      );
    }
    const names = [...items.keys()].slice(0, this.pageSize);
    return {
      items: [...items.values()].slice(0, this.pageSize),
      next: items.size > names.length ? (names.at(-1) ?? null) : null,
    };
  }

  #item(key: string): { key: string; bytes: number; index: number } {
    const { value = '', index = 0 } = this.#keys.get(key) ?? {};
    return { key, bytes: value.length, index };
  }
}

function refusal(status: number, code: string): Response {
  const body = { code, message: `refused: ${code}`, outcome: 'not-applied', retryable: false };
  return Response.json({ ...body, leader: null }, { status });
}
