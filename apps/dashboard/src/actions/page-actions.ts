import { pages } from '../core/place.js';
import type { Desk } from '../state/desk.svelte.js';
import { themes } from '../state/preferences.svelte.js';
import { action, type Action } from './action.js';

/** Places of the page that an action goes to: ids of elements. */
export const places = {
  key: 'key-name',
  prefix: 'key-prefix',
  events: 'events',
  add: 'add-node',
} as const;

export const panelId = (node: string) => `node-${node}`;

/** The second key after `g`. */
const chords = {
  overview: 'o',
  stage: 's',
  nodes: 'n',
  data: 'd',
  timeline: 't',
  chaos: 'c',
  members: 'm',
  metrics: 'e',
} as const;

/** What can be done from anywhere on the page. */
export function pageActions(desk: Desk): Action[] {
  const { overlay, preferences, router } = desk;
  const words = desk.t.actions;
  const go = (id: string, name: string, key: string, place: string) =>
    action({ id, group: 'go', name, key, run: () => focusOn(place) });
  return [
    ...pages.map((page) =>
      action({
        id: `page:${page}`,
        group: 'go',
        name: words.goTo(desk.t.shell.pages[page]),
        key: `g ${chords[page]}`,
        run: () => router.go(page),
      }),
    ),
    go('write', words.write, 'w', places.key),
    go('search', words.search, '/', places.prefix),
    go('events', words.events, 'e', places.events),
    go('add', words.add, 'a', places.add),
    ...desk.view.nodes
      .slice(0, 9)
      .map(({ id }, at) => go(`go:${id}`, words.goTo(id), String(at + 1), panelId(id))),
    action({
      id: 'help',
      group: 'view',
      name: words.help,
      key: '?',
      run: () => overlay.show('help'),
    }),
    action({
      id: 'theme',
      group: 'view',
      name: words.theme,
      key: 't',
      run: () => {
        preferences.theme =
          themes[(themes.indexOf(preferences.theme) + 1) % themes.length] ?? 'system';
      },
    }),
  ];
}

function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}
