import { testFound } from '../test/found.js';
import { replicationFaults } from './replication.js';

testFound('core', replicationFaults);
