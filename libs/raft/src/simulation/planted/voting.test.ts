import { testFound } from '../test/found.js';
import { votingFaults } from './voting.js';

testFound('core', votingFaults);
