"use client";

import PageError from "./(app)/error";

type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** The same without the app's frame: a public page, or the frame itself, could not be made. */
export default function BareError(props: Props) {
  return (
    <main className="mx-auto max-w-prose px-4 py-16">
      <PageError {...props} />
    </main>
  );
}
