/** Rows per batch keep transactions short, batches per run keep runs short. The next run goes on. */
export const BATCH = 2000;
const BATCHES_MAX = 50;

/** Repeats `work` until it handles less than a whole batch. Returns how many rows it handled in all. */
export const inBatches = async (work: () => Promise<number>): Promise<number> => {
  let total = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const count = await work();
    total += count;
    if (count < BATCH) break;
  }
  return total;
};
