import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import type { ClusterView } from '../src/core/cluster-view.js';
import { EventLog } from '../src/core/event-log.js';
import { Desk } from '../src/state/desk.svelte.js';
import Stand from './Stand.svelte';

/** The state of a page that sees this and opens no sockets. */
export function deskSeeing(view: ClusterView, events = new EventLog()): Desk {
  const desk = new Desk({ origin: 'http://localhost:8080', hostname: 'localhost' }, null);
  Object.defineProperty(desk.cluster, 'view', { get: () => view });
  desk.cluster.latestEvents = (limit, node) => events.latest(limit, node);
  return desk;
}

/** Puts one component of the page on the screen. */
export function renderAt<Props extends Record<string, unknown>>(
  desk: Desk,
  component: Component<Props>,
  attributes: Props,
): void {
  render(Stand, {
    props: {
      desk,
      component,
      attributes,
    },
  });
}
