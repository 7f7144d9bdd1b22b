import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createPerson } from "../testing/people-fixture";
import { ensureLogin } from "./ensure-login";
import { findSession } from "./find-session";
import { rememberDevice } from "./known-device";
import { signIn } from "./sign-in";

const email = "demo@0xbot.local";
let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const enter = (password: string) =>
  signIn(runtime, { credentials: { email, password }, address: "127.0.0.1", userAgent: "test" });

describe("ensuring a login", () => {
  it("makes a user who can sign in, also of one who had no password", async () => {
    await runtime.db.user.create({ data: { id: runtime.newId(), email } });
    const id = await ensureLogin(runtime, { email, password: "abcd-efgh-ijkm-npqr" });
    expect(await enter("abcd-efgh-ijkm-npqr")).toMatchObject({ outcome: "signed-in" });
    expect(await runtime.db.user.findMany()).toMatchObject([{ id, email, role: "trader" }]);
  });

  it("again changes nothing: who is signed in stays so", async () => {
    const before = await runtime.db.user.findUniqueOrThrow({ where: { email } });
    const entered = await enter("abcd-efgh-ijkm-npqr");
    await ensureLogin(runtime, { email, password: "abcd-efgh-ijkm-npqr" });
    expect(await runtime.db.user.findUniqueOrThrow({ where: { email } })).toEqual(before);
    expect(await findSession(runtime, entered.outcome === "signed-in" ? entered.token : "")).not.toBeNull();
  });

  it("with another password sets it, refuses the one before and ends its sessions", async () => {
    const entered = await enter("abcd-efgh-ijkm-npqr");
    const other = await createPerson(runtime);
    await rememberDevice(runtime, other.userId);
    await ensureLogin(runtime, { email, password: "rqpn-mkji-hgfe-dcba" });
    expect(await enter("abcd-efgh-ijkm-npqr")).toEqual({ outcome: "refused" });
    expect(await enter("rqpn-mkji-hgfe-dcba")).toMatchObject({ outcome: "signed-in" });
    expect(await findSession(runtime, entered.outcome === "signed-in" ? entered.token : "")).toBeNull();
    // Everybody else stays signed in, on devices that are known.
    expect(await findSession(runtime, other.token)).not.toBeNull();
    expect(await runtime.db.knownDevice.count({ where: { userId: other.userId } })).toBe(1);
  });

  it("refuses a password that is too short, and says so without it", async () => {
    await expect(ensureLogin(runtime, { email, password: "short" })).rejects.toThrow(
      "The password must have at least 12 characters.",
    );
  });
});
