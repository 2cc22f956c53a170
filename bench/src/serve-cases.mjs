/** Runs cases for the parent process and answers with the CPU time that they took, in microseconds. */
export function serveCases(cases, further = {}) {
  const answers = {
    run: ({ name, count }) => {
      const decide = cases[name];
      const before = process.cpuUsage();
      for (let index = 0; index < count; index++) decide();
      const { user, system } = process.cpuUsage(before);
      return user + system;
    },
    /** What a case comes to, to be sure that the right thing is measured. */
    result: ({ name }) => cases[name](),
    ...further,
  };
  process.on('message', async (message) => {
    process.send({ result: await answers[message.ask](message) });
  });
  process.on('disconnect', () => process.exit());
  process.send({ result: Object.keys(cases) });
}
