import type { createCaller } from "../api/root";

type Caller = ReturnType<typeof createCaller>;

export type AccessCase = {
  readonly call: (caller: Caller) => Promise<unknown>;
  /** What a visitor gets. Default: is told to sign in. */
  readonly visitor?: string;
  /** What the owner gets. Default: an answer. */
  readonly owner?: string;
  /** What a signed-in stranger gets for ids of the owner's records. */
  readonly stranger: string;
  /** What an administrator gets for them, who owns none of them. Default: what a stranger gets. */
  readonly administrator?: string;
};

type Cases = Readonly<Record<string, AccessCase>>;
type World = { readonly newId: () => string; readonly spareSessionId: string };

const PASSWORD = "a long enough password";

/** For everybody, and so for all alike. */
const forAll = (answer: string, call: AccessCase["call"]): AccessCase => ({
  call,
  visitor: answer,
  owner: answer,
  stranger: answer,
});

/** Who may call what of how people come in and of their own accounts, where nobody can register. */
export const accountAccess = (world: () => World): Cases => ({
  "auth.door": forAll("answered", (caller) => caller.auth.door()),
  "auth.requestReset": forAll("answered", (caller) =>
    caller.auth.requestReset({ email: `${world().newId()}@example.org` }),
  ),
  "auth.register": forAll("BAD_REQUEST", (caller) =>
    caller.auth.register({ email: `${world().newId()}@example.org`, password: PASSWORD }),
  ),
  "auth.resetPassword": forAll("BAD_REQUEST", (caller) =>
    caller.auth.resetPassword({ token: "x", password: PASSWORD }),
  ),
  "auth.verifyEmail": forAll("BAD_REQUEST", (caller) => caller.auth.verifyEmail({ token: "x" })),
  "account.sessions": { call: (caller) => caller.account.sessions(), stranger: "answered" },
  "account.changePassword": {
    call: (caller) => caller.account.changePassword({ current: "none", next: PASSWORD }),
    owner: "BAD_REQUEST",
    stranger: "BAD_REQUEST",
  },
  "account.confirmPassword": {
    call: (caller) => caller.account.confirmPassword({ password: "none" }),
    owner: "BAD_REQUEST",
    stranger: "BAD_REQUEST",
  },
  "account.isConfirmed": { call: (caller) => caller.account.isConfirmed(), stranger: "answered" },
  "account.endSession": {
    call: (caller) => caller.account.endSession({ sessionId: world().spareSessionId }),
    stranger: "NOT_FOUND",
  },
  "account.endOtherSessions": { call: (caller) => caller.account.endOtherSessions(), stranger: "answered" },
  "account.requestVerification": { call: (caller) => caller.account.requestVerification(), stranger: "answered" },
});
