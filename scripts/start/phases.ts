/** Tells each phase of the start in one line, with its time. */
export const createPhases = (say: (text: string) => void) => {
  const startedAt = performance.now();
  const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  return {
    run: async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
      const since = performance.now();
      const result = await work();
      say(`${name.padEnd(44)} ${seconds(since).padStart(7)}`);
      return result;
    },
    total: () => seconds(startedAt),
  };
};
