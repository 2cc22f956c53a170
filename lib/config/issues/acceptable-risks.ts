import { CODES, type AcceptedBy, type CorsIssueCode } from './codes.js';

type RiskOf<By extends AcceptedBy> = {
  [Code in CorsIssueCode]: (typeof CODES)[Code] extends { readonly acceptedBy: By } ? Code : never;
}[CorsIssueCode];

/** A code that `dangerouslyAllow` of a policy may list. Everything else is an error whatever is allowed. */
export type PolicyRisk = RiskOf<'policy'>;

/** A code that `dangerouslyAllow` of the whole application may list. */
export type ApplicationRisk = RiskOf<'application'>;

export const POLICY_RISKS = risksAcceptedBy('policy');
export const APPLICATION_RISKS = risksAcceptedBy('application');

/** Tells a risk that a policy may accept from anything else that was written in its place. */
export function isPolicyRisk(value: unknown): value is PolicyRisk {
  return POLICY_RISKS.includes(value as PolicyRisk);
}

/** Tells a risk that the application may accept from anything else that was written in its place. */
export function isApplicationRisk(value: unknown): value is ApplicationRisk {
  return APPLICATION_RISKS.includes(value as ApplicationRisk);
}

function risksAcceptedBy<By extends AcceptedBy>(by: By): readonly RiskOf<By>[] {
  const risks = Object.entries(CODES).filter(
    ([, code]) => code.level === 'danger' && code.acceptedBy === by,
  );
  return risks.map(([code]) => code as RiskOf<By>);
}
