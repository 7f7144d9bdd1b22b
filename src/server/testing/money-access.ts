import type { AccessCase } from "./account-access";

type World = { readonly newId: () => string; readonly accountId: string; readonly botId: string };

/** Who may move the money of accounts. */
export const moneyAccess = (world: () => World): Readonly<Record<string, AccessCase>> => {
  const move = () => ({ key: world().newId(), accountId: world().accountId, amount: "5" });
  return {
    "accounts.list": { call: (caller) => caller.accounts.list(), stranger: "answered" },
    "accounts.open": {
      // On a market that is not there: a user with an account may set a demo's speed, and this stranger has none.
      call: (caller) =>
        caller.accounts.open({ key: world().newId(), venueId: world().newId(), name: "a", capital: "1" }),
      owner: "NOT_FOUND",
      stranger: "NOT_FOUND",
    },
    "accounts.deposit": { call: (caller) => caller.accounts.deposit(move()), stranger: "NOT_FOUND" },
    "accounts.allotment": {
      call: (caller) => caller.accounts.allotment({ botId: world().botId }),
      stranger: "NOT_FOUND",
    },
    "accounts.changeAllotment": {
      // More than there is, so that what other cases find stays.
      call: (caller) =>
        caller.accounts.changeAllotment({
          key: world().newId(),
          botId: world().botId,
          change: "take",
          amount: "999999999999",
        }),
      owner: "CONFLICT",
      stranger: "NOT_FOUND",
    },
    "accounts.withdraw": { call: (caller) => caller.accounts.withdraw(move()), stranger: "NOT_FOUND" },
  };
};
