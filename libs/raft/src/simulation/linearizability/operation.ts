/** What a key holds; null for nothing. */
export type Value = number | null;

/** What a client wants of one key. */
export type Action =
  | { readonly type: 'get' }
  | { readonly type: 'set'; readonly value: Value }
  | { readonly type: 'remove' }
  | { readonly type: 'compare-and-set'; readonly expected: Value; readonly value: Value };

/** One call of a client on one key. */
export interface Operation {
  readonly key: number;
  readonly action: Action;
  /** When it began: any number that rises along the history, the same for no two events. */
  readonly begun: number;
  /** When it was answered; null when nobody knows whether it took effect, or will. */
  readonly ended: number | null;
  /** What its answer says that the key held before it; undefined when it says nothing of that. */
  readonly seen: Value | undefined;
}

/** The state after an operation that takes effect in this state; undefined where it cannot be. */
export function after(state: Value, { action, seen }: Operation): Value | undefined {
  if (seen !== undefined && seen !== state) return undefined;
  switch (action.type) {
    case 'get':
      return state;
    case 'set':
      return action.value;
    case 'remove':
      return null;
    case 'compare-and-set':
      return state === action.expected ? action.value : state;
  }
}

export function describeOperation({ key, action, begun, ended, seen }: Operation): string {
  const result = seen === undefined ? '' : `, saw ${describeValue(seen)}`;
  return `[${begun} to ${ended ?? '?'}] key ${key}: ${describeAction(action)}${result}`;
}

export function describeAction(action: Action): string {
  switch (action.type) {
    case 'get':
    case 'remove':
      return action.type;
    case 'set':
      return `set ${describeValue(action.value)}`;
    case 'compare-and-set':
      return `set ${describeValue(action.value)} if ${describeValue(action.expected)}`;
  }
}

export function describeValue(value: Value): string {
  return value === null ? 'nothing' : String(value);
}
