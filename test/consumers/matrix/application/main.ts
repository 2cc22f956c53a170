import { checkAll } from './check.js';

void checkAll();
