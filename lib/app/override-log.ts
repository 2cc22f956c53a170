import type { LoggerService } from '@nestjs/common';
import { linkTo } from '../config/issues/configuration-error.js';
import { show } from '../protocol/show-value.js';
import { whereOf, type Choice } from '../routes/choice.js';

/**
 * Says once per route or `paths` entry that something behind it sets CORS headers of its own: they are replaced, and whoever
 * runs it may believe that they hold. Remembers places only, of which there are as many as routes and entries.
 */
export class OverrideLog {
  private readonly said = new Set<string>();

  constructor(private readonly logger: Pick<LoggerService, 'warn'>) {}

  /** Called while the response head is written, for responses that came with CORS headers. */
  report(choice: Choice, names: readonly string[]): void {
    const place = whereOf(choice) ?? 'default';
    if (this.said.has(place)) return;
    this.said.add(place);
    const { entry, policy } = choice;
    const what = entry === undefined ? place : `${place} (${entry.path})`;
    this.logger.warn(
      `${what}: the response came with ${names.map(readable).join(', ')} of its own, and policy ${show(policy?.label)} replaces them; remove them where they are set (${linkTo('upstream-override')})`,
    );
  }
}

/** An upstream chooses the names. */
function readable(name: string): string {
  return /^[\w-]{1,60}$/.test(name) ? name : show(name);
}
