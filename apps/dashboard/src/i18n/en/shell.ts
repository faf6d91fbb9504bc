/** The frame around every page. */
export const shell = {
  skip: 'Skip to the page',
  pages: {
    overview: 'Overview',
    stage: 'Stage',
    nodes: 'Nodes',
    data: 'Data',
    timeline: 'Timeline',
    chaos: 'Chaos',
    members: 'Membership',
    metrics: 'Metrics',
  },
  navigation: 'Pages',
  announcements: 'Announcements',
  inspector: { close: 'Close', titles: { why: 'Why' } },
  loading: 'Loading the page…',
  notLoaded: (problem: string) => `This page could not be loaded: ${problem}`,
};
