import { LARGEST_STATE } from './parse-state.js';
import { Refusal } from './refusal.js';

export { CorsConflictError } from './conflict-error.js';
export { OwnedConnection, type ConnectionMaker } from './owned-connection.js';
export { LARGEST_STATE, parseState } from './parse-state.js';
export { patched, type Patched } from './patched.js';
export {
  afterRevision,
  BEFORE_REVISION,
  type CorsLiveLists,
  type CorsPublisher,
} from './publisher.js';

/** Said of a state before it is read. */
export function tooLarge(): Refusal {
  const message = `it has more than ${LARGEST_STATE} bytes; decide about so many origins in a predicate`;
  return Refusal.of('invalid-snapshot', 'live', message);
}
