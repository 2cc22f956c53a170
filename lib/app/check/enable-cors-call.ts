/** A call of `enableCors()`, and what to write instead. */
interface Call {
  readonly where: string;
  readonly remedy: string;
}

/** A frame of Nest's own, or of Node's. */
const BETWEEN = /[\\/]@nestjs[\\/](?:core|testing)[\\/]|\(?node:|<anonymous>/;

/** Nest's application calls `enableCors()` for the option. */
const BY_OPTION = /\bapplyOptions\b/;

/** Who has called `enableCors()`: it need not be the application's own code. */
export function callOf(enableCors: (...args: never[]) => unknown): Call {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, enableCors);
  const frames = (trace.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  if (frames.some((frame) => BY_OPTION.test(frame)))
    return {
      where: 'cors of NestFactory.create()',
      remedy:
        'remove the option, its value is that of a policy: CorsModule.forRoot({ default: … })',
    };
  const caller = frames.find((frame) => !BETWEEN.test(frame))?.trim();
  return {
    where: 'app.enableCors()',
    remedy: `remove the call${caller === undefined ? '' : ` (it is made ${caller})`}, its options are those of a policy: CorsModule.forRoot({ default: … })`,
  };
}
