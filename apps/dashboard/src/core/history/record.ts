import type {
  EventBatch,
  MetricsSample,
  ProcessList,
  StatusFrame,
  TraceBatch,
} from '@quorate/contract';
import type { Link } from '../cluster/observation.js';

/** Everything that a page ever hears, and when, in page time. A history is made of these alone. */
export type HistoryRecord = { readonly t: number } & (
  | { readonly kind: 'supervisor'; readonly link: Link }
  | { readonly kind: 'processes'; readonly list: ProcessList }
  | {
      readonly kind: 'link';
      readonly node: string;
      readonly link: Link;
      readonly problem: string | null;
    }
  | {
      readonly kind: 'frame';
      readonly node: string;
      readonly frame: StatusFrame;
      /** Until when it was heard on, where the frames behind this one were thinned out. */
      readonly until?: number;
    }
  | { readonly kind: 'events'; readonly node: string; readonly batch: EventBatch }
  | { readonly kind: 'trace'; readonly node: string; readonly batch: TraceBatch }
  | { readonly kind: 'metrics'; readonly node: string; readonly sample: MetricsSample }
);

/** What a record changes: who does what, numbers only, or nothing that was not known. */
export type Change = 'weighty' | 'numbers' | 'none';
