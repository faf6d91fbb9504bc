import type { SuiteCase } from './suite.js';
import { carrying } from './transport/carrying.js';
import type { NewTransport } from './transport/group.js';
import { lasting } from './transport/lasting.js';
import { meeting } from './transport/meeting.js';

export type { NewTransport } from './transport/group.js';

/** What a node relies on in a transport. Every case ends within 10 seconds, and closes what it made. */
export const transportSuite: readonly SuiteCase<NewTransport>[] = [
  ...carrying,
  ...meeting,
  ...lasting,
];
