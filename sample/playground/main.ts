import 'reflect-metadata';
import { startPlayground } from './playground.js';

const port = Number(process.env['PORT'] ?? 4000);
const { places } = await startPlayground(port, process.argv.includes('--fastify'));

console.log(`
Three sites try the same calls on one API. Open them side by side:

  ${places.index}

or one by one:
${places.sites.map(({ name, origin }) => `  ${origin}  (${name})`).join('\n')}
`);
