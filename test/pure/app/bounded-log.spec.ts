import { BoundedLog } from '../../../lib/app/bounded-log.js';

describe('a log that requests cannot flood', () => {
  let now = 0;
  let lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const make = (): BoundedLog => new BoundedLog({ warn: write, error: write }, () => now);

  beforeEach(() => {
    now = 0;
    lines = [];
  });

  it('says each kind once a minute, and how often it was not said', () => {
    const log = make();
    for (let count = 0; count < 1000; count += 1) log.report('warn', 'late', `late ${count}`);
    log.report('error', 'broken', 'broken');
    expect(lines).toEqual(['late 0', 'broken']);
    now = 60_000;
    log.report('warn', 'late', 'late again');
    expect(lines.at(-1)).toBe('late again (999 more lines were left out)');
    now = 120_000;
    log.report('warn', 'late', 'late once more');
    expect(lines.at(-1)).toBe('late once more');
  });

  it('names twenty kinds a minute, whatever requests make of them', () => {
    const log = make();
    for (let count = 0; count < 1000; count += 1) log.report('warn', `kind ${count}`, 'a line');
    expect(lines).toHaveLength(20);
  });
});
