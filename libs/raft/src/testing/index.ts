export { type BlankLog, logStoreSuite } from './log-store-suite.js';
export type { SuiteCase } from './suite.js';
