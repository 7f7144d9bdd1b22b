import { beforeEach, describe, expect, it } from "vitest";
import { openDoor, type Door } from "../../../scripts/testing/open-door";
import { signInAgain } from "../testing/people-fixture";
import { createUser } from "./create-user";
import { findSession } from "./find-session";
import { register } from "./register";
import { requestReset } from "./request-reset";
import { requestVerification } from "./request-verification";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import { verifyEmail } from "./verify-email";
import { NOBODY } from "./visitor";

const PASSWORD = "a long enough password";
const NEXT = "quite another long one";
const MINUTE_MS = 60_000;

let door: Door;
let now = Date.UTC(2026, 0, 1);
openDoor((opened) => (door = opened), { poolMax: 10, wallNow: () => now });

let people = 0;
let email: string;
let userId: string;
beforeEach(async () => {
  email = `reader${(people += 1)}@example.org`;
  userId = await createUser(door.runtime, { email, password: PASSWORD });
});

const enter = async (password: string): Promise<string> =>
  (await signIn(door.runtime, { credentials: { email, password }, ...NOBODY })).outcome;
const ask = (of: string) => requestReset(door.runtime, { email: of, visitor: NOBODY });
const reset = (token: string, password = NEXT) => resetPassword(door.runtime, { token, password, visitor: NOBODY });
const mailedToken = async (): Promise<string> => {
  await ask(email);
  return door.mailbox.tokenFor(email, "/reset");
};
const actions = async () =>
  (await door.runtime.db.auditEntry.findMany({ where: { subject: `user:${userId}` }, orderBy: { id: "asc" } })).map(
    ({ action }) => action,
  );

describe("a link to choose a new password", () => {
  it("makes the device known on which it is used, which gets in while somebody guesses", async () => {
    for (let n = 0; n < 12; n++) await enter("a wrong password");
    const deviceToken = await reset(await mailedToken());
    const credentials = { email, password: NEXT };
    expect(await enter(NEXT)).toBe("too-many-attempts");
    expect((await signIn(door.runtime, { credentials, ...NOBODY, deviceToken })).outcome).toBe("signed-in");
  });

  it("sets it, ends every session and known device, and leads to the configured host", async () => {
    const session = await signInAgain(door.runtime, userId);
    expect(await enter(PASSWORD)).toBe("signed-in");
    const token = await mailedToken();
    const [mail] = await door.mailbox.read(email);
    expect(mail?.text).toContain(`https://bots.example.org/reset#${token}`);
    await reset(token);
    expect(await findSession(door.runtime, session.token)).toBeNull();
    expect([await enter(PASSWORD), await enter(NEXT)]).toEqual(["refused", "signed-in"]);
    expect(await actions()).toEqual(["sign-in", "reset-mailed", "password-reset", "sign-in-failed", "sign-in"]);
    expect((await door.mailbox.read(email)).at(-1)?.subject).toMatch(/was changed/);
    const entry = await door.runtime.db.auditEntry.findFirstOrThrow({
      where: { subject: `user:${userId}`, action: "password-reset" },
    });
    expect(entry.details).toMatchObject({ ended: 2 });
  });

  it("is stored as a hash, and counts for half an hour", async () => {
    const token = await mailedToken();
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(JSON.stringify(await door.runtime.db.oneTimeToken.findMany({ where: { userId } }))).not.toContain(token);
    now += 30 * MINUTE_MS;
    await expect(reset(token)).rejects.toThrow(/too old/);
    now -= 1;
    await reset(token);
  });

  it("counts once, and of many uses at once one sets its password", async () => {
    const token = await mailedToken();
    const passwords = ["one of five long words", "two of five long words", "three of five long words"];
    const answers = await Promise.all(passwords.map((password) => reset(token, password).then(String, String)));
    expect(answers.filter((answer) => /^[\w-]{43}$/.test(answer))).toHaveLength(1);
    const entered = [];
    for (const password of passwords) entered.push(await enter(password));
    expect(entered.filter((outcome) => outcome === "signed-in")).toHaveLength(1);
    await expect(reset(token)).rejects.toThrow(/was used before/);
  });

  it("ends with another of the same user's, and with a change of the password", async () => {
    const [older, newer] = [await mailedToken(), await mailedToken()];
    expect(older).not.toBe(newer);
    await reset(newer);
    await expect(reset(older)).rejects.toThrow(/was used before/);
  });

  it("survives a password that will not do", async () => {
    const token = await mailedToken();
    await expect(reset(token, "password1234")).rejects.toThrow(/too easy/);
    await expect(reset(token, email)).rejects.toThrow(/your e-mail/);
    await reset(token);
  });

  it("is not what confirms an address, nor the other way round", async () => {
    const token = await mailedToken();
    await expect(verifyEmail(door.runtime, { token })).rejects.toThrow(/used before/);
    await door.runtime.db.user.update({ where: { id: userId }, data: { emailVerifiedAt: null } });
    await requestVerification(door.runtime, { userId }, NOBODY);
    const other = await door.mailbox.tokenFor(email, "/verify");
    await expect(reset(other)).rejects.toThrow(/used before/);
    await reset(token);
    // Who reads the mail has the address.
    expect(await door.runtime.db.user.findUnique({ where: { id: userId } })).toMatchObject({
      emailVerifiedAt: new Date(now),
    });
  });

  it("is of no use to who is archived, and goes to nobody else", async () => {
    const token = await mailedToken();
    await door.runtime.db.user.update({ where: { id: userId }, data: { archivedAt: new Date(now) } });
    await expect(reset(token)).rejects.toThrow(/used before/);
    const before = (await door.mailbox.read(email)).length;
    await ask(email);
    expect(await door.mailbox.read(email)).toHaveLength(before);
  });

  it("mailed before a user was blocked is over for good, also once the user is let in again", async () => {
    const token = await mailedToken();
    const archive = (archivedAt: Date | null) =>
      door.runtime.db.user.update({ where: { id: userId }, data: { archivedAt } });
    await archive(new Date(now));
    await archive(null);
    await expect(reset(token)).rejects.toThrow(/used before/);
    now += 1;
    await reset(await mailedToken());
  });

  it("asked for an address without an account is answered alike, mails nobody, and is counted alike", async () => {
    const unknown = `nobody${people}@example.org`;
    for (const asked of [email, unknown]) {
      for (let n = 0; n < 3; n++) expect(await ask(asked)).toBeUndefined();
      await expect(ask(asked)).rejects.toMatchObject({ code: "too-many" });
    }
    expect(await door.mailbox.read(unknown)).toEqual([]);
    expect(await door.mailbox.read(email)).toHaveLength(3);
  });
});

describe("a link that confirms an address", () => {
  const comeIn = async () => {
    email = `newcomer${(people += 1)}@example.org`;
    await register(door.runtime, { email, password: PASSWORD, visitor: NOBODY });
    const user = await door.runtime.db.user.findUniqueOrThrow({ where: { email } });
    ({ id: userId } = user);
    return door.mailbox.tokenFor(email, "/verify");
  };
  const isVerified = async () =>
    (await findSession(door.runtime, (await signInAgain(door.runtime, userId)).token))?.isVerified;

  it("is mailed to who registers and confirms it, once", async () => {
    const token = await comeIn();
    expect(await isVerified()).toBe(false);
    const answers = await Promise.all([1, 2, 3].map(() => verifyEmail(door.runtime, { token }).then(String, String)));
    expect(answers.filter((answer) => answer === "undefined")).toHaveLength(1);
    expect(await isVerified()).toBe(true);
    expect((await actions()).filter((action) => action === "email-verified")).toHaveLength(1);
  });

  it("is mailed again on request, not to who is confirmed, and not without end", async () => {
    const first = await comeIn();
    await requestVerification(door.runtime, { userId }, NOBODY);
    const again = await door.mailbox.tokenFor(email, "/verify");
    expect(again).not.toBe(first);
    await verifyEmail(door.runtime, { token: again });
    for (let n = 0; n < 2; n++) await requestVerification(door.runtime, { userId }, NOBODY);
    expect(await door.mailbox.read(email)).toHaveLength(2);
    await expect(requestVerification(door.runtime, { userId }, NOBODY)).rejects.toMatchObject({ code: "too-many" });
  });
});
