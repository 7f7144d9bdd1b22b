import type { BrowserContext } from "@playwright/test";

/** Opens this many streams beside the pages of a signed-in context, as other tabs would; returns their closer. */
export const openStreams = async (context: BrowserContext, url: string, count: number): Promise<() => void> => {
  const cookie = (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join("; ");
  const leaving = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ json: {} }));
  for (let n = 0; n < count; n++) {
    const init = { headers: { cookie }, signal: leaving.signal };
    const { body } = await fetch(`${url}/api/trpc/live.events?input=${input}`, init);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    // The answer begins before the stream is counted; its first event comes after that.
    for (let part = await reader?.read(); part?.value?.includes("resync") === false; part = await reader?.read());
  }
  return () => leaving.abort();
};
