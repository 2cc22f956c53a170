/**
 * The longest time, in milliseconds, that nobody else had their turn while some work was done. CPU time of this process, and not
 * more than the clock says: what the rest of the machine does meanwhile blocks nobody's event loop.
 */
export async function longestBlock(work) {
  let longest = 0;
  let done = false;
  let last = now();
  const turn = () => {
    const { wall, cpu } = now();
    longest = Math.max(longest, Math.min(wall - last.wall, cpu - last.cpu));
    last = now();
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  done = true;
  await new Promise((resolve) => setImmediate(resolve));
  return longest;
}

function now() {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
}
