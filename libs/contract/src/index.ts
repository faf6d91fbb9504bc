export * from './error.js';
export * from './kv.js';
export * from './node.js';
export * from './supervisor.js';
