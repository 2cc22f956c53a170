import { CorsModule, type CorsModuleOptions, type CorsPolicyOptions } from 'nestjs-cors';
import { type Places, portOf } from './places.js';
import { readLiteral } from './read-literal.js';

/** The policies as they stand in the editor, by name: the text of an object in TypeScript. */
export type PolicyTexts = Readonly<Record<string, string>>;

/** A mistake, as start-up says it. */
export interface Mistake {
  /** The policy in whose text it is. */
  readonly policy: string;
  readonly message: string;
}

/** The policies that the playground begins with. Plain http is fine on a machine of one's own, and nowhere else. */
export function firstPolicies({ sites: [dashboard, partner] }: Places): PolicyTexts {
  return {
    public: `{\n  origin: '*',\n}`,
    partners: `{
  origin: ['http://*.partner.localhost:${portOf(partner?.origin ?? '')}'],
  exposedHeaders: ['X-Total-Count'],
  maxAge: 3600,
}`,
    app: `{
  origin: '${dashboard?.origin ?? ''}',
  credentials: true,
  dangerouslyAllow: ['insecure-origin-with-credentials'],
}`,
  };
}

/** The options of `CorsModule`, or what is wrong with the texts. */
export function readPolicies(texts: PolicyTexts): CorsModuleOptions | readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const policies: Record<string, CorsPolicyOptions> = {};
  for (const [name, text] of Object.entries(texts)) {
    try {
      policies[name] = readLiteral(text) as CorsPolicyOptions;
    } catch (error) {
      mistakes.push({ policy: name, message: (error as Error).message });
    }
  }
  if (mistakes.length > 0) return mistakes;
  const options: CorsModuleOptions = { default: 'app', policies };
  const { errors } = CorsModule.validate(options);
  if (errors.length === 0) return options;
  return errors.map(({ where, message }) => ({
    policy: policyAt(where),
    message: `${where}: ${message}`,
  }));
}

/** `partners` for `policies.partners.origin[1]`; what is said of `default` is said of `app`. */
function policyAt(where: string): string {
  return /^policies\.(\w+)/.exec(where)?.[1] ?? 'app';
}
