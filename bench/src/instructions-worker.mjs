// One application under the counter: many requests of each row, and the number of instructions before and after every few of them.
import { boot } from './application.mjs';
import { InProcess } from './in-process.mjs';
import { ROWS } from './requests.mjs';

const { platform, variant, rows, warmUp, slices, count } = JSON.parse(process.argv[2]);
const app = await boot(platform, variant);
const inProcess = new InProcess(app.getHttpServer());
const mark = () => process.kill(process.pid, 0);

for (const row of rows) {
  await inProcess.run(ROWS[row], warmUp);
  mark();
  for (let slice = 0; slice < slices; slice++) {
    await inProcess.run(ROWS[row], count);
    mark();
  }
}
process.exit();
