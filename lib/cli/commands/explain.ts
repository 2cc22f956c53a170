import { CorsInspector, type CorsExplanation } from '../../inspect/cors-inspector.js';
import { isRequestableMethod } from '../../protocol/methods.js';
import { CliError, EXIT } from '../cli-error.js';
import { loadApplication } from '../load/load-application.js';
import type { Command } from './command.js';

/** `nestjs-cors explain <method> <url> --origin <origin>`: a request that would be denied is a finding. */
export const explain: Command = async ([method, url, ...rest], options) => {
  const { origin, header = [] } = options;
  if (method === undefined || url === undefined || origin === undefined || rest.length > 0)
    throw new CliError('nestjs-cors explain <method> <url> --origin <origin> [--header <name>]…');
  const asked = method.toUpperCase();
  if (!isRequestableMethod(asked))
    throw new CliError(`${method} is no method that a browser sends`);
  const inspector = (await loadApplication(options)).get(CorsInspector);
  const json = await inspector.explain(asked, url, origin, header);
  const denied = json.preflight === undefined || json.preflight.failure !== undefined;
  return { text: textOf(json, origin), json, exitCode: denied ? EXIT.findings : EXIT.ok };
};

const SOURCES: Readonly<Record<CorsExplanation['source'], string>> = {
  route: 'the route',
  paths: '`paths`',
  gateway: 'the gateway',
  default: '`default`',
  none: 'nothing',
};

function textOf(explanation: CorsExplanation, origin: string): string {
  const { method, url, policy, source, where, originAllowed, preflight } = explanation;
  const from = where === undefined ? SOURCES[source] : `${SOURCES[source]}, ${where}`;
  const lines = [
    `${method} ${url} from ${origin}`,
    policy === undefined
      ? 'policy     none: the request is left alone'
      : `policy     ${policy} (from ${from})`,
    `origin     ${originAllowed ? 'allowed' : 'not allowed'}`,
  ];
  if (preflight === undefined)
    return [...lines, 'preflight  goes on to the application'].join('\n');
  const step = preflight.failure === undefined ? '' : `, fails: ${preflight.failure}`;
  const headers = Object.entries(preflight.headers).map(
    ([name, value]) => `           ${name}: ${value}`,
  );
  return [
    ...lines,
    `preflight  ${preflight.status}${step}`,
    ...headers,
    ...adviceLines(explanation),
  ].join('\n');
}

/** The sentence that says what to change, and what the policy on trial would answer. */
function adviceLines({ advice, reportOnly }: CorsExplanation): readonly string[] {
  const lines = advice === undefined ? [] : [`advice     ${advice}`];
  if (reportOnly === undefined) return lines;
  const { reason, credentials, advice: tried } = reportOnly;
  const would = reason === 'allowed' ? `allow${credentials ? ' with credentials' : ''}` : 'deny';
  const why = tried === undefined ? '' : `: ${tried}`;
  return [...lines, `reportOnly would ${would}${why}`];
}
