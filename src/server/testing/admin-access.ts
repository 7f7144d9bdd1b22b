import type { AccessCase } from "./account-access";

type World = { readonly userId: string; readonly newId: () => string };

/** For administrators alone, whose answer may also be that there is no such record. */
const forAdmin = (call: AccessCase["call"], administrator = "answered"): AccessCase => ({
  call,
  owner: "FORBIDDEN",
  stranger: "FORBIDDEN",
  administrator,
});

/** Who may see who is here, and who may come in. */
export const adminAccess = (world: () => World): Readonly<Record<string, AccessCase>> => ({
  "admin.people": forAdmin((caller) => caller.admin.people()),
  "admin.modelSpend": forAdmin((caller) => caller.admin.modelSpend()),
  "admin.invites": forAdmin((caller) => caller.admin.invites()),
  "admin.createInvite": forAdmin((caller) => caller.admin.createInvite({ days: 1 })),
  "admin.revokeInvite": forAdmin((caller) => caller.admin.revokeInvite({ inviteId: "0".repeat(64) }), "NOT_FOUND"),
  "admin.endSessions": forAdmin((caller) => caller.admin.endSessions({ userId: world().newId() }), "NOT_FOUND"),
  "admin.blockUser": forAdmin((caller) => caller.admin.blockUser({ userId: world().userId, isBlocked: false })),
});
