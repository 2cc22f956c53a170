import { describeFailures } from '../support/describe-failures.js';

describeFailures('plain source');
