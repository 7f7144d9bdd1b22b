const WAITS_MS = [100, 200, 400, 800, 1600, 3200, 6400, 6400, 6400] as const;

const isConnectionLoss = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  // 57P0x: the server shuts down or ended the session; 08xxx: connection; the rest come from the socket or pg itself.
  return /^(57P0\d|08|ECONN|EPIPE|ETIMEDOUT)/.test(code) || /connection terminated|not queryable/i.test(error.message);
};

/** Repeats work after a lost connection, for about 25 seconds; any other error is thrown at once. */
export const withRetries = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (const waitMs of WAITS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return work();
};
