import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import { createMessagesModel } from "../adapters/model/create-messages-model";
import { verifyAudit } from "../audit/verify-audit";
import type { Ports } from "../ports";
import type { ModelAddress } from "../ports/language-model";
import type { Runtime } from "../runtime";
import { addModelKey } from "./add-model-key";
import { findModelFor } from "./find-model-for";
import { removeModelKey } from "./remove-model-key";
import { rotateModelKeys } from "./rotate-model-keys";
import { setModelBudget } from "./set-model-budget";
import { newUser } from "../testing/asking-bots";
import { tryModel } from "./try-model";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const KEY = "sk-test-0123456789abcdef";
const HAIKU = "anthropic/claude-haiku-4-5";
const PROVIDER = "anthropic";

let runtime: Runtime;
let bed: ModelBed;
let ports: Ports;
let userId: string;
/** Where models were asked, with which key. */
let addresses: ModelAddress[];
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened), { vendor: "anthropic", keys: [KEY] });
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  "llm.example.org": ["93.184.216.34"],
  "inside.example.org": ["93.184.216.34", "10.0.0.7"],
  localhost: ["127.0.0.1", "::1"],
  "metadata.example.org": ["169.254.169.254"],
};

beforeEach(async () => {
  addresses = [];
  const { baseUrl } = bed.simulator;
  ports = {
    ...withModels({ ...runtime, wallNow: () => NOW }, { ...bed.settings, allowsPrivate: false }),
    resolveHost: (host) => Promise.resolve(HOSTS[host] ?? (/^[\d.:a-f]+$/.test(host) ? [host] : [])),
    modelOf: ({ endpoint, model }) => {
      addresses.push(endpoint);
      return createMessagesModel({ endpoint: { ...endpoint, baseUrl }, model });
    },
  };
  userId = await newUser(ports);
});

const add = (given: Partial<Parameters<typeof addModelKey>[1]> = {}, by: Ports = ports) =>
  addModelKey(by, { userId, provider: PROVIDER, key: KEY, baseUrl: null, ...given });
const rowOf = () => runtime.db.modelKey.findFirstOrThrow({ where: { userId } });
const find = (by: Ports = ports, model = HAIKU) => findModelFor(by, { userId, model });

describe("a user's key", () => {
  it("is kept sealed, asked by, shown by its last letters and nothing else, and audited without it", async () => {
    await add();
    expect(await find()).toMatchObject({ outcome: "found", place: "", isShared: false });
    expect(addresses).toMatchObject([{ baseUrl: "https://api.anthropic.com", key: KEY, keyHeader: "bearer" }]);
    const row = await rowOf();
    expect(row).toMatchObject({ hint: "cdef", keyId: "test", usedAt: new Date(NOW) });
    expect(Buffer.from(row.sealed).toString("latin1")).not.toContain(KEY.slice(3, 12));
    const audits = await runtime.db.auditEntry.findMany({ where: { actorId: userId } });
    expect(audits.map(({ action }) => action)).toEqual(["model-key-added"]);
    expect(
      JSON.stringify(audits, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain(KEY.slice(-6));
    expect(await verifyAudit(runtime.db)).toMatchObject({ broken: null });
  });

  it("of another user does not count, and one that was removed or moved to another row opens nothing", async () => {
    await add();
    const other = await newUser(ports);
    expect(await findModelFor(ports, { userId: other, model: HAIKU })).toMatchObject({ code: "model-no-key" });
    const { sealed, keyId } = await rowOf();
    await addModelKey(ports, { userId: other, provider: PROVIDER, key: "sk-other-0123456789", baseUrl: null });
    await runtime.db.modelKey.updateMany({ where: { userId: other }, data: { sealed, keyId } });
    expect(await findModelFor(ports, { userId: other, model: HAIKU })).toMatchObject({
      code: "model-no-key",
      reason: expect.stringMatching(/cannot be opened any more/),
    });
    await removeModelKey(ports, { userId, provider: PROVIDER });
    expect(await find()).toMatchObject({
      code: "model-no-key",
      reason: expect.stringMatching(/enter one in your account/),
    });
  });

  it("with its address changed in the database does not open, so that it is sent nowhere else", async () => {
    await add({ provider: "ollama", baseUrl: "https://llm.example.org" });
    expect(await find(ports, "ollama/some-model")).toMatchObject({ outcome: "found", place: userId });
    await runtime.db.modelKey.updateMany({ where: { userId }, data: { baseUrl: "https://elsewhere.example.org" } });
    expect(await find(ports, "ollama/some-model")).toMatchObject({ code: "model-no-key" });
  });

  it("replaces the one before", async () => {
    await add();
    await add({ key: "sk-newer-0123456789wxyz" });
    expect(await rowOf()).toMatchObject({ hint: "wxyz" });
    expect(await runtime.db.modelKey.count({ where: { userId } })).toBe(1);
  });

  it.each([
    ["with spaces", { key: "sk test 0123456789" }, "key"],
    ["of the scripted model", { provider: "scripted" }, "provider"],
    ["with an address where its provider has its own", { baseUrl: "https://llm.example.org" }, "baseUrl"],
    ["without one where its provider has none", { provider: "litellm" }, "baseUrl"],
    ["for an address without TLS", { provider: "litellm", baseUrl: "http://llm.example.org" }, "baseUrl"],
    ["for this machine", { provider: "litellm", baseUrl: "https://localhost" }, "baseUrl"],
    ["for this machine in numbers", { provider: "litellm", baseUrl: "https://2130706433" }, "baseUrl"],
    ["for this machine in IPv6", { provider: "litellm", baseUrl: "https://[::ffff:127.0.0.1]" }, "baseUrl"],
    [
      "for a host of which one address is private",
      { provider: "litellm", baseUrl: "https://inside.example.org" },
      "baseUrl",
    ],
    ["for a machine's own data", { provider: "litellm", baseUrl: "https://metadata.example.org" }, "baseUrl"],
    ["for a host that nobody knows", { provider: "litellm", baseUrl: "https://gone.example.org" }, "baseUrl"],
    ["for an address with a login", { provider: "litellm", baseUrl: "https://a:b@llm.example.org" }, "baseUrl"],
    ["for an address that asks nothing", { provider: "litellm", baseUrl: "https://llm.example.org/?" }, "baseUrl"],
    ["for an address with a bare hash", { provider: "litellm", baseUrl: "https://llm.example.org/x#" }, "baseUrl"],
    ["for no address", { provider: "litellm", baseUrl: "file:///etc/passwd" }, "baseUrl"],
  ] as const)("%s is refused at its field", async (_what, given, path) => {
    const fault = { code: "invalid", fields: [expect.objectContaining({ path })] };
    await expect(add(given)).rejects.toMatchObject(fault);
    expect(await runtime.db.modelKey.count({ where: { userId } })).toBe(0);
  });

  it("of a host whose name leads into a private network later is not sent there", async () => {
    await add({ provider: "ollama", baseUrl: "https://llm.example.org" });
    const moved = { ...ports, resolveHost: () => Promise.resolve(["192.168.1.1"]) };
    expect(await find(moved, "ollama/some-model")).toMatchObject({ code: "model-no-address" });
  });

  it("is not kept where there is nothing to seal it by", async () => {
    await expect(add({}, withModels(ports, { ...ports.models, keySecrets: [] }))).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("the deployment's own key", () => {
  const shared = () => withModels(ports, { ...ports.models, sharedKeyOf: () => "sk-shared-0123456789" });
  const withOwn = (): Ports => ({ ...shared(), modelOf: ports.modelOf, resolveHost: ports.resolveHost });

  it("is asked by where it is shared, and never sent to an address that a user gave", async () => {
    expect(await find(withOwn())).toMatchObject({ outcome: "found", isShared: true });
    await add({ provider: "ollama", baseUrl: "https://llm.example.org" });
    await find(withOwn(), "ollama/some-model");
    expect(addresses.map(({ baseUrl, key }) => [baseUrl, key])).toEqual([
      ["https://api.anthropic.com", "sk-shared-0123456789"],
      ["https://llm.example.org", KEY],
    ]);
  });

  it("pays for no user who is blocked, whose bots go on", async () => {
    await runtime.db.user.update({ where: { id: userId }, data: { archivedAt: new Date(NOW) } });
    expect(await find(withOwn())).toMatchObject({ code: "model-no-key", reason: expect.stringMatching(/blocked/) });
    expect(addresses).toEqual([]);
  });

  it("pays for no user more than it gives everybody, whatever the user allows", async () => {
    await setModelBudget(ports, { userId, budgetPerDay: "500" });
    const poor = { ...withOwn(), models: { ...withOwn().models, userBudget: "0.001" } };
    expect(await tryModel(poor, { userId, provider: PROVIDER, model: "claude-haiku-4-5" })).toMatchObject({
      isPassed: false,
      text: expect.stringMatching(/not asked: the budget of all bots of your account is \$0\.001/),
    });
    await add();
    expect(await tryModel(poor, { userId, provider: PROVIDER, model: "claude-haiku-4-5" })).toMatchObject({
      isPassed: true,
    });
  });
});

describe("a trial of a key", () => {
  const trial = () => tryModel(ports, { userId, provider: PROVIDER, model: "claude-haiku-4-5" });

  it("says whether a bot could use it and what it cost, and is kept and paid like any call", async () => {
    await add();
    const tried = await trial();
    expect(tried).toMatchObject({
      isPassed: true,
      text: expect.stringMatching(/rightly: BTC\/USDT long, ETH\/USDT short\. It took/),
    });
    const call = await runtime.db.modelCall.findFirstOrThrow({ where: { userId } });
    expect(call).toMatchObject({ botId: null, cycleId: null, slot: null, state: "replied", frameVersion: 0 });
    expect(tried.cost).toBe(call.cost?.toFixed());
    const [spend] = await runtime.db.modelSpend.findMany({ where: { scope: "user", scopeId: userId } });
    expect(spend?.spent.toFixed()).toBe(tried.cost);
  });

  it("says in words what is wrong with a key, and costs nothing then", async () => {
    await add({ key: "sk-wrong-0123456789" });
    expect(await trial()).toEqual({
      isPassed: false,
      text: expect.stringMatching(/^The key was not accepted/),
      cost: "0",
    });
  });

  it("says why nobody was asked", async () => {
    expect(await trial()).toEqual({ isPassed: false, text: expect.stringMatching(/no key of Anthropic/), cost: null });
    await add();
    const busy = { ...ports, models: { ...ports.models, atOnce: 0 } };
    expect(await tryModel(busy, { userId, provider: PROVIDER, model: "claude-haiku-4-5" })).toMatchObject({
      text: expect.stringMatching(/^It was not asked: as many calls/),
      cost: null,
    });
  });
});

describe("the rotation of secrets", () => {
  it("seals every key by the newest one, and tells of those that it cannot open", async () => {
    await runtime.db.modelKey.deleteMany();
    await add();
    const old = ports.models.keySecrets;
    const newest = { id: "newest", secret: randomBytes(32) };
    const both = withModels(ports, { ...ports.models, keySecrets: [newest, ...old] });
    const lost = await newUser(ports);
    await addModelKey(ports, { userId: lost, provider: PROVIDER, key: KEY, baseUrl: null });
    await runtime.db.modelKey.updateMany({ where: { userId: lost }, data: { keyId: "gone" } });
    expect(await rotateModelKeys(both)).toEqual({ rotated: 1, unreadable: 1 });
    expect(await rotateModelKeys(both)).toEqual({ rotated: 0, unreadable: 1 });
    const after = { ...ports, models: { ...ports.models, keySecrets: [newest] } };
    expect(await find(after)).toMatchObject({ outcome: "found" });
    expect(addresses.at(-1)?.key).toBe(KEY);
    expect(await find({ ...ports, models: { ...ports.models, keySecrets: old } })).toMatchObject({
      code: "model-no-key",
    });
    await expect(rotateModelKeys({ ...ports, models: { ...ports.models, keySecrets: [] } })).rejects.toThrow(
      RangeError,
    );
  });
});
