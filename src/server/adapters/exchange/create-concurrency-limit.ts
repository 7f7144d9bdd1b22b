/** Runs at most `max` tasks at once; the others wait their turn in order. */
export const createConcurrencyLimit = (max: number): (<Result>(task: () => Promise<Result>) => Promise<Result>) => {
  const waiting: (() => void)[] = [];
  let active = 0;

  const enter = async (): Promise<void> => {
    if (active >= max) return new Promise((resolve) => waiting.push(resolve));
    active += 1;
    return undefined;
  };
  // A finished task hands its place to the next in line, so that a newcomer cannot overtake.
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) active -= 1;
    else next();
  };

  return async (task) => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
};
