/** The index of the first time (ascending) that is not before `time`; how many there are where none is. */
export const firstFrom = (times: ArrayLike<number>, time: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};
