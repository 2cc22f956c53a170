import { A, B } from '../support/live-app.js';
import {
  byHand,
  changedFile,
  cut,
  type Failure,
  heal,
  NO_FILE,
  nothing,
  refused,
  silent,
  slow,
  SOON,
  soon,
  stale,
  withFile,
} from '../support/failure.js';
import { lists } from '../support/stage.js';
import { ANOTHER, takenOver, THIRD, twoThatDoNot, twoThatExpect } from '../support/writers.js';

const OWN_WRITER = 'whoever writes an own table does it as the table has it: no publisher of ours';

/** Of the contract, in its order. */
export const FAILURES: readonly Failure[] = [
  { what: 'down at start', before: cut, options: soon, preventsStart: true, ends: heal },
  { what: 'silent at start', before: silent, options: soon, preventsStart: true, ends: heal },
  {
    what: 'down at start, which is put up with',
    before: cut,
    options: () => ({ ...SOON, startUp: 'closed' }),
    decides: 'nobody',
    seen: ({ status }) => status.state === 'closed',
    logged: 'no state yet, everyone is denied',
    ends: heal,
  },
  {
    what: 'down at start, with a file of the last run',
    before: async (stage) => {
      await stage.leaveFile();
      await cut(stage);
    },
    options: withFile,
    seen: ({ status }) => status.state === 'stale' && status.from === 'file',
    logged: 'of the last known good file',
    ends: heal,
  },

  { what: 'cut', happens: cut, seen: stale, logged: 'they were current', ends: heal },
  { what: 'a silent partition', happens: silent, seen: stale, ends: heal },
  { what: 'a slow store', happens: slow, seen: stale, ends: heal },
  {
    what: 'a store that is stopped',
    happens: ({ store }) => store.stop(),
    seen: stale,
    ends: ({ store }) => store.start(),
  },

  {
    what: 'a value that is no JSON',
    happens: ({ store }) => store.write('not a state'),
    seen: refused('invalid-snapshot'),
  },
  {
    what: 'JSON of somebody else',
    happens: ({ store }) => store.write('{"users":[1,2,3]}'),
    seen: refused('invalid-snapshot'),
  },
  {
    what: 'poison: a state that start-up would refuse',
    happens: ({ store }) => store.publish(lists(A, B, 'http://insecure.example')),
    seen: refused('insecure-origin-with-credentials'),
    logged: 'live.tenants.origin[2]',
  },
  {
    what: 'poison: a policy of the code',
    happens: ({ store }) => store.publish({ ...lists(A, B), app: { origin: [B] } }),
    seen: refused('unknown-policy'),
  },
  {
    what: 'half a value',
    happens: async ({ store }) => store.write((await store.text()).slice(0, 60)),
    seen: refused('invalid-snapshot'),
  },
  {
    what: '20 MB of rubbish',
    happens: ({ store }) => store.write('x'.repeat(20 << 20)),
    // More than a deadline may do for on a busy machine.
    options: () => ({ pollEvery: 10_000, deadline: 9000 }),
    seen: refused('invalid-snapshot'),
  },

  {
    what: 'a revision that goes back',
    happens: ({ store }) =>
      store.write(JSON.stringify({ format: 1, revision: 7, policies: lists(B) })),
    seen: refused('revision-went-back'),
  },
  {
    what: 'a revision that says something else',
    happens: ({ store, status: { revision } }) =>
      store.write(JSON.stringify({ format: 1, revision, policies: lists(A, B) })),
    seen: refused('revision-reused'),
  },

  {
    what: 'notified twice',
    options: byHand,
    happens: async ({ store, notices }) => {
      notices.fate = 'come twice';
      await store.publish(lists(A, ANOTHER));
    },
    seen: async (stage) => (await nothing(stage)) && takenOver(stage),
  },
  {
    what: 'notified out of order, of what was read long ago',
    options: byHand,
    happens: async ({ store, notices, app }) => {
      notices.fate = 'are late';
      for (const origin of [ANOTHER, THIRD]) {
        await store.publish(lists(A, origin));
        await app.live.reconcile();
      }
      notices.fate = 'come';
      notices.release();
    },
    seen: async (stage) => (await nothing(stage)) && takenOver(stage),
  },
  {
    what: 'never notified',
    happens: async ({ store, notices }) => {
      notices.fate = 'are lost';
      await store.publish(lists(A, ANOTHER));
    },
    seen: takenOver,
  },

  {
    what: 'two writers who expect a revision',
    impossible: { 'plain source': OWN_WRITER },
    happens: twoThatExpect,
    seen: takenOver,
  },
  {
    what: 'two writers who expect nothing',
    impossible: { 'plain source': OWN_WRITER },
    happens: twoThatDoNot,
    seen: takenOver,
  },

  { what: 'a flush', happens: ({ store }) => store.wipe(), seen: stale },
  {
    what: 'a key that is deleted',
    impossible: {
      'plain source': 'an own source says null for every kind of nothing, as for a flush',
    },
    happens: ({ store }) => store.remove(),
    seen: stale,
  },
  {
    what: 'a list that is emptied',
    happens: ({ store }) => store.publish(lists()),
    seen: refused('missing-origin'),
  },

  {
    what: 'a broken file',
    before: changedFile((text) => text.slice(0, -20)),
    options: withFile,
    preventsStart: true,
    logged: NO_FILE,
    ends: heal,
  },
  {
    what: 'a file that was tampered with',
    before: changedFile((text) => text.replace(A, B)),
    options: withFile,
    preventsStart: true,
    logged: NO_FILE,
    ends: heal,
  },
  {
    what: 'a file that was tampered with, and nobody at start, which is put up with',
    before: changedFile((text) => text.replace(A, B)),
    options: (stage) => ({ ...withFile(stage), startUp: 'closed' }),
    decides: 'nobody',
    seen: ({ status }) => status.state === 'closed',
    logged: NO_FILE,
    ends: heal,
  },
];
