import type { LoggerService } from '@nestjs/common';
import { BoundedLog } from '../bounded-log.js';
import type { CorsOutcome } from './decision-event.js';
import type { CorsReportOnlyEvent } from './report-only-event.js';

/**
 * Says in the terminal of a developer what a policy on trial would change: once a minute for each kind of difference (policy,
 * place, both outcomes, reason, origin), and of so many kinds at most.
 */
export class ReportLog {
  private readonly log: BoundedLog;

  constructor(logger: Pick<LoggerService, 'warn' | 'error'>) {
    this.log = new BoundedLog(logger);
  }

  /**
   * @param request in words
   * @param advice where to change what, if it was meant to pass
   */
  report(event: CorsReportOnlyEvent, request: string, advice: string | undefined): void {
    const { policy, where, outcome, credentials, origin, reportOnly: trial } = event;
    const [is, would] = wordsFor([outcome, credentials], [trial.outcome, trial.credentials]);
    const why = advice ?? `policy ${JSON.stringify(trial.policy)} is the one that is tried`;
    const kind = [trial.policy, policy, where, is, would, trial.reason, origin].join(' ');
    this.log.report(
      'warn',
      kind,
      `Report only: ${request} is ${is}, and would be ${would}: ${why}`,
    );
  }
}

type Answer = readonly [outcome: CorsOutcome, credentials: boolean];

/** Credentials are named where they are the difference. */
function wordsFor(...answers: readonly [Answer, Answer]): readonly string[] {
  const bothAllowed = answers.every(([outcome]) => outcome === 'allowed');
  return answers.map(([outcome, credentials]) => {
    if (outcome === 'rejected') return 'turned away';
    return bothAllowed ? `allowed ${credentials ? 'with' : 'without'} credentials` : outcome;
  });
}
