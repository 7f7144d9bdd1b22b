import { createHash } from "node:crypto";
import { readReplyBody } from "~/trading/decision/asking/read-reply-body";
import { judgeTrial, MODEL_TRIAL } from "~/trading/model/model-trial";
import type { ProviderId } from "~/trading/model/model-provider";
import type { Ports } from "../ports";
import { askCall } from "./ask-call";
import { findModelFor } from "./find-model-for";
import { NO_FRAME, tellTrial, type TriedModel } from "./tell-trial";

type TryPorts = Pick<Ports, "db" | "newId" | "wallNow" | "models" | "modelOf" | "resolveHost">;
type Trial = { readonly userId: string; readonly provider: ProviderId; readonly model: string };

const PROMPT = {
  system: [MODEL_TRIAL.system],
  message: MODEL_TRIAL.blocks.join("\n\n"),
  tool: { ...MODEL_TRIAL.tool, inputSchema: { ...MODEL_TRIAL.tool.inputSchema } },
  pairs: [],
};

const hashOf = (name: string): string =>
  createHash("sha256")
    .update(`${name}\n${JSON.stringify(PROMPT)}`)
    .digest("hex");

const failed = (text: string): TriedModel => ({ isPassed: false, text, cost: null });

const readTried = async ({ db }: TryPorts, { userId }: Trial, callId: string): Promise<TriedModel> =>
  tellTrial(await db.modelCall.findFirstOrThrow({ where: { id: callId, userId } }));

/**
 * Asks a model one small question with a known answer, by the user's key, as a bot would ask it: within the budgets, and
 * kept. Says in words whether a bot could use it.
 */
export const tryModel = async (ports: TryPorts, trial: Trial): Promise<TriedModel> => {
  const name = `${trial.provider}/${trial.model}`;
  const found = await findModelFor(ports, { userId: trial.userId, model: name });
  if (found.outcome === "refused") return failed(found.reason);
  const promptHash = hashOf(name);
  const asked = await askCall(ports, {
    question: {
      userId: trial.userId,
      cycle: null,
      attempt: 1,
      frameVersion: NO_FRAME,
      promptHash,
      prompt: PROMPT,
      facts: [],
    },
    request: MODEL_TRIAL,
    found,
    botBudget: null,
    withinMs: ports.models.withinMs,
    judge: ({ raw }) => {
      const verdict = judgeTrial(readReplyBody(raw));
      return verdict.outcome === "passed"
        ? { isPassed: true, text: `It answered rightly: ${verdict.answer}.` }
        : { isPassed: false, text: verdict.reason };
    },
  });
  if (asked.outcome === "replied") return readTried(ports, trial, asked.callId);
  if (asked.outcome === "stale") return failed("It was not asked.");
  const callId = asked.outcome === "held" ? asked.callId : null;
  return callId === null ? failed(`It was not asked: ${asked.text}.`) : readTried(ports, trial, callId);
};
