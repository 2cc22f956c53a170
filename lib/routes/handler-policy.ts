import type { Type } from '@nestjs/common';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';

/** A method of a controller that may be an HTTP route, and its policy. */
export interface HandlerPolicy {
  readonly controller: Type;
  readonly methodName: string;
  readonly handler: object;
  readonly policy: CompiledPolicy | undefined;
  /** Of the policy in a snapshot. */
  readonly policyIndex: number | undefined;
}
