export type RunnerTimers = { stop(): void };

export type TimedTask = { readonly everyMs: number; readonly task: () => Promise<void> };

/** Repeats each task; a task that still runs is not started again. The timers do not keep the process alive. */
export const startTimers = (tasks: readonly TimedTask[], onError: (error: unknown) => void): RunnerTimers => {
  const intervals = tasks.map(({ everyMs, task }) => {
    let running = false;
    const interval = setInterval(() => {
      if (running) return;
      running = true;
      task()
        .catch(onError)
        .finally(() => {
          running = false;
        });
    }, everyMs);
    return interval.unref();
  });
  return { stop: () => intervals.forEach(clearInterval) };
};
