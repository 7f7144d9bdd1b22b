/** Lets at most `limit` calls of `work` run at a time; the others wait in order of arrival. */
export const limitConcurrency = <Input, Output>(
  limit: number,
  work: (input: Input) => Promise<Output>,
): ((input: Input) => Promise<Output>) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  const enter = (): Promise<void> => {
    if (running < limit) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => void waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    // The next in line takes over our place.
    if (next) next();
    else running -= 1;
  };
  return async (input) => {
    await enter();
    try {
      return await work(input);
    } finally {
      leave();
    }
  };
};
