"use client";

import { crashReference } from "~/components/ui/crash-words";
import { ErrorState } from "~/components/ui/states";

type Props = { readonly error: Error & { readonly digest?: string }; readonly retry: () => void };

/** Shown when even the layout around a page could not be read, as when the database does not answer. */
export default function AppError({ error, retry }: Props) {
  return (
    <main className="mx-auto max-w-[48rem] px-4 py-8">
      <h1 className="mx-4 text-xl font-semibold">0xBot</h1>
      <ErrorState
        title="This page could not be loaded."
        message={`The database may not be answering. Nothing is lost: bots continue where they were once it answers. Try again in a moment.${crashReference(error.digest)}`}
        onRetry={retry}
      />
    </main>
  );
}
