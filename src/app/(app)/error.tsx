"use client";

import { ErrorState } from "~/components/ui/states";

type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** A page that could not be made, within the app's frame. The number is the one that the server's log has. */
export default function PageError({ error, reset }: Props) {
  const message =
    error.digest === undefined ? "Try again in a moment." : `Try again in a moment. Its number is ${error.digest}.`;
  return (
    <>
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorState title="This page could not be shown." message={message} onRetry={reset} />
    </>
  );
}
