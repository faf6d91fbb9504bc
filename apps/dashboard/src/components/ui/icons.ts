/** Outlines on a square of 24, drawn with a line of 1.75. They say nothing alone: a word goes with each. */
export const icons = {
  overview: 'M4 13h7V4H4zM13 20h7v-9h-7zM13 4v4h7V4zM4 20h7v-4H4z',
  stage:
    'M12 6.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM4.5 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM19.5 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM10.5 6.2 5.8 16.1M13.5 6.2l4.7 9.9M7 18.5h10',
  nodes: 'M4 4h16v6H4zM4 14h16v6H4zM7.5 7h.01M7.5 17h.01',
  data: 'M12 9c4.4 0 8-1.3 8-3s-3.6-3-8-3-8 1.3-8 3 3.6 3 8 3zM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  timeline: 'M3 12h18M6 8v8M12 5v14M17 9v6',
  chaos: 'M13 2 5 13.5h6L10 22l8-11.5h-6z',
  members:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M18.5 8v6M15.5 11h6',
  metrics: 'M3.5 3.5v17h17M7 15l4-5 3 3 5.5-7',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.7v.1',
  close: 'M5 5l14 14M19 5 5 19',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  retry: 'M20 11a8 8 0 1 0-2.3 6M20 4v7h-7',
  play: 'M6 4.5 19 12 6 19.5z',
  pause: 'M8 5v14M16 5v14',
  step: 'M19 5v14M5 5l9 7-9 7z',
  back: 'M5 5v14M19 5l-9 7 9 7z',
} as const;

export type IconName = keyof typeof icons;
