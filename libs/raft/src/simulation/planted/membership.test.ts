import { testFound } from '../test/found.js';
import { membershipFaults } from './membership.js';

testFound('core', membershipFaults);
