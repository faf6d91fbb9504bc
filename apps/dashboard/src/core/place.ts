export const pages = [
  'overview',
  'stage',
  'nodes',
  'data',
  'timeline',
  'chaos',
  'members',
  'metrics',
] as const;
export type Page = (typeof pages)[number];

export interface Place {
  readonly page: Page;
  /** What of the page, as the id of a node; null for the page itself. */
  readonly item: string | null;
  /** Selection, time and filters. */
  readonly params: Readonly<Record<string, string>>;
}

/** `#/nodes/n1?t=5`: the page works from any server, and from a file. */
export function href(page: Page, item: string | null = null, params: Place['params'] = {}): string {
  const query = new URLSearchParams(params).toString();
  const path = item === null ? page : `${page}/${encodeURIComponent(item)}`;
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

/** Unknown pages are the first one. */
export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, item] = path.split('/');
  const page = pages.find((candidate) => candidate === name) ?? 'overview';
  return {
    page,
    item: item ? decoded(item) : null,
    params: Object.fromEntries(new URLSearchParams(query)),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
