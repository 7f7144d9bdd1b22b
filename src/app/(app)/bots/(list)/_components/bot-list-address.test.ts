import { expect, it } from "vitest";
import { botListInputSchema } from "~/contracts/bot-list";
import { MODES as KNOWN } from "~/trading/decision/modes/registry";
import { botListHref, listingOf, MODES, type BotListing } from "./bot-list-address";

const read = (href: string): BotListing => listingOf(Object.fromEntries(new URL(href, "http://x").searchParams));

it("an address says all of a list, and is short where that is what everybody sees first", () => {
  const accountId = "01900000-0000-7000-8000-000000000000";
  const chosen = { text: "a & b", status: "paused", mode: "trinity", accountId } as const;
  const listing: BotListing = { sort: "equity", order: "desc", ...chosen };
  expect(read(botListHref(listing))).toEqual(listing);
  expect(botListHref(listingOf({}))).toBe("/bots");
  expect(read(botListHref(listing, { status: undefined, mode: undefined, accountId: undefined, text: "" }))).toEqual({
    sort: "equity",
    order: "desc",
    text: "",
  });
});

it("whatever an address says, the list that it asks for is a valid one", () => {
  const strange = { sort: "__proto__", order: ["asc"], text: "x".repeat(500), status: "archived", mode: "none" };
  const noIds = ["x", "", "00000000-0000-0000-0000-000000000001", ["01900000-0000-7000-8000-000000000000"]];
  for (const query of [strange, ...noIds.map((account) => ({ account })), { text: ["a", "b"] }, { text: " \t" }, {}]) {
    expect(botListInputSchema.safeParse(listingOf(query)).success).toBe(true);
  }
});

it("every mode can be chosen", () => expect(Object.keys(MODES).toSorted()).toEqual(Object.keys(KNOWN).toSorted()));
