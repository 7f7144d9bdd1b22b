const WINDOW_MS = 2000;
const REQUESTS_MAX = 40;

/**
 * OKX's public limit: 40 requests in any 2 seconds of wall time. Answers whether one more may pass now.
 * `clock` is monotonic, in ms.
 */
export const createRequestWindow = (clock: () => number): (() => boolean) => {
  let passed: number[] = [];
  return () => {
    const now = clock();
    passed = passed.filter((time) => time > now - WINDOW_MS);
    if (passed.length >= REQUESTS_MAX) return false;
    passed.push(now);
    return true;
  };
};
