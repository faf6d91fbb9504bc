import { type Page, pages } from '../core/place.js';
import type { Desk } from '../state/desk.svelte.js';
import type { Over } from '../state/overlay.svelte.js';
import { type Choices, choices } from '../state/preferences.svelte.js';
import type { Router } from '../state/router.svelte.js';
import { action, type Action } from './action.js';

/** Places of the page that an action goes to: ids of elements. */
export const places = {
  key: 'key-name',
  prefix: 'key-prefix',
  events: 'events',
  recording: 'recording-file',
} as const;

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
  return [...goings(desk), ...choosings(desk), ...overlays(desk)];
}

function goings({ cluster, router, t }: Desk): Action[] {
  const go = (id: string, name: string, key: string | null, run: () => void) =>
    action({ id, group: 'go', name, key, run });
  return [
    ...pages.map((page) =>
      go(`page:${page}`, t.actions.goTo(t.shell.pages[page]), `g ${chords[page]}`, () =>
        router.go(page),
      ),
    ),
    go('write', t.actions.write, 'w', () => goTo('overview', places.key, router)),
    go('search', t.actions.search, '/', () => goTo('data', places.prefix, router)),
    ...cluster.present.nodes.map(({ id }, at) =>
      go(`go:${id}`, t.actions.goTo(id), at < 9 ? String(at + 1) : null, () =>
        router.go('nodes', id),
      ),
    ),
    go('add', t.actions.add, 'a', () => router.go('members', null, { add: 'node' })),
  ];
}

function overlays({ overlay, t }: Desk): Action[] {
  const show = (over: Over, name: string, key: string | null) =>
    action({ id: over, group: 'view', name, key, run: () => overlay.show(over) });
  return [
    show('help', t.actions.help, '?'),
    show('settings', t.actions.settings, null),
    show('palette', t.actions.palette, null),
  ];
}

/** Every choice by its name, and one key that goes through the colours. */
function choosings({ preferences, t }: Desk): Action[] {
  const { settings } = t.shell;
  const view = (id: string, name: string, key: string | null, run: () => void) =>
    action({ id, group: 'view', name, key, run });
  const next = () => {
    const { theme } = preferences.chosen;
    const after = choices.theme[(choices.theme.indexOf(theme) + 1) % choices.theme.length];
    preferences.choose('theme', after ?? 'system');
  };
  const each = (name: keyof Choices) => {
    const labels: Readonly<Record<string, string>> = settings.choices[name];
    return choices[name].map((choice) => {
      const label = labels[choice] ?? choice;
      return view(`${name}:${choice}`, `${settings.choiceTitles[name]}: ${label}`, null, () =>
        preferences.choose(name, choice),
      );
    });
  };
  return [
    view('theme', t.actions.theme, 't', next),
    ...(Object.keys(choices) as (keyof Choices)[]).flatMap(each),
  ];
}

/** A page may have to be fetched first: its place is looked for this long, ms. */
const fetchedWithinMs = 2_000;

function goTo(page: Page, place: string, router: Router): void {
  router.go(page);
  const deadline = performance.now() + fetchedWithinMs;
  requestAnimationFrame(function look() {
    const element = document.getElementById(place);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
    if (!element && performance.now() < deadline) requestAnimationFrame(look);
  });
}
