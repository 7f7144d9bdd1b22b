import { Panel } from "../ui/panel";

/** What a user without bots can do. */
export const NoBots = () => (
  <Panel title="You have no bots yet">
    <div className="grid max-w-prose gap-3 text-sm text-muted">
      <p>
        The demo&apos;s three bots belong to the demo user: sign out, and sign in with the demo login that{" "}
        <code className="font-mono text-ink">npm start</code> prints when it is ready.
      </p>
      <p>
        To get the same three bots for yourself, ask the person who runs this server to create a user with them:{" "}
        <code className="mt-1 block font-mono text-ink">
          npm run -s user:create -- --email you@example.org --demo-bots
        </code>
      </p>
      <p>Their equity, trades and cycles then appear here, updated live.</p>
    </div>
  </Panel>
);
