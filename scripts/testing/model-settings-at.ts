import type { ModelSettings } from "../../src/server/ports/model-settings";

/** Enough of everything, so that a test limits only what it is about. */
const PLENTY = {
  systemBudget: "1000",
  userBudget: "1000",
  atOnce: 1000,
  atOnceEach: 1000,
  perMinute: 100_000,
  withinMs: 20_000,
} as const;

/** The settings by which a model is asked at this address, and nowhere else. */
export const modelSettingsAt = (baseUrl: string, changes: Partial<ModelSettings> = {}): ModelSettings => ({
  ...PLENTY,
  keySecrets: [{ id: "test", secret: Buffer.alloc(32, 7) }],
  sharedKeyOf: () => null,
  scriptedUrl: baseUrl,
  allowsPrivate: true,
  ...changes,
});
