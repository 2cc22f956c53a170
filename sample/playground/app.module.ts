import type { CorsModuleOptions } from 'nestjs-cors';
import { placesFrom } from './places.js';
import { PlaygroundModule } from './playground.module.js';
import { firstPolicies, readPolicies } from './policies.js';

const options = readPolicies(firstPolicies(placesFrom(4000)));

/** As the playground begins, for the command line: `npx nestjs-cors routes --module dist/sample/playground/app.module.js`. */
export const AppModule = PlaygroundModule.under(options as CorsModuleOptions);
