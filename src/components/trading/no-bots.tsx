import Link from "next/link";
import { Panel } from "../ui/panel";

/** What a user without bots can do. */
export const NoBots = () => (
  <Panel title="You have no bots yet">
    <div className="grid max-w-prose gap-3 text-sm text-muted">
      <p className="text-ink">
        A bot trades paper money by rules that you choose. Every field has a default, and the page says what it may lose
        before you create it.
      </p>
      <p>
        <Link href="/bots/new" className="button button-primary">
          Create a bot
        </Link>
      </p>
      <p>Its equity, trades and cycles then appear here, updated live.</p>
      <p>
        The demo&apos;s bots belong to the demo user: sign out, and sign in with the demo login that{" "}
        <code className="font-mono text-ink">npm start</code> prints when it is ready.
      </p>
    </div>
  </Panel>
);
