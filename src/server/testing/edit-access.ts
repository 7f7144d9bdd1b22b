import type { AccessCase } from "./account-access";

const KEY = "00000000-0000-7000-8000-00000000e001";

/** Who may change a bot's settings, and read what they were. `of`: the owner's bot, never edited. */
export const editAccess = (of: () => { readonly botId: string }): Readonly<Record<string, AccessCase>> => ({
  "bots.editable": { call: (caller) => caller.bots.editable(of()), stranger: "NOT_FOUND" },
  "bots.copies": { call: (caller) => caller.bots.copies({ text: "a" }), stranger: "answered" },
  "bots.newExits": { call: (caller) => caller.bots.newExits(of()), stranger: "NOT_FOUND" },
  "bots.versions": { call: (caller) => caller.bots.versions(of()), stranger: "NOT_FOUND" },
  "bots.edit": {
    call: (caller) =>
      caller.bots.edit({
        ...of(),
        key: KEY,
        basedOn: 1,
        name: "edited",
        settings: { pairs: ["BTC/USDT"], intervalSeconds: 3600 },
      }),
    stranger: "NOT_FOUND",
  },
  "bots.restore": {
    call: (caller) => caller.bots.restore({ ...of(), key: KEY, basedOn: 1, version: 1 }),
    stranger: "NOT_FOUND",
  },
});
