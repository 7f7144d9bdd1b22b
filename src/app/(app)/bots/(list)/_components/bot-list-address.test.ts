import { expect, it } from "vitest";
import { botListInputSchema } from "~/contracts/bot-list";
import { MODES as KNOWN } from "~/trading/decision/modes/registry";
import { botListHref, listingOf, MODES, type BotListing } from "./bot-list-address";

const read = (href: string): BotListing => listingOf(Object.fromEntries(new URL(href, "http://x").searchParams));

it("an address says all of a list, and is short where that is what everybody sees first", () => {
  const listing: BotListing = { sort: "equity", order: "desc", text: "a & b", status: "paused", mode: "trinity" };
  expect(read(botListHref(listing))).toEqual(listing);
  expect(botListHref(listingOf({}))).toBe("/bots");
  expect(read(botListHref(listing, { status: undefined, mode: undefined, text: "" }))).toEqual({
    sort: "equity",
    order: "desc",
    text: "",
  });
});

it("whatever an address says, the list that it asks for is a valid one", () => {
  const strange = { sort: "__proto__", order: ["asc"], text: "x".repeat(500), status: "archived", mode: "none" };
  for (const query of [strange, { text: ["a", "b"] }, { text: " \t" }, {}]) {
    expect(botListInputSchema.safeParse(listingOf(query)).success).toBe(true);
  }
});

it("every mode can be chosen", () => expect(Object.keys(MODES).toSorted()).toEqual(Object.keys(KNOWN).toSorted()));
