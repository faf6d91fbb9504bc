import { integer } from '../core/words.js';

/** `n1`, `n1 and n2`, `n1, n2 and n3` */
export function list(words: readonly string[], and = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1) ?? ''}`;
}

/** `1 voter`, `2 voters` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${integer(number)} ${number === 1 ? one : many}`;
}

/** A sentence for each kind of a thing. */
export type Sentences<T extends { readonly kind: string }> = {
  readonly [K in T['kind']]: (it: Extract<T, { readonly kind: K }>) => string;
};

/** The sentence for this one. */
export function say<T extends { readonly kind: string }>(sentences: Sentences<T>, it: T): string {
  const sentence = sentences[it.kind as T['kind']] as (it: T) => string;
  return sentence(it);
}
