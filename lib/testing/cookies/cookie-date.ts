const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/;
const DAY = /^\d{1,2}(?!\d)/;
const YEAR = /^\d{2,4}(?!\d)/;

interface DateParts {
  time?: readonly number[];
  day?: number;
  month?: number;
  year?: number;
}

/**
 * RFC 6265 §5.1.1: the date of an `Expires` attribute in milliseconds since 1970, or `undefined` where there is none. Not
 * `Date.parse()`: that takes `2027-10-21T07:28:00Z`, which browsers ignore, and not `21-Oct-27 07:28:00`.
 */
export function parseCookieDate(text: string): number | undefined {
  const parts: DateParts = {};
  for (const token of text.split(/[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/)) take(token, parts);
  const { time, day, month, year } = parts;
  if (time === undefined || day === undefined || month === undefined || year === undefined) {
    return undefined;
  }
  const [hour = 0, minute = 0, second = 0] = time;
  const date = new Date(Date.UTC(fullYear(year), month, day, hour, minute, second));
  const exists = date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists && date.getUTCFullYear() >= 1601 ? date.getTime() : undefined;
}

/** Each token is the first thing that is still missing and that it can be, in the order of the standard. */
function take(token: string, parts: DateParts): void {
  const time = TIME.exec(token);
  const month = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
  if (parts.time === undefined && time !== null) parts.time = time.slice(1).map(Number);
  else if (parts.day === undefined && DAY.test(token)) parts.day = Number.parseInt(token, 10);
  else if (parts.month === undefined && month >= 0) parts.month = month;
  else if (parts.year === undefined && YEAR.test(token)) parts.year = Number.parseInt(token, 10);
}

function fullYear(year: number): number {
  if (year < 70) return year + 2000;
  return year < 100 ? year + 1900 : year;
}
