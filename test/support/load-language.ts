import * as language from '../../lib/config/origins/language.js';

/** In place of `lib/config/origins/load-language.cts`: the sources instead of what was built of them. */
export default (): unknown => language;
