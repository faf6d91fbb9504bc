import { testFound } from '../test/found.js';
import { readFaults } from './reading.js';

testFound('core', readFaults);
