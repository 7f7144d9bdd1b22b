export const USAGE = `Usage: RUNNER=inngest INNGEST_BASE_URL=... INNGEST_EVENT_KEY=... INNGEST_SIGNING_KEY=... \\
  npm run -s inngest:check -- [--host 127.0.0.1]

Of a development server, which has no keys: RUNNER=inngest INNGEST_DEV=1, or its URL.

--host: an address of this machine at which the server can call it, where it is not on this machine itself.`;
