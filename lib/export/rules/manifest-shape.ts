import {
  either,
  fields,
  FLAG,
  listOf,
  NUMBER,
  oneOf,
  optional,
  orNull,
  recordOf,
  type Shape,
  TEXT,
} from './shape.js';

const TEXTS = listOf(TEXT);
const REGEXP = fields({ regexp: TEXT, flags: TEXT });
const ORIGINS = listOf(either(TEXT, fields({ predicate: TEXT, where: TEXT }), REGEXP));
const POLICY_NAME = either(TEXT, oneOf(false, null));

const OPTIONS = {
  origin: either(oneOf('*', false), ORIGINS),
  credentials: either(FLAG, ORIGINS),
  methods: orNull(TEXTS),
  allowedHeaders: orNull(TEXTS),
  exposedHeaders: TEXTS,
  maxAge: NUMBER,
  optionsSuccessStatus: NUMBER,
  denied: oneOf('omit', 'reject'),
  vary: TEXTS,
  preflightHeaders: recordOf(TEXT),
  timingAllowOrigin: FLAG,
  resourcePolicy: orNull(TEXT),
  dangerouslyAllow: TEXTS,
  fingerprint: TEXT,
};
const POLICY = fields({ ...OPTIONS, reportOnly: optional(fields(OPTIONS)) });

const ROUTE = fields({
  method: TEXT,
  path: TEXT,
  handler: TEXT,
  policy: POLICY_NAME,
  declared: orNull(TEXT),
  hosts: optional(listOf(either(TEXT, REGEXP))),
  versions: optional(TEXTS),
  headerBound: optional(oneOf(true)),
});

const PATH = fields({
  path: TEXT,
  prefix: FLAG,
  methods: orNull(TEXTS),
  policy: POLICY_NAME,
  declared: TEXT,
  keepExposedHeaders: FLAG,
});

const GATEWAY = fields({
  gateway: TEXT,
  port: NUMBER,
  path: orNull(TEXT),
  namespace: either(TEXT, oneOf(null), REGEXP),
  policy: POLICY_NAME,
  declared: orNull(TEXT),
});

/** A manifest, as far as it is read: it may come from a file that somebody has edited. */
export const MANIFEST: Shape = fields({
  service: orNull(TEXT),
  platform: fields({ name: TEXT, strategy: oneOf('hook', 'interceptor'), caseSensitive: FLAG }),
  debug: FLAG,
  policies: recordOf(POLICY),
  routes: listOf(ROUTE),
  paths: listOf(PATH),
  default: fields({ policy: POLICY_NAME }),
  gateways: listOf(GATEWAY),
  live: optional(fields({ source: TEXT, revision: NUMBER })),
  digest: TEXT,
});
