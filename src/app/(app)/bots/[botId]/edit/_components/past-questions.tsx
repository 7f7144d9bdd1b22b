"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useBotForm } from "~/components/bot-form/form-context";
import { Panel } from "~/components/ui/panel";
import { ErrorState } from "~/components/ui/states";
import type { PastQuestion, TriedSettings } from "~/contracts/strategy-trial";
import { llmSettingsSchema } from "~/trading/decision/asking/llm-settings";
import { useTRPC } from "~/trpc/react";
import { PastQuestionItem } from "./past-question";

const NOTE =
  "Asks its model once more about closes that it has answered, with the data of then and the settings above. Nothing is traded. What it costs counts in the budget of your account, not in the bot's.";

/** The last settings of the form that could be read; null: their mode asks no model. */
const useDecision = (): TriedSettings | null => {
  const { reading } = useBotForm();
  if (reading === null || reading.model === null) return null;
  const { model, strategy, sides, confidenceMin, rewardRiskMin, citationsMin } = llmSettingsSchema.parse(
    reading.settings["decision"],
  );
  return { model, strategy, sides, confidenceMin, rewardRiskMin, citationsMin };
};

type ListProps = {
  readonly botId: string;
  /** As they were when the list was opened: the bot goes on asking, and no line moves under the pointer. */
  readonly initial: readonly PastQuestion[];
  readonly decision: TriedSettings;
};

const List = ({ botId, initial, decision }: ListProps) => {
  const [questions] = useState(initial);
  if (questions.length === 0) {
    return <p className="text-sm text-muted">Its model has answered nothing yet. Come back after its first cycles.</p>;
  }
  return (
    <ul>
      {questions.map((question) => (
        <PastQuestionItem key={question.callId} botId={botId} question={question} decision={decision} />
      ))}
    </ul>
  );
};

type QuestionsProps = { readonly botId: string; readonly decision: TriedSettings };

const Questions = ({ botId, decision }: QuestionsProps) => {
  const trpc = useTRPC();
  const { model } = decision;
  const { data, isError, refetch } = useQuery(trpc.models.pastQuestions.queryOptions({ botId, model }));
  if (data) return <List key={model} botId={botId} initial={data} decision={decision} />;
  if (isError) return <ErrorState title="The past questions could not be read." onRetry={() => void refetch()} />;
  return <p className="text-sm text-muted">Reading them…</p>;
};

/** Tests what stands in the form on questions that the bot's model has answered. Only where its mode asks one. */
export const PastQuestions = ({ botId }: { readonly botId: string }) => {
  const decision = useDecision();
  const [isShown, setShown] = useState(false);
  const id = useId();
  if (decision === null) return null;
  return (
    <Panel title="Test on past questions" note={NOTE}>
      <button
        type="button"
        className="button"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? "Hide the past questions" : "Show the past questions"}
      </button>
      <div id={id} className="mt-2 empty:hidden">
        {isShown && <Questions botId={botId} decision={decision} />}
      </div>
    </Panel>
  );
};
