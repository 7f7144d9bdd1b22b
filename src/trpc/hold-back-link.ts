import type { TRPCClientError, TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "~/server/api/root";

/** Where the answer does not say it. */
const WAIT_MS_DEFAULT = 5000;
/** Tabs that were refused together do not come back together. */
const JITTER_MS = 1000;

type HoldBackOptions = { readonly now?: () => number; readonly random?: () => number };

/** The ms to wait that a refusal asks for; null: it was no such refusal. */
const waitMsOf = (error: TRPCClientError<AppRouter>): number | null => {
  if (error.data?.code !== "TOO_MANY_REQUESTS") return null;
  const { response } = (error.meta ?? {}) as { readonly response?: Response };
  const seconds = Number(response?.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : WAIT_MS_DEFAULT;
};

/**
 * Once the server said that there were too many requests, reads wait until it takes them again, whoever asks for them:
 * a page that reads anew at each event would else go on asking. Changes are somebody's click and go out at once.
 */
export const createHoldBackLink =
  ({ now = Date.now, random = Math.random }: HoldBackOptions = {}): TRPCLink<AppRouter> =>
  () => {
    let until = 0;
    return ({ op, next }) =>
      observable((observer) => {
        let sent: { unsubscribe(): void } | undefined;
        const send = (): void => {
          sent = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              const waitMs = waitMsOf(error);
              // A change has limits of its own, some of them long, which say nothing about reads.
              const isOfReads = waitMs !== null && op.type !== "mutation";
              if (isOfReads) until = Math.max(until, now() + waitMs + random() * JITTER_MS);
              observer.error(error);
            },
          });
        };
        const waitMs = op.type === "query" ? until - now() : 0;
        const timer = waitMs > 0 ? setTimeout(send, waitMs) : undefined;
        if (timer === undefined) send();
        return () => {
          clearTimeout(timer);
          sent?.unsubscribe();
        };
      });
  };
