"use client";

import { ErrorState } from "~/components/ui/states";

type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** Not even what stands around a page could be read, as when the database does not answer. */
export default function AppError({ error, reset }: Props) {
  const number = error.digest === undefined ? "" : ` Its number is ${error.digest}.`;
  return (
    <main className="mx-auto max-w-[48rem] px-4 py-8">
      <h1 className="mx-4 text-xl font-semibold">0xBot</h1>
      <ErrorState
        title="This page could not be read."
        message={`The database may not answer: it is tried anew with each page. Bots that ran go on where they were.${number}`}
        onRetry={reset}
      />
    </main>
  );
}
