import Link from "next/link";
import { redirect } from "next/navigation";
import { getPublicApi, isSignedIn } from "~/trpc/server";

const STAGES = [
  ["Market", "closed candles, one snapshot for all bots"],
  ["Portfolio", "stops and targets settled, books balanced"],
  ["Decision", "every condition with its value, for both sides"],
  ["Risk", "28 rules check every order, and six more if asked; a refusal names its rule"],
  ["Execution", "each order once, booked to the last digit"],
] as const;

export default async function HomePage() {
  if (await isSignedIn()) redirect("/overview");
  const { registration } = await (await getPublicApi()).auth.door();
  return (
    <main className="mx-auto grid max-w-[60rem] gap-10 px-4 py-16">
      <div>
        <p className="font-bold tracking-tight text-accent">0xBot</p>
        <h1 className="mt-2 text-2xl font-semibold">Crypto trading bots you can trust</h1>
        <p className="mt-2 max-w-prose text-muted">
          They trade with paper money, explained and replayable. Every number can be traced to the cycle, order or
          ledger line behind it.
        </p>
        <p className="mt-6 flex flex-wrap gap-3">
          <Link href="/sign-in" className="button button-primary">
            Sign in
          </Link>
          {registration !== "closed" && (
            <Link href="/register" className="button">
              Create an account
            </Link>
          )}
        </p>
      </div>
      <ol className="grid gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-5">
        {STAGES.map(([name, text], index) => (
          <li key={name} className="bg-panel p-4">
            <p className="figure text-sm text-muted">{index + 1}</p>
            <p className="font-semibold">{name}</p>
            <p className="mt-1 text-sm text-muted">{text}</p>
          </li>
        ))}
      </ol>
      <p className="text-sm text-muted">Trading can lose money. Nothing here is advice.</p>
    </main>
  );
}
