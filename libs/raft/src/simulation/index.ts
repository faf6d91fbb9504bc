export { type Counts } from './counts.js';
export { type FaultKind, faultKinds } from './faults/fault.js';
export { type Violation } from './journal.js';
export { type Rule } from './oracles/rules.js';
export { formatReport, type SimulationReport, type Verdict } from './report.js';
export { simulate, type SimulationOptions } from './simulate.js';
