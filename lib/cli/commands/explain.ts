import { CorsInspector, type CorsExplanation } from '../../inspect/cors-inspector.js';
import { isRequestableMethod } from '../../protocol/methods.js';
import { CliError, EXIT } from '../cli-error.js';
import { loadApplication } from '../load/load-application.js';
import type { Command } from './command.js';
import { sourceInWords } from '../../inspect/source-in-words.js';

/** `nestjs-cors explain <method> <url> --origin <origin>`: a request that would be denied is a finding. */
export const explain: Command = async ([method, url, ...rest], options) => {
  const { origin, header = [] } = options;
  if (method === undefined || url === undefined || origin === undefined || rest.length > 0)
    throw new CliError('nestjs-cors explain <method> <url> --origin <origin> [--header <name>]…');
  const asked = method.toUpperCase();
  if (!isRequestableMethod(asked))
    throw new CliError(`${method} is no method that a browser sends`);
  checkAsked(url, origin);
  const inspector = (await loadApplication(options)).get(CorsInspector);
  const json = await inspector.explain(asked, url, origin, header);
  const denied = json.preflight === undefined || json.preflight.failure !== undefined;
  return { text: textOf(json, origin), json, exitCode: denied ? EXIT.findings : EXIT.ok };
};

/** `https://app.example.com:8443`, `capacitor://localhost`, `null`. */
const SENT_ORIGIN = /^(?:null|[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+)$/i;

/** A slip would be explained as something else: a path as no route, an origin as one that nobody allows. @throws CliError */
function checkAsked(url: string, origin: string): void {
  if (!/^(?:\/|https?:\/\/)/i.test(url))
    throw new CliError(`${url}: a path (/orders/7) or an absolute URL is expected`);
  if (!SENT_ORIGIN.test(origin))
    throw new CliError(
      `--origin ${origin}: browsers send scheme, host and port, without a path and a slash at the end, such as https://app.example.com`,
    );
}

function textOf(explanation: CorsExplanation, origin: string): string {
  const { method, url, policy, originAllowed, preflight } = explanation;
  const lines = [
    `${method} ${url} from ${origin}`,
    policy === undefined
      ? 'policy     none: the request is left alone'
      : `policy     ${policy} (from ${sourceInWords(explanation)})`,
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
