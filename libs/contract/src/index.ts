export * from './error.js';
export * from './faults.js';
export * from './kv.js';
export * from './log.js';
export * from './metrics.js';
export * from './node.js';
export * from './supervisor.js';
export * from './trace.js';
