import { describeFailures } from '../support/describe-failures.js';

describeFailures('Redis');
