/** Reports each phase of the start in one line, with its duration. */
export const createPhases = (say: (text: string) => void) => {
  const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const write = (name: string, time: string): void => say(`${name.padEnd(44)} ${time.padStart(7)}`);
  return {
    /** A phase that began so long after this process, ms, and ends now. */
    tell: (name: string, since: number): void => write(name, seconds(since)),
    run: async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
      const since = performance.now();
      const result = await work();
      write(name, seconds(since));
      return result;
    },
    /** Begins a phase that runs beside the next ones. The returned function waits for its end, then reports it. */
    begin: (name: string, work: () => Promise<void>): (() => Promise<void>) => {
      const since = performance.now();
      const time = work().then(() => seconds(since));
      // The caller that waits for the phase gets its failure; until then it must not count as unhandled.
      time.catch(() => undefined);
      return async () => write(name, await time);
    },
    /** Since this process began. */
    total: () => seconds(0),
  };
};
