import { z } from "zod";

/** A page of a long list. Null: there is no next, or no previous one. */
export type Page<Item> = {
  readonly items: Item[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
};

/** A page of a long list. A cursor that is null: there is no next, or no previous one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), previousCursor: z.string().nullable() });

/** Continues a list from a cursor that an earlier page of the same list, sorted alike, gave. */
export const cursorSchema = z.string().max(600).nullish();

/** Asks for a page of a bot's list. */
export const listInputSchema = z.strictObject({
  botId: z.uuid(),
  cursor: cursorSchema,
  limit: z.number().int().min(1).max(100).default(25),
});
