import type { CorsExplanation } from 'nestjs-cors';

/** Why a page may not read, in the few words that a cell has room for. */
const WORDS: Partial<Record<CorsExplanation['reason'], string>> = {
  'origin-denied': 'not its origin',
  'method-denied': 'not this method',
  'headers-denied': 'not this header',
  'headers-malformed': 'not these headers',
  'no-policy': 'nobody may',
  'undecidable-policy': 'an unclear path',
  'left-alone': 'no policy',
};

/** @param credentials the page sends cookies */
export function wordsFor(
  { reason, originAllowed, credentials: granted }: CorsExplanation,
  credentials: boolean,
): string | undefined {
  if (reason === 'allowed') return credentials && !granted ? 'not with cookies' : undefined;
  return WORDS[reason] ?? (originAllowed ? undefined : reason);
}
