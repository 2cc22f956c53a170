/** Why browsers refuse a cookie, in Chromium's words: its developer tools show the same names. */
export type CookieRefusal =
  | 'DisallowedCharacter'
  | 'NameValuePairExceedsMaxSize'
  | 'NoCookieContent'
  | 'SyntaxError'
  | 'InvalidPrefix'
  | 'InvalidDomain'
  | 'SecureOnly'
  | 'SameSiteNoneInsecure'
  | 'SameSiteStrict'
  | 'SameSiteLax'
  | 'SameSiteUnspecifiedTreatedAsLax'
  | 'OverwriteSecure';

/** A cookie that a response set and the browser did not keep. */
export interface RefusedCookie {
  /** The `Set-Cookie` line. */
  readonly setCookie: string;
  readonly reason: CookieRefusal;
  /** The mistake, and the line to write. */
  readonly message: string;
}

const FROM_ANOTHER_SITE =
  'a page of another site may only have cookies set that say SameSite=None; Secure';

const ADVICE: Readonly<Record<CookieRefusal, string>> = {
  DisallowedCharacter: 'it contains a control character; encode the value',
  NameValuePairExceedsMaxSize:
    'name and value have more than 4096 bytes; keep the data on the server',
  NoCookieContent: 'it has neither name nor value',
  SyntaxError: "without a name, the value must not contain '='; give it a name",
  InvalidPrefix:
    '__Secure- needs Secure and https; __Host- also Path=/ and no Domain; __Http- and __Host-Http- also HttpOnly; and the prefix belongs to a name',
  InvalidDomain:
    'Domain is neither the host nor a domain above it, or is a public suffix (com, co.uk, github.io); leave it out, or name the domain that you registered',
  SecureOnly: 'Secure needs https, or localhost; set apiOrigin to where the application will be',
  SameSiteNoneInsecure: 'SameSite=None needs Secure',
  SameSiteStrict: FROM_ANOTHER_SITE,
  SameSiteLax: FROM_ANOTHER_SITE,
  SameSiteUnspecifiedTreatedAsLax: `without SameSite it counts as Lax, and ${FROM_ANOTHER_SITE}`,
  OverwriteSecure: 'a response over plain http cannot replace a Secure cookie of the same name',
};

export function refused(setCookie: string, reason: CookieRefusal): RefusedCookie {
  return { setCookie, reason, message: ADVICE[reason] };
}
