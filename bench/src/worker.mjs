// One application in a process of its own: what one variant teaches the compiler does not slow down another.
import { boot } from './application.mjs';
import { bootBare } from './bare.mjs';
import { InProcess } from './in-process.mjs';
import { listen, told } from './listening.mjs';
import { ROWS } from './requests.mjs';

// Outside production denials are a line in the terminal.
process.env.NODE_ENV = 'production';
const [platform, variant, listening] = process.argv.slice(2);
if (listening !== undefined) await listen(listening);
const app = variant === 'bare' ? await bootBare() : await boot(platform, variant);
const server = app.getHttpServer();
const inProcess = new InProcess(server);

function cpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const answers = {
  /** CPU time of this process so far, in microseconds. */
  cpu,
  /** CPU time of some requests in this process. */
  run: async ({ row, count }) => {
    const before = cpu();
    await inProcess.run(ROWS[row], count);
    return cpu() - before;
  },
  /** Heap bytes per request; the process must have room to collect nothing meanwhile. */
  allocated: async ({ row, count, warmUp = 5 * count }) => {
    await inProcess.run(ROWS[row], warmUp);
    const before = process.memoryUsage().heapUsed;
    await inProcess.run(ROWS[row], count);
    return Math.round((process.memoryUsage().heapUsed - before) / count);
  },
  /** The status of the answer, to be sure that the right thing is measured. */
  status: async ({ row }) => (await inProcess.send(ROWS[row])).statusCode,
  told,
};

process.on('message', async (message) => {
  process.send({ result: await answers[message.ask](message) });
});
process.on('disconnect', () => process.exit());
process.send({ result: server.address().port });
