"use client";

import { crashReference } from "~/components/ui/crash-words";
import { ErrorState } from "~/components/ui/states";

type Props = { readonly error: Error & { readonly digest?: string }; readonly retry: () => void };

/** Shown within the app's frame when a page could not be made. The button reads it from the server again. */
export default function PageError({ error, retry }: Props) {
  const message = `Something went wrong on our side. Try again in a moment.${crashReference(error.digest)}`;
  return (
    <div className="-mx-4">
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorState title="This page could not be shown." message={message} onRetry={retry} />
    </div>
  );
}
