import Link from "next/link";

export default function HomePage() {
  return (
    <main>
      <h1>0xBot</h1>
      <p>Crypto trading bots one can trust: paper and live, explained and replayable.</p>
      <p>
        This version trades from the command line over recorded markets. <Link href="/sign-in">Sign in</Link> to see
        your bots; the pages that show cycles and orders follow.
      </p>
    </main>
  );
}
