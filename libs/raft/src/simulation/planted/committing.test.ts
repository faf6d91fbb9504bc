import { testFound } from '../test/found.js';
import { commitFaults } from './committing.js';

testFound('core', commitFaults);
