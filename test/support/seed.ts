/** The seed of every random test of a run: `CORS_SEED`, else another one each time. CI takes it from the tree that it judges. */
export const SEED = Number(process.env['CORS_SEED'] ?? Date.now() % 2 ** 31);
