export type { SuiteCase } from './suite.js';
export { type NewTransport, transportSuite } from './transport-suite.js';
