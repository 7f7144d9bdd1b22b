import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { modelSettingsAt } from "../../../scripts/testing/model-settings-at";
import type { Ports } from "../ports";
import type { KeySecret } from "../ports/model-settings";
import type { Runtime } from "../runtime";
import { newUser } from "../testing/asking-bots";
import { addModelKey } from "./add-model-key";
import { openKey } from "./key-envelope";
import { rotateModelKeys } from "./rotate-model-keys";

let runtime: Runtime;
openBed((opened) => ({ runtime } = opened));

const secretOf = (id: string): KeySecret => ({ id, secret: randomBytes(32) });
const portsBy = (...keySecrets: KeySecret[]): Ports => ({
  ...runtime,
  models: modelSettingsAt("http://127.0.0.1:1", { keySecrets }),
});

it("each key is sealed anew as itself, whoever's it is, and one that cannot be opened stops none of the others", async () => {
  const [gone, old, newest] = [secretOf("gone"), secretOf("old"), secretOf("newest")];
  const secrets = [gone, old, old, gone, old];
  const users: { userId: string; key: string; isKept: boolean }[] = [];
  for (const [index, secret] of secrets.entries()) {
    const [userId, key] = [await newUser(runtime), `sk-of-user-${index}-0123456789`];
    await addModelKey(portsBy(secret), { userId, provider: "anthropic", key, baseUrl: null });
    users.push({ userId, key, isKept: secret === old });
  }
  expect(await rotateModelKeys(portsBy(newest, old))).toEqual({ rotated: 3, unreadable: 2 });
  for (const { userId, key, isKept } of users) {
    const row = await runtime.db.modelKey.findFirstOrThrow({ where: { userId } });
    expect(openKey([newest], row, row)).toBe(isKept ? key : null);
    expect(openKey([gone], row, row)).toBe(isKept ? null : key);
  }
});
