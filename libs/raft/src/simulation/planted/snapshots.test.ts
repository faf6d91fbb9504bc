import { testFound } from '../test/found.js';
import { snapshotFaults } from './snapshots.js';

testFound('node', snapshotFaults);
