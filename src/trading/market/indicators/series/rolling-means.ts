import { meanOf } from "../window-statistics";

/** SMA: the mean of the last `period` values at each index; 0 at the first period - 1, where it is not known. */
export const rollingMeans = (values: Float64Array, period: number): Float64Array => {
  const means = new Float64Array(values.length);
  for (let index = period - 1; index < values.length; index += 1) {
    means[index] = meanOf(values, index - period + 1, index + 1);
  }
  return means;
};
