import type { ExactOrigins } from './exact-origins.js';
import { changed } from './layered-origins.js';
import { MAX_ORIGIN_LENGTH, parseOrigin, type ParsedOrigin } from './grammar.js';
import { isExact, type OriginPattern } from './pattern.js';
import type { CorsOriginPredicate } from './predicate.js';

/** The origins of one policy, in the form in which they are looked up. */
export interface OriginMatcher {
  /** A list, pattern or RegExp allows the origin. Costs no more for more of them (RegExps aside). */
  readonly allows: (origin: string) => boolean;
  /** The origins allowed by name. */
  readonly exact: ExactOrigins;
  /** The patterns with wildcards, as they were written: for those who describe the policy. */
  readonly wildcards: readonly string[];
  /** The expressions, as they were written: for those who describe the policy. */
  readonly expressions: readonly WrittenRegExp[];
  /** Asked, in order, when nothing else allows a valid origin. */
  readonly predicates: readonly CorsOriginPredicate[];
}

/** A regular expression as text: nobody else's object. */
export interface WrittenRegExp {
  readonly regexp: string;
  readonly flags: string;
}

export interface OriginSources {
  /** Exact origins that are no patterns besides, of a long list. */
  readonly plain?: ExactOrigins;
  readonly patterns: readonly OriginPattern[];
  /** RegExps, each as an automaton that takes one step a character. */
  readonly regexps: readonly ((origin: string) => boolean)[];
  /** The same as they were written. */
  readonly expressions?: readonly WrittenRegExp[];
  readonly predicates: readonly CorsOriginPredicate[];
}

/** By host, the ports that are allowed. */
type Hosts = Map<string, Set<string>>;

/** The patterns of one scheme: for a host as it is, and, by `.host`, for everything below it. */
interface SchemeIndex {
  readonly itself: Hosts;
  readonly below: Hosts;
}

/** Compiles the origins of a policy. The result shares nothing with the options it was made from. */
export function compileOriginMatcher(sources: OriginSources): OriginMatcher {
  const exact = exactOrigins(sources);
  const wildcards = sources.patterns.filter((pattern) => !isExact(pattern));
  const regexps = [...sources.regexps];
  const described = {
    exact,
    wildcards: Object.freeze(wildcards.map(({ source }) => source)),
    expressions: Object.freeze([...(sources.expressions ?? [])]),
    predicates: Object.freeze([...sources.predicates]),
  };
  if (wildcards.length === 0 && regexps.length === 0) {
    return {
      ...described,
      allows: (origin) => origin.length <= MAX_ORIGIN_LENGTH && exact.has(origin),
    };
  }
  const index = indexHosts(wildcards);
  const allows = (origin: string): boolean => {
    if (origin.length > MAX_ORIGIN_LENGTH) return false;
    if (exact.has(origin)) return true;
    const parsed = parseOrigin(origin);
    if (parsed === undefined) return false;
    return matchesIndex(index, parsed) || regexps.some((accepts) => accepts(origin));
  };
  return { ...described, allows };
}

function exactOrigins({ plain, patterns }: OriginSources): ExactOrigins {
  const exact = new Set(patterns.filter(isExact).map((pattern) => pattern.source));
  if (plain === undefined) return exact;
  return exact.size === 0 ? plain : changed(plain, exact, []);
}

function indexHosts(patterns: readonly OriginPattern[]): ReadonlyMap<string, SchemeIndex> {
  const index = new Map<string, SchemeIndex>();
  for (const { scheme, host, port, subdomains } of patterns) {
    const { itself, below } = index.get(scheme) ?? { itself: new Map(), below: new Map() };
    const [hosts, key]: [Hosts, string] = subdomains ? [below, `.${host}`] : [itself, host];
    hosts.set(key, (hosts.get(key) ?? new Set()).add(port));
    index.set(scheme, { itself, below });
  }
  return index;
}

function matchesIndex(
  index: ReadonlyMap<string, SchemeIndex>,
  { scheme, host, port, opaque }: ParsedOrigin,
): boolean {
  const hosts = index.get(scheme);
  if (hosts === undefined) return false;
  if (allowsPort(hosts.itself.get(host), port)) return true;
  if (opaque) return false;
  for (let dot = host.indexOf('.'); dot > 0; dot = host.indexOf('.', dot + 1)) {
    if (allowsPort(hosts.below.get(host.slice(dot)), port)) return true;
  }
  return false;
}

function allowsPort(ports: ReadonlySet<string> | undefined, port: string): boolean {
  return ports !== undefined && (ports.has('*') || ports.has(port));
}
