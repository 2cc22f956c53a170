import type { ApplicationPolicies } from '../app/application-policies.js';
import type { LiveSettings } from '../config/live/check-live-options.js';
import type { CorsLivePolicy, CorsSnapshot } from '../config/live/live-options.js';
import { IssueCollector } from '../config/issues/issue-collector.js';
import type { CorsConfigurationIssue } from '../config/issues/configuration-error.js';
import { suggestName } from '../config/issues/nearest-name.js';
import type { LiveValues } from '../config/policies/compile-live.js';
import { placeIn, show, showKey } from '../protocol/show-value.js';
import type { LivePolicies } from '../routes/snapshot.js';
import { digestOf } from './digest.js';
import { isRecord } from './envelope.js';
import { readList } from './read-list.js';
import { Refusal } from './refusal.js';

/** A state that passed every check, compiled beside the one that is held. */
export interface Candidate {
  readonly revision: number;
  readonly values: ReadonlyMap<string, LiveValues>;
  readonly policies: LivePolicies;
  readonly digest: string;
  readonly warnings: readonly CorsConfigurationIssue[];
}

/** Reads and compiles states, by the checks of start-up. */
export class Candidates {
  private readonly names: ReadonlySet<string>;

  constructor(
    private readonly policies: ApplicationPolicies,
    private readonly settings: LiveSettings,
  ) {
    this.names = policies.liveNames();
  }

  /** @throws Refusal with every mistake */
  async ofSnapshot({ revision, policies: given }: CorsSnapshot): Promise<Candidate> {
    const issues = new IssueCollector();
    this.checkNames(Object.keys(given), issues);
    const values = new Map<string, LiveValues>();
    for (const name of this.names) {
      if (!Object.hasOwn(given, name)) continue;
      const read = await this.readPolicy(given[name], placeIn('live', name), issues);
      if (read !== undefined) values.set(name, read);
    }
    return this.compile(revision, values, issues);
  }

  /** @throws Refusal with every mistake */
  compile(
    revision: number,
    values: ReadonlyMap<string, LiveValues>,
    issues: IssueCollector,
  ): Candidate {
    const policies = this.policies.compileLive(values, issues);
    if (issues.errors.length > 0) throw new Refusal(issues.errors, revision);
    return { revision, values, policies, digest: digestOf(values), warnings: issues.warnings };
  }

  /** Exactly the live policies: a list too many has no effect, and one too few would be an empty one. */
  private checkNames(given: readonly string[], issues: IssueCollector): void {
    for (const name of given) {
      if (this.names.has(name)) continue;
      const message = `no live policy is named ${show(name)}, so the list would have no effect: ${suggestName(name, [...this.names])}; every other policy belongs to the code`;
      issues.add('unknown-policy', placeIn('live', name), message, name);
    }
    for (const name of this.names) {
      if (given.includes(name)) continue;
      const message = `the state has no list for ${show(name)}; write one, or \`"origin": false\` for nobody`;
      issues.add('missing-origin', placeIn('live', name), message);
    }
  }

  private async readPolicy(
    given: unknown,
    where: string,
    issues: IssueCollector,
  ): Promise<LiveValues | undefined> {
    if (!isRecord(given)) {
      const message = `${show(given)} is no policy; write { "origin": [ … ] }`;
      issues.add('invalid-options', where, message, given);
      return undefined;
    }
    const { origin: _origin, count: _count, ...options } = given;
    this.checkKeys(Object.keys(options), where, issues);
    const list = given as unknown as CorsLivePolicy;
    const origins = await readList(list, `${where}.origin`, this.settings.deadline, issues);
    return { origins, options };
  }

  private checkKeys(keys: readonly string[], where: string, issues: IssueCollector): void {
    const allowed: readonly string[] = this.settings.mayChange;
    for (const key of keys) {
      if (allowed.includes(key)) continue;
      const message = `${showKey(key)} is not the source's to change; it may change ${allowed.join(', ')} (\`mayChange\`)`;
      issues.add('unknown-option', where, message, key);
    }
  }
}
