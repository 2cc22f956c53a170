// `node --import ./test/support/runner/load-sources.mjs`: a process of its own that runs the sources.
import { loadSources } from './sources.mjs';

loadSources();
