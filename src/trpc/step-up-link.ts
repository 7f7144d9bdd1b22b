import type { TRPCClientError, TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import type { AppRouter } from "~/server/api/root";

/** Asks the person at the page to confirm who it is. Resolves to whether that was done. */
export type AskConfirmation = () => Promise<boolean>;

type Refusal = TRPCClientError<AppRouter>;

/**
 * Where a call needs the password first, asks for it and then makes the same call again, so that whoever made it waits
 * for one answer and nothing typed is lost. Where the person declines, the refusal stands.
 */
export const createStepUpLink =
  (ask: AskConfirmation): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let sent: Unsubscribable | undefined;
      let isLeft = false;
      const askFirst = async (refusal: Refusal): Promise<void> => {
        const isConfirmed = await ask();
        if (isLeft) return;
        if (isConfirmed) send(true);
        else observer.error(refusal);
      };
      const send = (isAgain: boolean): void => {
        sent = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (isAgain || error.data?.needsConfirmation !== true) return observer.error(error);
            void askFirst(error);
          },
        });
      };
      send(false);
      return () => {
        isLeft = true;
        sent?.unsubscribe();
      };
    });
