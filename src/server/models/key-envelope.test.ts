import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openKey, resealKey, sealKey, type KeyPlace } from "./key-envelope";

const PLACE: KeyPlace = { id: "row-1", userId: "user-1", provider: "anthropic", baseUrl: null };
const secretOf = (id: string) => ({ id, secret: randomBytes(32) });
const [OLD, NEW] = [secretOf("old"), secretOf("new")];
const KEY = "sk-canary-0123456789";

describe("a sealed key", () => {
  it("opens at its place, and shows nothing of itself", () => {
    const sealed = sealKey(NEW, PLACE, KEY);
    expect(openKey([NEW], sealed, PLACE)).toBe(KEY);
    expect(Buffer.from(sealed.sealed).toString("latin1")).not.toContain("canary");
    expect(sealKey(NEW, PLACE, KEY).sealed).not.toEqual(sealed.sealed);
  });

  it.each([
    ["row", { id: "row-2" }],
    ["user", { userId: "user-2" }],
    ["provider", { provider: "deepseek" }],
    ["address", { baseUrl: "https://elsewhere.example.org" }],
  ])("moved to another %s does not open", (_what, moved) => {
    expect(openKey([NEW], sealKey(NEW, PLACE, KEY), { ...PLACE, ...moved })).toBeNull();
  });

  it("does not open by a secret of another name or of other bytes, nor with any byte changed", () => {
    const sealed = sealKey(NEW, PLACE, KEY);
    expect(openKey([OLD], sealed, PLACE)).toBeNull();
    expect(openKey([{ ...OLD, id: "new" }], sealed, PLACE)).toBeNull();
    for (let at = 0; at < sealed.sealed.length; at++) {
      const bytes = Uint8Array.from(sealed.sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(openKey([NEW], { ...sealed, sealed: bytes }, PLACE)).toBeNull();
    }
    expect(openKey([NEW], { ...sealed, sealed: sealed.sealed.subarray(0, 70) }, PLACE)).toBeNull();
  });

  it("sealed again opens by the new secret alone, and at its place alone", () => {
    const sealed = sealKey(OLD, PLACE, KEY);
    const again = resealKey([NEW, OLD], sealed, { place: PLACE, secret: NEW });
    expect(again?.keyId).toBe("new");
    expect(again && openKey([NEW], again, PLACE)).toBe(KEY);
    expect(again && openKey([OLD], again, PLACE)).toBeNull();
    expect(again && openKey([NEW], again, { ...PLACE, userId: "user-2" })).toBeNull();
    expect(resealKey([NEW], sealed, { place: PLACE, secret: NEW })).toBeNull();
  });
});
