import type { INestApplication } from '@nestjs/common';
import { ApplicationPolicies } from '../../app/application-policies.js';
import { Decisions } from '../../app/decisions.js';
import type { LiveSettings } from '../../config/live/check-live-options.js';
import type { CorsPolicySource } from '../../config/live/live-options.js';
import { CorsInspector } from '../../inspect/cors-inspector.js';
import type { CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import type { CorsLiveLists } from '../../live/adapters.js';
import { type Candidate, Candidates } from '../../live/candidate.js';
import { within } from '../../live/deadline.js';
import { envelopeOf } from '../../live/envelope.js';
import { Refusal } from '../../live/refusal.js';
import { CliError } from '../cli-error.js';

/** The state of a store, as the application would take it. */
export type Found = Candidate | Refusal | 'nothing';

/** An application that judges states as it would if it ran. */
export class Judge {
  readonly settings: LiveSettings;
  private readonly policies: ApplicationPolicies;
  private readonly candidates: Candidates;

  /** @throws CliError for an application without live policies */
  constructor(private readonly app: INestApplication) {
    this.policies = app.get(ApplicationPolicies);
    const { live } = this.policies;
    if (live === undefined)
      throw new CliError(
        'the application has no live policies: no `live` beside `policies`, docs/live.md',
      );
    this.settings = live;
    this.candidates = new Candidates(this.policies, live);
  }

  get names(): ReadonlySet<string> {
    return this.policies.liveNames();
  }

  /** @throws Refusal with every mistake */
  judge(policies: CorsLiveLists): Promise<Candidate> {
    return this.candidates.ofSnapshot({ format: 1, revision: 1, policies });
  }

  /** The state of a source. @throws CliError where it does not answer */
  async find(source: CorsPolicySource): Promise<Found> {
    try {
      return await this.read(source);
    } catch (error) {
      if (Refusal.is(error)) return error;
      throw new CliError(`${source.name} does not answer: ${(error as Error).message}`);
    }
  }

  /** The live policies in full, as a manifest would show them under a state; they allow nobody under none. */
  described(state: Candidate | undefined): Readonly<Record<string, CorsManifestPolicy>> {
    const { revision = 0, policies = this.policies.unlisted } = state ?? {};
    this.app.get(Decisions).swap(revision, policies);
    return this.app.get(CorsInspector).manifest().policies;
  }

  private async read(source: CorsPolicySource): Promise<Found> {
    const { startTimeout } = this.settings;
    const answer = await within(startTimeout, (signal) => source.read(undefined, signal));
    if (answer === null || answer === 'unchanged') return 'nothing';
    const envelope = envelopeOf(answer);
    if (envelope.kind === 'snapshot') return this.candidates.ofSnapshot(envelope.snapshot);
    throw new Error('it answers with a change where nothing is held');
  }
}
