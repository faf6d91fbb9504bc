import { testFound } from '../test/found.js';
import { storageFaults } from './storage.js';

testFound('log store', storageFaults);
