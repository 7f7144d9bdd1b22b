import { createHostedEndpoint, type Endpoint } from "~/inngest/hosted";

const absent: Endpoint = () => Promise.resolve(new Response("Not found", { status: 404 }));

let endpoint: Endpoint | undefined;

/** Made at the first call: a build has no database. */
const handle: Endpoint = (request) => {
  endpoint ??= createHostedEndpoint() ?? absent;
  return endpoint(request);
};

/** Where a hosted or self-hosted Inngest calls the functions. Not in embedded mode: its calls would be unsigned. */
export { handle as GET, handle as POST, handle as PUT };

export const dynamic = "force-dynamic";
export const maxDuration = 60;
