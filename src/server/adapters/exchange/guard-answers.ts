import type { Ccxt, Okx } from "./load-ccxt";

/**
 * ccxt's OKX class with stricter checks. Plain ccxt reads a 200 that is not JSON (a captcha page, a cut body, nothing)
 * as an EMPTY answer, so a bot would read "no positions": here it is a BadResponse. A JSON error page from a proxy is
 * judged by its HTTP status. The timeout covers the body too, not only the headers.
 */
export const guardAnswers = ({ BadResponse, RequestTimeout, okx }: Ccxt): Ccxt["okx"] =>
  class GuardedOkx extends okx {
    override handleErrors(...answer: Parameters<Okx["handleErrors"]>): undefined {
      const [status, , url, method, , body] = answer;
      const response: unknown = answer[6];
      if (isOkxReply(response)) return super.handleErrors(...answer);
      if (status < 300) {
        throw new BadResponse(`${this.id} ${method} ${url} HTTP ${status}: not an OKX reply (${body.slice(0, 80)})`);
      }
      return undefined;
    }

    override async fetch(...request: Parameters<Okx["fetch"]>): Promise<unknown> {
      const { promise: expired, cancel } = expireAfter(this.timeout, () => {
        return new RequestTimeout(`${this.id} ${request[0]}: no full answer within ${this.timeout} ms`);
      });
      return Promise.race([super.fetch(...request), expired]).finally(cancel);
    }
  };

const isOkxReply = (response: unknown): boolean =>
  typeof response === "object" && response !== null && "code" in response && typeof response.code === "string";

const expireAfter = (timeoutMs: number, toError: () => Error): { promise: Promise<never>; cancel: () => void } => {
  const { promise, reject } = withResolvers();
  const timer = setTimeout(() => reject(toError()), timeoutMs);
  return { promise, cancel: () => clearTimeout(timer) };
};

const withResolvers = (): { promise: Promise<never>; reject: (error: Error) => void } => {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, rejectPromise) => {
    reject = rejectPromise;
  });
  return { promise, reject };
};
