import { EXTENSION_SCHEMES, extensionWildcardMessage } from './extension-schemes.js';
import type { OriginContext, OriginShape, RiskyOriginIssue } from './risky-origins.js';
import { sharedHostOf, type HostReach } from './risky-hosts.js';

/** An origin, and all that rules look at. */
export interface Subject extends OriginShape, OriginContext {
  readonly shown: string;
  readonly reach: HostReach;
  /** Strangers can get names below the host. */
  readonly registry: boolean;
}

/** One danger. */
export type Rule = (subject: Subject) => RiskyOriginIssue | undefined;

const PER_INSTALL_SCHEMES: ReadonlySet<string> = new Set(['moz-extension', 'safari-web-extension']);
/** Schemes of pages that are loaded from hosts. */
export const WEB_SCHEMES: ReadonlySet<string> = new Set(['http', 'https']);

const insecureOrigin: Rule = ({ shown, source, scheme, credentials, reach }) => {
  if (scheme !== 'http' || !credentials || reach === 'loopback') return undefined;
  return {
    code: 'insecure-origin-with-credentials',
    message: `${shown}: whoever is on the visitor's network can put a script into a page loaded over http, and read what the visitor may read`,
    fix: `write '${source.replace(/^http:/, 'https:').replace(/:443$/, '')}'`,
  };
};

const publicSuffix: Rule = ({ shown, scheme, host, port, registry, credentials }) => {
  if (!registry) return undefined;
  return {
    code: 'public-suffix-wildcard',
    harmless: !credentials,
    message: `${shown}: anyone can get a name below ${host}, and so is allowed`,
    fix: `name the hosts that are yours, such as '${scheme}://my-app.${host}${port ? `:${port}` : ''}'`,
  };
};

const sharedHosting: Rule = ({ shown, host, credentials }) => {
  const shared = sharedHostOf(host);
  if (shared === undefined || !credentials) return undefined;
  return {
    code: 'shared-hosting-origin',
    message: `${shown}: ${shared} runs scripts of its users, who could read what a visitor may read`,
    fix: 'host the page under a domain of your own',
  };
};

const subdomainsWithCredentials: Rule = ({
  shown,
  host,
  subdomains,
  credentials,
  reach,
  registry,
}) => {
  if (!subdomains || !credentials || reach === 'loopback' || registry) return undefined;
  return {
    code: 'subdomains-with-credentials',
    message: `${shown}: a script injected into any page below ${host}, or a subdomain taken over, reads what a visitor may read`,
    fix: 'list the subdomains that need it',
  };
};

const localInProduction: Rule = ({ shown, scheme, host, production, credentials, reach }) => {
  // Other schemes with the host `localhost` are apps in a web view, which are served that way in production.
  if (!production || reach === 'public' || !WEB_SCHEMES.has(scheme)) return undefined;
  return {
    code: 'local-origin-in-production',
    harmless: !credentials,
    message: `${shown}: in production ${host} is ${reach === 'loopback' ? "the visitor's own machine" : "a machine in the visitor's network"}, and whatever serves pages there is allowed`,
    fix: 'allow it in development only, through the configuration of the environment',
  };
};

const anyPort: Rule = ({ shown, host, port, credentials, reach }) => {
  if (port !== '*' || !credentials || reach === 'loopback') return undefined;
  return {
    code: 'any-port-with-credentials',
    message: `${shown}: whatever serves pages on any port of ${host} reads what a visitor may read`,
    fix: 'name the ports',
  };
};

const unusualHost: Rule = ({ shown, source, scheme, host, reach }) => {
  if (host.endsWith('.') && WEB_SCHEMES.has(scheme)) {
    const message = `${shown}: to browsers a host with a trailing dot is another origin than the one without`;
    const fix = `write '${source.replace(`//${host}`, `//${host.slice(0, -1)}`).replace(`*.${host}`, `*.${host.slice(0, -1)}`)}'`;
    return { code: 'unusual-host', message, fix };
  }
  const singleLabel = !host.includes('.') && !host.startsWith('[');
  if (!singleLabel || reach === 'loopback' || !WEB_SCHEMES.has(scheme)) return undefined;
  return {
    code: 'unusual-host',
    message: `${shown}: which machine ${host} names depends on the network the visitor is in`,
    fix: 'write the full host name',
  };
};

const extensionWildcard: Rule = ({ shown, scheme, host, port, subdomains }) => {
  if (!EXTENSION_SCHEMES.has(scheme) || !(subdomains || host.includes('*') || port === '*'))
    return undefined;
  return {
    code: 'extension-wildcard',
    message: extensionWildcardMessage(shown, scheme),
  };
};

const extensionPerInstall: Rule = ({ shown, scheme }) => {
  if (!PER_INSTALL_SCHEMES.has(scheme)) return undefined;
  return {
    code: 'extension-origin-per-install',
    message: `${shown}: browsers give the extension another id in every installation, so this matches one browser`,
    fix: 'send the requests from the background script with host permissions, which need no CORS',
  };
};

export const RULES: readonly Rule[] = [
  insecureOrigin,
  publicSuffix,
  sharedHosting,
  subdomainsWithCredentials,
  localInProduction,
  anyPort,
  unusualHost,
  extensionWildcard,
  extensionPerInstall,
];
