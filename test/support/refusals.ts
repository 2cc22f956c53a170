import type { Type } from '@nestjs/common';
import {
  CorsConfigurationError,
  type CorsModuleOptions,
  type CorsPolicyOptions,
} from 'nestjs-cors';
import { createAdapter } from './platforms.js';
import { startApp, type RunningApp } from './test-app.js';

/** The codes with which an application is refused; none where it starts. */
export async function refusals(
  cors: CorsModuleOptions,
  controllers: Type[] = [],
): Promise<readonly string[]> {
  let app: RunningApp | undefined;
  try {
    app = await startApp(createAdapter('express'), { cors, controllers });
    return [];
  } catch (error) {
    if (!(error instanceof CorsConfigurationError)) throw error;
    return error.issues.map(({ code }) => code);
  } finally {
    await app?.close();
  }
}

/** The same for one policy, with options as an application in JavaScript may write them. */
export function refusalsOf(policy: Record<string, unknown>): Promise<readonly string[]> {
  return refusals({ default: policy as CorsPolicyOptions });
}
