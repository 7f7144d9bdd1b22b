"use client";

import { useQuery } from "@tanstack/react-query";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { formatDollars } from "~/components/format/format-dollars";
import { Panel } from "~/components/ui/panel";
import { ErrorState } from "~/components/ui/states";
import type { BotModelSpend } from "~/contracts/model-spend";
import { useTRPC } from "~/trpc/react";
import { countQuestions, describeBreakEven } from "./describe-break-even";

type ModelCostPanelProps = { readonly initial: BotModelSpend };

/** What the bot's model costs, and what it must earn to pay for it. Follows live. */
export const ModelCostPanel = ({ initial }: ModelCostPanelProps) => {
  const trpc = useTRPC();
  const query = trpc.models.ofBot.queryOptions({ botId: initial.botId });
  const { data, isError, refetch } = useQuery({ ...query, initialData: initial });
  return (
    <Panel
      title="Cost of its model"
      note="In US dollars and real time; a dollar is counted as one USDT. The vendor is paid outside of the account, so equity does not fall by it."
    >
      {isError && <ErrorState title="The cost could not be refreshed." onRetry={() => void refetch()} />}
      <p className="max-w-prose">{describeBreakEven(data)}</p>
      <p className="mt-1 text-sm text-muted">
        Today (UTC): <span className="figure">{formatDollars(data.today)}</span>
        {data.budget !== null && (
          <>
            {" "}
            of <span className="figure">{formatDollars(data.budget)}</span>
          </>
        )}{" "}
        for {countQuestions(data.callsToday)}.
      </p>
      {data.held !== null && (
        <p className="mt-1 max-w-prose text-sm text-warn">
          Its last cycle held, and got no answer of a model: <ForeignWords text={data.held} />
        </p>
      )}
    </Panel>
  );
};
