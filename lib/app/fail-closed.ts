import { Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { show } from '../protocol/show-value.js';
import { BoundedLog } from './bounded-log.js';
import { refuseRequest } from './perform.js';

/**
 * Whatever goes wrong while a request is decided about ends as a denial: a 500 would say that the application is broken, and
 * before the platform's own code runs there is no error handler at all. A function for `trust proxy` that throws is one way.
 */
export class FailClosed {
  private readonly faults = new BoundedLog(new Logger('CorsModule'));

  /** @returns what the work returned; `false` where it failed and the request was answered with 403 */
  attempt(
    response: ServerResponse,
    work: () => boolean | Promise<boolean>,
  ): boolean | Promise<boolean> {
    try {
      const result = work();
      return typeof result === 'boolean'
        ? result
        : result.catch((error: unknown) => this.deny(response, error));
    } catch (error) {
      return this.deny(response, error);
    }
  }

  private deny(response: ServerResponse, error: unknown): false {
    const message = `a request is denied: ${show(error)}`;
    this.faults.report('error', message, message);
    refuseRequest(response);
    response.end();
    return false;
  }
}
