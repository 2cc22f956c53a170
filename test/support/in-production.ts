/** Runs with `NODE_ENV=production`, and puts back what was there. */
export async function inProduction<Result>(run: () => Promise<Result>): Promise<Result> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    return await run();
  } finally {
    process.env['NODE_ENV'] = before;
  }
}
