import { testFound } from '../test/found.js';
import { sessionFaults } from './sessions.js';

testFound('replica', sessionFaults);
