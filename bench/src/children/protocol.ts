/** What a benchmark asks of a member process, and what that tells. */
export type Ask =
  | { readonly type: 'bootstrap' }
  | { readonly type: 'add'; readonly id: string; readonly address: string }
  | {
      readonly type: 'propose';
      readonly bytes: number;
      /** Proposals that are never fewer than this on their way. */
      readonly outstanding: number;
      readonly until: { readonly seconds: number } | { readonly commands: number };
    }
  /** Linearizable. */
  | { readonly type: 'read' };

export type Told =
  | { readonly type: 'open'; readonly address: string }
  | { readonly type: 'done' }
  | { readonly type: 'proposed'; readonly rate: number; readonly p50: number; readonly p99: number }
  | { readonly type: 'read'; readonly applied: number }
  | { readonly type: 'failed'; readonly error: string };
