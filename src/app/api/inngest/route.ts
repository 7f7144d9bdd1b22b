import { serve } from "inngest/next";
import { createHostedFunctions } from "~/inngest/hosted";

const hosted = createHostedFunctions();
const absent = (): Response => new Response("Not found", { status: 404 });

/** Where a hosted or self-hosted Inngest calls the functions. Embedded mode has no such door: it would be unsigned. */
export const { GET, POST, PUT } = hosted ? serve(hosted) : { GET: absent, POST: absent, PUT: absent };

export const maxDuration = 60;
