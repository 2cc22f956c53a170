import { fork } from 'node:child_process';

/** A process that answers one question at a time. */
export class Child {
  static async start(script, args, execArgv = [], env = {}) {
    const child = new Child(fork(script, args, { execArgv, env: { ...process.env, ...env } }));
    child.ready = await child.answer();
    return child;
  }

  constructor(process) {
    this.process = process;
  }

  ask(message) {
    const answer = this.answer();
    this.process.send(message);
    return answer;
  }

  answer() {
    return new Promise((resolve, reject) => {
      const exited = (code) =>
        reject(new Error(`${this.process.spawnargs.join(' ')}: exit ${code}`));
      this.process.once('exit', exited);
      this.process.once('message', ({ result }) => {
        this.process.off('exit', exited);
        resolve(result);
      });
    });
  }

  stop() {
    this.process.disconnect();
  }
}
