import type { ClusterView } from '../core/cluster/cluster-view.js';
import type { Desk } from '../state/desk.svelte.js';
import { themes } from '../state/preferences.svelte.js';
import type { Action } from './action.js';

/** Places of the page that an action goes to: ids of elements. */
export const places = {
  key: 'key-name',
  prefix: 'key-prefix',
  events: 'events',
  add: 'add-node',
} as const;

export const panelId = (node: string) => `node-${node}`;

/** What can be done from anywhere on the page. */
export function pageActions(view: ClusterView, desk: Desk, showHelp: () => void): Action[] {
  const { preferences } = desk;
  return [
    action('help', 'Show the shortcuts', '?', showHelp),
    action('write', 'Go to the keys', 'w', () => focusOn(places.key)),
    action('search', 'Search the keys by prefix', '/', () => focusOn(places.prefix)),
    action('events', 'Go to the events', 'e', () => focusOn(places.events)),
    action('add', 'Go to “Add a node”', 'a', () => focusOn(places.add)),
    action('theme', 'Change the theme', 't', () => {
      preferences.theme =
        themes[(themes.indexOf(preferences.theme) + 1) % themes.length] ?? 'system';
    }),
    ...view.nodes
      .slice(0, 9)
      .map(({ id }, at) =>
        action(`go:${id}`, `Go to ${id}`, String(at + 1), () => focusOn(panelId(id))),
      ),
  ];
}

function action(id: string, name: string, key: string, run: () => void): Action {
  return { id, face: name, name, key, run, confirm: null, busy: null, unavailable: null };
}

function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}
