import { z } from "zod";
import type { ModelCall } from "../db/prisma";

/** A trial of a model is of no frame's version. */
export const NO_FRAME = 0;

/** Whether a bot could use the model, in words; `cost` in US dollars, null where nobody was asked. */
export type TriedModel = { readonly isPassed: boolean; readonly text: string; readonly cost: string | null };

const verdictSchema = z.object({ isPassed: z.boolean(), text: z.string() });

type Stored = Pick<ModelCall, "verdict" | "reason" | "latencyMs" | "cost">;

/** What came of a stored trial of a model. */
export const tellTrial = ({ verdict: stored, reason, latencyMs, cost: paid }: Stored): TriedModel => {
  const cost = paid?.toFixed() ?? null;
  const verdict = verdictSchema.safeParse(stored).data;
  if (!verdict) return { isPassed: false, text: reason ?? "Nobody knows what it answered.", cost };
  const seconds = ((latencyMs ?? 0) / 1000).toFixed(1);
  return { isPassed: verdict.isPassed, text: `${verdict.text} It took ${seconds} s.`, cost };
};
