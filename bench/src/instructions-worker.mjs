// Serves so many requests in process and ends.
import { boot } from './application.mjs';
import { InProcess } from './in-process.mjs';
import { ROWS } from './requests.mjs';

const [platform, variant, request, count] = process.argv.slice(2);
const app = await boot(platform, variant);
await new InProcess(app.getHttpServer()).run(ROWS[request], Number(count));
process.exit();
