import type { Component } from 'svelte';
import type { Page } from '../core/place.js';
import Overview from './overview/Overview.svelte';

/** Each page but the first is fetched when somebody goes there. */
export const loaders: Readonly<Record<Page, () => Promise<{ readonly default: Component }>>> = {
  overview: () => Promise.resolve({ default: Overview }),
  stage: () => import('./stage/Stage.svelte'),
  nodes: () => import('./nodes/Nodes.svelte'),
  data: () => import('./data/Data.svelte'),
  timeline: () => import('./timeline/Timeline.svelte'),
  chaos: () => import('./chaos/Chaos.svelte'),
  members: () => import('./members/Members.svelte'),
  metrics: () => import('./metrics/Metrics.svelte'),
};
