export { type BlankLog, logStoreSuite } from './log-store-suite.js';
export { type BlankSnapshots, snapshotStoreSuite } from './snapshot-store-suite.js';
export type { SuiteCase } from './suite.js';
export { type NewTransport, transportSuite } from './transport-suite.js';
