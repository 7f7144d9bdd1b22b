import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { NewsCalendar, NewsEvent } from "~/trading/ports";

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const EVENTS_MAX = 10_000;
const eventsSchema = z
  .array(
    z
      .strictObject({
        title: z.string().trim().min(1).max(120),
        from: instant,
        through: instant,
        currencies: z.array(z.string().trim().toUpperCase().min(1)).default([]),
      })
      .refine(({ from, through }) => from <= through, { error: "ends before it begins" }),
  )
  .max(EVENTS_MAX);

const readEvents = async (path: string): Promise<readonly NewsEvent[]> => {
  const read = eventsSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (read.success) return read.data;
  const [fault] = read.error.issues;
  throw new Error(`${path} is no calendar of news: ${fault?.path.join(".")}: ${fault?.message}`);
};

/**
 * A calendar of news in a JSON file: a list of `{ title, from, through, currencies }`, times in ISO 8601 with their zone.
 * It is read anew each time, so that it can be replaced while the product runs. `pathOf` undefined: there is none.
 */
export const createFileCalendar = (pathOf: () => string | undefined): NewsCalendar => ({
  fetchEvents: async ({ from, through }) => {
    const path = pathOf();
    if (path === undefined) return null;
    const events = await readEvents(path);
    return events.filter((event) => event.from <= through && event.through >= from);
  },
});
