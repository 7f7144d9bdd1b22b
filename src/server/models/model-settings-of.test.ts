import { expect, it } from "vitest";
import { modelSettingsOf } from "./model-settings-of";

const [FIRST, SECOND] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const ENVIRONMENT = {
  MODEL_BUDGET_PER_DAY: "20",
  MODEL_BUDGET_PER_USER: "5",
  MODEL_CALLS_AT_ONCE: 6,
  MODEL_CALLS_AT_ONCE_EACH: 4,
  MODEL_CALLS_PER_MINUTE: 60,
  MODEL_SECONDS_MAX: 20,
  SHARED_MODEL_KEYS: true,
  MODEL_PRIVATE_ADDRESSES: true,
};

it("each limit of the environment is the limit that it names", () => {
  const { sharedKeyOf, ...settings } = modelSettingsOf(ENVIRONMENT);
  expect(settings).toEqual({
    systemBudget: "20",
    userBudget: "5",
    atOnce: 6,
    atOnceEach: 4,
    perMinute: 60,
    withinMs: 20_000,
    keySecrets: [],
    scriptedUrl: null,
    allowsPrivate: true,
  });
  expect(sharedKeyOf("anthropic")).toBeNull();
});

it("keys are sealed by the first secret, and users ask by the deployment's keys only where it shares them", () => {
  const secrets = [FIRST, SECOND].map((secret, index) => `s${index}:${secret.toString("base64")}`).join(", ");
  const given = {
    ...ENVIRONMENT,
    MODEL_KEY_SECRETS: secrets,
    DEEPSEEK_API_KEY: "sk-deep",
    ANTHROPIC_API_KEY: "sk-anth",
  };
  const settings = modelSettingsOf(given);
  expect(settings.keySecrets.map(({ id, secret }) => [id, Buffer.from(secret)])).toEqual([
    ["s0", FIRST],
    ["s1", SECOND],
  ]);
  expect([settings.sharedKeyOf("deepseek"), settings.sharedKeyOf("anthropic")]).toEqual(["sk-deep", "sk-anth"]);
  expect(modelSettingsOf({ ...given, SHARED_MODEL_KEYS: false }).sharedKeyOf("deepseek")).toBeNull();
});
