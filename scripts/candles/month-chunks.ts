/** A part of the history that is fetched and stored as one file: [from, to) in ms, within one UTC month. */
export type Chunk = { readonly from: number; readonly to: number };

const nextMonth = (time: number): number => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
};

/** The span by UTC months; the first and the last may be parts of one. */
export const monthChunks = ({ from, to }: Chunk): Chunk[] => {
  const chunks: Chunk[] = [];
  for (let start = from; start < to; start = nextMonth(start)) {
    chunks.push({ from: start, to: Math.min(nextMonth(start), to) });
  }
  return chunks;
};
