import { testFound } from '../test/found.js';
import { runnerFaults } from './runner.js';

testFound('runner', runnerFaults);
