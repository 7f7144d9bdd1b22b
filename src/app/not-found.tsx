import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-prose px-4 py-16">
      <h1 className="text-2xl font-semibold">There is no such page</h1>
      <p className="mt-2 text-muted">It may belong to somebody else, or it was thinned away with its day.</p>
      <p className="mt-6">
        <Link href="/overview" className="link">
          Go to the overview
        </Link>
      </p>
    </main>
  );
}
