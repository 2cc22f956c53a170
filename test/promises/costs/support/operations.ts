import { Session, type Profiler } from 'node:inspector';

/**
 * Counts what the library's own code executes, block by block, with V8's precise coverage: the same request costs the same
 * number whatever else the machine does. Only what is loaded after {@link OperationCounter.start} is counted, because V8
 * puts the counters in when it compiles. Time inside built-ins (`RegExp`, `String`) does not show.
 */
export class OperationCounter {
  private readonly session = new Session();

  async start(): Promise<void> {
    this.session.connect();
    await this.post('Profiler.enable');
    await this.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Blocks executed in `lib/` since the last call. */
  async take(): Promise<number> {
    const taken = await this.post('Profiler.takePreciseCoverage');
    const { result } = taken as Profiler.TakePreciseCoverageReturnType;
    const own = result.filter(({ url }) => /\/lib\/(?!testing\/)[\w./-]+\.ts$/.test(url));
    return own
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  }

  private post(method: string, parameters: object = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.session.post(method, parameters, (error, result) =>
        error === null ? resolve(result) : reject(error),
      );
    });
  }
}
