import { jest } from '@jest/globals';
import { LongTimer } from '../../../lib/live/long-timer.js';

const DAY = 86_400_000;

describe('a timer', () => {
  // Nobody waits for a month: the clock is advanced. It rings at once for more than 24.8 days, as Node's.
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each([0.01, 24, 24.9, 30, 365])('of %d days rings then, once, and not before', (days) => {
    const rings = jest.fn();
    new LongTimer(rings).set(days * DAY);
    jest.advanceTimersByTime(days * DAY - 1);
    expect(rings).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1 + 400 * DAY);
    expect(rings).toHaveBeenCalledTimes(1);
  });

  it('without an end never rings, and keeps nothing waiting', () => {
    new LongTimer(() => undefined).set(Number.POSITIVE_INFINITY);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that is set again counts from then on, and one that is cleared does not ring', () => {
    const rings = jest.fn();
    const timer = new LongTimer(rings);
    timer.set(30 * DAY);
    jest.advanceTimersByTime(29 * DAY);
    timer.set(30 * DAY);
    jest.advanceTimersByTime(29 * DAY);
    expect(rings).not.toHaveBeenCalled();
    timer.clear();
    jest.advanceTimersByTime(29 * DAY);
    expect(rings).not.toHaveBeenCalled();
  });
});
