import type { Page, Request } from "@playwright/test";

const STREAM = "/api/trpc/live.events";

/** The streams of live events that a tab has open. */
export type Streams = {
  /** How many are open now. */
  open(): number;
  /** The event id after which each stream began, in order; null: it began with the next event. */
  readonly begunAfter: readonly (string | null)[];
};

const lastEventIdOf = (request: Request): string | null => {
  const url = new URL(request.url());
  const input = JSON.parse(url.searchParams.get("input") ?? "{}") as { json?: { lastEventId?: string } };
  return input.json?.lastEventId ?? null;
};

/** Counts a tab's streams from now on, as they are seen on the network. */
export const countStreams = (page: Page): Streams => {
  const open = new Set<Request>();
  const begunAfter: (string | null)[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname !== STREAM) return;
    open.add(request);
    begunAfter.push(lastEventIdOf(request));
  });
  page.on("requestfailed", (request) => open.delete(request));
  page.on("requestfinished", (request) => open.delete(request));
  return { open: () => open.size, begunAfter };
};

/** Runs in the page before its own scripts: keeps the id of each event that a stream brings. */
const keepEventIds = (): void => {
  const ids: string[] = [];
  Object.assign(window, { eventIds: ids });
  window.EventSource = class extends EventSource {
    constructor(...args: ConstructorParameters<typeof EventSource>) {
      super(...args);
      this.addEventListener("message", ({ lastEventId }) => {
        if (lastEventId !== "") ids.push(lastEventId);
      });
    }
  };
};

/** From the next page load on, records the event ids of the page's streams. */
export const overhearStreams = (page: Page): Promise<unknown> => page.addInitScript(keepEventIds);

/** The ids of all events that have arrived since the page was loaded, in order. */
export const readEventIds = (page: Page): Promise<bigint[]> =>
  page.evaluate(() => (window as unknown as { eventIds: string[] }).eventIds.map((id) => BigInt(id)));
