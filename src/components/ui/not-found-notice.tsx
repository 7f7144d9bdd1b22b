import Link from "next/link";

/** Says that there is no such page, and where to go. */
export const NotFoundNotice = () => (
  <div className="mx-auto max-w-prose">
    <h1 className="text-2xl font-semibold">Page not found</h1>
    <p className="mt-2 text-muted">
      The address may be mistyped, what it names may belong to somebody else, or it is an old cycle that was cleared
      away.
    </p>
    <p className="mt-6">
      <Link href="/overview" className="link">
        Go to the overview
      </Link>
    </p>
  </div>
);
