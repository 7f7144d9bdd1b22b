import type { ProviderId } from "~/trading/model/model-provider";

/** What users' keys are sealed by: 32 random bytes, and the name that a sealed key says it by. */
export type KeySecret = { readonly id: string; readonly secret: Buffer };

/** How a deployment lets language models be asked. */
export type ModelSettings = {
  /** US dollars a UTC day, as decimal text: of all users together, and of one who has no limit of their own. */
  readonly systemBudget: string;
  readonly userBudget: string;
  /** Calls under way at once, of all models and of one, and calls of one model a minute. */
  readonly atOnce: number;
  readonly atOnceEach: number;
  readonly perMinute: number;
  /** How long a model has to answer. */
  readonly withinMs: number;
  /** The newest first; none: users cannot keep keys here. */
  readonly keySecrets: readonly KeySecret[];
  /** The deployment's own key of a provider, where users may ask by it; null: there is none. */
  readonly sharedKeyOf: (provider: ProviderId) => string | null;
  /** Where the scripted model answers; null: nowhere. */
  readonly scriptedUrl: string | null;
  /** Whether a model may be asked at an address of this machine or network. */
  readonly allowsPrivate: boolean;
};

/** The addresses that a host's name stands for; empty: nobody knows it. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;
